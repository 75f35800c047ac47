"""The refused rows, each with what is wrong with it, less what says of whom it is.

They come back in a workbook. That takes long to make, so it holds the first `MOST`; where there are
more, all of them are in a table (CSV) as well.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reports.feedback.answer import Answer, RefusedRow
from reports.feedback.shapes import Shown
from reports.spreadsheet import Value, csv_bytes
from sources.contracts.model import Column, Contract
from sources.verdict import Finding, Level

MOST = 10_000
"""Refused rows in the workbook."""

NAMES = ("Rij in uw bestand", "Code", "Wat er mis is")

_HIDDEN = "(niet getoond)"
_UNSPLIT = "Deze rij konden wij niet in cellen verdelen. Kijk in uw eigen bestand."
_MOVED = "Misschien zijn de cellen van deze rij verschoven. Daarom tonen wij ze niet."


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that may be shown: its column, its text, and what was found in it."""

    column: Column
    text: str
    said: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A refused row: its place in the file, its codes, what is wrong, and its cells.

    There are no cells where the row could not be split.
    """

    row: int
    codes: str
    why: str
    cells: tuple[Cell, ...]


def any_refused(answer: Answer) -> bool:
    """Return whether there are refused rows to give back."""
    return next(_rows(answer), None) is not None


def too_many(answer: Answer) -> bool:
    """Return whether there are more refused rows than the workbook holds."""
    return next(islice(_rows(answer), MOST, None), None) is not None


def columns(contract: Contract) -> list[str]:
    """Return the headers of the columns that come back."""
    return [column.header for _, column in Shown(contract).columns]


def told(answer: Answer) -> Iterator[Told]:
    """Yield every refused row once, in the order of the file."""
    shown, findings = Shown(answer.contract), _by_row(answer)
    for row in _rows(answer):
        yield _told(row, findings.get(row.row, ()), shown)


def refused_table(answer: Answer) -> bytes | None:
    """Return `uitval.csv`: all refused rows; None where the workbook holds them."""
    if not too_many(answer):
        return None
    return csv_bytes((*NAMES, *columns(answer.contract)), map(_line, told(answer)), bom=True)


def _line(one: Told) -> list[Value]:
    return [one.row, one.codes, one.why, *(cell.text for cell in one.cells)]


def plain(text: str) -> str:
    """Return a message for a cell, where nothing can set a name apart but quotes."""
    return text.replace("`", "'")


def _told(row: RefusedRow, findings: tuple[Finding, ...], shown: Shown) -> Told:
    codes = sorted({*row.codes, *(found.code for found in findings)})
    why = " ".join(dict.fromkeys(plain(found.message) for found in findings))
    moved = bool(row.cells) and shown.moved(row.cells)
    more = _MOVED if moved else "" if row.cells else _UNSPLIT
    cells = tuple(_cells(row, findings, shown, moved=moved)) if row.cells else ()
    return Told(row.row, ", ".join(codes), f"{why} {more}".strip(), cells)


def _cells(
    row: RefusedRow, findings: tuple[Finding, ...], shown: Shown, *, moved: bool
) -> Iterator[Cell]:
    for number, column in shown.columns:
        text = row.cells[number] or ""
        if text and (moved or shown.hides(number, column, text)):
            text = _HIDDEN
        said = tuple(found for found in findings if found.column == column.header)
        yield Cell(column, text, said)


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


def _by_row(answer: Answer) -> dict[int, tuple[Finding, ...]]:
    found: defaultdict[int, list[Finding]] = defaultdict(list)
    for one in answer.verdict.findings:
        if one.level is Level.REFUSE_ROW and one.row is not None:
            found[one.row].append(one)
    return {row: tuple(some) for row, some in found.items()}
