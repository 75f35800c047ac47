"""Write rows as the files partners send: ordinary Dutch CSV, or an Excel sheet.

The same rows give the same bytes: nothing of a file depends on when or where it is written.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import polars as pl
import xlsxwriter

from sources.example.maker.areas import MUNICIPALITY

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - what Excel writes: local time without a zone
_EXCEL_DATE = "dd-mm-yyyy"


@dataclass(frozen=True, slots=True)
class Style:
    """How a partner's system writes a CSV."""

    encoding: Literal["utf-8", "utf-8-sig", "cp1252"] = "utf-8"
    newline: Literal["\n", "\r\n"] = "\r\n"


def file_name(partner: str, code: str, period: str, *, number: int = 1, ending: str) -> str:
    """Return the agreed name: `GM9901_welzijn_L06_2026K3_v1.csv`."""
    return f"{MUNICIPALITY}_{partner}_{code}_{period}_v{number}.{ending}"


def csv_bytes(rows: pl.DataFrame, style: Style = Style()) -> bytes:
    """Return rows as CSV with `;`, decimal comma, dd-mm-jjjj, and ja or nee."""
    answers = {True: "ja", False: "nee"}
    flags = [name for name, kind in rows.schema.items() if kind == pl.Boolean]
    buffer = io.BytesIO()
    rows.with_columns(
        pl.col(name).replace_strict(answers, return_dtype=pl.String) for name in flags
    ).write_csv(
        buffer,
        separator=";",
        decimal_comma=True,
        date_format="%d-%m-%Y",
        line_terminator=style.newline,
    )
    content = buffer.getvalue()
    return content if style.encoding == "utf-8" else content.decode().encode(style.encoding)


def excel_bytes(rows: pl.DataFrame) -> bytes:
    """Return rows as one sheet with a header: text as text, numbers and dates as such."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": _EXCEL_DATE})
    book.set_properties({"title": "Levering", "created": _CREATED})
    sheet = book.add_worksheet("Levering")
    sheet.write_row(0, 0, rows.columns, book.add_format({"bold": True}))
    for number, row in enumerate(rows.iter_rows(), start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value)
    book.close()
    return buffer.getvalue()


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object
) -> None:
    match value:
        case None:
            pass
        case bool():
            sheet.write_string(row, column, "ja" if value else "nee")
        case int() | float():
            sheet.write_number(row, column, value)
        case date():
            sheet.write_datetime(row, column, value)
        case _:
            sheet.write_string(row, column, str(value))


def write(folder: Path, name: str, content: bytes) -> Path:
    """Write one file, making its folder; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path
