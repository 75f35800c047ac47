"""Which lines of a text file make one record, counted apart from DuckDB to check it.

Row numbers are physical: the line that an editor shows. A quoted line break makes one record span
lines; its number is that of its first line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sources.readers.reading import MAX_CELL, refuse

Lines = NDArray[np.int64]

_BLANK = b" \t\r\n\xc2\xa0"
_MAX_SPAN = 200  # lines in one record; more is a quote that was never closed


@dataclass(frozen=True, slots=True)
class Layout:
    """The records of a file in which each parses: how many, and the blank lines between them.

    `lines` holds the line of each record; None where they simply follow each other.
    """

    records: int
    blank: int
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class Sorted:
    """The records of a file in which some do not parse.

    `text` holds the good ones only, `lines` the line of each. The others are refused one by one,
    by the line that they start on: too `many` or too `few` fields, or a `broken` quote.
    """

    text: bytes
    lines: Lines
    blank: int
    many: tuple[int, ...]
    few: tuple[int, ...]
    broken: tuple[int, ...]


class Grammar:
    """How one record of a dialect is written: fields between delimiters, quoted or plain."""

    def __init__(self, delimiter: str, quote: str) -> None:
        self.delimiter, self.quote = delimiter.encode(), quote.encode()
        d, q = re.escape(self.delimiter), re.escape(self.quote)
        quoted = rb" *%b(?:[^%b]|%b%b)*%b *" % (q, q, q, q, q)
        plain = rb"(?! *%b)[^%b\r\n]*" % (q, d)
        field = rb"(?:%b|%b)" % (quoted, plain)
        self._record = re.compile(rb"%b(?:%b%b)*\r?\n?" % (field, d, field))
        self._field = re.compile(rb"(?:^|%b)%b" % (d, field))

    def fields(self, record: bytes) -> int:
        """Return how many fields a record has; 0 where it is not well-formed."""
        if self.quote not in record:
            return record.count(self.delimiter) + 1
        if not self._record.fullmatch(record):
            return 0
        return len(self._field.findall(record.rstrip(b"\r\n")))


def layout(data: bytes, start: int, first_line: int, grammar: Grammar) -> Layout | None:
    """Return the records from byte `start` (on line `first_line`) on, when each can be one.

    None where a quote is open at the end of a line and closes nowhere: see `sort`.
    """
    end = len(data)
    while end > start and data[end - 1] in b"\r\n":
        end -= 1
    after = max(data.count(b"\n", end) - 1, 0)
    if end == start:
        return Layout(0, data.count(b"\n", start))
    # One kind of line end is all that `encoding` lets through.
    gap = b"\n\r\n" if data[:start].endswith(b"\r\n") else b"\n\n"
    gaps = data.startswith((b"\n", b"\r"), start) or data.find(gap, start, end) >= 0
    if not gaps and data.find(grammar.quote, start, end) < 0:
        return Layout(data.count(b"\n", start, end) + 1, after)
    starts = _starts(data, start, end)
    return _spanning(data, starts, first_line, grammar, after)


def _spanning(
    data: bytes, starts: Lines, first_line: int, grammar: Grammar, after: int
) -> Layout | None:
    sizes = np.diff(starts)
    begins = np.frombuffer(data, np.uint8)[starts[:-1]]
    blank = (sizes == 1) | ((sizes == 2) & (begins == ord("\r")))
    own = np.ones(len(sizes), bool)  # whether a record starts on this line
    done = -1
    for line in _open_lines(data, starts, grammar.quote).tolist():
        if line > done:
            span = _span(data, starts, line, grammar)
            if span == 0:
                return None
            done = line + span - 1
            own[line + 1 : done + 1] = False
    lines = np.flatnonzero(own & ~blank) + first_line
    return Layout(len(lines), int((own & blank).sum()) + after, lines)


def _starts(data: bytes, start: int, end: int) -> Lines:
    """Return the offset at which each line begins, and the end of the last one."""
    text = np.frombuffer(data, np.uint8, count=end - start, offset=start)
    ends = np.flatnonzero(text == ord("\n")) + start + 1
    last = [] if ends.size and ends[-1] == end else [end]
    return np.concatenate([[start], ends, last]).astype(np.int64)


def _open_lines(data: bytes, starts: Lines, quote: bytes) -> Lines:
    """Return the lines (from 0) with an odd number of quotes."""
    first = int(starts[0])
    text = np.frombuffer(data, np.uint8, count=int(starts[-1]) - first, offset=first)
    quotes = np.flatnonzero(text == quote[0]) + first
    return np.flatnonzero(np.diff(np.searchsorted(quotes, starts)) % 2)


def _span(data: bytes, starts: Lines, line: int, grammar: Grammar, fields: int = 0) -> int:
    """Return how many lines make a whole record from this line on; 0 where none do.

    With `fields`, a record over more lines must have exactly that many: an open quote may not take
    the rows after it along.
    """
    begin = int(starts[line])
    for span in range(1, min(_MAX_SPAN, len(starts) - 1 - line) + 1):
        record = data[begin : int(starts[line + span])]
        if len(record) > MAX_CELL:
            return 0
        found = grammar.fields(record)
        if found and (span == 1 or fields in {0, found}):
            return span
    return 0


def sort(data: bytes, start: int, first_line: int, grammar: Grammar, *, fields: int) -> Sorted:
    """Return the records from byte `start` on, the well-formed apart from the others.

    The reading goes on at the line after a malformed one, so that one open quote never swallows
    the rows that follow. Raises Refused (B105) for a line that is too long.
    """
    good: list[bytes] = []
    lines: list[int] = []
    others: dict[str, list[int]] = {"many": [], "few": [], "broken": []}
    blank = 0
    for line, record, found in _records(data, start, grammar, fields):
        if not record.strip(_BLANK):
            blank += 1
        elif found == fields:
            good.append(record if record.endswith(b"\n") else record + b"\n")
            lines.append(line + first_line)
        else:
            kind = "broken" if not found else "many" if found > fields else "few"
            others[kind].append(line + first_line)
    wrong = {kind: tuple(numbers) for kind, numbers in others.items()}
    return Sorted(b"".join(good), np.array(lines, np.int64), blank, **wrong)


def _records(
    data: bytes, start: int, grammar: Grammar, fields: int
) -> Iterator[tuple[int, bytes, int]]:
    """Yield the line (from 0) of each record, its bytes, and its number of fields."""
    starts = _starts(data, start, len(data))
    line = 0
    while line < len(starts) - 1:
        record = data[int(starts[line]) : int(starts[line + 1])]
        if len(record) > MAX_CELL:
            raise refuse("B105", "In een rij staat te veel tekst.", "Maak de tekst korter.")
        found = grammar.fields(record)
        span = 1
        if not found and (span := _span(data, starts, line, grammar, fields) or 1) > 1:
            record = data[int(starts[line]) : int(starts[line + span])]
            found = fields
        yield line, record, found
        line += span
