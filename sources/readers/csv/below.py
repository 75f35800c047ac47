"""Which lines among the rows are no rows: totals, footnotes, empty ones, the start of a table.

Lines that could be one are found by their first letters, all at once; only those are read here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from sources.contracts.model import Contract
from sources.readers import rows
from sources.readers.csv.grammar import Grammar
from sources.readers.csv.lines import Lines, Numbers
from sources.readers.csv.top import Top
from sources.readers.header import Header, forbidden
from sources.readers.reading import Refused
from sources.verdict import Finding

_TOTALS = (
    *("tota", "subtota", "sub-tota", "eindtota", "eind-tota", "deeltota", "deel-tota", "rijtota"),
    *("rij-tota", "kolomtota", "kolom-tota", "grand", "generaal", "som", "optelling", "gemiddelde"),
)
_LAST = 120  # lines at the end among which footnotes are looked for
_LF, _CR = 10, 13
_WAYS = 20  # to write an empty row that are remembered
_MAX_APART = 1_000  # empty lines of which the next is looked at


@dataclass(frozen=True, slots=True)
class Below:
    """Lines under the header, from 0: total rows with their cells, footnotes, and empty ones.

    `hollow` are lines with nothing but delimiters, quotes and spaces; on those in `tables` another
    table begins, each with why that refuses the file. Each holds only where a record begins on
    that line: it may lie in a quoted cell.
    """

    totals: dict[int, list[str]] = field(default_factory=dict)
    notes: frozenset[int] = frozenset()
    hollow: frozenset[int] = frozenset()
    tables: dict[int, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether there is a line that is no row."""
        return bool(self.totals or self.notes or self.hollow or self.tables)

    def excludes(self, line: int) -> bool:
        """Return whether a line is a total or a footnote. Raises Refused (B157, S901)."""
        if line in self.tables:
            raise Refused(*self.tables[line])
        return line in self.totals or line in self.notes


def find(contract: Contract, header: Header, top: Top, lines: Lines, last: int) -> Below:
    """Return the lines from `top.begin` up to `last` that are no rows."""
    starts = lines.starts[top.begin : last]
    firsts = _firsts(lines, starts, top.grammar)
    stops = lines.starts[top.begin + 1 : last + 1]
    empty = _ended(lines, firsts)
    bare = (stops - starts) <= max(len(lines.ending), 1)
    likely = (np.flatnonzero(empty & ~bare) + top.begin).tolist()
    # Of very many there are few that differ: each is split once.
    is_hollow = lru_cache(_WAYS)(partial(_is_hollow, top.grammar))
    hollow = frozenset(line for line in likely if is_hollow(lines[line]))
    first_name = next((cell for cell in top.cells if cell.strip()), "").strip().casefold()
    totals: dict[int, list[str]] = {}
    tables: dict[int, tuple[Finding, ...]] = {}
    apart = {line + 1 for line in (np.flatnonzero(empty)[:_MAX_APART] + top.begin).tolist()}
    named = _starting(lines, firsts, (*_TOTALS, first_name)) + top.begin
    for line in sorted({*named.tolist(), *(line for line in apart if line < last)}):
        cells = [cell.text for cell in top.grammar.split(lines[line])]
        if rows.is_total(cells):
            totals[line] = cells
        elif rows.is_second_header(contract, header.places, cells, apart=line in apart):
            tables[line] = (*forbidden(contract, cells), rows.second_table(line + 1))
    notes = frozenset(_notes(top.grammar, lines, top.begin, last))
    return Below(totals, notes, hollow, tables)


def _is_hollow(grammar: Grammar, line: bytes) -> bool:
    """Return whether a line is empty cells only: a quote may open one that has more."""
    if not grammar.quote or grammar.quote not in line:
        return True
    cells = grammar.split(line)
    return bool(cells) and not any(cell.text.strip() for cell in cells)


def _firsts(lines: Lines, starts: Numbers, grammar: Grammar) -> Numbers:
    """Return the first byte of each line that is no space, quote or delimiter: its end, if none."""
    skipped = np.zeros(256, bool)
    skipped[list(b" \t" + grammar.quote + grammar.delimiter)] = True
    codes, firsts = lines.codes, starts.copy()
    todo = np.flatnonzero(skipped[codes[starts]])
    while todo.size:
        firsts[todo] += 1
        todo = todo[firsts[todo] < len(codes)]
        todo = todo[skipped[codes[firsts[todo]]]]
    return firsts


def _ended(lines: Lines, firsts: Numbers) -> NDArray[np.bool_]:
    """Return of which lines the first byte is their end."""
    codes = lines.codes
    here = codes[np.minimum(firsts, len(codes) - 1)]
    ended: NDArray[np.bool_] = (firsts >= len(codes)) | (here == _LF) | (here == _CR)
    return ended


def _starting(lines: Lines, firsts: Numbers, words: Sequence[str]) -> Numbers:
    """Return which lines (counted from the first) begin with one of the words, in any case."""
    codes = lines.codes
    known = [word.encode() for word in words if word.isascii() and word]
    initial = np.zeros(256, bool)
    initial[[code for word in known for code in (*word[:1], *word[:1].upper())]] = True
    likely = np.flatnonzero(initial[codes[np.minimum(firsts, len(codes) - 1)]])
    found = [np.empty(0, np.int64), *(_with(codes, firsts, likely, word) for word in known)]
    return np.unique(np.concatenate(found))


def _with(codes: NDArray[np.uint8], firsts: Numbers, likely: Numbers, word: bytes) -> Numbers:
    left = likely[firsts[likely] + len(word) <= len(codes)]
    for place, (small, big) in enumerate(zip(word, word.upper(), strict=True)):
        here = codes[firsts[left] + place]
        left = left[(here == small) | (here == big)]
    return left


def _notes(grammar: Grammar, lines: Lines, begin: int, last: int) -> Iterator[int]:
    tail = range(max(begin, last - _LAST), last)
    cells = [_cells(grammar, lines[line]) for line in tail]
    return (tail[place] for place in rows.notes_below(cells))


def _cells(grammar: Grammar, line: bytes) -> list[str]:
    """Return the cells of a line; of one that is not well-formed as many as make it no footnote."""
    if not line.strip():
        return []
    return [cell.text for cell in grammar.split(line)] or ["?"] * 3
