"""A workbook becomes text with the rows that Excel shows, or is refused with what and how to mend.

Numbers in the names of cases are those of the list of pollutions in the specification.
"""

import datetime
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import intake
import openpyxl
import pytest
import xlsxwriter
from binary_workbooks import DIVISION, Error, Layout, ods, xls, xlsb, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake import VISITS, read, rows

from sources.store import Connection
from sources.verdict import Level, Records

HEADER: list[Any] = ["nr", "datum", "kanaal", "aantal", "gebied"]
DAY = datetime.date(2026, 8, 14)
ROW: list[Any] = ["N1", DAY, "balie", 3, "WK990101"]
TEXT = ("N1", "2026-08-14", "balie", "3", "WK990101")

SHEET, STRINGS, BOOK = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"

Lines = Sequence[Sequence[Any]]


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


def workbook(path: Path, **sheets: Lines) -> Path:
    """Write a workbook as Excel does, one sheet per name, from lists of cells."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"})
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(lines):
            sheet.write_row(row, 0, cells)
    book.close()
    return path


def edit(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(path, parts | {part: change(parts[part])})


def text(con: Connection) -> list[tuple[object, ...]]:
    return rows(con, "FROM text ORDER BY _row")


def told(reading: Any) -> list[tuple[str, str, int | None]]:
    return [(each.code, each.level.value, each.row) for each in reading.findings]


AROUND: dict[str, tuple[Lines, list[int], Records, list[tuple[str, int | None]]]] = {
    "nothing special": ([HEADER, ROW], [2], Records(2, header=1, accepted=1), []),
    "14 a title and a period above the names": (
        [["Cijfers 3e kwartaal"], ["Periode", "2026K3"], [], HEADER, ROW],
        [5],
        Records(5, header=1, preamble=2, blank=1, accepted=1),
        [("B155", None)],
    ),
    "16 names over two rows": (
        [["nr", "datum", "kanaal", "aantal", ""], ["", "", "", "", "gebied"], ROW],
        [3],
        Records(3, header=2, accepted=1),
        [("K215", 1)],
    ),
    "24 columns without anything": (
        [[*HEADER, "", ""], [*ROW, "", " "]],
        [2],
        Records(2, header=1, accepted=1),
        [],
    ),
    "25 empty rows": (
        [HEADER, [], ROW, ["  ", "", "\u00a0"], ROW],
        [3, 5],
        Records(5, header=1, blank=2, accepted=2),
        [],
    ),
    "26 total rows": (
        [HEADER, ROW, ["Subtotaal balie", "", "", 3], ROW, ["", "", "Totaal:", "€ 6,00"]],
        [2, 4],
        Records(5, header=1, excluded=2, accepted=2),
        [("R321", 3), ("R321", 5)],
    ),
    "26 a total that is not the sum": (
        [HEADER, ROW, ROW, ["Totaal", "", "", 7]],
        [2, 3],
        Records(4, header=1, excluded=1, accepted=2),
        [("R321", 4), ("B148", 4)],
    ),
    "26 a client whose name begins like a total": (
        [HEADER, ["Totaal", DAY, "balie", 3, ""], ["Somers", DAY, "", 1, ""]],
        [2, 3],
        Records(3, header=1, accepted=2),
        [],
    ),
    "27 footnotes": (
        [HEADER, ROW, [], ["Bron: eigen administratie"], ["* voorlopig", ""]],
        [2],
        Records(5, header=1, blank=1, excluded=2, accepted=1),
        [("R322", 4), ("R322", 5)],
    ),
    "27 a sentence apart": (
        [HEADER, ROW, [], ["Aan deze cijfers kan niemand rechten ontlenen"]],
        [2],
        Records(4, header=1, blank=1, excluded=1, accepted=1),
        [("R322", 4)],
    ),
    "29 something to the right of the table": (
        [HEADER, ROW, [*ROW, "", "verschoven"], ROW],
        [2, 4],
        Records(4, header=1, accepted=2, quarantined=1),
        [("R301", 3)],
    ),
}


@pytest.mark.parametrize(("lines", "kept", "records", "notes"), AROUND.values(), ids=AROUND.keys())
def test_what_stands_around_the_rows_is_told_apart_from_them(
    tmp_path: Path,
    con: Connection,
    lines: Lines,
    kept: list[int],
    records: Records,
    notes: list[tuple[str, int | None]],
) -> None:
    reading = read(workbook(tmp_path / "b.xlsx", Levering=lines), con)

    assert [row for row, *_ in text(con)] == kept
    assert reading.records == records
    assert [(each.code, each.row) for each in reading.findings] == notes
    assert {each.sheet for each in reading.findings} <= {"Levering"}


REFUSED: dict[str, tuple[dict[str, Lines], str, int | None]] = {
    "1 no cell filled": ({"Blad1": []}, "B101", None),
    "2 names only": ({"Blad1": [HEADER, []]}, "B108", None),
    "15 no names": ({"Blad1": [ROW, ROW]}, "K206", 1),
    "16 two rows that make other names": (
        {"Blad1": [["nr", "begin", "eind"], ["", "datum", "datum"], ROW]},
        "K201",
        None,
    ),
    "28 the same names again": ({"Blad1": [HEADER, ROW, HEADER, ROW]}, "B157", 3),
    "28 another table below an empty row": (
        {"Blad1": [HEADER, ROW, [], ["Wijk", "Plaats", "Soort"], ["WK990101", "Noord", "x"]]},
        "B157",
        4,
    ),
    "60 two sheets with the columns": ({"A": [HEADER, ROW], "B": [HEADER, ROW]}, "B151", None),
    "60 two sheets, neither with the columns": ({"A": [["x"]], "B": [["y"]]}, "B158", None),
    "70 too many columns": ({"Blad1": [HEADER + [f"k{n}" for n in range(500)], ROW]}, "B105", 1),
}


@pytest.mark.parametrize(("sheets", "code", "row"), REFUSED.values(), ids=REFUSED.keys())
def test_a_workbook_without_one_certain_table_is_refused(
    tmp_path: Path, con: Connection, sheets: dict[str, Lines], code: str, row: int | None
) -> None:
    reading = read(workbook(tmp_path / "b.xlsx", **sheets), con)

    assert told(reading) == [(code, "AFKEUR", row)]
    assert reading.refused
    assert rows(con, "SELECT 1 FROM duckdb_views() WHERE view_name = 'text'") == []


def test_numbers_days_and_truths_are_the_text_that_a_csv_would_hold(
    tmp_path: Path, con: Connection
) -> None:
    moment = datetime.datetime.combine(DAY, datetime.time(9, 30))
    cells: dict[Any, str] = {
        12345672: "12345672",  # 64 a BSN that lost its zero
        1012.0: "1012",
        2.5: "2,5",
        0.1 + 0.2: "0,3",  # as Excel shows it
        1e-7: "0,0000001",
        1.23457e8: "123457000",
        12345678901234567890: "12345678901234600000",  # fifteen digits is what Excel keeps
        "1,23457E+08": "1,23457E+08",
        DAY: "2026-08-14",
        moment: "2026-08-14 09:30:00",
        datetime.time(9, 30): "09:30:00",
        datetime.timedelta(hours=26, minutes=30): "26:30:00",
        True: "ja",
        "#WAARDE!": "#WAARDE!",
        " x ": " x ",
        "0012": "0012",
    }
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for cell in cells:
        book.active.append([cell, DAY])
    book.save(tmp_path / "b.xlsx")

    read(tmp_path / "b.xlsx", con)

    assert rows(con, "SELECT nr FROM text ORDER BY _row") == [(said,) for said in cells.values()]


@pytest.mark.parametrize("mac", [False, True], ids=["since 1900", "65 since 1904"])
def test_a_day_is_the_same_day_in_either_count(tmp_path: Path, con: Connection, mac: bool) -> None:
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx", {"date_1904": mac})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    sheet.write_row(1, 0, ["N1"])
    sheet.write_datetime(1, 1, DAY, book.add_format({"num_format": "d mmm yyyy"}))
    book.close()

    read(tmp_path / "b.xlsx", con)

    assert rows(con, "SELECT datum FROM text") == [("2026-08-14",)]


def test_errors_reach_the_judge_as_the_text_that_excel_shows(
    tmp_path: Path, con: Connection
) -> None:
    shown = {"#VALUE!": "#WAARDE!", "#REF!": "#VERW!", "#DIV/0!": "#DEEL/0!", "#N/A": "#N/B"}
    book = xlsxwriter.Workbook(tmp_path / "b.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for row, error in enumerate(shown, start=1):
        sheet.write_row(row, 0, [f"N{row}"])
        sheet.write_formula(row, 3, "=X1", value=error)
    book.close()

    read(tmp_path / "b.xlsx", con)

    assert rows(con, "SELECT aantal FROM text ORDER BY _row") == [(x,) for x in shown.values()]


Write = Callable[[Any, Any], None]


def _hide(book: Any, sheet: Any) -> None:
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(2, 3, None, None, {"hidden": True})
    sheet.set_column(9, 16_383, None, None, {"hidden": True})


def _filter(book: Any, sheet: Any) -> None:
    sheet.autofilter(0, 0, 3, 4)
    sheet.filter_column(0, "x == N1")
    for row in (2, 3):
        sheet.set_row(row, None, None, {"hidden": True})


def _hide_sheet(book: Any, sheet: Any) -> None:
    book.add_worksheet("Ander").activate()
    sheet.hide()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_hide, "Op dit blad is verborgen: 1 rij en 2 kolommen. Wij lezen alles mee."),
        (
            _filter,
            "Op dit blad is verborgen: 2 rijen. Wij lezen alles mee. Er staat een filter aan.",
        ),
        (_hide_sheet, "Het blad `Levering` is verborgen. Wij lezen het wel."),
    ],
)
def test_what_is_hidden_is_read_and_told_with_counts(  # 61
    tmp_path: Path, con: Connection, change: Write, said: str
) -> None:
    path = _made(tmp_path, [HEADER, ROW, ROW, ROW], change)

    reading = read(path, con)

    assert reading.records.accepted == 3
    assert [(each.code, each.message) for each in reading.findings] == [("B153", said)]


def _made(folder: Path, lines: Lines, change: Write) -> Path:
    book = xlsxwriter.Workbook(folder / "b.xlsx", {"default_date_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet("Levering")
    for row, cells in enumerate(lines):
        sheet.write_row(row, 0, cells)
    change(book, sheet)
    book.close()
    return folder / "b.xlsx"


def test_a_merged_cell_leaves_the_rows_under_it_uncertain(  # 62
    tmp_path: Path, con: Connection
) -> None:
    path = _made(
        tmp_path,
        [HEADER, ROW, ROW, ["N3", DAY], ROW],
        lambda _, sheet: sheet.merge_range("E3:E4", "WK990102"),
    )

    reading = read(path, con)

    assert told(reading) == [("R323", "UITVAL", 4)]
    assert [row for row, *_ in text(con)] == [2, 3, 5]
    assert reading.records == Records(5, header=1, accepted=3, quarantined=1)


def test_a_merged_cell_is_repeated_where_the_contract_says_so(
    tmp_path: Path, con: Connection
) -> None:
    columns = (*VISITS.columns[:4], replace(VISITS.columns[4], fill_down=True))
    path = _made(
        tmp_path,
        [HEADER, ROW, ROW, ["N3", DAY], ROW],
        lambda _, sheet: sheet.merge_range("E3:E4", "WK990102"),
    )

    reading = read(path, con, replace(VISITS, columns=columns))

    assert told(reading) == []
    assert rows(con, "SELECT _row, gebied FROM text ORDER BY _row") == [
        (2, "WK990101"),
        (3, "WK990102"),
        (4, "WK990102"),
        (5, "WK990101"),
    ]


def test_a_name_over_two_filled_columns_is_no_certain_name(tmp_path: Path, con: Connection) -> None:
    lines: Lines = [["nr", "datum", "aantal", "", "gebied"], ["N1", DAY, 1, 2, ""]]
    path = _made(tmp_path, lines, lambda _, sheet: sheet.merge_range("C1:D1", "aantal"))

    assert told(read(path, con)) == [("K216", "AFKEUR", 1)]


def test_a_filled_column_without_a_name_is_told_of(tmp_path: Path, con: Connection) -> None:
    lines: Lines = [["nr", "", "datum", "kanaal", "aantal", "gebied"], ["N1", "x", DAY]]

    reading = read(workbook(tmp_path / "b.xlsx", A=lines), con)

    assert told(reading) == [("K217", "MELDING", None)]
    assert "kolom zonder naam: B." in reading.findings[0].message


def _openpyxl(folder: Path, lines: Lines) -> Path:
    book = openpyxl.Workbook()
    for cells in lines:
        book.active.append(cells)
    book.save(folder / "b.xlsx")
    return folder / "b.xlsx"


def test_a_formula_that_nobody_worked_out_stops_its_row(  # 63
    tmp_path: Path, con: Connection
) -> None:
    formula = ["N2", DAY, "balie", "=1+2", ""]

    reading = read(_openpyxl(tmp_path, [HEADER, ROW, formula, ROW]), con)

    assert told(reading) == [("R324", "UITVAL", 3)]
    assert [row for row, *_ in text(con)] == [2, 4]


@pytest.mark.parametrize("write", [_openpyxl, lambda folder, lines: _made(folder, lines, _nothing)])
def test_a_column_of_formulas_that_nobody_worked_out_stops_the_file(
    tmp_path: Path, con: Connection, write: Callable[[Path, Lines], Path]
) -> None:
    formula = ["N2", DAY, "balie", "=1+2", ""]

    reading = read(write(tmp_path, [HEADER, formula, formula, ROW]), con)

    assert [(each.code, each.column) for each in reading.findings] == [("K218", "aantal")]


def _nothing(book: Any, sheet: Any) -> None:
    """Change nothing."""


def test_a_formula_with_an_outcome_is_its_outcome(tmp_path: Path, con: Connection) -> None:
    path = workbook(tmp_path / "b.xlsx", A=[HEADER, ["N1", DAY]])
    cells = (
        b'<c r="C2" t="str"><f>""</f><v></v></c><c r="D2"><f>1+2</f><v>3</v></c></row></sheetData>'
    )
    edit(path, SHEET, lambda body: body.replace(b"</row></sheetData>", cells))

    read(path, con)

    assert text(con) == [(2, "N1", "2026-08-14", None, "3", None)]


def test_one_sheet_of_several_is_read_and_the_others_are_named(  # 60
    tmp_path: Path, con: Connection
) -> None:
    path = workbook(tmp_path / "b.xlsx", Inleiding=[["Lees dit"]], Leeg=[], Cijfers=[HEADER, ROW])

    reading = read(path, con)

    assert reading.sheet == "Cijfers"
    assert text(con) == [(2, *TEXT)]
    assert told(reading) == [("B152", "MELDING", None)]
    assert "Niet gelezen: `Inleiding`." in reading.findings[0].message


def test_a_sheet_that_may_be_called_after_a_person_goes_by_its_number(
    tmp_path: Path, con: Connection
) -> None:
    path = workbook(tmp_path / "b.xlsx", Jansen=[["Lees dit"]], **{"De Vries 2026": [HEADER, ROW]})

    reading = read(path, con)

    assert reading.sheet == "nummer 2"
    assert reading.findings[0].message == (
        "Wij lezen alleen het blad `nummer 2`. Niet gelezen: `nummer 1`."
    )
    assert {finding.sheet for finding in reading.findings} == {"nummer 2"}


ADDRESSES = [
    ("a table with names", [["Lijst"], ["nr", "Naam", "plaats"], ["N1", "iemand", "Assen"]], True),
    ("names without anything below", [["nr", "Naam", "plaats"], ["N1", "", "Assen"]], False),
    ("whom to ask", [["Naam", "iemand"], ["Telefoon", "0123"]], False),
]


@pytest.mark.parametrize(
    ("lines", "stops"), [case[1:] for case in ADDRESSES], ids=[case[0] for case in ADDRESSES]
)
def test_a_forbidden_column_on_a_sheet_that_is_not_read_stops_the_file(
    lines: Lines, stops: bool, tmp_path: Path, con: Connection
) -> None:
    path = workbook(tmp_path / "b.xlsx", Levering=[HEADER, ROW], Lijst=lines)

    reading = read(path, con)

    assert reading.refused is stops
    found = [(each.code, each.column, each.sheet) for each in reading.findings]
    assert found == ([("S901", "naam", "Lijst")] if stops else [("B152", None, "Levering")])


def test_a_forbidden_column_stops_the_file_also_where_no_sheet_can_be_chosen(
    tmp_path: Path, con: Connection
) -> None:
    people: Lines = [["nr", "Naam", "plaats"], ["N1", "iemand", "Assen"]]
    path = workbook(tmp_path / "b.xlsx", Een=[HEADER, ROW], Twee=[HEADER, ROW], Uitleg=people)

    reading = read(path, con)

    found = [(each.code, each.column, each.sheet) for each in reading.findings]
    assert found == [("S901", "naam", "Uitleg"), ("B151", None, None)]


def test_the_voorblad_comes_back_as_labels_with_their_values(
    tmp_path: Path, con: Connection
) -> None:
    said: Lines = [
        ["Levering van Welzijn"],
        [],
        ["Periode ", "2026K3"],
        ["Volgnummer", 2],
        ["Nulopgave"],
    ]
    path = workbook(tmp_path / "b.xlsx", Voorblad=said, Levering=[HEADER, ROW], Uitleg=[["x"]])

    reading = read(path, con)

    assert reading.cover == (("Periode", "2026K3"), ("Volgnummer", "2"))
    assert told(reading) == []


def test_a_refused_workbook_still_says_what_its_voorblad_says(  # 2
    tmp_path: Path, con: Connection
) -> None:
    nil = [["Nulopgave", "ja"]]

    names = read(workbook(tmp_path / "a.xlsx", Voorblad=nil, Levering=[HEADER]), con)
    nothing = read(workbook(tmp_path / "b.xlsx", Voorblad=nil, Levering=[]), con)

    assert names.cover == nothing.cover == (("Nulopgave", "ja"),)
    assert told(names) == told(nothing) == [("B108", "AFKEUR", None)]
    assert names.records == Records(1, header=1)


def test_columns_without_names_are_taken_in_order_where_the_contract_says_so(  # 15
    tmp_path: Path, con: Connection
) -> None:
    path = workbook(tmp_path / "b.xlsx", A=[["Titel"], [], ROW, ROW])
    contract = replace(VISITS, positional=True)

    assert told(read(path, con, contract)) == [("K206", "AFKEUR", 1)]
    reading = read(workbook(tmp_path / "c.xlsx", A=[[], ROW, ROW]), con, contract)
    assert told(reading) == [("B147", "MELDING", None)]
    assert text(con) == [(2, *TEXT), (3, *TEXT)]
    assert reading.records == Records(3, blank=1, accepted=2)


HEAD: list[str | float | Error | None] = [*HEADER]
BINARY: list[list[str | float | Error | None]] = [
    ["N1", "14-08-2026", "balie", 3.0, "WK990101"],
    ["N2", "14-08-2026", None, DIVISION],
]
MAKERS = {"xls": xls, "xlsb": xlsb, "ods": ods}


@pytest.mark.parametrize("kind", MAKERS)
def test_other_kinds_of_workbook_are_read_as_an_xlsx_is(  # 68
    tmp_path: Path, con: Connection, kind: str
) -> None:
    layout = Layout(hidden_row=1, hidden_column=2, merge=(3, 4, 4, 4))
    fourth: list[str | float | Error | None] = ["N4", "14-08-2026", "balie", 2.5, None]
    lines = [HEAD, *BINARY, *BINARY[:1], fourth]

    reading = read(MAKERS[kind](tmp_path / f"b.{kind}", lines, layout), con)

    assert text(con) == [
        (2, "N1", "14-08-2026", "balie", "3", "WK990101"),
        (3, "N2", "14-08-2026", None, "#DEEL/0!", None),
        (4, "N1", "14-08-2026", "balie", "3", "WK990101"),
    ]
    hidden = "Op dit blad is verborgen: 1 rij en 1 kolom. Wij lezen alles mee."
    assert [(each.code, each.row) for each in reading.findings] == [
        ("B154", None),
        ("B153", None),
        ("R323", 5),
    ]
    assert reading.findings[1].message == hidden


@pytest.mark.parametrize("kind", MAKERS)
def test_a_cell_in_the_far_corner_is_refused_before_memory_is_asked_for_it(
    tmp_path: Path, con: Connection, kind: str
) -> None:
    far = {"xls": (65_535, 65_535), "xlsb": (1_048_575, 16_383), "ods": (1_048_576, 16_384)}[kind]

    reading = read(MAKERS[kind](tmp_path / "b", [HEAD, *BINARY], Layout(far=far)), con)

    assert told(reading) == [("B105", "AFKEUR", None)]


@pytest.mark.slow
def test_a_million_formatted_rows_without_content_are_no_rows(  # 69
    tmp_path: Path, con: Connection
) -> None:
    path = workbook(tmp_path / "b.xlsx", A=[HEADER, ROW])
    empty = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 1_048_577))
    corner = b'<row r="1048577"><c r="XFD1048577" s="1"/></row>'
    edit(path, SHEET, lambda body: body.replace(b"</sheetData>", empty + corner + b"</sheetData>"))

    reading = read(path, con)

    assert told(reading) == []
    assert reading.records == Records(2, header=1, accepted=1)


CELL = b'<c r="A3" t="inlineStr"><is><t>%b</t></is></c>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
Edit = Callable[[bytes], bytes]


def _in_row(number: int, cells: bytes) -> Edit:
    row = b'<row r="%d">%b</row></sheetData>' % (number, cells)
    return lambda body: body.replace(b"</sheetData>", row)


HOSTILE: dict[str, tuple[str, Edit, str]] = {
    "a cell in the far corner": (
        SHEET,
        _in_row(1_048_576, b'<c r="XFD1048576"><v>1</v></c>'),
        "B105",
    ),
    "the same with a prefix": (
        SHEET,
        _in_row(3, b'<x:c r="XFD1048576"><x:v>1</x:v></x:c>'),
        "B105",
    ),
    "a cell that does not say where it stands": (SHEET, _in_row(3, b"<c><v>1</v></c>"), "B103"),
    "entities": (SHEET, lambda body: body.replace(b"<worksheet", LAUGHS + b"<worksheet"), "B159"),
    "entities among the texts": (STRINGS, lambda body: LAUGHS + body, "B159"),
    "entities in the list of sheets": (BOOK, lambda body: LAUGHS + body, "B159"),
    "70 a cell of more than a megabyte": (SHEET, _in_row(3, CELL % (b"ab" * 600_000)), "B105"),
    "70 a shared text of more than a megabyte": (
        STRINGS,
        lambda body: body.replace(b"</sst>", b"<si><t>" + b"ab" * 600_000 + b"</t></si></sst>"),
        "B105",
    ),
    "70 texts that inflate to a lot": (STRINGS, lambda body: body + b" " * 30_000_000, "B105"),
    "wide letters": (SHEET, lambda body: body.decode().encode("utf-16"), "B102"),
    "no XML": (BOOK, lambda _: b"<workbook><sheets>", "B103"),
    "a list of parts that says two things": (
        "xl/_rels/workbook.xml.rels",
        lambda body: body.replace(b" Target=", b' xmlns:x="x" x:Target="styles.xml" Target='),
        "B103",
    ),
    "no list of parts": ("xl/_rels/workbook.xml.rels", lambda _: b"<Relationships/>", "B103"),
    "no sheet": (SHEET, lambda _: b"", "B101"),
    "macros by another name": (
        "[Content_Types].xml",
        lambda body: body.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"),
        "B106",
    ),
}


@pytest.mark.parametrize(("part", "change", "code"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_workbook_is_refused_within_a_second(
    tmp_path: Path, con: Connection, part: str, change: Edit, code: str
) -> None:
    path = edit(workbook(tmp_path / "b.xlsx", A=[HEADER, ROW]), part, change)

    started = time.process_time()
    reading = read(path, con)

    assert told(reading) == [(code, "AFKEUR", None)]
    assert time.process_time() - started < 1


def test_one_long_text_in_very_many_cells_is_too_much_text(tmp_path: Path, con: Connection) -> None:
    path = workbook(tmp_path / "b.xlsx", A=[HEADER, ["a" * 32_000, DAY]])
    shared = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>5</v></c></row>' % (n, n) for n in range(3, 70_000)
    )
    edit(path, SHEET, lambda body: body.replace(b"</sheetData>", shared + b"</sheetData>"))

    assert told(read(path, con)) == [("B105", "AFKEUR", None)]


FOREIGN = {
    "67 macros": ({"xl/vbaProject.bin": b"x"}, "B106"),
    "67 a link to another file": ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "B106"),
    "67 a file inside": ({"xl/embeddings/oleObject1.bin": b"x"}, "B106"),
    "67 controls": ({"xl/activeX/activeX1.xml": b"<x/>"}, "B106"),
    "70 a path that leads out": ({"../../etc/passwd": b"x"}, "B105"),
    "70 a path from the root": ({"/etc/passwd": b"x"}, "B105"),
    "70 a path of Windows": ({"..\\..\\x.dll": b"x"}, "B105"),
    "70 a bomb among the pictures": ({"xl/media/a.png": bytes(40_000_000)}, "B105"),
}


@pytest.mark.parametrize(("parts", "code"), FOREIGN.values(), ids=FOREIGN.keys())
def test_what_does_not_belong_in_a_workbook_is_refused(
    tmp_path: Path, con: Connection, parts: dict[str, bytes], code: str
) -> None:
    path = workbook(tmp_path / "b.xlsx", A=[HEADER, ROW])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)

    assert told(read(path, con)) == [(code, "AFKEUR", None)]


def test_a_part_that_is_bigger_than_it_says_is_refused_while_it_is_counted(
    tmp_path: Path, con: Connection
) -> None:
    path = workbook(tmp_path / "b.xlsx", A=[HEADER, ROW])
    edit(path, STRINGS, lambda body: body.replace(b"</sst>", b" " * 5_000_000 + b"</sst>"))
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(STRINGS).file_size
    small, real = (number.to_bytes(4, "little") for number in (900, size))
    path.write_bytes(path.read_bytes().replace(real, small))

    assert told(read(path, con)) == [("B105", "AFKEUR", None)]


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_half_a_workbook_is_refused(tmp_path: Path, con: Connection, cut: float) -> None:
    path = workbook(tmp_path / "b.xlsx", A=[HEADER, ROW])
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])

    assert told(read(path, con)) == [("B102", "AFKEUR", None)]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(["xlsx", *MAKERS]), seed=st.randoms(use_true_random=False))
def test_a_mutated_workbook_is_read_or_refused_and_never_lost(
    tmp_path: Path, con: Connection, kind: str, seed: Random
) -> None:
    path = tmp_path / f"b.{kind}"
    if kind == "xlsx":
        workbook(path, A=[HEADER, ROW, [], ["Totaal", "", "", 3]])
    else:
        MAKERS[kind](path, [HEAD, *BINARY])
    _mutate(path, seed)

    reading = read(path, con)

    assert reading.refused == any(f.level is Level.REFUSE_FILE for f in reading.findings)
    if not reading.refused:
        assert len(text(con)) == reading.records.accepted


def _mutate(path: Path, seed: Random) -> None:
    """Change some bytes of the file, or of one of its parts."""

    def change(body: bytes) -> bytes:
        changed = bytearray(body)
        for _ in range(seed.randint(1, 4)):
            if changed:
                changed[seed.randrange(len(changed))] = seed.randrange(256)
        return bytes(changed)

    if zipfile.is_zipfile(path) and seed.random() < 0.8:
        with zipfile.ZipFile(path) as archive:
            part = seed.choice(archive.namelist())
        edit(path, part, change)
    else:
        path.write_bytes(change(path.read_bytes()))


def test_two_readings_of_a_workbook_are_the_same(tmp_path: Path, con: Connection) -> None:
    lines: Lines = [
        ["Titel"],
        HEADER,
        *[[f"N{n}", DAY, "balie", n, ""] for n in range(50)],
        ["Totaal"],
    ]
    path = workbook(tmp_path / "b.xlsx", A=lines, B=[["x"]])

    first, table = read(path, con), text(con)

    assert (read(path, con), text(con)) == (first, table)
