"""`uitval.xlsx`: the refused rows as they came, less what says of whom they are."""

import heapq
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

import xlsxwriter

from reports.feedback.answer import Answer, RefusedRow
from reports.feedback.shapes import Shown
from reports.spreadsheet import MAX_TEXT, safe
from sources.contracts.model import Column, Contract, FieldType
from sources.verdict import Finding, Level

_MAX_ROWS = 1_048_575  # of a sheet, less the row of names
_COMMENTS = 1_000  # Excel opens slowly with more; the reason also stands in its own column
_WIDE, _LINE = 60, 15  # characters and points: of the column that says why, and of a line in it
_NAMES = ("Rij in uw bestand", "Code", "Wat er mis is")
_HIDDEN = "(niet getoond)"
_UNSPLIT = "Deze rij konden wij niet in cellen verdelen. Kijk in uw eigen bestand."
_MOVED = "Misschien zijn de cellen van deze rij verschoven. Daarom tonen wij ze niet."

_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)

_EXPLANATION = (
    "Dit zijn de rijen die wij niet overnamen. Het nummer van de rij is dat in uw eigen bestand.",
    "Kolommen met persoonsgegevens staan er niet bij. Zoek die op in uw eigen bestand.",
    "Een gekleurde cel is niet goed. Wijs haar aan: dan leest u waarom.",
    "Dit bestand is alleen voor u: stuur het niet door.",
    "Verbeter uw eigen bestand en stuur dat opnieuw, met alle rijen. Stuur dit bestand niet terug.",
    "Staat er ' vooraan in een cel? Dat zetten wij ervoor, zodat Excel de tekst niet uitvoert.",
)


def refused_workbook(answer: Answer) -> bytes | None:
    """Return the refused rows as a workbook, made in one pass; None where there are none."""
    rows = _rows(answer)
    first = next(rows, None)
    if first is None:
        return None
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(*answer.received_on.timetuple()[:3])})  # noqa: DTZ001
    _Sheet(book, answer.contract).write(chain([first], rows), _by_row(answer))
    _explain(book)
    book.close()
    return out.getvalue()


def any_refused(answer: Answer) -> bool:
    """Return whether there are refused rows to give back."""
    return next(_rows(answer), None) is not None


def _plain(text: str) -> str:
    """Return a message for a cell, where nothing can set a name apart but quotes."""
    return text.replace("`", "'")


class _Sheet:
    """The sheet with the rows; written from above to below, as `constant_memory` asks."""

    def __init__(self, book: Any, contract: Contract) -> None:
        self._sheet = book.add_worksheet("Uitval")
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._bad = book.add_format({"bg_color": "#FFEDB5"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._shown = Shown(contract)
        self._decimal = contract.dialect.decimal
        self._comments = 0

    def write(self, rows: Iterable[RefusedRow], findings: defaultdict[int, list[Finding]]) -> None:
        """Write the names, then every row; what does not fit on a sheet is in bevindingen.csv."""
        self._sheet.freeze_panes(1, 1)
        self._sheet.set_paper(9)  # A4
        self._sheet.set_landscape()
        self._sheet.repeat_rows(0)
        self._sheet.set_row(0, 2 * _LINE)
        self._sheet.set_column(0, 1, 12)
        self._sheet.set_column(2, 2, _WIDE)
        self._sheet.set_column(3, 2 + len(self._shown.columns), 18)
        for place, name in enumerate((*_NAMES, *(c.header for _, c in self._shown.columns))):
            self._sheet.write_string(0, place, safe(name), self._bold)
        for place, row in zip(range(1, _MAX_ROWS + 1), rows, strict=False):
            self._row(place, row, findings[row.row])

    def _row(self, place: int, row: RefusedRow, findings: list[Finding]) -> None:
        codes = sorted({*row.codes, *(found.code for found in findings)})
        why = " ".join(dict.fromkeys(_plain(found.message) for found in findings))
        moved = bool(row.cells) and self._shown.moved(row.cells)
        more = _MOVED if moved else "" if row.cells else _UNSPLIT
        why = _cut(safe(f"{why} {more}".strip()))
        self._sheet.set_row(place, _LINE * (1 + len(why) // _WIDE))
        self._sheet.write_number(place, 0, row.row)
        self._sheet.write_string(place, 1, ", ".join(codes))
        self._sheet.write_string(place, 2, why, self._wrapped)
        for at, (number, column) in enumerate(
            self._shown.columns if row.cells else (), len(_NAMES)
        ):
            said = [found for found in findings if found.column == column.header]
            text = row.cells[number] or ""
            if text and (moved or self._shown.hides(number, column, text)):
                text = _HIDDEN
            self._cell(place, at, text, column, said)

    def _cell(self, place: int, at: int, text: str, column: Column, said: list[Finding]) -> None:
        look = self._bad if said else None
        number = _number(text, column, self._decimal)
        if number is not None:
            self._sheet.write_number(place, at, number, look)
        elif text:
            self._sheet.write_string(place, at, _cut(safe(text)), look)
        elif look:
            self._sheet.write_blank(place, at, None, look)
        if said and self._comments < _COMMENTS:
            self._comments += 1
            told = "\n".join(f"{found.code} {found.message} {found.how_to_mend}" for found in said)
            self._sheet.write_comment(place, at, _cut(_plain(told)), {"x_scale": 2, "author": ""})


def _rows(answer: Answer) -> Iterator[RefusedRow]:
    """Return every refused row once, by row: those that were kept, and those that never parsed."""
    kept = ((row.row, 0, row) for row in answer.refused())
    unsplit = {
        found.row
        for found in answer.verdict.findings
        if found.level is Level.REFUSE_ROW and found.row is not None
    }
    named = ((number, 1, RefusedRow(number, (), ())) for number in sorted(unsplit))
    last = None
    for number, _, row in heapq.merge(kept, named, key=lambda each: each[:2]):
        if number != last:
            yield row
        last = number


def _by_row(answer: Answer) -> defaultdict[int, list[Finding]]:
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for one in answer.verdict.findings:
        if one.level is Level.REFUSE_ROW and one.row is not None:
            found[one.row].append(one)
    return found


def _number(text: str, column: Column, decimal: str) -> float | None:
    """Return a number that is written without frills in a column of numbers."""
    if column.type not in _NUMBERS or len(text) > 15:
        return None
    plain = re.fullmatch(rf"-?(0|[1-9][0-9]*)({re.escape(decimal)}[0-9]+)?", text)
    return float(text.replace(decimal, ".")) if plain else None


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 2] + " …"


def _explain(book: Any) -> None:
    sheet = book.add_worksheet("Uitleg")
    sheet.set_column(0, 0, 100)
    for place, sentence in enumerate(_EXPLANATION):
        sheet.write_string(place, 0, sentence)
