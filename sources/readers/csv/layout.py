"""Whether each line under the header is a row as it stands, so that DuckDB can read the file."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sources.readers.csv.grammar import MAX_SPAN, Grammar
from sources.readers.csv.lines import Lines, Numbers
from sources.readers.csv.top import Top
from sources.readers.reading import MAX_CELL

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Layout:
    """The records of a file in which each parses, and the empty lines between them.

    `numbers` is the line of each record (from 1); None where they simply follow each other.
    """

    records: int
    blank: int = 0
    numbers: Numbers | None = None


def whole(lines: Lines, top: Top, last: int) -> Layout | None:
    """Return the records of the lines from `top.begin` up to `last`, when each can be one.

    None where a line ends otherwise than the others, holds a character that is no text, has
    delimiters too many at its end (DuckDB reads over those), or where a quote stays open or loose.
    """
    grammar, first = top.grammar, top.begin
    simple = len(grammar.delimiter) == 1 and grammar.escape == grammar.quote
    if not simple or lines.ending not in {b"\n", b"\r\n"} or _spoiled(lines, first, last):
        return None
    sizes = np.diff(lines.starts[first : last + 1])
    if sizes.max() > MAX_CELL:
        return None
    blank = sizes <= len(lines.ending)
    some_quoted = grammar.quote and lines.data.find(grammar.quote, int(lines.starts[first])) >= 0
    if _too_wide(lines, top, last):
        return None
    if not some_quoted:
        if not blank.any():
            return Layout(len(sizes))
        return Layout(*_counted(~blank, blank, first))
    if loose_quotes(lines, grammar, first, last).size:
        return None
    own = _own(lines, top, last)
    return None if own is None else Layout(*_counted(own & ~blank, own & blank, first))


def _spoiled(lines: Lines, first: int, last: int) -> bool:
    return any(first <= line < last for line in lines.spoiled)


def _counted(rows: Flags, blank: Flags, first: int) -> tuple[int, int, Numbers]:
    numbers = np.flatnonzero(rows) + first + 1
    return len(numbers), int(blank.sum()), numbers


def _too_wide(lines: Lines, top: Top, last: int) -> bool:
    """Return whether a line has more fields than the header, the last of them empty."""
    width, grammar, codes = len(top.cells), top.grammar, lines.codes
    lasts = lines.starts[top.begin + 1 : last + 1] - 1 - len(lines.ending)
    lasts[-1] = int(lines.starts[last - 1]) + len(lines[last - 1].rstrip(b"\r\n")) - 1
    closing = np.zeros(256, bool)
    closing[list(b" \t" + grammar.delimiter + grammar.quote)] = True
    may = np.flatnonzero(closing[codes[lasts]])
    if grammar.quote:
        quoted = codes[lasts[may]] == grammar.quote[0]
        may = may[~quoted | (codes[np.maximum(lasts[may] - 1, 0)] == grammar.quote[0])]
    if len(may) > (last - top.begin) // 20:
        may = may[lines.counts(grammar.delimiter, top.begin, last)[may] >= width]
    right = grammar.of(width)
    return any(_wide(lines[line], right, grammar) for line in (may + top.begin).tolist())


def _wide(line: bytes, right: re.Pattern[bytes], grammar: Grammar) -> bool:
    """Return whether a line is a record, but not one with the right number of fields."""
    return right.fullmatch(line) is None and bool(grammar.split(line))


def loose_quotes(lines: Lines, grammar: Grammar, first: int, last: int) -> Numbers:
    """Return the lines with a quote that stands inside a field: between two letters or spaces.

    In a quoted field such a quote is doubled; so the field has none around it.
    """
    if not grammar.quote or grammar.escape != grammar.quote or len(grammar.delimiter) > 1:
        return np.empty(0, np.int64)
    edges = np.zeros(256, bool)
    edges[list(b"\r\n" + grammar.quote + grammar.delimiter)] = True
    codes = lines.codes
    begin, end = int(lines.starts[first]), int(lines.starts[last])
    quotes = np.flatnonzero(codes[begin:end] == grammar.quote[0]) + begin
    inside = quotes[(quotes > begin) & (quotes + 1 < end)]
    inside = inside[~edges[codes[inside - 1]] & ~edges[codes[inside + 1]]]
    return np.unique(np.searchsorted(lines.starts, inside, side="right") - 1)


def _own(lines: Lines, top: Top, last: int) -> Flags | None:
    """Return which lines begin a record; None where a quote is open at the end of one for good."""
    first = top.begin
    own = np.ones(last - first, bool)
    odd = np.flatnonzero(lines.counts(top.grammar.quote, first, last) % 2) + first
    done = first
    for line in odd.tolist():
        if line >= done:
            end = top.grammar.end(lines.data, int(lines.starts[line]))
            done = lines.at(end - 1) + 1 if end > 0 else 0
            if not 0 < done - line <= MAX_SPAN or done > last:
                return None
            own[line + 1 - first : done - first] = False
    return own
