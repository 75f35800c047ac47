"""What a hostile file says comes back as text: no formula runs, no script, no request leaves."""

import csv
import io
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import town_in
from hostile import FORMULAS, MARKUP, PAYLOADS
from openpyxl import load_workbook
from playwright.sync_api import Browser

from flows.settings import Town
from flows.steps.round import receive_file
from reports.spreadsheet import csv_bytes, safe
from sources.contracts.model import Contract

CHROMIUM = Path("/usr/bin/chromium")
PHONE = 390  # pixels
SOFFICE = shutil.which("soffice")
AT = datetime(2026, 10, 14, 9, tzinfo=UTC)
SENT = {"partner": "welzijn", "contract": "L06", "period": "2026K2"}
NAME = "Welzijn <script>window.pwned=1</script>"
FILE = "=cmd <img src=x onerror=window.pwned=1>.csv"

needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="needs soffice (libreoffice-calc)")
needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason="needs /usr/bin/chromium")

HARMLESS = ["", "balie", "-3", "-3,5", "12.500,00", "a-b", "Kies: a, b of c", "3 - 2", "x = 1", "é"]


def starts_as_formula(text: str) -> bool:
    """Whether a program could take a text for a formula; said in another way than the writer's."""
    seen = [c for c in text if c.isprintable() and not c.isspace() and c != '"']
    plain = unicodedata.normalize("NFKC", seen[0])[:1] if seen else ""
    return plain in {"=", "+", "-", "@"} or text[:1] in {"\t", "\r", "\n", "\0"}


def lines(text: str) -> str:
    """Return a text with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_there_are_enough_attacks() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_a_hostile_text_is_never_a_formula(payload: str) -> None:
    kept = safe(payload)

    assert not starts_as_formula(kept)
    for separator in ",;|\t\r\n":
        inside = [part for part in kept.split(separator)[1:] if part.strip("\"' ")]
        assert not any(starts_as_formula(part.lstrip('"\r\n')) for part in inside), separator
    assert kept.replace("'", "").replace("\ufffd", "\1") == lines(payload).replace("'", "")


@pytest.mark.parametrize("text", HARMLESS)
def test_an_ordinary_text_or_number_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_a_number_stays_a_number_and_nothing_stays_empty() -> None:
    assert csv_bytes(["a"], [(-3,), (-2.5,), (None,)], bom=False) == b'a\r\n-3\r\n-2.5\r\n""\r\n'


@pytest.fixture(scope="module")
def told(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The answers to hostile deliveries, taken in as any other."""
    home = tmp_path_factory.mktemp("hostile") / "home"
    home.mkdir()
    town = renamed(town_in(home))
    good = next(made.rglob("GM9901_welzijn_L06_2026K2_v1.csv"))
    areas = next(made.rglob("GM9901_cbs_L12a_2026_v1.csv"))
    about_areas = {"partner": "cbs", "contract": "L12a", "period": "2026"}
    receive_file(town, areas, **about_areas, number=1, at=AT)
    files = {
        "cells": hostile_cells(good, home.parent / FILE, town.contracts["partner_activiteiten"]),
        "headers": hostile_headers(good, home.parent / f"h{FILE}", MARKUP[:5] + FORMULAS[:5]),
        "more headers": hostile_headers(good, home.parent / f"m{FILE}", MARKUP[5:] + FORMULAS[5:]),
    }
    return {
        name: receive_file(town, path, **SENT, number=number, at=AT).feedback
        for number, (name, path) in enumerate(files.items(), 1)
    }


def renamed(town: Town) -> Town:
    """Return the town in which the sender bears a hostile name."""
    partners = dict(town.agreement.partners)
    partners["welzijn"] = partners["welzijn"].model_copy(update={"name": NAME})
    return replace(town, agreement=town.agreement.model_copy(update={"partners": partners}))


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=";"))


def write_rows(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    return path


def hostile_cells(good: Path, path: Path, contract: Contract) -> Path:
    """Write a file in which every payload stands in three texts of a row that is refused."""
    header, first, *rest = rows_of(good)
    rows = []
    for number, payload in enumerate(PAYLOADS):
        row = dict(zip(header, first, strict=True))
        row |= {"activiteit_id": f"H{number:03}", "doelgroep": payload, "locatie": payload}
        rows.append([row[name] for name in header])
    assert {"activiteit_id", "doelgroep", "locatie"} <= {c.header for c in contract.columns}
    return write_rows(path, [header, first, *rest, *rows])


def hostile_headers(good: Path, path: Path, payloads: tuple[str, ...]) -> Path:
    """Write a file with payloads as the names of columns that nobody asked for."""
    header, *rows = rows_of(good)
    names = [" ".join(payload.split()) or "leeg" for payload in payloads]
    return write_rows(path, [[*header, *names], *([*row, *("x" for _ in names)] for row in rows)])


def test_the_hostile_deliveries_were_answered_in_full(told: dict[str, Path]) -> None:
    files = {name: {path.name for path in folder.iterdir()} for name, folder in told.items()}

    assert "uitval.xlsx" in files["cells"]
    assert "spiegelrapport.html" in files["headers"]
    page = (told["headers"] / "terugkoppeling.html").read_text()
    assert "K203" in page and "&lt;script&gt;" in page


def test_every_cell_of_the_findings_is_safe(told: dict[str, Path]) -> None:
    cells = [
        cell
        for folder in told.values()
        for row in rows_of(folder / "bevindingen.csv")
        for cell in row
    ]

    assert len(cells) > 500
    assert [cell for cell in cells if cell and starts_as_formula(cell)] == []


def test_the_refused_rows_come_back_as_text(told: dict[str, Path]) -> None:
    sheet = load_workbook(told["cells"] / "uitval.xlsx")["Uitval"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]

    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [c.value for c in cells if c.data_type == "s" and starts_as_formula(c.value)] == []
    place = [cell.value for cell in sheet[1]].index("locatie")
    kept = {plain(row[place]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert {safe(payload) for payload in PAYLOADS if payload.isprintable()} <= kept


def plain(value: object) -> str:
    """Return the text of a cell; openpyxl leaves the escape of `_x003D_` as it stands."""
    return "" if value is None else str(value).replace("_x005F_", "_")


@pytest.mark.browser
@needs_chromium
def test_in_a_browser_nothing_runs_and_no_request_leaves(
    told: dict[str, Path], browser: Browser
) -> None:
    pages = sorted(path for folder in told.values() for path in folder.glob("*.html"))
    assert len(pages) >= 5
    for path in pages:
        asked, hit, foreign, width = opened(browser, path)

        assert asked == [path.as_uri()]
        assert hit == "undefined"
        assert foreign == []
        assert width == PHONE, "a long name makes the page scroll sideways"


def opened(browser: Browser, path: Path) -> tuple[list[str], str, list[str], int]:
    """Return what a page asked, what its scripts set, what it holds beside text, and its width."""
    asked: list[str] = []
    page = browser.new_page(viewport={"width": PHONE, "height": 800})
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.goto(path.as_uri())
    page.hover("h1")
    page.keyboard.press("Tab")
    hit, foreign = page.evaluate("typeof window.pwned"), page.evaluate(_FOREIGN)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    return asked, hit, foreign, width


_FOREIGN = """() => [...document.querySelectorAll('body *')].filter(
    e => ['SCRIPT','IMG','SVG','IFRAME','OBJECT','EMBED','LINK','BASE','FORM','META','MATH',
          'STYLE','INPUT'].includes(e.tagName.toUpperCase())
      || [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style'
          || (a.name === 'href' && !a.value.startsWith('#')))
).map(e => e.outerHTML)"""


@pytest.mark.browser
@needs_chromium
def test_the_attacks_do_work_on_a_page_that_does_not_escape(
    browser: Browser, tmp_path: Path
) -> None:
    bare = tmp_path / "bare.html"
    bare.write_text(f"<html><body>{MARKUP[0]}</body></html>")
    page = browser.new_page()
    page.goto(bare.as_uri())

    assert page.evaluate("window.pwned") == 1
    page.close()


def office(path: Path, folder: Path, *, to: str, reading: str = "") -> Path:
    """Open a file in LibreOffice and keep it as another kind."""
    assert SOFFICE
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = [f"--infilter={reading}"] if reading else []
    command = [SOFFICE, profile, "--headless", *options, "--convert-to", to]
    done = subprocess.run(
        [*command, "--outdir", str(folder), str(path)],
        capture_output=True,
        timeout=120,
        check=False,
    )
    made = folder / f"{path.stem}.{to.split(':', maxsplit=1)[0]}"
    assert made.exists(), done.stderr.decode()
    return made


# Comma-separated tokens of the filter: separator, quote, UTF-8, first line; the thirteenth says
# that formulas in the text are worked out, as a careless reader has set.
_READ = "CSV:{separator},34,76,1,,0,false,true,false,false,false,-1,true"
_WRITE = "csv:Text - txt - csv (StarCalc):59,34,76,1"


def formulas(path: Path) -> list[str]:
    sheets = load_workbook(path)
    return [
        str(cell.value)
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


@needs_soffice
@pytest.mark.slow
def test_libreoffice_shows_the_refused_rows_as_they_are_and_works_out_nothing(
    told: dict[str, Path], tmp_path: Path
) -> None:
    book = told["cells"] / "uitval.xlsx"
    sheet = load_workbook(book)["Uitval"]
    expected = [[plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]

    shown = rows_of(office(book, tmp_path, to=_WRITE))

    assert shown == expected


SEPARATORS = [("semicolon", 59), ("comma", 44)]


@needs_soffice
@pytest.mark.slow
@pytest.mark.parametrize(("name", "separator"), SEPARATORS, ids=[name for name, _ in SEPARATORS])
def test_libreoffice_finds_no_formula_in_the_findings_whatever_separator_it_expects(
    name: str, separator: int, told: dict[str, Path], tmp_path: Path
) -> None:
    reading = _READ.format(separator=separator)
    table = tmp_path / "bevindingen.csv"
    rows = [row for folder in told.values() for row in rows_of(folder / "bevindingen.csv")]
    attacks = [[payload, f"x{payload}", f"a;{payload}"] for payload in PAYLOADS]
    table.write_bytes(csv_bytes(["a", "b", "c"], [*attacks, *rows], bom=True))

    assert formulas(office(table, tmp_path, to="xlsx", reading=reading)) == []


@needs_soffice
@pytest.mark.slow
def test_the_attacks_do_work_on_a_table_that_does_not_escape(tmp_path: Path) -> None:
    table = tmp_path / "bare.csv"
    write_rows(table, [[payload] for payload in FORMULAS if payload.isprintable()])

    worked = formulas(office(table, tmp_path, to="xlsx", reading=_READ.format(separator=59)))

    assert len(worked) >= 5
