"""One way to read the column names of a text file, and the first rows under them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sources.readers.csv.grammar import Field, Grammar
from sources.readers.csv.lines import Lines

SAMPLE = 200
"""How many rows show how wide the rows are."""


@dataclass(frozen=True, slots=True)
class Found:
    """The header as one grammar reads it, and how well that fits.

    `blank` counts the empty lines between two rows of names.
    """

    grammar: Grammar
    cells: tuple[str, ...]
    line: int
    after: int
    records: int
    names: int
    broken: bool = False
    blank: int = 0

    def wide(self, lines: Lines) -> float:
        """Return the share of the first rows that are as wide as the header."""
        some = list(first_rows(lines, self.after, self.grammar))
        right = self.grammar.of(len(self.cells))
        return sum(right.fullmatch(row) is not None for row in some) / max(len(some), 1)


def sample(lines: Lines, begin: int, grammar: Grammar) -> Iterator[list[Field]]:
    """Yield the fields of the first rows from a line on; none of a line that is not well-formed."""
    return map(grammar.split, first_rows(lines, begin, grammar))


def first_rows(lines: Lines, begin: int, grammar: Grammar) -> Iterator[bytes]:
    """Yield the first rows from a line on."""
    seen, line = 0, lines.filled(begin)
    while line < len(lines) and seen < SAMPLE:
        record, after = record_at(lines, line, grammar)
        line = lines.filled(after)
        seen += 1
        yield record


def record_at(lines: Lines, line: int, grammar: Grammar) -> tuple[bytes, int]:
    """Return the record that begins on a line, and the line after it."""
    end = grammar.end(lines.data, int(lines.starts[line]))
    after = lines.at(end - 1) + 1 if end > 0 else line + 1
    return lines.stretch(line, after), after
