"""The pages of an edition: self-contained, small, the same every time, readable for everyone."""

import csv
import io
import json
import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise

import polars as pl
import pytest
from sample_edition import AUDITED, sample
from sheet_reader import Element, Page
from thoughts import judgements

from reports.accessibility import EVIDENCE
from reports.edition import Edition
from reports.render import account, render
from reports.shelf import Shelf
from reports.words.catalogue import HARD_SPACE, words
from transforms.observations import FIGURES

MOST_BYTES, MOST_OF_A_CHART = 250_000, 15_000
EDITION = sample()


def files(edition: Edition) -> dict[str, bytes]:
    return dict(render(edition)) | dict(account(edition, AUDITED))


def differing(some: dict[str, bytes], others: dict[str, bytes]) -> list[str]:
    """Return the paths of which the bytes differ: to show the bytes takes all memory."""
    return [path for path in some.keys() | others.keys() if some.get(path) != others.get(path)]


FILES = files(EDITION)
HTML = {path: content.decode() for path, content in FILES.items() if path.endswith(".html")}
PAGES = {path: Page(html) for path, html in HTML.items()}
ACCOUNT = "verantwoording/index.html"
FORM = "auditorium/index.html"
SPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}

THERE = {*FILES, EVIDENCE}
"""The evidence of accessibility comes when all pages were seen."""

every_page = pytest.mark.parametrize("path", sorted(HTML))


def headings(page: Page) -> list[int]:
    return [int(e.name[1]) for e in page.all("h1", "h2", "h3", "h4")]


def in_english(edition: Edition) -> Edition:
    general = edition.agreement.general.model_copy(update={"language": "en"})
    agreement = edition.agreement.model_copy(update={"general": general})
    return sample(agreement=agreement)


def test_an_edition_has_an_index_a_sheet_per_wijk_and_partner_its_figures_and_its_account() -> None:
    districts = [f"wijk/WK99010{n}/index.html" for n in range(1, 9)]
    partners = [f"partner/{name}/index.html" for name in sorted(Shelf(EDITION).partners())]
    data = ["data/figures.csv", "data/figures.json", "data/edition.json"]
    whole = ["index.html", "raad/index.html", "auditorium/index.html"]
    assert list(FILES) == [*whole, *districts, *partners, *data, "data/dcat.jsonld", ACCOUNT]


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert differing(files(EDITION), FILES) == []
    assert differing(files(sample()), FILES) == []


@every_page
def test_a_page_is_small_enough_to_mail(path: str) -> None:
    assert len(FILES[path]) <= MOST_BYTES


@every_page
def test_a_chart_is_small(path: str) -> None:
    charts = re.findall(r'<svg[^>]* class="chart".*?</svg>', HTML[path], re.DOTALL)
    assert [len(one.encode()) for one in charts if len(one.encode()) > MOST_OF_A_CHART] == []


@every_page
def test_a_page_names_no_other_host(path: str) -> None:
    found = set(re.findall(r"https?://[^\s\"'<>)]+", HTML[path])) - SPACES
    assert found == set()
    assert re.findall(r"(?:src|href|action|url\()\s*=?\s*[\"']?//", HTML[path]) == []


@every_page
def test_a_page_runs_nothing_but_its_own_form_and_says_so_to_the_browser(path: str) -> None:
    page = PAGES[path]
    found = [one.name for one in page.all("script", "iframe", "object", "link", "img")]
    assert set(found) == ({"script"} if path == FORM else set())
    assert [e for e in page.elements if any(a.startswith("on") for a in e.attributes)] == []
    (policy,) = [e.attributes["content"] for e in page.all("meta") if "http-equiv" in e.attributes]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert ("script-src 'sha256-" in policy) is (path == FORM)


@every_page
def test_a_link_leads_to_a_file_of_the_edition(path: str) -> None:
    page = PAGES[path]
    ids = {e.attributes["id"] for e in page.elements if "id" in e.attributes}
    for link in page.all("a"):
        target = link.attributes["href"]
        if target.startswith("#"):
            assert target[1:] in ids
        else:
            assert posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) in THERE


@every_page
def test_ids_are_unique_and_named_ids_exist(path: str) -> None:
    ids = [e.attributes["id"] for e in PAGES[path].elements if "id" in e.attributes]
    named = {
        e.attributes["aria-labelledby"]
        for e in PAGES[path].elements
        if "aria-labelledby" in e.attributes
    }
    used = {e.attributes["href"][1:] for e in PAGES[path].all("use")}
    assert len(ids) == len(set(ids))
    assert named | used <= set(ids)


@every_page
def test_headings_go_down_one_step_at_a_time(path: str) -> None:
    levels = headings(PAGES[path])
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [b for a, b in pairwise(levels) if b > a + 1] == []


@every_page
def test_a_page_has_landmarks_and_a_language(path: str) -> None:
    page = PAGES[path]
    assert [e.attributes["lang"] for e in page.all("html")] == ["nl"]
    assert len(page.all("main")) == 1
    assert page.all("header") and page.all("footer")
    assert page.all("a")[0].attributes == {"class": "skip", "href": "#plaat"}


@every_page
def test_every_drawing_is_hidden_or_named(path: str) -> None:
    for svg in PAGES[path].all("svg"):
        inside = any(parent.name == "svg" for parent in svg.parents)
        named = svg.attributes.get("role") in {"img", "group"} and svg.has("title")
        assert inside or named or svg.attributes.get("aria-hidden") == "true"


@every_page
def test_every_table_has_a_caption_and_every_head_its_scope(path: str) -> None:
    for table in PAGES[path].all("table"):
        assert table.children[0].name == "caption"
    for head in PAGES[path].all("th"):
        assert head.attributes.get("scope") in {"col", "row"}


@every_page
def test_nothing_is_told_in_a_tooltip_or_styled_in_place(path: str) -> None:
    attributes = {name for e in PAGES[path].elements for name in e.attributes}
    assert attributes & {"title", "style"} == set()


@every_page
def test_every_comparison_has_a_shape_and_a_word(path: str) -> None:
    for remark in PAGES[path].of_class("remark"):
        (shape,) = [child for child in remark.children if child.name == "svg"]
        assert shape.attributes["class"].split()[1] == remark.attributes["class"].split()[1]
        assert remark.text.strip()


@every_page
def test_every_part_in_print_names_the_sheet_and_the_edition(path: str) -> None:
    name = PAGES[path].all("h1")[0].text
    assert f'@bottom-left{{content:"{name} · Voorbeeldstad · Editie 2026K3-1"}}' in HTML[path]


@every_page
def test_an_invented_municipality_says_so(path: str) -> None:
    assert "Verzonnen gemeente, verzonnen gegevens" in PAGES[path].text()


@every_page
def test_what_we_do_not_know_is_never_left_out(path: str) -> None:
    if path not in {"index.html", FORM, ACCOUNT}:
        assert len(PAGES[path].of_class("block-unknown")) == 1


@every_page
def test_every_figure_on_the_front_is_defined_on_the_back(path: str) -> None:
    front = {e.text.strip() for e in PAGES[path].of_class("indicator")}
    back = {cell.text.strip() for cell in table_heads(PAGES[path])}
    missing = {name for name in front if not any(head.startswith(name) for head in back)}
    assert missing == set()


def table_heads(page: Page) -> Iterator[Element]:
    for head in page.all("th", within="table"):
        if any("all" in parent.attributes.get("class", "").split() for parent in head.parents):
            yield head


def test_every_figure_in_the_table_is_a_published_row() -> None:
    shelf = Shelf(EDITION)
    rows = EDITION.figures.select("indicator", "area_code", "period", "partner", "breakdown")
    every = (
        shelf.at(indicator, area, period, partner=partner, breakdown=breakdown)
        for indicator, area, period, partner, breakdown in rows.iter_rows()
    )
    told = {figure.told for figure in every if figure}
    label = words("nl")("table.value")  # read on a narrow screen, where the row is a card
    texts = [cell.text for page in PAGES.values() for cell in page.of_class("value")]
    cells = [text.removeprefix(label) for text in texts]
    assert cells
    assert set(cells) <= told


@every_page
def test_every_page_leads_to_the_account_and_the_account_to_all_pages(path: str) -> None:
    root = "../" * path.count("/")
    targets = [link.attributes["href"] for link in PAGES[path].all("a")]
    assert root + ("index.html" if path == ACCOUNT else ACCOUNT) in targets


def test_one_row_more_in_every_delivery_changes_no_byte_of_what_is_public() -> None:
    rows = pl.col("accepted_rows")
    more = EDITION.deliveries.with_columns(pl.when(rows > 0).then(rows + 1).otherwise(rows))
    assert differing(files(sample(deliveries=more)), FILES) == []


def test_what_people_think_of_partners_and_efforts_is_in_no_public_file() -> None:
    told = judgements(EDITION.agreement)
    everything = "".join(content.decode(errors="replace") for content in FILES.values())
    assert len(told) > 50
    assert [words for words in told if words in everything] == []


def test_in_english_no_dutch_sentence_is_left() -> None:
    made = files(in_english(EDITION)).items()
    pages = {path: Page(content.decode()) for path, content in made if path.endswith(".html")}
    dutch, english = words("nl").sentences, words("en").sentences
    only_dutch = [
        text
        for key, text in dutch.items()
        if "{" not in text and len(text.split()) > 2 and english[key] != text
    ]
    for page in pages.values():
        assert page.all("html")[0].attributes["lang"] == "en"
        assert [text for text in only_dutch if text in page.text()] == []
        assert f"{HARD_SPACE}%" not in page.text()


def test_the_download_holds_every_figure_in_dutch_notation() -> None:
    rows = list(csv.reader(io.StringIO(FILES["data/figures.csv"].decode()), delimiter=";"))
    assert tuple(rows[0]) == tuple(FIGURES)
    assert len(rows) - 1 == EDITION.figures.height
    share = next(row for row in rows if row[1] == "I28" and row[5] == "WK990106")
    told = dict(zip(rows[0], share, strict=True))
    assert told["numerator"].isdigit()
    assert re.fullmatch(r"0,\d+", told["value"])


def test_both_downloads_hold_the_same_figures() -> None:
    as_json = json.loads(FILES["data/figures.json"])
    rows = list(csv.DictReader(io.StringIO(FILES["data/figures.csv"].decode()), delimiter=";"))
    assert list(as_json[0]) == [*rows[0], "coverage", "converted"]
    for one, other in zip(as_json, rows, strict=True):
        value = other["value"].replace(",", ".")
        assert (float(value) if value else None) == one["value"]


def test_a_protected_row_holds_no_number_in_either_download() -> None:
    held = [row for row in json.loads(FILES["data/figures.json"]) if row["status"] == "protected"]
    numbers = ("numerator", "denominator", "value", "lower", "upper")
    assert held
    assert {row[name] for row in held for name in numbers} == {None}


def test_what_people_write_is_shown_as_text_and_never_as_markup() -> None:
    hostile = "<script>alert(1)</script>"
    stories = EDITION.stories.with_columns(pl.lit(hostile).alias("title"))
    page = dict(render(sample(stories=stories)))["wijk/WK990106/index.html"].decode()
    assert hostile not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
