"""Pollutions 60 to 70: what only a workbook, or a file that is too much, can have wrong."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import binary_workbooks
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from pollution_files import Sheet, on, workbook
from pollutions import (
    ACTIVITIES,
    COUNTS,
    MELDINGEN,
    PEOPLE,
    YOUTH,
    Case,
    Polluted,
    day,
    lost,
    number,
    person,
    postcode,
    whole,
)

PART = "xl/worksheets/sheet1.xml"


def _made(
    change: Callable[[openpyxl.Workbook, Worksheet, Sheet], None],
) -> Callable[[Sheet], bytes]:
    """Return the rows as a workbook that openpyxl writes, after a change."""

    def made(sheet: Sheet) -> bytes:
        book = openpyxl.Workbook()
        page = book.active
        for cells in (sheet.header, *sheet.rows):
            page.append([text or None for text in cells])
        change(book, page, sheet)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    return made


def _row(
    change: Callable[[openpyxl.Workbook, Worksheet, Sheet], None],
) -> Callable[[Sheet], Polluted]:
    return lambda sheet: lost(sheet, _made(change)(sheet), "xlsx")


def _hidden(book: openpyxl.Workbook, page: Worksheet, sheet: Sheet) -> None:
    page.row_dimensions[sheet.line].hidden = True
    page.column_dimensions["B"].hidden = True


def _filtered(book: openpyxl.Workbook, page: Worksheet, sheet: Sheet) -> None:
    page.auto_filter.ref = page.dimensions
    page.auto_filter.add_filter_column(0, ["x"])
    page.row_dimensions[sheet.line].hidden = True


def _merged(sheet: Sheet) -> Polluted:
    """Merge a cell of the polluted row with the one above or below it."""
    other = sheet.at + (1 if sheet.at < len(sheet.rows) - 1 else -1)
    top, bottom = sorted((sheet.at, other))
    place = number(sheet) + 1

    def change(book: openpyxl.Workbook, page: Worksheet, sheet: Sheet) -> None:
        page.merge_cells(
            start_row=top + 2, end_row=bottom + 2, start_column=place, end_column=place
        )

    return Polluted(_made(change)(sheet), "xlsx", lost=frozenset({bottom}))


def _formula(book: openpyxl.Workbook, page: Worksheet, sheet: Sheet) -> None:
    page.cell(sheet.line, number(sheet) + 1).value = "=1+2"


def _formulas(book: openpyxl.Workbook, page: Worksheet, sheet: Sheet) -> None:
    for row in range(2, len(sheet.rows) + 2):
        page.cell(row, number(sheet) + 1).value = "=1+2"


def _as_numbers(sheet: Sheet) -> bytes:
    """Write every BSN as a number, as Excel does of its own."""
    place = person(sheet)
    rows = [[*row[:place], int(row[place]), *row[place + 1 :]] for row in sheet.rows]
    return workbook({"Levering": [sheet.header, *rows]})


def _short_postcode(sheet: Sheet) -> Polluted:
    """Write one postcode as the number of four digits that Excel keeps of it."""
    place = postcode(sheet)
    rows: list[list[object]] = [list(row) for row in sheet.rows]
    rows[sheet.at][place] = int(str(rows[sheet.at][place])[:4])
    return lost(sheet, workbook({"Levering": [sheet.header, *rows]}), "xlsx")


def _since_1904(sheet: Sheet) -> bytes:
    """Write the dates as days, in a workbook that counts them from 1904."""
    import datetime

    def change(book: openpyxl.Workbook, page: Worksheet, sheet: Sheet) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        for row in range(2, len(sheet.rows) + 2):
            found = page.cell(row, day(sheet) + 1)
            if found.value:
                d, m, y = map(int, str(found.value).split("-"))
                found.value = datetime.datetime(y, m, d)  # noqa: DTZ001

    return _made(change)(sheet)


def _locked(sheet: Sheet) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        streams = {"EncryptionInfo": bytes(64), "EncryptedPackage": bytes(4096)}
        return binary_workbooks.compound(Path(folder) / "a", streams).read_bytes()


def _with(parts: dict[str, bytes]) -> Callable[[Sheet], bytes]:
    def made(sheet: Sheet) -> bytes:
        content = io.BytesIO(sheet.workbook())
        with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, body in parts.items():
                archive.writestr(name, body)
        return content.getvalue()

    return made


def _other(write: Callable[..., Path]) -> Callable[[Sheet], bytes]:
    def made(sheet: Sheet) -> bytes:
        lines = [[text or None for text in cells] for cells in (sheet.header, *sheet.rows)]
        with tempfile.TemporaryDirectory() as folder:
            return write(Path(folder) / "a", lines).read_bytes()

    return made


def _empty_rows(sheet: Sheet) -> bytes:
    """Add formatted empty rows down to the last that a sheet can have."""
    first = len(sheet.rows) + 2
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(first, 1_048_577)
    )
    whole_book = io.BytesIO(sheet.workbook())
    content = io.BytesIO()
    with (
        zipfile.ZipFile(whole_book) as old,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if name == PART:
                body = body.replace(b"</sheetData>", rows + b"</sheetData>")
            new.writestr(name, body)
    return content.getvalue()


BOOK_CASES = (
    Case(
        60,
        "een blad met de levering, twee andere",
        "N",
        whole(
            lambda s: s.workbook(
                Uitleg=[["Lees dit eerst"]], Levering=[s.header, *s.rows], Los=[["a", "b"], [1, 2]]
            ),
            "xlsx",
        ),
    ),
    Case(
        60,
        "twee bladen met een levering",
        "F",
        whole(lambda s: s.workbook(Een=[s.header, *s.rows], Twee=[s.header, *s.rows]), "xlsx"),
    ),
    Case(61, "een verborgen rij en kolom", "N", whole(_made(_hidden), "xlsx")),
    Case(61, "een filter", "N", whole(_made(_filtered), "xlsx")),
    Case(62, "samengevoegde cellen", "J", _merged, COUNTS),
    Case(63, "een formule zonder uitkomst", "J", _row(_formula), COUNTS),
    Case(63, "een kolom formules zonder uitkomst", "F", whole(_made(_formulas), "xlsx"), COUNTS),
    Case(64, "BSN's als getal", "R", whole(_as_numbers, "xlsx"), PEOPLE),
    Case(64, "een postcode als getal", "J", _short_postcode, PEOPLE),
    Case(
        65,
        "dagen geteld vanaf 1904",
        "R",
        whole(_since_1904, "xlsx"),
        on(MELDINGEN, YOUTH, MELDINGEN),
    ),
    Case(66, "een wachtwoord", "F", whole(_locked, "xlsx")),
    Case(67, "macro's", "F", whole(_with({"xl/vbaProject.bin": b"x"}), "xlsm")),
    Case(
        67,
        "een verwijzing naar een ander bestand",
        "F",
        whole(_with({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "xlsx"),
    ),
    Case(68, "een .xls", "N", whole(_other(binary_workbooks.xls), "xls")),
    Case(68, "een .xlsb", "N", whole(_other(binary_workbooks.xlsb), "xlsb")),
    Case(68, "een .ods", "N", whole(_other(binary_workbooks.ods), "ods")),
    Case(69, "een miljoen opgemaakte lege rijen", "R", whole(_empty_rows, "xlsx"), on(ACTIVITIES)),
    Case(
        70,
        "een bom in de werkmap",
        "F",
        whole(_with({"xl/media/a.png": bytes(40_000_000)}), "xlsx"),
    ),
    Case(70, "een pad dat naar buiten wijst", "F", whole(_with({"../../x": b"x"}), "xlsx")),
    Case(
        70,
        "een veld van meer dan 1 MB",
        "F",
        whole(lambda s: s.text([*s.lines(), "x" * 1_200_000])),
    ),
    Case(
        70,
        "meer dan 500 kolommen",
        "F",
        whole(lambda s: s.text([text + ";x" * 600 for text in s.lines()])),
    ),
)
