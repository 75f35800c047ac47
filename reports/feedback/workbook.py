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
from reports.spreadsheet import MAX_TEXT, safe
from sources.contracts.model import Column, Contract, FieldType
from sources.verdict import Finding, Level

_MAX_ROWS = 1_048_575  # of a sheet, less the row of names
_COMMENTS = 1_000  # Excel opens slowly with more; the reason also stands in its own column
_WIDE, _LINE = 60, 15  # characters and points: of the column that says why, and of a line in it
_NAMES = ("Rij in uw bestand", "Code", "Wat er mis is")
_HIDDEN = "(niet getoond)"
_UNSPLIT = "Deze rij konden wij niet in cellen verdelen. Kijk in uw eigen bestand."

_DIGITS = re.compile(r"(?<![0-9])[0-9](?:[. -]?[0-9]){7,8}(?![0-9])")
_DATE = re.compile(r"[0-3]?[0-9]([-/.])[01]?[0-9]\1(19|20)[0-9]{2}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)
_MAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,253}\.[^\s@]")  # bounded: a cell may be long

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


def shown(contract: Contract) -> list[tuple[int, Column]]:
    """Return place and column of what may be shown: nothing that says of whom a row is."""
    return [
        (place, column)
        for place, column in enumerate(contract.columns)
        if not (column.personal or column.bsn or column.derived)
        and column.type is not FieldType.PERSON
    ]


def hidden(text: str) -> bool:
    """Return whether a text seems to hold a BSN or a mail address: a cell may have shifted."""
    numbers = (re.sub("[^0-9]", "", found) for found in _DIGITS.findall(text))
    return bool(_MAIL.search(text)) or any(map(_is_bsn, numbers))


def _hidden_in(column: Column, text: str) -> bool:
    """Return whether to hide a cell: a number of a person, or words from a column beside it.

    The digits of one date in eleven would pass for a BSN. A date may hold the name of a month.
    """
    words = len(_WORD.findall(text))
    if column.type is FieldType.DATE:
        return words > 1 or (not _DATE.fullmatch(text.strip()) and hidden(text))
    return (words > 0 and column.type in _NUMBERS) or hidden(text)


def _plain(text: str) -> str:
    """Return a message for a cell, where nothing can set a name apart but quotes."""
    return text.replace("`", "'")


def _is_bsn(digits: str) -> bool:
    """The 11-proef: weights 9 to 2, and -1 for the last digit; a lost zero in front is put back."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(d) * w for d, w in zip(digits.zfill(9), weights, strict=True))
    return total > 0 and total % 11 == 0


class _Sheet:
    """The sheet with the rows; written from above to below, as `constant_memory` asks."""

    def __init__(self, book: Any, contract: Contract) -> None:
        self._sheet = book.add_worksheet("Uitval")
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._bad = book.add_format({"bg_color": "#FFEDB5"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._columns = shown(contract)
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
        self._sheet.set_column(3, 2 + len(self._columns), 18)
        for place, name in enumerate((*_NAMES, *(c.header for _, c in self._columns))):
            self._sheet.write_string(0, place, safe(name), self._bold)
        for place, row in zip(range(1, _MAX_ROWS + 1), rows, strict=False):
            self._row(place, row, findings[row.row])

    def _row(self, place: int, row: RefusedRow, findings: list[Finding]) -> None:
        codes = sorted({*row.codes, *(found.code for found in findings)})
        why = " ".join(dict.fromkeys(_plain(found.message) for found in findings))
        why = _cut(safe(why if row.cells else f"{why} {_UNSPLIT}"))
        self._sheet.set_row(place, _LINE * (1 + len(why) // _WIDE))
        self._sheet.write_number(place, 0, row.row)
        self._sheet.write_string(place, 1, ", ".join(codes))
        self._sheet.write_string(place, 2, why, self._wrapped)
        if not row.cells:
            return
        for at, (number, column) in enumerate(self._columns, len(_NAMES)):
            said = [found for found in findings if found.column == column.header]
            self._cell(place, at, row.cells[number], column, said)

    def _cell(
        self, place: int, at: int, text: str | None, column: Column, said: list[Finding]
    ) -> None:
        look = self._bad if said else None
        number = _number(text or "", column, self._decimal)
        if number is not None:
            self._sheet.write_number(place, at, number, look)
        elif text or look:
            shown_text = _HIDDEN if _hidden_in(column, text or "") else _cut(safe(text or ""))
            if shown_text:
                self._sheet.write_string(place, at, shown_text, look)
            else:
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
    return float(text.replace(decimal, ".")) if plain and not hidden(text) else None


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 2] + " …"


def _explain(book: Any) -> None:
    sheet = book.add_worksheet("Uitleg")
    sheet.set_column(0, 0, 100)
    for place, sentence in enumerate(_EXPLANATION):
        sheet.write_string(place, 0, sentence)
