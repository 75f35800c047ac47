"""One file with planted faults: rows as a partner's system writes them, and what is wrong where."""

import csv
import io
from collections.abc import Callable, Iterator

import polars as pl

from sources.contracts.expectations import CONFLICT, DUPLICATE
from sources.contracts.generic import CELLS
from sources.contracts.model import Column, Contract
from sources.example.maker.chance import stream
from sources.example.maker.files import csv_bytes
from sources.example.maker.planted.cells import Write, empties
from sources.example.maker.planted.lines import BREAKS
from sources.example.maker.planted.plan import Mark, Planter, Row, Suits, Where
from sources.verdict import Level

_NEWLINE = "\r\n"
# Of the rows of a file, how many may be refused, and how many for their key, with some to spare.
_ROOM, _KEY_ROOM = 0.8, 0.008


class Full(Exception):
    """No more rows of this file may be refused, or no row is left that suits."""


class Sheet:
    """A good delivery in which faults are planted, each in a row that has no other."""

    def __init__(self, contract: Contract, rows: pl.DataFrame, *, seed: int) -> None:
        self._contract = contract
        self._schema, self._height = rows.schema, rows.height
        self._rows: list[Row] = rows.to_dicts()
        self._texts = _texts(rows)
        self._missing = dict(zip(rows.columns, rows.null_count().row(0), strict=True))
        self._places = {name: place for place, name in enumerate(rows.columns)}
        self._free = stream(seed, "planted", contract.id).permutation(rows.height).tolist()
        self._changed: set[int] = set()
        self._lines: dict[int, list[str]] = {}
        self._marks: list[tuple[int, str, str]] = []
        self._room = int(rows.height * contract.refuse_above * _ROOM)
        self._key_room = int(rows.height * _KEY_ROOM)

    def rule(self, code: str, column: str, planter: Planter) -> None:
        """Break a rule once; raises Full."""
        rows = 2 if planter.where is Where.BOTH else 1
        row = self._take(planter.suits, rows, code, *planter.also)
        marked = [row]
        if planter.where is not Where.ROW:
            self._rows.append(dict(self._rows[row]))
            self._texts.append([])
            copy = len(self._rows) - 1
            marked = [row, copy] if planter.where is Where.BOTH else [copy]
            row = copy
        self._rows[row].update(planter.change(self._rows[row]))
        self._changed.add(row)
        for each in marked:
            self._mark(each, code, column)
            for other in planter.also:
                self._mark(each, other, self._column_of(other))

    def everywhere(self, code: str, column: str, planter: Planter) -> None:
        """Break a rule in every row that suits; the file can hold nothing else."""
        for row, cells in enumerate(self._rows):
            if planter.suits(cells):
                cells.update(planter.change(cells))
                self._changed.add(row)
                self._mark(row, code, column)

    def cell(
        self, column: Column, code: str, write: Write, suits: Suits, also: tuple[str, ...]
    ) -> None:
        """Write a wrong text in one cell; raises Full."""
        place = self._places[column.header]
        is_key = column.name in self._contract.key
        must_be_empty = empties(code) and self._missing[column.header] > 0

        # A column that this partner never fills has an example at least.
        usual = column.example if self._missing[column.header] == self._height else ""

        def fits(row: int) -> bool:
            text = self._texts[row][place]
            return not (must_be_empty and text) and write(text or usual) not in (None, text)

        try:
            row = self._take(suits, 1, code, *also, key=is_key, fits=fits)
        except Full as full:
            raise Full(f"{column.header}: {full}") from full
        self._texts[row][place] = write(self._texts[row][place] or usual) or ""
        self._mark(row, code, column.header)
        for other in also:
            self._mark(row, other, self._column_of(other) or column.header)

    def broken(self, code: str, suits: Suits) -> None:
        """Break one row as a row; raises Full."""
        row = self._take(suits, 1, code)
        self._lines[row] = BREAKS[code](_line(self._texts[row]))
        self._mark(row, code, "")

    def content(self) -> bytes:
        """Return the file."""
        self._render()
        lines = [_line(list(self._places))]
        for row, cells in enumerate(self._texts):
            lines += self._lines.get(row) or [_line(cells)]
        return (_NEWLINE.join(lines) + _NEWLINE).encode()

    def ledger(self, name: str) -> Iterator[Mark]:
        """Yield what is planted, with the line on which it stands."""
        for row, column, code in sorted(self._marks):
            yield Mark(name, row + 2, column, code)

    def _take(
        self,
        suits: Suits,
        rows: int,
        *codes: str,
        key: bool = False,
        fits: Callable[[int], bool] = lambda _: True,
    ) -> int:
        """Return a row without faults that suits, and count what will be refused; raises Full."""
        refused = rows * any(self._level(code) is Level.REFUSE_ROW for code in codes)
        for_key = refused if key or CONFLICT in codes else 0
        if refused > self._room or for_key > self._key_room:
            raise Full(f"no room for {codes[0]}")
        for place, row in enumerate(self._free):
            if suits(self._rows[row]) and fits(row):
                del self._free[place]
                self._room -= refused
                self._key_room -= for_key
                return int(row)
        raise Full(f"no row suits for {codes[0]}")

    def _level(self, code: str) -> Level:
        own = {rule.code: rule.level for rule in self._contract.rules}
        keys = {DUPLICATE: Level.NOTE, **dict.fromkeys((CONFLICT, *BREAKS), Level.REFUSE_ROW)}
        return CELLS[code].level if code in CELLS else (own | keys)[code]

    def _column_of(self, code: str) -> str:
        """Return the header under which a rule of the contract is told, if it is one."""
        told = [rule.column for rule in self._contract.rules if rule.code == code and rule.column]
        return self._contract.column(told[0]).header if told else ""

    def _mark(self, row: int, code: str, column: str) -> None:
        self._marks.append((row, column, code))

    def _render(self) -> None:
        """Write the changed rows as text."""
        changed = sorted(self._changed)
        if changed:
            frame = pl.DataFrame([self._rows[row] for row in changed], schema=self._schema)
            for row, cells in zip(changed, _texts(frame), strict=True):
                self._texts[row] = cells


def _texts(rows: pl.DataFrame) -> list[list[str]]:
    """Return the cells of rows as they are written in a CSV."""
    reader = csv.reader(io.StringIO(csv_bytes(rows).decode()), delimiter=";")
    return list(reader)[1:]


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="").writerow(cells)
    return buffer.getvalue()
