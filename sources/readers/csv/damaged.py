"""Column names on a line that is itself damaged: a delimiter or quote too many or too few.

The names are known. Where a line holds all of them, each once, and beside them only delimiters,
quotes and spaces, there is one reading of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.contracts.model import Contract
from sources.readers.csv.grammar import Grammar
from sources.readers.csv.lines import Lines

_MAX_LINE = 100_000
_MAX_SIGN = 10  # letters in a delimiter
_BETWEEN = re.compile(r"[^\w]*")
_QUOTES = "\"' "


@dataclass(frozen=True, slots=True)
class Whole:
    """The names in the order of the file, their line (from 0), and what stands between them."""

    cells: tuple[str, ...]
    line: int
    delimiters: tuple[str, ...]


def find(contract: Contract, lines: Lines, most: int) -> Whole | None:
    """Return the first line among the first ones that holds all names and nothing else."""
    names = [column.header for column in contract.columns]
    if len(names) < 2:
        return None
    for line in range(min(most, len(lines))):
        record = lines[line].strip()
        if len(record) < _MAX_LINE and (found := _tiled(record.decode(), names)):
            cells, between = found
            return Whole(tuple(cells), line, _delimiters(between))
    return None


def _tiled(text: str, names: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Return the names as they follow each other in a text, and what stands between them."""
    left = sorted(names, key=len, reverse=True)
    folded, place = text.casefold(), 0
    cells: list[str] = []
    between: list[str] = []
    while left:
        gap = _BETWEEN.match(folded, place)
        assert gap is not None
        name = next((each for each in left if folded.startswith(each.casefold(), gap.end())), None)
        if name is None or not name:
            return None
        left.remove(name)
        cells.append(name)
        between.append(gap[0])
        place = gap.end() + len(name.casefold())
    return (cells, between[1:]) if _BETWEEN.fullmatch(folded, place) else None


def _delimiters(between: Sequence[str]) -> tuple[str, ...]:
    """Return what can be the delimiter: what stands between names, less quotes and spaces."""
    signs = [gap.replace('"', "").replace("'", "") for gap in between]
    bare = [sign.strip(" ") or sign[:1] for sign in signs]
    return tuple(dict.fromkeys(sign for sign in bare if 0 < len(sign) <= _MAX_SIGN))


def wrapped(line: bytes, grammar: Grammar) -> bool:
    """Return whether a field of a line stands between the grammar's quotes."""
    if not grammar.quote:
        return False
    d, q = re.escape(grammar.delimiter), re.escape(grammar.quote)
    pattern = rb"(?:^|%b) ?%b(?:[^%b]|%b%b)*%b ?(?:%b|$)" % (d, q, q, q, q, q, d)
    return re.search(pattern, line) is not None
