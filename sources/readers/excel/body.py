"""The rows under the column names: which are data, which are something else, and which are broken.

One pass over the sheet, in portions, so that only the contract's columns stay in memory.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import polars as pl

from sources.contracts.model import Column, Contract
from sources.readers.excel.book import Row, Sheet
from sources.readers.excel.cells import texts
from sources.readers.excel.facts import check_merges
from sources.readers.header import forbidden
from sources.readers.reading import Refused
from sources.readers.rows import is_second_header, is_total, notes_below, second_table

_PORTION = 20_000
_TOTALS = frozenset("tTsSeEdDrRkKgGoO")  # how a word for total begins, to spare a slower look
_LAST = 100  # rows below the table among which footnotes may stand


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table stands in its sheet: its first row of data, its columns, and its width.

    `places` gives the place of each contract column that is in the file. `heads` are the texts of
    the column names, by which a second header shows; `unnamed` are the places without one.
    """

    first: int
    places: Mapping[str, int]
    width: int
    heads: frozenset[str]
    unnamed: frozenset[int]


@dataclass(slots=True)
class Body:
    """The rows of a table by what they are; numbers are rows of the sheet, from 0.

    `frame` holds `_row` (from 1) and the contract's columns as text, without what is excluded or
    broken. The rows in `wide`, `merged` and `uncomputed` are refused, one by one. `unnamed` are the
    columns without a name that hold something. `totals` gives the texts of each total row.
    """

    frame: pl.DataFrame
    blank: int = 0
    totals: dict[int, list[str]] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)
    wide: list[int] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    uncomputed: list[int] = field(default_factory=list)
    unnamed: set[int] = field(default_factory=set)

    @property
    def broken(self) -> set[int]:
        """The rows that are refused."""
        return {*self.wide, *self.merged, *self.uncomputed}


class _Pass:
    """One pass over the rows of a table."""

    def __init__(self, contract: Contract, sheet: Sheet, table: Table) -> None:
        self._contract, self._sheet, self._table = contract, sheet, table
        self._fill = _Fill(contract, sheet, table)
        self._apart = False
        self._last: deque[tuple[int, Row]] = deque(maxlen=_LAST)
        self.blank = 0
        self.totals: dict[int, list[str]] = {}
        self.wide: list[int] = []
        self.unnamed: set[int] = set()

    def frames(self) -> Iterator[pl.DataFrame]:
        """Yield the rows of data in portions."""
        rows = islice(enumerate(self._sheet.rows()), self._table.first, None)
        while portion := list(islice(rows, _PORTION)):
            kept = [(number, row) for number, row in portion if self._is_data(number, row)]
            self._last.extend(portion[-_LAST:])
            yield self._frame(kept)

    def notes(self) -> list[int]:
        """Return the footnotes, once all rows have passed."""
        found = notes_below([texts(row, ",") for _, row in self._last])
        return [self._last[place][0] for place in sorted(found)]

    def _is_data(self, number: int, row: Row) -> bool:
        first = row[0]
        if first.__class__ is str and not first[:1] > " ":
            first = _first(row)
        if first == "":
            self.blank += 1
            self._apart = True
            return False
        if first.__class__ is str and first[0] in _TOTALS and self._is_total(number, row):
            return False
        if self._apart or not self._table.heads.isdisjoint(row):
            self._check_second(number, row)
        self._apart = False
        if len(row) > self._table.width and any(_has(cell) for cell in row[self._table.width :]):
            self.wide.append(number)
        for place in self._table.unnamed:
            if place < len(row) and _has(row[place]):
                self.unnamed.add(place)
        self._fill.take(number, row)
        return True

    def _is_total(self, number: int, row: Row) -> bool:
        cells = texts(row, self._contract.dialect.decimal)
        if not is_total(cells):
            return False
        self.totals[number] = cells
        return True

    def _check_second(self, number: int, row: Row) -> None:
        cells = texts(row, ",")
        if is_second_header(self._contract, self._table.places, cells, apart=self._apart):
            raise Refused(*forbidden(self._contract, cells), second_table(number + 1))

    def _frame(self, kept: list[tuple[int, Row]]) -> pl.DataFrame:
        decimal = self._contract.dialect.decimal
        columns: dict[str, Any] = {"_row": np.array([number + 1 for number, _ in kept], np.int64)}
        for column in self._contract.columns:
            place = self._table.places.get(column.name)
            found = (
                [None] * len(kept)
                if place is None
                else texts([row[place] for _, row in kept], decimal)
            )
            columns[column.name] = pl.Series(found, dtype=pl.String)
        return pl.DataFrame(columns)


class _Fill:
    """Repeats a merged cell in the rows below it, for the columns of which the contract says so."""

    def __init__(self, contract: Contract, sheet: Sheet, table: Table) -> None:
        self._from: dict[tuple[int, int], int] = {}
        downs = {table.places[c.name] for c in _found(contract, table) if c.fill_down}
        for top, left, bottom, right in sheet.facts.merges:
            if left == right and left in downs:
                last = min(bottom, sheet.height - 1)
                self._from.update(((row, left), top) for row in range(top, last + 1))
        self._rows = {row for row, _ in self._from}
        self._held: dict[tuple[int, int], Any] = {}

    def take(self, number: int, row: Row) -> None:
        """Remember the cells that are repeated below, or fill them in."""
        if number not in self._rows:
            return
        for column in range(len(row)):
            top = self._from.get((number, column))
            if top == number:
                self._held[top, column] = row[column]
            elif top is not None:
                row[column] = self._held.get((top, column), "")


def _found(contract: Contract, table: Table) -> list[Column]:
    return [column for column in contract.columns if column.name in table.places]


def read(contract: Contract, sheet: Sheet, table: Table) -> Body:
    """Return the rows of a table by what they are. Raises Refused (B105, B157)."""
    check_merges(sheet.facts)
    passed = _Pass(contract, sheet, table)
    empty = pl.DataFrame(schema={"_row": pl.Int64} | {c.name: pl.String for c in contract.columns})
    frame = pl.concat([empty, *passed.frames()])
    notes = passed.notes()
    numbers = set((frame["_row"] - 1).to_list()) - set(notes)
    body = Body(frame, passed.blank, passed.totals, notes, unnamed=passed.unnamed)
    body.wide = [number for number in passed.wide if number in numbers]
    body.merged = sorted(numbers & _covered(contract, sheet, table))
    places = set(table.places.values())
    body.uncomputed = sorted(
        numbers & {row for row, column in sheet.facts.uncomputed if column in places}
    )
    return body


def _covered(contract: Contract, sheet: Sheet, table: Table) -> set[int]:
    """Return the rows in which a merged cell covers one of the contract's columns."""
    places = {table.places[column.name]: column.fill_down for column in _found(contract, table)}
    found: set[int] = set()
    for top, left, bottom, right in sheet.facts.merges:
        if any(left < place <= right for place in places):
            found.add(top)
        filled_down = left == right and places.get(left, False)
        if not filled_down and any(left <= place <= right for place in places):
            found.update(range(top + 1, min(bottom, sheet.height - 1) + 1))
    return found


def _has(cell: Any) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _first(row: Row) -> Any:
    """Return the first cell that holds something; the empty text where there is none."""
    for cell in row:
        if cell.__class__ is not str:
            return cell
        if text := cell.strip():
            return text
    return ""
