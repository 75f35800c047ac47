"""Our own eight rules for a page: each finds the defect that is planted for it."""

import json
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from conftest import Demonstration
from sample_edition import AUDITED, sample

from flows.steps.files import put
from reports.accessibility import EVIDENCE, Inspection
from reports.edition import Edition
from reports.render import account, render
from sources.agreement.model import Way
from sources.errors import Inaccessible
from transforms.disclosure.shown import percent


def shown() -> Edition:
    """Return the sample, with the text of each share in its file of figures."""
    edition = sample()
    known = edition.agreement.indicators.items()
    shares = [name for name, one in known if one.way is Way.SHARE]
    share = pl.col("indicator").is_in(shares) & (pl.col("status") == "published")
    text = pl.col("value").map_elements(percent, return_dtype=pl.String)
    told = edition.figures.with_columns(shown=pl.when(share).then(text).otherwise("shown"))
    return sample(figures=told)


EDITION = shown()
SHEET = "wijk/WK990106/index.html"
FIGURES = "data/figures.json"

LARGE = r'(class="number published" data-figure="[^"]*">.*?<strong>)[^<]*'
SCOPE, CAPTION = ' scope="row"', r"<caption[^>]*>.*?</caption>"
COURSE = r'(<figure class="course">\s*)(<figcaption>.*?</figcaption>)(.*?)<details>.*?</details>'

PLANTED = [
    # rule, what stands on the page, what is put there
    ("a", r'<svg class="pictograms"([^>]*) aria-hidden="true"', r'<svg class="pictograms"\1'),
    ("b", COURSE, r"\1\3"),
    ("b", COURSE, r"\1<figcaption>Van 79 naar 89</figcaption>\3"),
    ("b", COURSE, r"\1<figcaption>Zuiderhof</figcaption>\3"),
    ("c", r'(<p class="remark[^>]*>.*?</svg>)[^<]*', r"\1"),
    ("c", r'(<p class="remark[^>]*>)<svg.*?</svg>', r"\1"),
    ("d", r"--basis-quiet:#5F5566", "--basis-quiet:#9A9A9A"),
    ("d", r"--basis-mark:#5B2A6B", "--basis-mark:#C9A9D9"),
    ("e", CAPTION, ""),
    ("e", CAPTION, "<caption></caption>"),
    ("e", SCOPE, ""),
    ("f", r"--size-small:13px", "--size-small:11px"),
    ("f", r"font:9pt", "font:8pt"),
    ("f", r"(<text [^>]*)font-size=\"\d+px\"", r'\1font-size="10px"'),
    ("g", LARGE, r"\g<1>1 %"),
    ("g", r'(class="full" width=")[\d.]+', r"\g<1>12.0"),
    ("g", r'(<td class="value"[^>]*>)(?:<b.*?</b>)?[^<]*', r"\g<1>1 %"),
    ("h", r"<h2 ", '<h2 title="Alleen voor wie een muis heeft" '),
    ("h", r"a:hover\{", ".quiet:hover{opacity:1}a:hover{"),
]


@cache
def rendered() -> dict[str, bytes]:
    """Return the files of the edition: made where a test asks, not where tests are collected."""
    return dict(render(EDITION)) | dict(account(EDITION, AUDITED))


def told(files: dict[str, bytes]) -> list[str]:
    """Return what an inspection says of files; nothing where it lets them through."""
    try:
        list(Inspection().through(iter(files.items())))
    except Inaccessible as refused:
        return str(refused).splitlines()
    return []


def test_every_page_of_an_edition_keeps_the_rules() -> None:
    assert told(rendered()) == []


@pytest.mark.parametrize(("rule", "there", "planted"), PLANTED)
def test_a_planted_defect_is_told_with_its_page_and_its_rule(
    rule: str, there: str, planted: str
) -> None:
    html, times = re.subn(there, planted, rendered()[SHEET].decode(), count=1, flags=re.DOTALL)
    assert times == 1
    found = told({SHEET: html.encode(), FIGURES: rendered()[FIGURES]})
    assert found[:-1]
    assert all(line.startswith(f"{SHEET}: ") for line in found[:-1])
    assert {line.rsplit("(", 1)[1] for line in found[:-1]} == {f"{rule})."}
    assert found[-1] == "Niet iedereen kan deze editie lezen. Daarom komt zij niet uit."


def test_the_file_of_figures_may_not_say_anything_else_than_the_page() -> None:
    rows = json.loads(rendered()[FIGURES])
    for row in rows:
        row["shown"] = row["shown"] and "iets anders"
    other = json.dumps(rows).encode()
    assert any(line.endswith("(g).") for line in told({SHEET: rendered()[SHEET], FIGURES: other}))


def test_many_faults_are_told_in_short() -> None:
    html = (
        rendered()[SHEET].decode().replace("<h2 ", '<h2 title="x" ').replace("<p ", '<p title="x" ')
    )
    assert len(told({SHEET: html.encode()})) <= 22


def test_an_edition_that_not_everybody_can_read_leaves_no_file(tmp_path: Path) -> None:
    files = rendered() | {SHEET: rendered()[SHEET].replace(SCOPE.encode(), b"")}
    with pytest.raises(Inaccessible):
        put(tmp_path / "2026K3", Inspection().through(iter(files.items())))
    assert list(tmp_path.iterdir()) == []


def test_what_was_looked_at_is_written_down_and_promises_nothing() -> None:
    look = Inspection()
    list(look.through(iter(rendered().items())))
    path, content = look.evidence(EDITION)
    said = json.loads(content)
    assert path == EVIDENCE
    assert said["pages"] == [name for name in rendered() if name.endswith(".html")]
    assert [one["check"] for one in said["checks"]] == list("abcdefgh")
    assert all(one["seen"] > 0 for one in said["checks"])
    assert min(one["contrast"] - one["least"] for one in said["contrast"]) >= 0
    assert said["statement"].startswith("Voorbereid op WCAG 2.2")
    assert "voldoe" not in content.decode().casefold()
    assert look.evidence(EDITION)[1] == content


@pytest.mark.slow
def test_every_edition_and_every_package_holds_the_evidence(demonstration: Demonstration) -> None:
    for edition in demonstration.town.settings.editions.iterdir():
        for index in [edition / "openbaar", *(edition / "intern").glob("*/index.html")]:
            folder = index.parent if index.is_file() else index
            pages = {page.relative_to(folder).as_posix() for page in folder.rglob("*.html")}
            assert set(json.loads((folder / EVIDENCE).read_text())["pages"]) == pages
