"""A partner with a broken file and nothing but `terugkoppeling.html` gets it accepted.

Each story breaks a good file of Voorbeeldstad, reads what the page says, does that and no more,
and sends it again under the name that the page gives.
"""

import csv
import datetime
import html
import io
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from binary_workbooks import compound
from conftest import town_in

from flows.settings import ZONE, Town
from flows.steps import round as rounds
from flows.steps.receive import Received
from sources.example import maker
from sources.verdict import Outcome

pytestmark = pytest.mark.slow

AT = datetime.datetime(2026, 10, 5, 9, tzinfo=ZONE)
QUARTER = "2026K3"

Cell = str | int | float | datetime.datetime | None
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Story:
    """A good file, how it is broken and sent, what the page must say, and the mend it names.

    `mend` gets the rows of the broken file where those are still whole, else the good ones: a
    partner takes those from its own system.
    """

    source: str
    ending: str
    broken: Callable[[Rows, Path], None]
    said: tuple[str, ...]
    mend: Callable[[Rows, Path], None]
    first: Outcome = Outcome.REFUSED
    saved_as: str = ".xlsx"


def read(path: Path) -> Rows:
    """Return the cells of a good file as text."""
    if path.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
    told = io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")
    return list(csv.reader(told, delimiter=";"))


def as_csv(rows: Rows, path: Path, *, delimiter: str = ";") -> None:
    """Write what a program exports: quotes only where they are needed."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig", newline="")


def without_quotes(rows: Rows, path: Path, *, delimiter: str = ";") -> None:
    """Write what a careless program exports."""
    path.write_text("".join(f"{delimiter.join(row)}\r\n" for row in rows), encoding="utf-8")


def in_excel(rows: Rows, path: Path) -> None:
    """Save as a workbook what a Dutch Excel made of a CSV: numbers and dates, zeros lost."""
    sheets(path, Blad1=[[typed(cell) for cell in row] for row in rows])


def typed(cell: str) -> Cell:
    """Return a cell as a Dutch Excel takes it."""
    if re.fullmatch(r"-?\d+", cell):
        return int(cell)
    if re.fullmatch(r"-?\d+,\d+", cell):
        return float(cell.replace(",", "."))
    if re.fullmatch(r"\d{2}-\d{2}-\d{4}", cell):
        return datetime.datetime.strptime(cell, "%d-%m-%Y")  # noqa: DTZ007 - as a cell is
    return cell or None


def sheets(path: Path, **named: Sequence[Sequence[Cell]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)


def changed(rows: Rows, column: str, change: Callable[[str], str], *, upto: int = 10_000) -> Rows:
    """Return the rows with the cells of one column changed, in the first `upto` of them."""
    at = rows[0].index(column)
    return [
        [*row[:at], change(row[at]), *row[at + 1 :]] if 0 < place <= upto else row
        for place, row in enumerate(rows)
    ]


def commas(rows: Rows, path: Path) -> None:
    without_quotes(rows, path, delimiter=",")


def american(cell: str) -> str:
    day, month, year = cell.split("-")
    return f"{month}/{int(day) % 12 + 1:02}/{year}"


def day_first(cell: str) -> str:
    month, day, year = cell.split("/")
    return f"{day}-{month}-{year}"


def with_powers(rows: Rows, path: Path) -> None:
    """Write a CSV that Excel opened and saved: long numbers by their power, zeros gone."""
    rows = changed(rows, "bsn", lambda cell: f"{float(cell):.5E}".replace(".", ","))
    as_csv(changed(rows, "hulpvorm", lambda cell: cell.lstrip("0")), path)


def as_text(rows: Rows, path: Path) -> None:
    sheets(path, Blad1=rows)


def over_two_sheets(rows: Rows, path: Path) -> None:
    half = len(rows) // 2
    sheets(path, Juli=rows[:half], Augustus=[rows[0], *rows[half:]])


def with_total(rows: Rows, path: Path) -> None:
    at = rows[0].index("contacten")
    said = sum(int(row[at]) for row in rows[1:]) + 7
    total = ["Totaal", *("" for _ in rows[0][1:])]
    total[at] = str(said)
    in_excel([*rows, total], path)


def with_cover(rows: Rows, path: Path, *, number: int) -> None:
    cover: list[list[Cell]] = [
        ["Partner", "gemeente"],
        ["Periode", QUARTER],
        ["Volgnummer", number],
    ]
    sheets(path, Voorblad=cover, Levering=[[typed(cell) for cell in row] for row in rows])


def loose_semicolon(rows: Rows, path: Path) -> None:
    at = rows[0].index("tekst")
    rows[3][at] = rows[3][at].replace(". ", "; ", 1)
    without_quotes(rows, path)


def merged(rows: Rows, path: Path) -> None:
    """Write a workbook in which a team stands once, in a cell over rows 20 to 39."""
    in_excel(changed(rows, "team", lambda _: "Centrum"), path)
    book = openpyxl.load_workbook(path)
    at = rows[0].index("team") + 1
    book.worksheets[0].merge_cells(start_row=20, end_row=39, start_column=at, end_column=at)
    book.save(path)


def locked(_: Rows, path: Path) -> None:
    compound(path, {"EncryptionInfo": bytes(64), "EncryptedPackage": bytes(4096)})


STORIES = {
    "commas between the fields and in the amounts": Story(
        "gemeente/GM9901_gemeente_L11_2026K3_v1.csv",
        ".csv",
        commas,
        ("De komma scheidt hier velden en ook decimalen", "rij 2", "puntkomma als scheidingsteken"),
        as_csv,
        saved_as=".csv",
    ),
    "a misspelt column name": Story(
        "sociaal_team/GM9901_sociaal_team_L06_2026K3_v2.csv",
        ".csv",
        lambda rows, path: as_csv(
            [[name.replace("bijeenkomsten", "bijeenkomstn") for name in rows[0]], *rows[1:]], path
        ),
        ("Verander de kolomnaam bijeenkomstn in bijeenkomsten.", "hele kolom bijeenkomsten"),
        in_excel,
    ),
    "a column with names of people": Story(
        "vluchtelingenwerk/GM9901_vluchtelingenwerk_L10_2026K3_v2.csv",
        ".csv",
        lambda rows, path: as_csv(
            [[*row, "naam" if not place else "Test"] for place, row in enumerate(rows)], path
        ),
        (
            "De kolom naam mag niet in deze levering staan.",
            "Kies Start, Verwijderen, Bladkolommen verwijderen.",
            "Wij hebben het niet bewaard.",
        ),
        in_excel,
    ),
    "a semicolon in a story": Story(
        "sociaal_team/GM9901_sociaal_team_L10_2026K3_v2.csv",
        ".csv",
        loose_semicolon,
        ("meer velden dan er kolommen zijn", "rij 4", "Zet die in één cel."),
        in_excel,
    ),
    "dates of which the month may come first": Story(
        "gemeente/GM9901_gemeente_L07a_2026K3_v1.csv",
        ".csv",
        lambda rows, path: as_csv(changed(rows, "datum", american), path),
        ("hele kolom datum", "Kan uw eigen systeem dag-maand-jaar schrijven? Kies dat"),
        lambda rows, path: as_csv(changed(rows, "datum", lambda c: day_first(american(c))), path),
        saved_as=".csv",
    ),
    "numbers that Excel wrote as powers": Story(
        "gemeente/GM9901_gemeente_L03_2026K3_v1.csv",
        ".csv",
        with_powers,
        ("hele kolom bsn", "Haal de codes opnieuw uit uw eigen systeem", "Excel-werkmap (*.xlsx)"),
        as_text,
    ),
    "two sheets with rows": Story(
        "welzijn/GM9901_welzijn_L09_2026K3_v1.csv",
        ".xlsx",
        over_two_sheets,
        ("heeft de kolommen van de levering: ", "op een blad onder elkaar"),
        in_excel,
    ),
    "a total that is not the sum": Story(
        "bibliotheek/GM9901_bibliotheek_L06_2026K3_v1.xlsx",
        ".xlsx",
        with_total,
        (
            "Het totaal van contacten is niet de som",
            "rij 42 op blad Blad1",
            "haal de totaalrij weg",
        ),
        in_excel,
        first=Outcome.ACCEPTED,
    ),
    "another period than its name": Story(
        "gemeente/GM9901_gemeente_L11_2026K3_v1.csv",
        ".xlsx",
        lambda rows, path: with_cover(
            changed(rows, "periode", lambda _: "2026K2", upto=5), path, number=1
        ),
        (
            "Volgens de naam is dit een levering van 2026K3.",
            "rij 2, kolom periode",
            "Zet Volgnummer daar op 2.",
        ),
        partial(with_cover, number=2),
    ),
    "8 % of the codes unknown": Story(
        "gemeente/GM9901_gemeente_L08_2026K3_v1.csv",
        ".csv",
        lambda rows, path: as_csv(changed(rows, "groep", lambda _: "asyl", upto=5), path),
        ("Komt door V413", "5 keer, rijen 2, 3, 4, 5, 6, kolom groep", "Bedoelt u: asiel?"),
        in_excel,
    ),
    "merged cells": Story(
        "sociaal_team/GM9901_sociaal_team_L05_2026K3_v1.csv",
        ".xlsx",
        merged,
        ("rijen 21, 22, 23", "Celsamenvoeging opheffen", "druk op Ctrl+D"),
        in_excel,
    ),
    "a password": Story(
        "gemeente/GM9901_gemeente_L04_2026K3_v1.csv",
        ".xlsx",
        locked,
        ("Op dit bestand zit een wachtwoord.", "Maak het vak leeg en kies OK."),
        in_excel,
    ),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deliveries of a small Voorbeeldstad."""
    folder = tmp_path_factory.mktemp("good")
    maker.make(folder, inhabitants=12_000, quarters=[QUARTER])
    return folder / QUARTER


@pytest.fixture(scope="module")
def ready(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the areas have come."""
    town = town_in(tmp_path_factory.mktemp("ready") / "home")
    for path in sorted(good.glob("cbs/*_L12[abc]_*")):
        send(town, "cbs", path.name, partial(shutil.copyfile, path))
    return town.settings.home


def send(town: Town, partner: str, name: str, write: Callable[[Path], object]) -> Received:
    folder = town.settings.inbox / partner
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / name)
    (received,) = rounds.receive_waiting(town, at=AT, tell=lambda _: None)
    return received


def text(received: Received) -> str:
    """Return the words of the page as a reader sees them."""
    page = (received.feedback / "terugkoppeling.html").read_text(encoding="utf-8")
    body = page[page.index("<body>") :]
    within = re.sub(r"</?(?:a|b|code|span)\b[^>]*>", "", body)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", within)))


def named(told: str, ending: str) -> str:
    """Return the name that the page asks for; a workbook ends as the page says a workbook does."""
    found = re.search(r"Noem het (\S+)\.\s", told)
    assert found
    name = found[1]
    if ending == Path(name).suffix:
        return name
    assert f"Een Excel-werkmap eindigt op {ending}." in told
    return f"{Path(name).stem}{ending}"


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_a_broken_file_is_mended_from_its_page_alone(
    story: Story, good: Path, ready: Path, tmp_path: Path
) -> None:
    town = town_in(shutil.copytree(ready, tmp_path / "home"))
    source, rows = good / story.source, read(good / story.source)
    partner = source.parent.name
    name = re.sub(r"_v\d\.\w+$", f"_v1{story.ending}", source.name)

    first = send(town, partner, name, lambda path: story.broken([*map(list, rows)], path))
    told = text(first)
    again = named(told, story.saved_as)
    second = send(town, partner, again, lambda path: story.mend(rows, path))

    assert first.delivery.outcome is story.first
    assert [words for words in story.said if words not in told] == []
    files = {*re.findall(r"\b(?:bevindingen|uitval|spiegelrapport)\.\w+", told)}
    assert files <= {path.name for path in first.feedback.iterdir()}
    assert second.delivery.outcome is Outcome.ACCEPTED, text(second)
    assert second.delivery.records.accepted == len(rows) - 1
    assert second.delivery.number == 2
    assert "Uw levering is goed" in text(second)


def test_what_a_partner_wrote_of_people_beside_the_cells_is_not_passed_on(
    good: Path, ready: Path, tmp_path: Path
) -> None:
    town = town_in(shutil.copytree(ready, tmp_path / "home"))
    rows = read(good / "gemeente/GM9901_gemeente_L11_2026K3_v1.csv")
    traces = {"bsn 999900006": rows, "iemand@voorbeeld.example": rows, "06 12345678": rows}
    cover = [["Partner", "999900018"], ["Controletotaal 999900031", "1"]]
    name = "GM9901_gemeente_L11_2026K3_v1.xlsx"

    received = send(town, "gemeente", name, lambda path: sheets(path, Voorblad=cover, **traces))

    answers = [path.read_bytes() for path in received.feedback.iterdir()]
    assert b"nummer weggehaald" in b"".join(answers)
    for trace in (b"999900006", b"999900018", b"999900031", b"iemand@", b"12345678"):
        assert not any(trace in answer for answer in answers), trace
