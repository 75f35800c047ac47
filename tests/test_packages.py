"""The packages of an edition: what is in each, that it says so, and that it stays in."""

import csv
import io
import json
import posixpath
import shutil
import stat
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import takewhile
from pathlib import Path

import polars as pl
import pytest
from sample_edition import sample
from sheet_reader import Page
from thoughts import judgements
from tiny_agreement import partner

from flows.settings import EXAMPLE
from flows.steps.files import put
from flows.steps.packages import INTERNAL, packages
from flows.steps.serve import server
from reports.accessibility import EVIDENCE
from reports.edition import MUNICIPALITY, Established
from reports.render import render
from sources.agreement import sense
from sources.agreement.load import load_with_lines
from sources.contracts.load import standard

MARK = "Vertrouwelijk, niet verspreiden"
PUBLIC = replace(sample(), established=Established("N. Voorbeeld", date(2026, 11, 17)))
EXACT = PUBLIC.figures.with_columns(
    pl.col("numerator", "denominator") + 1, pl.lit("protected_or_not").alias("unit")
)
FILES = dict(packages(PUBLIC, EXACT))
PARTNERS = sorted(name for name, one in PUBLIC.agreement.partners.items() if one.kind == "partner")
HTML = {path: content.decode() for path, content in FILES.items() if path.endswith(".html")}
PAGES = {path: Page(html) for path, html in HTML.items()}

every_page = pytest.mark.parametrize("path", sorted(HTML))
every_partner = pytest.mark.parametrize("name", PARTNERS)


def inside(name: str) -> dict[str, bytes]:
    """Return the files of one package by their path in it."""
    folder = f"{INTERNAL}/{name}/"
    return {p.removeprefix(folder): c for p, c in FILES.items() if p.startswith(folder)}


def figures(name: str) -> list[dict[str, str]]:
    text = inside(name)["data/figures.csv"].decode()
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_there_is_a_package_for_the_municipality_and_one_for_every_partner() -> None:
    assert sorted({path.split("/")[1] for path in FILES}) == sorted(["gemeente", *PARTNERS])
    assert {path.split("/")[0] for path in FILES} == {INTERNAL}


def test_the_municipality_has_every_sheet_and_every_internal_figure() -> None:
    told = inside("gemeente")
    there = {path for path in told if "VERTROUWELIJK" not in path}
    assert there == {*dict(render(PUBLIC)), EVIDENCE} - {"data/dcat.jsonld"}
    assert len(figures("gemeente")) == EXACT.height
    assert {row["unit"] for row in figures("gemeente")} == {"protected_or_not"}


@every_partner
def test_a_partner_has_its_own_sheet_and_no_other(name: str) -> None:
    pages = {path for path in inside(name) if path.endswith(".html")}
    assert pages == {"index.html", f"partner/{name}/index.html"}


@every_partner
def test_a_partner_has_its_own_internal_figures_and_of_the_rest_what_is_public(name: str) -> None:
    """An exact total would give what others delivered: it is that total less its own."""
    rows = figures(name)
    exact = {"partner": name, "unit": "protected_or_not"}
    own = [row for row in rows if row["partner"] == name]
    assert len(own) == EXACT.filter(partner=name).height
    assert all(exact.items() <= row.items() for row in own)
    rest = [row for row in rows if row["partner"] != name]
    assert {row["partner"] for row in rest} == {""}
    assert "protected_or_not" not in {row["unit"] for row in rest}
    public = PUBLIC.figures.filter(partner="")
    assert len(rest) == public.height


@every_partner
def test_a_partner_reads_nothing_of_what_people_think_of_partners(name: str) -> None:
    everything = "".join(content.decode(errors="replace") for content in inside(name).values())
    assert [words for words in judgements(PUBLIC.agreement) if words in everything] == []


@every_partner
def test_a_partner_reads_nothing_of_what_was_agreed_with_others(name: str) -> None:
    told = "".join(html for path, html in HTML.items() if path.startswith(f"{INTERNAL}/{name}/"))
    others = [one for one in PUBLIC.agreement.agreements.values() if one.partner != name]
    own = [one for one in PUBLIC.agreement.agreements.values() if one.partner == name]
    spoken = {sheet.aim for one in own for sheet in one.result_sheets}
    foreign = {sheet.aim for one in others for sheet in one.result_sheets} - spoken
    assert foreign
    assert not [aim for aim in foreign if aim in told]
    named = {i: p.name for i, p in PUBLIC.agreement.partners.items() if p.kind == "partner"}
    asked = {row["partner"] for row in json.loads(inside(name)["data/figures.json"])}
    assert asked <= {"", name}
    assert named[name] in told


@every_page
def test_a_page_says_that_it_is_confidential_on_top_of_every_part_and_at_its_foot(
    path: str,
) -> None:
    page = PAGES[path]
    marks = page.of_class("confidential")
    heads = page.of_class("masthead")
    assert [one.text for one in marks] == [MARK] * len(heads)
    assert all(one.text.strip().startswith(MARK) for one in heads)
    (title,) = page.all("title", within="head")
    assert title.text.startswith(f"{MARK} · ")
    # The foot is printed on every sheet of paper.
    assert f'@page{{@bottom-left{{content:"{MARK} · ' in HTML[path]


@every_page
def test_the_back_of_a_confidential_page_has_a_head_of_its_own(path: str) -> None:
    (back,) = PAGES[path].of_class("verso")
    assert back.text.strip().startswith(MARK)


@pytest.mark.parametrize("name", ["gemeente", *PARTNERS])
def test_files_that_cannot_say_it_lie_beside_a_notice(name: str) -> None:
    named = {i: one.name for i, one in PUBLIC.agreement.partners.items()}
    reader = "Voorbeeldstad" if name == "gemeente" else named[name]
    for path in ("VERTROUWELIJK.txt", "data/VERTROUWELIJK.txt"):
        first, second, *_ = inside(name)[path].decode().splitlines()
        assert first == MARK
        assert second == f"Deze map is alleen voor {reader}."


@every_page
def test_a_package_is_whole_and_leads_nowhere_else(path: str) -> None:
    package = "/".join(path.split("/")[:2])
    for link in PAGES[path].all("a"):
        target = link.attributes["href"]
        if not target.startswith("#"):
            found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            assert found in FILES
            assert found.startswith(f"{package}/")


def test_no_public_page_or_file_knows_of_the_packages() -> None:
    public = dict(render(PUBLIC))
    assert not [path for path in public if INTERNAL in path.split("/") or "VERTROUWELIJK" in path]
    linked = [
        one.attributes.get("href", "")
        for path, content in public.items()
        if path.endswith(".html")
        for one in Page(content.decode()).all("a")
    ]
    assert linked
    assert not [target for target in linked if INTERNAL in target.split("/")]
    assert not [path for path, content in public.items() if MARK.encode() in content]


def test_the_same_edition_gives_the_same_packages() -> None:
    shuffled = EXACT.sample(fraction=1.0, shuffle=True, seed=7)
    whole = dict(takewhile(lambda file: "/gemeente/" in file[0], packages(PUBLIC, shuffled)))
    assert len(whole) > 10
    assert whole.items() <= FILES.items()


def test_a_share_of_few_people_is_told_in_people_and_gets_no_verdict() -> None:
    few = (pl.col("indicator") == "I28") & (pl.col("area_code") == "WK990101")
    columns = {"numerator": 8.0, "denominator": 10.0, "value": None, "lower": None, "upper": None}
    told = [pl.when(few).then(value).otherwise(name).alias(name) for name, value in columns.items()]
    text = pl.when(few).then(pl.lit("8 van de 10")).otherwise("shown").alias("shown")
    internal = PUBLIC.figures.with_columns(*told, text)
    path = f"{INTERNAL}/gemeente/wijk/WK990101/index.html"
    page = Page(next(html for name, html in packages(PUBLIC, internal) if name == path).decode())
    name = PUBLIC.agreement.indicators["I28"].name
    aims = [one for one in page.of_class("aim") if name in one.text]
    assert aims
    for one in aims:
        inside_it = [e for e in page.elements if one in e.parents]
        classes = [set(e.attributes.get("class", "").split()) for e in inside_it]
        (now,) = (e for e, c in zip(inside_it, classes, strict=True) if "now" in c and e.text)
        assert "8 van de 10" in now.text
        assert "%" not in now.text
        assert not any("remark" in c for c in classes)


def test_a_package_lies_in_a_folder_that_only_its_owner_opens(tmp_path: Path) -> None:
    folder = tmp_path / "2026K3"
    put(folder, [("openbaar/index.html", b"1"), *list(FILES.items())[:4]], closed=INTERNAL)
    closed = [folder / INTERNAL, *(folder / INTERNAL).rglob("*")]
    assert len(closed) > 4
    for path in closed:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    open_to_all = stat.S_IMODE((folder / "openbaar/index.html").stat().st_mode)
    assert open_to_all & 0o444 == 0o444


def test_packages_are_there_with_the_edition_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "2026K3"

    def broken() -> Iterator[tuple[str, bytes]]:
        yield from list(FILES.items())[:3]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        put(folder, broken(), closed=INTERNAL)
    assert not folder.exists()


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one edition with its packages."""
    editions = tmp_path_factory.mktemp("editions")
    public = {f"openbaar/{path}": content for path, content in render(PUBLIC)}
    put(editions / "2026K3", {**public, **FILES}.items(), closed=INTERNAL)
    with server(editions, 0) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


def answered(address: str, method: str = "GET") -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, method=method)) as answer:
            code: int = answer.status
    except urllib.error.HTTPError as error:
        code = error.code
    return code


def test_the_window_shows_what_is_public(window: str) -> None:
    assert answered(f"{window}/2026K3/") == 200
    assert answered(f"{window}/2026K3/data/figures.csv") == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path",
    [
        "/2026K3/intern/",
        "/2026K3/intern/gemeente/",
        "/2026K3/intern/gemeente/index.html",
        "/2026K3/intern/gemeente/data/figures.csv",
        "/2026K3/intern/welzijn/data/figures.json",
        "/2026K3/openbaar/../intern/gemeente/index.html",
        "/2026K3/../intern/gemeente/index.html",
        "/2026K3/%2e%2e/intern/gemeente/index.html",
        "/2026K3/%2E%2E/intern/gemeente/index.html",
        "/2026K3/..%2fintern%2fgemeente%2findex.html",
        "/2026K3/%2e%2e%2fintern/gemeente/index.html",
        "/2026K3/%252e%252e/intern/gemeente/index.html",
        "/2026K3/..%5cintern%5cgemeente%5cindex.html",
        "/2026K3/wijk/../../intern/gemeente/index.html",
        "/2026K3/wijk/%2e%2e/%2e%2e/intern/gemeente/index.html",
        "/2026K3%2fintern/gemeente/index.html",
        "/2026K3%2fintern%2fgemeente/",
        "/./2026K3/intern/gemeente/index.html",
        "//2026K3/intern/gemeente/index.html",
        "/2026K3//intern//gemeente//index.html",
        "/2026K3/INTERN/gemeente/index.html",
        "/intern/gemeente/index.html",
        "/2026K3/intern/gemeente/index.html?x=/openbaar/",
        "/2026K3/intern/gemeente/index.html#openbaar",
        "/2026K3/intern%00/gemeente/index.html",
    ],
)
def test_the_window_never_shows_a_package(window: str, path: str, method: str) -> None:
    assert answered(window + path, method) == 404


def test_a_package_of_a_new_partner_appears_by_itself() -> None:
    """Also of one of whom nothing is counted yet."""
    more = {**PUBLIC.agreement.partners, "buurtclub": partner(name="De Buurtclub")}
    grown = replace(PUBLIC, agreement=PUBLIC.agreement.model_copy(update={"partners": more}))
    asked = f"{INTERNAL}/buurtclub/partner/buurtclub/index.html"
    assert asked in (path for path, _ in packages(grown, EXACT))


def test_no_partner_takes_the_folder_of_the_municipality(tmp_path: Path) -> None:
    folder = tmp_path / "afspraak"
    shutil.copytree(EXAMPLE, folder)
    file = folder / "partners/gemeente.yaml"
    file.write_text(file.read_text().replace("kind: supplier", "kind: partner"))
    known, lines = load_with_lines(folder)
    said = [str(fault) for fault in sense.faults(known, standard(), lines=lines)]
    name = f"Een partner kan niet `{MUNICIPALITY}` heten"
    assert [one for one in said if "partners/gemeente.yaml:1: " in one and name in one]
