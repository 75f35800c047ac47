"""A file becomes text with true row numbers, or is refused with what, where and how to mend."""

import datetime
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import intake
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake import HEADER, VISITS, read, rows, write

from sources.contracts.model import Column, Contract, Dialect, FieldType
from sources.store import Connection
from sources.verdict import Level, Records

ROW = "N1;14-08-2026;balie;3;WK990101"


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


def numbered(con: Connection) -> list[tuple[object, ...]]:
    return rows(con, "SELECT _row, nr, kanaal FROM text ORDER BY _row")


READABLE = {
    "as agreed": (f"{HEADER}\n{ROW}\n", [2]),
    "no newline at the end": (f"{HEADER}\n{ROW}", [2]),
    "a BOM": (f"\ufeff{HEADER}\n{ROW}\n", [2]),
    "CRLF": (f"{HEADER}\r\n{ROW}\r\n", [2]),
    "CRLF, blank lines, no newline at the end": (
        f"{HEADER}\r\n\r\n{ROW}\r\n\r\n{ROW}",
        [3, 5],
    ),
    "CRLF with LF between": (f"{HEADER}\r\n{ROW}\n{ROW}\r\n", [2, 3]),
    "everything quoted": ('"' + f'{HEADER}"\n"{ROW}"\n'.replace(";", '";"'), [2]),
    "another order, case and spaces": (
        " Kanaal ;DATUM\u00a0;nr*;Gebied;aantal\nbalie;14-08-2026;N1;WK990101;3\n",
        [2],
    ),
    "empty columns at the end": (f"{HEADER};;\n{ROW};;\n", [2]),
    "blank lines around and between": (f"\n{HEADER}\n\n{ROW}\n;;;;\n   \n{ROW}\n\n\n", [4, 7]),
    "Excel's own word about the delimiter": (f"sep=;\n{HEADER}\n{ROW}\n", [3]),
    "a quoted line break": (
        f'{HEADER}\nN1;14-08-2026;"ba\nlie";3;\n{ROW}\n',
        [2, 4],
    ),
    "a quoted line break in the header": (f'{HEADER};"op\nmerking"\n{ROW};\n', [3]),
    "inches in plain text": (f'{HEADER}\nN1;14-08-2026;6";3;\nN2;14-08-2026;5";3;\n', [2, 3]),
}


@pytest.mark.parametrize(("content", "lines"), READABLE.values(), ids=READABLE.keys())
def test_an_ordinary_file_is_read_with_the_line_that_an_editor_shows(
    tmp_path: Path, con: Connection, content: str, lines: list[int]
) -> None:
    reading = read(write(tmp_path, content), con)

    assert not reading.refused
    assert [row for row, *_ in numbered(con)] == lines
    assert reading.records.accepted == len(lines)


REFUSED = {
    "nothing": (b"", "B101", None),
    "white space": (b" \r\n\n", "B101", None),
    "a header only": (f"{HEADER}\n\n".encode(), "B108", None),
    "a web page named csv": (b"<!DOCTYPE html><table><tr><td>nr</td></tr></table>", "B102", None),
    "a PDF": (b"%PDF-1.7 ...", "B102", None),
    "a picture": (b"\x89PNG\r\n\x1a\n", "B102", None),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "B103", None),
    "a broken zip": (b"PK\x03\x04 and then nothing", "B102", None),
    "no header": (f"{ROW}\n{ROW}\n".encode(), "K206", 1),
    "a column twice": (b"nr;datum;datum\nN1;14-08-2026;\n", "K204", None),
    "an alias beside the column": (b"nr;datum;dag\nN1;14-08-2026;\n", "K204", None),
    "JSON": (b'[{"nr": "N1", "datum": "14-08-2026"}]', "B102", None),
    "a mail that was answered": (f"> {HEADER}\n> {ROW}\n> {ROW}\n".encode(), "B114", 1),
    "curled quotes": ("“nr”;“datum”\n“N1”;“14-08-2026”\n".encode(), "B114", 1),
    "a required column less": (b"nr;kanaal\nN1;balie\n", "K201", None),
}


@pytest.mark.parametrize(("content", "code", "row"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_such_table_is_refused_and_leaves_nothing(
    tmp_path: Path, con: Connection, content: bytes, code: str, row: int | None
) -> None:
    reading = read(write(tmp_path, content), con)

    assert reading.refused
    assert [(f.code, f.level, f.row) for f in reading.findings] == [(code, Level.REFUSE_FILE, row)]
    assert reading.findings[0].how_to_mend
    assert rows(con, "SELECT 1 FROM duckdb_views() WHERE view_name = 'text'") == []


def test_rows_with_one_column_more_than_names_say_so(tmp_path: Path, con: Connection) -> None:
    content = f"{HEADER}\n" + "".join(f"{number};{ROW}\n" for number in range(1, 4))

    refusal, *_ = read(write(tmp_path, content), con).findings

    assert (refusal.code, refusal.level) == ("B110", Level.REFUSE_FILE)
    assert "De rijen hebben er 6, en er zijn 5 namen." in refusal.message


def test_a_table_in_one_column_of_a_workbook_says_how_to_part_it(
    tmp_path: Path, con: Connection
) -> None:
    book = openpyxl.Workbook()
    for line in (HEADER, ROW, ROW):
        book.active.append([line])
    book.save(tmp_path / "b.xlsx")

    (refusal,) = read(tmp_path / "b.xlsx", con).findings

    assert refusal.code == "K206"
    assert "Tekst naar kolommen" in refusal.how_to_mend


def test_every_fault_of_a_header_is_told_at_once_with_what_was_probably_meant(
    tmp_path: Path, con: Connection
) -> None:
    found = read(write(tmp_path, "nummer;datm;naam;aantal;aantal\n1;2;Jan;4;5\n"), con).findings

    told = {finding.code: finding.message for finding in found if finding.column != "nr"}
    assert set(told) == {"S901", "K204", "K201"}
    assert told["K201"] == "De kolom `datum` ontbreekt. Bedoelt u `datm`?"
    assert "Jan" not in str(found)


def test_a_file_with_a_forbidden_column_and_no_known_one_is_still_a_matter_of_privacy(
    tmp_path: Path, con: Connection
) -> None:
    found = read(write(tmp_path, "naam;straat\nJan;Dorpsweg\n"), con).findings

    assert intake.codes(found) == ["S901", "S901", "K206"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEADER}\n1;2;3;4;5\n{HEADER};naam\n1;2;3;4;5;iemand\n", "B157"),
        (f"> {HEADER};naam\n> 1;2;3;4;5;iemand\n", "B114"),
    ],
    ids=["a second table", "quoted in a mail"],
)
def test_a_file_that_cannot_be_read_for_another_reason_is_a_matter_of_privacy_as_well(
    text: str, code: str, tmp_path: Path, con: Connection
) -> None:
    found = read(write(tmp_path, text), con).findings

    assert intake.codes(found) == ["S901", code]


def test_columns_that_were_not_asked_for_are_not_loaded(tmp_path: Path, con: Connection) -> None:
    reading = read(write(tmp_path, "nr;datum;hobby\nN1;14-08-2026;geheim\n"), con)

    notes = {(f.code, f.level) for f in reading.findings}
    assert notes == {("K202", Level.NOTE), ("K203", Level.NOTE)}
    assert "geheim" not in str(rows(con, "FROM text")) + str(rows(con, "FROM loaded"))


def test_an_alias_is_read_and_told_of(tmp_path: Path, con: Connection) -> None:
    reading = read(write(tmp_path, "nr;Dag;kanaal;aantal;gebied\nN1;14-08-2026;;;\n"), con)

    assert intake.codes(reading.findings) == ["K205"]
    assert rows(con, "SELECT datum FROM text") == [("14-08-2026",)]


def test_windows_letters_are_converted_and_told_of(tmp_path: Path, con: Connection) -> None:
    reading = read(write(tmp_path, f"{HEADER}\nCafé €;;;;\n".encode("cp1252")), con)

    assert intake.codes(reading.findings) == ["B109"]
    assert rows(con, "SELECT nr FROM text") == [("Café €",)]


def test_a_malformed_row_falls_out_alone_and_the_reading_goes_on_below_it(
    tmp_path: Path, con: Connection
) -> None:
    lines = [HEADER, ROW, 'N2;"open;;;', ROW, "weinig", "te;veel;;;;;", 'N3;"a"b;;;', ROW]

    reading = read(write(tmp_path, "\n".join(lines)), con)

    assert [(f.code, f.row) for f in reading.findings] == [
        ("R303", 3),
        ("R302", 5),
        ("R301", 6),
        ("R303", 7),
    ]
    assert numbered(con) == [(line, "N1", "balie") for line in (2, 4, 8)]
    assert reading.records == Records(physical=8, header=1, accepted=3, quarantined=4)


def test_another_dialect_is_read_as_its_contract_says(tmp_path: Path, con: Connection) -> None:
    contract = replace(VISITS, dialect=Dialect(delimiter=",", quote="'", decimal="."))
    content = "nr,datum,kanaal,aantal,gebied\nN1,14-08-2026,'balie, of zo',3,\n"

    read(write(tmp_path, content), con, contract)

    assert numbered(con) == [(2, "N1", "balie, of zo")]


CELL = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff*†‡¹²³©)"
    ),
    max_size=6,
).map(lambda text: text.strip(" \u00a0"))
QUOTED = st.text(st.sampled_from('ab;"\n '), max_size=6)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(CELL, QUOTED), min_size=1, max_size=8))
def test_what_is_written_is_read_back_cell_by_cell_and_line_by_line(
    tmp_path: Path, table: list[tuple[str, str]]
) -> None:
    contract = Contract(
        *("t", "L99", "1.0.0", "T", ""),
        columns=(
            Column("eerste", "eerste", FieldType.TEXT, ""),
            Column("tweede", "tweede", FieldType.TEXT, ""),
        ),
        key=("eerste",),
        rules=(),
    )
    lines, expected, line = ["eerste;tweede"], [], 2
    for first, second in table:
        plain = f'"{first}"' if ";" in first or '"' in first else first
        cell = plain.replace('"' + first + '"', '"' + first.replace('"', '""') + '"')
        text = f'{cell};"{second.replace(chr(34), chr(34) * 2)}"'
        lines.append(text)
        if first or second.strip(" "):
            expected.append((line, first or None, second or None))
        line += 1 + text.count("\n")
    with intake.bench(tmp_path) as con:
        reading = read(write(tmp_path, "\n".join(lines) + "\n"), con, contract)
        if not expected:  # nothing but empty rows
            assert intake.codes(reading.findings) == ["B108"]
            return
        assert not reading.refused
        assert rows(con, "FROM text ORDER BY _row") == expected
        assert reading.records.accepted == len(expected)


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


def test_a_workbook_is_read_from_the_sheet_that_fits_with_the_rows_that_excel_shows(
    tmp_path: Path, con: Connection
) -> None:
    day = datetime.date(2026, 8, 14)
    lines: list[list[object]] = [
        [],
        ["Nr", "datum", "kanaal", "aantal", "gebied", "opmerking"],
        [101, day, "balie", 3, "WK990101", "x"],
        [],
        ["N2", "14-08-2026", None, 2.5, True, None],
    ]
    path = workbook(tmp_path / "b.xlsx", Uitleg=[["Lees dit eerst"]], Gegevens=lines)

    reading = read(path, con)

    assert reading.sheet == "Gegevens"
    assert rows(con, "FROM text ORDER BY _row") == [
        (3, "101", "2026-08-14", "balie", "3", "WK990101"),
        (5, "N2", "14-08-2026", None, "2,5", "ja"),
    ]
    assert reading.records == Records(physical=5, header=1, blank=2, accepted=2)


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path: Path, con: Connection) -> None:
    path = workbook(tmp_path / "b.xlsx", Blad=[["nr", "datum"], ["N1", "14-08-2026"]])

    reading = read(path.rename(tmp_path / "b.csv"), con)

    assert not reading.refused
    assert "B113" in intake.codes(reading.findings)


WORKBOOKS = {
    "macros": ({"xl/vbaProject.bin": b"x"}, "B106"),
    "a link to another file": ({"xl/externalLinks/externalLink1.xml": b"x"}, "B106"),
    "a bomb": ({"xl/media/zeros": bytes(40_000_000)}, "B105"),
    "a path that leads out": ({"../../etc/passwd": b"x"}, "B105"),
}


@pytest.mark.parametrize(("entries", "code"), WORKBOOKS.values(), ids=WORKBOOKS.keys())
def test_a_workbook_that_can_do_harm_is_refused_before_it_is_opened(
    tmp_path: Path, con: Connection, entries: dict[str, bytes], code: str
) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"xl/workbook.xml": b"<workbook/>"} | entries).items():
            archive.writestr(name, content)

    assert intake.codes(read(path, con).findings) == [code]


def test_a_document_that_is_no_workbook_is_refused(tmp_path: Path, con: Connection) -> None:
    path = tmp_path / "brief.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert intake.codes(read(path, con).findings) == ["B102"]


def test_outlines_are_read_from_geojson_with_their_properties(
    tmp_path: Path, con: Connection
) -> None:
    contract = Contract(
        *("grenzen", "L98", "1.0.0", "Grenzen", ""),
        columns=(
            Column("code", "wijkcode", FieldType.AREA, "", required=True),
            Column("omtrek", "omtrek", FieldType.TEXT, ""),
        ),
        key=("code",),
        rules=(),
        reader="geojson",
    )
    square = [[[0, 0], [1000.5, 0], [1000.5, 800], [0, 0]]]
    features = [
        {"properties": {"wijkcode": "WK990101"}, "geometry": _shape("Polygon", square)},
        {"properties": {"wijkcode": "WK990102"}, "geometry": _shape("MultiPolygon", [square])},
        {"properties": {"wijkcode": "WK990103"}, "geometry": None},
    ]
    path = write(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}))

    reading = read(path, con, contract)

    ring = "(0 0, 1000.5 0, 1000.5 800, 0 0)"
    assert rows(con, "FROM text ORDER BY _row") == [
        (1, "WK990101", f"POLYGON ({ring})"),
        (2, "WK990102", f"MULTIPOLYGON (({ring}))"),
        (3, "WK990103", None),
    ]
    assert reading.records == Records(physical=3, accepted=3)
    assert intake.codes(read(write(tmp_path, "{}"), con, contract).findings) == ["B112"]


def _shape(kind: str, coordinates: object) -> dict[str, object]:
    return {"type": kind, "coordinates": coordinates}
