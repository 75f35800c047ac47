"""A fictional table of nine columns, written in many wrong ways, and how well a reading fits it.

The table has what is hard in free text: commas, quotes, apostrophes, backslashes, web addresses,
and a last column without a value. Every way of writing says what a faultless reader gives.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

Table = list[list[str]]

HEADER = ["DATUM", "TIJD", "Aantal", "KENMERK", "Prijs", "Soort", "Omschrijving", "Adres", "Noot"]
_SORTS = (
    "Koffie, thee en koek",
    "Buurtmoeder's kring",
    'Plank 48"',
    "Fietsles",
    'Sjoelbak, 5" hoog',
)
_TEXTS = (
    "Elke week samen eten, zonder haast; wie wil, kookt mee.",
    "Oma's recept: 's middags open, ook voor 's avonds.",
    'Een "open huis" voor de wijk',
    "Lichte tas van 8\\'9\" breed, sterk en waterdicht.",
    "Wandelen langs de vaart, elke woensdag",
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A file, and the table that a faultless reader gives; empty where there is nothing to read."""

    name: str
    content: str
    expected: Table


def table(rows: int) -> Table:
    """Return the header and so many rows."""
    return [HEADER, *(_row(number) for number in range(1, rows + 1))]


def _row(number: int) -> list[str]:
    code = f"AB-{1000 + 37 * number}"
    return [
        f"{number % 28 + 1:02d}/0{number % 9 + 1}/2026",
        f"{number % 24:02d}:{number % 4 * 15:02d}",
        str(number % 7),
        code,
        f"${number % 90}.{number % 100:02d}",
        _SORTS[number % len(_SORTS)],
        _TEXTS[number % len(_TEXTS)],
        f"https://voorbeeld.nl/aanbod/{code.replace('-', '_')}.html",
        "",
    ]


def line(
    cells: Sequence[str], *, sign: str = ",", quote: str = '"', escape: str | None = None
) -> str:
    """Return a record with each cell between quotes."""
    slash = quote if escape is None else escape
    inside = [cell.replace('"', slash + '"') if quote == '"' else cell for cell in cells]
    return sign.join(f"{quote}{cell}{quote}" for cell in inside)


def _text(lines: Sequence[str], end: str = "\r\n") -> str:
    return "".join(one + end for one in lines)


def variants(rows: int = 83, step: int = 1) -> Iterator[Variant]:
    """Yield every variant; with a step, only those of one in so many rows."""
    whole = table(rows)
    lines = [line(cells) for cells in whole]
    yield Variant("as it should be", _text(lines), whole)
    yield from _of_the_file(whole, lines)
    yield from _of_the_dialect(whole)
    for at in range(0, rows + 1, step):
        yield from _of_a_row(whole, lines, at)


def _of_the_file(whole: Table, lines: list[str]) -> Iterator[Variant]:
    twice = [" ".join([name, name]) for name in HEADER]
    less = [",".join(cells[:8]) for cells in whole]
    yield Variant("no final newline", _text(lines).rstrip(), whole)
    yield Variant("two final newlines", _text([*lines, ""]), whole)
    yield Variant("LF", _text(lines, "\n"), whole)
    yield Variant("CR", _text(lines, "\r"), whole)
    yield Variant("a title above", _text(["AANBOD,,,,,,,,", ",,,,,,,,", *lines]), whole)
    yield Variant("names twice", _text([lines[0], *lines]), [twice, *whole[1:]])
    yield Variant("one row", _text(lines[:2]), whole[:2])
    yield Variant("no payload", "", [])
    yield Variant("no header", _text(lines[1:]), whole[1:])
    yield Variant("header only", _text(lines[:1]), whole[:1])
    yield Variant("a second table", _text([*lines, *lines]), whole)
    yield Variant("a smaller second table", _text([*lines, *less]), whole)


def _of_the_dialect(whole: Table) -> Iterator[Variant]:
    for name, sign in {
        "semicolon": ";",
        "tab": "\t",
        "comma and space": ", ",
        "space": " ",
    }.items():
        yield Variant(name, _text([line(cells, sign=sign) for cells in whole]), whole)
    yield Variant("apostrophes", _text([line(cells, quote="'") for cells in whole]), whole)
    yield Variant("backslashes", _text([line(cells, escape="\\") for cells in whole]), whole)
    yield Variant("no escape", _text([line(cells, escape="") for cells in whole]), whole)


def _of_a_row(whole: Table, lines: list[str], at: int) -> Iterator[Variant]:
    """Yield the variants in which one row is written wrong, in one of its cells."""
    quoted = [line([cell]) for cell in whole[at]]
    spaced = " ".join(quoted)
    yield Variant(f"row {at} with spaces", _text(_with(lines, at, spaced)), whole)
    for place in range(len(HEADER)):
        before, after = ",".join(quoted[:place]), ",".join(quoted[place:])
        more = f"{before},,{after}" if place else f",{after}"
        yield Variant(f"row {at} more {place}", _text(_with(lines, at, more)), whole)
        if place:
            yield Variant(f"row {at} less {place}", _text(_with(lines, at, before + after)), whole)
        odd = [*quoted[:place], f'"{quoted[place]}', *quoted[place + 1 :]]
        cells = [*whole[at][:place], f'"{whole[at][place]}', *whole[at][place + 1 :]]
        expected = [*whole[:at], cells, *whole[at + 1 :]]
        yield Variant(f"row {at} quote {place}", _text(_with(lines, at, ",".join(odd))), expected)


def _with(lines: list[str], at: int, changed: str) -> list[str]:
    return [*lines[:at], changed, *lines[at + 1 :]]


def parsed(text: str) -> Table:
    """Return the cells of a clean file."""
    return list(csv.reader(io.StringIO(text)))


def score(expected: Table, found: Table | None) -> float:
    """Return 0 to 10: read at all, and precision, recall and F1 of header, records and cells."""
    if found is None:
        return 0.0
    return 1.0 + sum(
        _fit(Counter(mine), Counter(theirs))
        for mine, theirs in (
            (expected[0] if expected else [], found[0] if found else []),
            (map("\x1f".join, expected[1:]), map("\x1f".join, found[1:])),
            (chain(*expected), chain(*found)),
        )
    )


def _fit(expected: Counter[str], found: Counter[str]) -> float:
    same = (expected & found).total()
    if not expected:
        return 3.0
    if not same:
        return 0.0
    precision, recall = same / expected.total(), same / found.total()
    return precision + recall + 2 * precision * recall / (precision + recall)
