"""Of all ways to read a text file, the one that gives most of the contract's column names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sources.contracts.model import Contract
from sources.readers import rows
from sources.readers.csv import damaged
from sources.readers.csv.candidate import SAMPLE, Found, record_at
from sources.readers.csv.grammar import Grammar
from sources.readers.csv.lines import Lines
from sources.readers.header import forbidden, resembles
from sources.readers.reading import Refused, refuse

DELIMITERS = {";": "puntkomma's", ",": "komma's", "\t": "tabs", "|": "rechte strepen"}
_MORE = (":", "^", "~", "#", "&", " ")  # tried only where nothing but names is known
_MOST = 0.5  # share of rows that leaves no doubt about the delimiter


@dataclass(frozen=True, slots=True)
class _Record:
    """One record near the top: its line, the line after it, and its cells."""

    line: int
    after: int
    cells: list[str]


def best(contract: Contract, lines: Lines) -> Found:
    """Return the header as it is best read. Raises Refused (B140, B157, S901)."""
    found = _best(contract, lines)
    _refuse_second(contract, lines, found)
    return found


def _refuse_second(contract: Contract, lines: Lines, found: Found) -> None:
    """Raise where names stand above these as well, or elsewhere in another delimiter: two tables.

    Names below these in the same delimiter are found among the rows.
    """
    text = lines.stretch(0, min(len(lines), SAMPLE))
    for sign in DELIMITERS:
        if sign.encode() not in text:
            continue
        own = sign.encode() == found.grammar.delimiter
        for record in _head(lines, Grammar(sign, contract.dialect.quote), rows.MAX_HEADER_ROW):
            elsewhere = record.line < found.line or (record.line >= found.after and not own)
            if elsewhere and rows.is_header(contract, record.cells):
                second = rows.second_table(max(record.line, found.line) + 1)
                raise Refused(*forbidden(contract, found.cells), second)


def _best(contract: Contract, lines: Lines) -> Found:
    every = dict.fromkeys(
        [said(lines) or contract.dialect.delimiter, *DELIMITERS, *(_MORE if contract.bare else ())]
    )
    text = lines.stretch(0, min(len(lines), SAMPLE))
    tried: list[Found] = []
    for sign in every:
        if tried and sign.encode() not in text:
            continue
        found = _read(contract, lines, sign)
        if found.names == len(contract.columns) > 1 and found.wide(lines) > _MOST:
            return found
        tried.append(found)
    most = max(found.names for found in tried)
    best = [found for found in tried if found.names == most]
    chosen = _widest(best, lines) if most else best[0]
    if most == len(contract.columns) and chosen.wide(lines):
        return chosen
    whole = damaged.find(contract, lines, rows.MAX_HEADER_ROW)
    if whole is None:
        return chosen
    other = _damaged(lines, whole, [*every, *whole.delimiters])
    better = most < len(contract.columns) or other.wide(lines) > chosen.wide(lines)
    return other if better else chosen


def _widest(found: Sequence[Found], lines: Lines) -> Found:
    """Return the reading in which most rows are as wide as the header."""
    widths = [each.wide(lines) for each in found]
    best = [each for each, width in zip(found, widths, strict=True) if width == max(widths)]
    if len(best) > 1 and len(best[0].cells) == 1:
        _refuse_tie(best, lines)
    return best[0]


def _refuse_tie(found: Sequence[Found], lines: Lines) -> None:
    """Raise where two delimiters both occur in a table of one column: either could be meant."""
    for line in range(found[0].after, min(len(lines), found[0].after + SAMPLE)):
        shapes = {each.grammar.delimiter: len(each.grammar.split(lines[line])) for each in found}
        if len(set(shapes.values())) > 1:
            said = " of ".join(
                f"{count} velden met {DELIMITERS.get(sign.decode(), repr(sign.decode()))}"
                for sign, count in list(shapes.items())[:2]
            )
            raise refuse(
                "B140",
                f"Dit bestand is op twee manieren te lezen. Deze rij heeft {said}.",
                "Zet tekst met een leesteken erin tussen aanhalingstekens, of lever in Excel.",
                row=line + 1,
            )


def _damaged(lines: Lines, whole: "damaged.Whole", delimiters: Sequence[str]) -> Found:
    found = [
        Found(
            Grammar(each, '"'), whole.cells, whole.line, whole.line + 1, 1, len(whole.cells), True
        )
        for each in dict.fromkeys(delimiters)
    ]
    return max(found, key=lambda each: each.wide(lines))


def said(lines: Lines) -> str:
    """Return the delimiter that Excel names on the first line: `sep=;`."""
    first = lines[0].strip(b" \r\n").lower() if len(lines) else b""
    return first[4:5].decode("ascii", "ignore") if first.startswith(b"sep=") else ""


def _read(contract: Contract, lines: Lines, delimiter: str) -> Found:
    """Return the header that a delimiter gives; without any name, the first record."""
    grammar = Grammar(delimiter, contract.dialect.quote)
    head = _head(lines, grammar, 1)
    if resembles(contract, head[0].cells) < len(contract.columns):
        head = _head(lines, grammar, rows.MAX_HEADER_ROW)
    found = rows.find_header(contract, [record.cells for record in head])
    if found is None:
        first = head[0]
        return Found(grammar, tuple(first.cells), first.line, first.after, 1, 0)
    upper, lower = head[found.first], head[found.last]
    broken = not grammar.split(lines.stretch(upper.line, upper.after))
    records = found.last - found.first + 1
    names = resembles(contract, found.cells)
    blank = max(lower.line - upper.after, 0)
    return Found(grammar, found.cells, upper.line, lower.after, records, names, broken, blank)


def _head(lines: Lines, grammar: Grammar, most: int) -> list[_Record]:
    """Return the first records that hold something."""
    head: list[_Record] = []
    line = lines.filled(1 if said(lines) and len(lines) > 1 else 0)
    while line < len(lines) and len(head) < most:
        record, after = record_at(lines, line, grammar)
        head.append(_Record(line, after, grammar.loose(record)))
        line = lines.filled(after)
    return head


def other_delimiter(line: bytes, grammar: Grammar, fields: int) -> str | None:
    """Return by what name goes another delimiter that gives a line the right number of fields."""
    quote = grammar.quote.decode()
    for sign, name in {**DELIMITERS, " ": "spaties"}.items():
        other = sign.encode() != grammar.delimiter and fields > 1
        if other and len(_written(sign, quote).split(line)) == fields:
            return name
    return None


_written = cache(Grammar)
"""A way to write is worked out once: there can be very many lines to try it on."""
