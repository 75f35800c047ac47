"""What a line can mean in which a quote stands loose: `"een "goed" plan"`.

A quote closes a field where a delimiter or the end of the line follows it, and nowhere else. A
quote that neither closes nor is doubled is a letter; but not beside a delimiter, where it may as
well open or close a field. All readings with the right number of fields are looked for: one may
be taken over, two are a guess (deliveries.md, section 3, number 31).
"""

import re

from sources.readers.csv.grammar import Grammar

_MAX_LENGTH = 20_000  # bytes; a longer line is not looked into
_MAX_STEPS = 2_000  # fields tried; a line that takes more has too many readings to tell one


def reading(line: bytes, grammar: Grammar, fields: int) -> list[str] | None:
    """Return the cells of a line in the only reading with this many fields; None if not one."""
    if not grammar.quote or grammar.escape != grammar.quote or len(line) > _MAX_LENGTH:
        return None
    found = _Readings(line.rstrip(b"\r\n"), grammar, fields).all()
    return [cell.decode() for cell in found[0]] if len(found) == 1 else None


class _Readings:
    def __init__(self, line: bytes, grammar: Grammar, fields: int) -> None:
        self._line, self._fields = line, fields
        d, q = re.escape(grammar.delimiter), re.escape(grammar.quote)
        gap = rb"[%b]*" % grammar.space
        self._quote, self._delimiter = grammar.quote, grammar.delimiter
        self._open = re.compile(rb"%b%b" % (gap, q))
        self._run = re.compile(rb"(?:%b)+" % q)
        self._after = re.compile(rb"%b(?:%b|\Z)" % (gap, d))
        self._before = re.compile(rb"(?:%b)%b\Z" % (d, gap))
        self._plain = re.compile(rb"(?:(?!%b).)*" % d, re.DOTALL)

    def all(self) -> list[list[bytes]]:
        """Return the readings, two at most: that is enough to know that there is no one."""
        found: list[list[bytes]] = []
        todo: list[tuple[int, list[bytes]]] = [(0, [])]
        for _ in range(_MAX_STEPS):
            if not todo or len(found) == 2:
                return found
            place, cells = todo.pop()
            for cell, after in self._field(place):
                whole = [*cells, cell]
                if after > len(self._line):
                    found += [whole] if len(whole) == self._fields else []
                elif len(whole) < self._fields:
                    todo.append((after, whole))
        return []

    def _field(self, place: int) -> list[tuple[bytes, int]]:
        """Return what the field at a place can be, each with where the next one begins."""
        opened = self._open.match(self._line, place)
        if opened is None:
            plain = self._plain.match(self._line, place)
            assert plain is not None
            return [(plain[0], self._next(plain.end()))]
        return list(self._quoted(opened.end()))

    def _quoted(self, start: int) -> list[tuple[bytes, int]]:
        found: list[tuple[bytes, int]] = []
        cell, place = b"", start
        while run := self._run.search(self._line, place):
            cell += self._line[place : run.start()]
            number = len(run[0])
            after = self._after.match(self._line, run.end())
            if after is None and number % 2 and self._begins(run.start(), start):
                return found
            if after is not None and number % 2:
                return [*found, (cell + self._quote * (number // 2), self._next(run.end()))]
            if after is not None:
                found.append((cell + self._quote * (number // 2), self._next(run.end())))
            cell += self._quote * ((number + 1) // 2)
            place = run.end()
        return found

    def _begins(self, place: int, start: int) -> bool:
        """Return whether a delimiter stands just before a quote inside a field."""
        return bool(self._before.search(self._line[start:place]))

    def _next(self, end: int) -> int:
        after = self._after.match(self._line, end)
        if after is None or not after[0].endswith(self._delimiter):
            return len(self._line) + 1
        return after.end()
