"""`uitval.xlsx`: the refused rows as they came, less what says of whom they are."""

import io
import re
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

import xlsxwriter

from reports.feedback.answer import Answer
from reports.feedback.refused import MOST, NAMES, Cell, Told, columns, plain, told, too_many
from reports.spreadsheet import MAX_TEXT, safe
from sources.contracts.model import Column, FieldType

_COMMENTS = 1_000  # Excel opens slowly with more; the reason also stands in its own column
_WIDE, _LINE = 60, 15  # characters and points: of the column that says why, and of a line in it

_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)

_EXPLANATION = (
    "Dit zijn de rijen die wij niet overnamen. Het nummer van de rij is dat in uw eigen bestand.",
    "Kolommen met persoonsgegevens staan er niet bij. Zoek die op in uw eigen bestand.",
    "Een gekleurde cel is niet goed. Wijs haar aan: dan leest u waarom.",
    "Dit bestand is alleen voor u: stuur het niet door.",
    "Verbeter uw eigen bestand en stuur dat opnieuw, met alle rijen. Stuur dit bestand niet terug.",
    "Staat er ' vooraan in een cel? Dat zetten wij ervoor, zodat Excel de tekst niet uitvoert.",
)
_NOT_ALL = f"Hier staan de eerste {MOST:,} rijen. Alle rijen staan in uitval.csv.".replace(",", ".")


def refused_workbook(answer: Answer) -> bytes | None:
    """Return the first refused rows as a workbook; None where there are none."""
    rows = list(islice(told(answer), MOST))
    if not rows:
        return None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(*answer.received_on.timetuple()[:3])})  # noqa: DTZ001
    _Sheet(book, answer.contract.dialect.decimal).write(columns(answer.contract), rows)
    _explain(book, (*((_NOT_ALL,) if too_many(answer) else ()), *_EXPLANATION))
    book.close()
    return out.getvalue()


class _Sheet:
    """The sheet with the rows; written from above to below, as `constant_memory` asks."""

    def __init__(self, book: Any, decimal: str) -> None:
        self._sheet = book.add_worksheet("Uitval")
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._bad = book.add_format({"bg_color": "#FFEDB5"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._decimal = decimal
        self._comments = 0

    def write(self, headers: list[str], rows: Iterable[Told]) -> None:
        """Write the names, then every row."""
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_paper(9)  # A4
        self._sheet.set_landscape()
        self._sheet.repeat_rows(0)
        self._sheet.set_row(0, 2 * _LINE)
        self._sheet.set_column(0, 1, 12)
        self._sheet.set_column(2, 2, _WIDE)
        self._sheet.set_column(3, 2 + len(headers), 18)
        for place, name in enumerate((*NAMES, *headers)):
            self._sheet.write_string(0, place, safe(name), self._bold)
        for place, row in enumerate(rows, start=1):
            self._row(place, row)

    def _row(self, place: int, row: Told) -> None:
        why = _cut(safe(row.why))
        self._sheet.set_row(place, _LINE * (1 + len(why) // _WIDE))
        self._sheet.write_number(place, 0, row.row)
        self._sheet.write_string(place, 1, row.codes)
        self._sheet.write_string(place, 2, why, self._wrapped)
        for at, cell in enumerate(row.cells, len(NAMES)):
            self._cell(place, at, cell)

    def _cell(self, place: int, at: int, cell: Cell) -> None:
        look = self._bad if cell.said else None
        number = _number(cell.text, cell.column, self._decimal)
        if number is not None:
            self._sheet.write_number(place, at, number, look)
        elif cell.text:
            self._sheet.write_string(place, at, _cut(safe(cell.text)), look)
        elif look:
            self._sheet.write_blank(place, at, None, look)
        if cell.said and self._comments < _COMMENTS:
            self._comments += 1
            why = "\n".join(f"{one.code} {one.message} {one.how_to_mend}" for one in cell.said)
            self._sheet.write_comment(place, at, _cut(plain(why)), {"x_scale": 2, "author": ""})


def _number(text: str, column: Column, decimal: str) -> float | None:
    """Return a number that is written without frills in a column of numbers."""
    if column.type not in _NUMBERS or len(text) > 15:
        return None
    bare = re.fullmatch(rf"-?(0|[1-9][0-9]*)({re.escape(decimal)}[0-9]+)?", text)
    return float(text.replace(decimal, ".")) if bare else None


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 2] + " …"


def _explain(book: Any, sentences: Iterable[str]) -> None:
    sheet = book.add_worksheet("Uitleg")
    sheet.set_column(0, 0, 100)
    for place, sentence in enumerate(sentences):
        sheet.write_string(place, 0, sentence)
