"""The rows of a text file, the well-formed apart from the others, each physical line accounted for.

Lines without a quote and with the right number of delimiters are taken over in whole stretches;
each other line is looked at by itself. The reading goes on at the line after a malformed one, so
that one open quote never swallows the rows that follow.
"""

from dataclasses import dataclass, replace

import numpy as np

from sources.contracts.model import Contract
from sources.readers.csv import stray
from sources.readers.csv.below import Below
from sources.readers.csv.candidate import sample
from sources.readers.csv.choice import other_delimiter
from sources.readers.csv.grammar import MAX_SPAN, Field, Grammar
from sources.readers.csv.kept import ENDINGS, Body
from sources.readers.csv.layout import loose_quotes
from sources.readers.csv.lines import Lines, Numbers
from sources.readers.csv.remarks import remark
from sources.readers.csv.top import Top
from sources.readers.header import Header

_FRAGMENTS = 20  # lines in which one row can lie broken
_HOPELESS = 500  # rows without any reading, after which none is looked for: each takes long


@dataclass(frozen=True, slots=True)
class _Table:
    """What the rows are held against."""

    contract: Contract
    header: Header
    top: Top
    lines: Lines
    below: Below
    last: int
    letters: frozenset[int]

    @property
    def grammar(self) -> Grammar:
        return self.top.grammar

    @property
    def optional(self) -> int:
        """How many columns at the end of the file may be left out of a row."""
        required = [
            self.header.places[column.name]
            for column in self.contract.columns
            if column.required and column.name in self.header.places
        ]
        return 0 if self.contract.bare else self.header.width - 1 - max(required, default=0)


def sort(
    contract: Contract, header: Header, top: Top, lines: Lines, below: Below, last: int
) -> Body:
    """Return the records of the lines from `top.begin` up to `last`."""
    letters = frozenset(loose_quotes(lines, top.grammar, top.begin, last).tolist())
    return _Sorter(_Table(contract, header, top, lines, below, last, letters)).sorted()


class _Sorter:
    def __init__(self, table: _Table) -> None:
        self._table, self._lines, self._grammar = table, table.lines, table.grammar
        self._width = table.header.width
        self._whole = self._grammar.of(self._width)
        self._body = Body()
        self._as_is = self._grammar.escape == self._grammar.quote
        self._quoting: bool | None = None
        self._hopeless = 0

    def sorted(self) -> Body:
        line = self._table.top.begin
        for odd in self._odd().tolist():
            if odd >= line:
                self._take(line, odd)
                line = odd + self._sort(odd)
        self._take(line, self._table.last)
        return self._body

    def _odd(self) -> Numbers:
        """Return the lines that are not plainly a row."""
        first, last, grammar = self._table.top.begin, self._table.last, self._grammar
        if len(grammar.delimiter) > 1 or first >= last:
            return np.arange(first, last)
        starts = self._lines.starts[first : last + 1]
        sizes = np.diff(starts)
        odd = self._lines.counts(grammar.delimiter, first, last) != self._width - 1
        if grammar.quote:
            odd |= self._lines.counts(grammar.quote, first, last) > 0
        odd |= sizes <= 2  # an empty line, or one letter
        below = self._table.below
        others = {*below.totals, *below.notes, *below.hollow, *below.tables, *self._lines.spoiled}
        odd[[line - first for line in others if first <= line < last]] = True
        bare = np.isin(self._lines.codes[starts[:-1]], (10, 13))
        odd[1:] &= ~(bare[1:] & bare[:-1])  # empty lines are taken all at once
        return np.flatnonzero(odd) + first

    def _take(self, first: int, last: int) -> None:
        """Take plain lines over as they stand."""
        if first >= last:
            return
        self._body.numbers.append(np.arange(first + 1, last + 1))
        if self._lines.ending in ENDINGS:
            self._body.parts.append((first, last))
        else:
            text = self._lines.stretch(first, last)
            self._body.parts.append(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))

    def _sort(self, line: int) -> int:
        """Sort the record that begins on a line; return how many lines it takes."""
        kind = self._no_row(line)
        if kind:
            taken = self._empty(line) if kind == "blank" else 1
            self._body.kinds[kind] += taken
            return taken
        if line in self._lines.spoiled:
            return self._refuse("R312", line)
        start = int(self._lines.starts[line])
        end = self._grammar.end(self._lines.data, start)
        after = self._lines.at(end - 1) + 1 if end > 0 else line
        if end > 0 and self._holds(line, after):
            record = self._lines.data[start:end]
            if self._whole.fullmatch(record):
                span = after - line
                return self._told(line, record, span) or self._keep(line, record, span)
            if after == line + 1:
                return self._uneven(line, self._grammar.split(record))
        return self._broken(line)

    def _told(self, line: int, record: bytes, span: int) -> int:
        """Keep a row in which a quote is a letter, as it is, and say so; 0 where none is."""
        if line not in self._table.letters:
            return 0
        fields, quote = self._grammar.split(record), self._grammar.quote.decode()
        letters = [at for at, each in enumerate(fields) if not each.quoted and quote in each.text]
        if not letters:
            return 0
        return self._repair("R315", line, [each.text for each in fields], letters, span=span)

    def _no_row(self, line: int) -> str:
        if self._table.below.excludes(line):
            self._body.excluded.add(line)
            return "excluded"
        return "blank" if line in self._table.below.hollow or not self._lines[line].strip() else ""

    def _empty(self, line: int) -> int:
        """Return how many lines from an empty one on are empty: there can be very many."""
        after = line + 1
        while after < self._table.last and after in self._table.below.hollow:
            after += 1
        return max(min(self._lines.filled(after), self._table.last) - line, 1)

    def _holds(self, line: int, after: int) -> bool:
        """Return whether a record may run over these lines."""
        spoiled = any(each in self._lines.spoiled for each in range(line, min(after, line + 300)))
        return after - line <= MAX_SPAN and after <= self._table.last and not spoiled

    def _keep(self, line: int, record: bytes, span: int) -> int:
        if self._as_is and self._lines.ending in ENDINGS:
            return self._add(line, record, span)
        texts = [cell.text for cell in self._grammar.split(record)]
        return self._add(line, self._grammar.write(texts), span)

    def _add(self, line: int, record: bytes, span: int = 1) -> int:
        self._body.parts.append(record)
        self._body.numbers.append(np.array([line + 1]))
        return span

    def _refuse(self, code: str, line: int, span: int = 1, *words: object) -> int:
        self._body.kinds["quarantined"] += span
        self._body.findings.append(remark(code, line + 1, *words))
        return span

    def _repair(
        self, code: str, line: int, cells: list[str], changed: list[int], *, span: int = 1
    ) -> int:
        """Keep a row that had one reading; tell of the columns in which that shows."""
        places = self._table.header.places
        asked = [c.header for c in self._table.contract.columns if places.get(c.name) in changed]
        told = remark(code, line + 1)
        self._body.findings += [replace(told, column=name) for name in asked] or [told]
        return self._add(line, self._grammar.write(cells), span)

    def _broken(self, line: int) -> int:
        cells = None
        if self._hopeless < _HOPELESS:
            cells = stray.reading(self._lines[line], self._grammar, self._width)
        if cells is None:
            self._hopeless += 1
            return self._refuse("R303", line)
        quote = self._grammar.quote.decode()
        return self._repair(
            "R315", line, cells, [at for at, cell in enumerate(cells) if quote in cell]
        )

    def _uneven(self, line: int, fields: list[Field]) -> int:
        return (self._many if len(fields) > self._width else self._few)(line, fields)

    def _many(self, line: int, fields: list[Field]) -> int:
        texts = [each.text for each in fields]
        if self._overflows():
            kept, rest = texts[: self._width - 1], texts[self._width - 1 :]
            sign = self._grammar.delimiter.decode()
            return self._repair("R317", line, [*kept, sign.join(rest)], [self._width - 1])
        filled = [each.text for each in fields if each.quoted or each.text.strip()]
        if len(filled) == self._width and self._all_quoted():
            return self._repair("R316", line, filled, [])
        return self._refuse("R301", line)

    def _overflows(self) -> bool:
        contract = self._table.contract
        last = self._table.header.places.get(contract.columns[-1].name)
        return contract.overflow and last == self._width - 1

    def _all_quoted(self) -> bool:
        """Return whether every field of every good row among the first stands between quotes."""
        if self._quoting is None:
            shapes = sample(self._lines, self._table.top.begin, self._grammar)
            whole = [fields for fields in shapes if len(fields) == self._width]
            each = (cell.quoted for fields in whole for cell in fields)
            self._quoting = bool(whole) and all(each)
        return self._quoting

    def _few(self, line: int, fields: list[Field]) -> int:
        usual = len(fields) == self._table.top.usual
        span = 1 if usual else self._fragments(line, len(fields))
        if span > 1:
            return self._refuse("R313", line, span, line + 1, line + span)
        if len(fields) >= self._width - self._table.optional:
            texts = [each.text for each in fields]
            return self._add(
                line, self._grammar.write([*texts, *[""] * (self._width - len(texts))])
            )
        if (other := other_delimiter(self._lines[line], self._grammar, self._width)) is not None:
            return self._refuse("R314", line, 1, other)
        return self._refuse("R302", line)

    def _fragments(self, line: int, fields: int) -> int:
        """Return over how many lines a row lies broken: too few fields each, together enough."""
        for after in range(line + 1, min(line + _FRAGMENTS, self._table.last)):
            more = len(self._grammar.split(self._lines[after]))
            if not 1 <= more < self._width or self._no_row(after) or after in self._lines.spoiled:
                return 1
            fields += more - 1
            if fields >= self._width:
                return after - line + 1 if fields == self._width else 1
        return 1
