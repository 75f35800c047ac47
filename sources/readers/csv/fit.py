"""The quote, the escape and the width that fit the rows, once the column names are found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sources.readers.csv import damaged, stray
from sources.readers.csv.candidate import SAMPLE, Found, sample
from sources.readers.csv.grammar import Grammar
from sources.readers.csv.lines import Lines

_MANY = 10  # rows that must all be well-formed to say that no sign is a quote
_ODD = 3  # rows that the contract's own quote spoils, before another one is thought of
_FEW = 0.1  # share of rows that says that the header is not what it seems


def quoting(found: Found, lines: Lines) -> Grammar:
    """Return the grammar with the quote in which the rows are best read.

    The contract's own, unless most rows use the other one around their fields.
    """
    delimiter, quote = found.grammar.delimiter.decode(), found.grammar.quote.decode()
    some = lines.stretch(found.after, min(found.after + SAMPLE, len(lines))).splitlines()
    own = Grammar(delimiter, quote, _escape(found, lines))
    others = [Grammar(delimiter, each) for each in ('"', "'", "") if each != quote]
    likely = [each for each in others if any(damaged.wrapped(line, each) for line in some[:20])]
    right = own.of(len(found.cells))
    if not likely and sum(right.fullmatch(line) is None for line in some) < _ODD:
        return own
    return max([own, *others], key=lambda grammar: _quoted_well(found, grammar, some))


def _quoted_well(found: Found, grammar: Grammar, some: Sequence[bytes]) -> int:
    """Return how many rows a quote fits: rows of the right width, and rows that it stands around.

    A quote around a field here and there is a letter as well as a quote: it counts for most rows.
    """
    width, whole, around = len(found.cells), 0, 0
    right = grammar.of(width)
    for line in some:
        plain = right.fullmatch(line) is not None
        whole += plain or stray.reading(line, grammar, width) is not None
        around += damaged.wrapped(line, grammar)
    if 2 * around <= len(some) and grammar.quote != found.grammar.quote:
        return whole if not grammar.quote and whole == len(some) >= _MANY else 0
    return whole + around


def _escape(found: Found, lines: Lines) -> str:
    """Return the backslash where that makes more rows well-formed than a doubled quote does."""
    quote = found.grammar.quote
    begin = int(lines.starts[found.after])
    place = lines.data.find(b"\\" + quote, begin) if lines.data.find(quote, begin) >= 0 else -1
    if place < 0 or not quote:
        return ""
    delimiter = found.grammar.delimiter.decode()
    doubled, slashed = (Grammar(delimiter, quote.decode(), each) for each in ("", "\\"))
    score = seen = 0
    while place >= 0 and seen < SAMPLE:
        line = lines.at(place)
        wide = [len(each.split(lines[line])) == len(found.cells) for each in (doubled, slashed)]
        score += wide[1] - wide[0]
        seen += 1
        place = lines.data.find(b"\\" + quote, int(lines.starts[line + 1]))
    return "\\" if score > 0 else ""


def fitted(found: Found, lines: Lines) -> Found:
    """Return the header as wide as the rows are, where only empty cells make the difference."""
    width = len(found.cells)
    rows = usual(found, lines)
    if rows == width:
        return found
    cells = list(found.cells)
    if rows > width and _only_empty(found, lines, rows):
        return replace(found, cells=(*cells, *[""] * (rows - width)))
    while len(cells) > rows and not cells[-1].strip():
        cells.pop()
    if len(cells) == rows:
        return replace(found, cells=tuple(cells))
    named = tuple(cell for cell in cells if cell.strip())
    return replace(found, cells=named, broken=True) if len(named) == rows else found


def usual(found: Found, lines: Lines) -> int:
    """Return the width of most rows, where hardly any is as wide as the header; else its width."""
    width = len(found.cells)
    if found.wide(lines) >= _FEW:
        return width
    shapes = sample(lines, found.after, found.grammar)
    counts = Counter(len(fields) for fields in shapes if fields)
    return max(counts, key=lambda each: (counts[each], each == width), default=width)


def _only_empty(found: Found, lines: Lines, rows: int) -> bool:
    """Return whether the fields beyond the header are empty, in each row that has them."""
    shapes = sample(lines, found.after, found.grammar)
    wide = [fields[len(found.cells) :] for fields in shapes if len(fields) == rows]
    return all(not field.text.strip() for fields in wide for field in fields)
