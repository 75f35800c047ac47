"""How one record of delimited text is written: fields between delimiters, quoted or plain."""

import re
from typing import TYPE_CHECKING, NamedTuple

from sources.readers.reading import MAX_CELL

if TYPE_CHECKING:
    from sources.readers.csv.encoding import Data

MAX_SPAN = 200
"""How many lines one record may take; more is a quote that was never closed."""

_END = rb"(?:\r\n|\n|\r|\Z)"


class Field(NamedTuple):
    """One field of a record: its text, and whether it stood between quotes."""

    text: str
    quoted: bool


class Grammar:
    """One way to write records.

    `quote` is empty where no sign has that meaning. Inside a quoted field a quote is doubled, or,
    with `escape` a backslash, preceded by one.
    """

    def __init__(self, delimiter: str, quote: str, escape: str = "") -> None:
        self.delimiter, self.quote = delimiter.encode(), quote.encode()
        self.escape = escape.encode() or self.quote
        d, q = re.escape(self.delimiter), re.escape(self.quote)
        self.space = b"".join(each for each in (b" ", b"\t") if each != self.delimiter)
        gap = rb"[%b]*+" % self.space
        single = len(self.delimiter) == 1
        plain = rb"[^%b\r\n]*+" % d if single else rb"(?:(?!%b)[^\r\n])*+" % d
        if not self.quote:
            field = rb"(?P<quoted>(?!))|(?P<plain>%b)" % plain
        else:
            inside = rb"[^%b]++|%b%b" % (q, q, q)
            if self.escape == b"\\":
                inside = rb"[^%b\\]++|\\." % q
            quoted = rb"%b%b(?P<quoted>(?:%b)*+)%b%b" % (gap, q, inside, q, gap)
            field = rb"%b|(?!%b%b)(?P<plain>%b)" % (quoted, gap, q, plain)
        self._field = re.compile(field, re.DOTALL)
        one = field.replace(b"?P<quoted>", b"?:").replace(b"?P<plain>", b"?:")
        self._repeated = rb"(?:%b)(?:%b(?:%b))" % (one, d, one)
        self._record = re.compile(rb"%b*+%b" % (self._repeated, _END), re.DOTALL)

    def end(self, data: "Data", start: int) -> int:
        """Return where the record that begins at `start` ends, its line end included; -1 if none.

        A quoted field may hold line ends. What is longer than a cell may be is no record.
        """
        limit = start + MAX_CELL
        found = self._record.match(data, start, limit)
        if found is None or (found.end() == limit and limit < len(data)):
            return -1
        return found.end()

    def of(self, fields: int) -> re.Pattern[bytes]:
        """Return the pattern of a record with so many fields."""
        return re.compile(rb"%b{%d}%b" % (self._repeated, fields - 1, _END), re.DOTALL)

    def split(self, record: bytes) -> list[Field]:
        """Return the fields of a record; none where it is not well-formed."""
        if self._record.fullmatch(record) is None:
            return []
        fields, place = [], 0
        while found := self._field.match(record, place):
            fields.append(self._read(found))
            place = found.end()
            if not record.startswith(self.delimiter, place):
                return fields
            place += len(self.delimiter)
        return []

    def _read(self, found: re.Match[bytes]) -> Field:
        inside = found["quoted"]
        if inside is None:
            return Field(found["plain"].decode(), quoted=False)
        if self.escape == b"\\":
            inside = re.sub(rb"\\([%b\\])" % re.escape(self.quote), rb"\1", inside)
        else:
            inside = inside.replace(self.quote * 2, self.quote)
        return Field(inside.decode(), quoted=True)

    def loose(self, line: bytes) -> list[str]:
        """Return the cells of a line, split as well as may be: to look for column names."""
        fields = self.split(line)
        if fields:
            return [field.text for field in fields]
        return line.rstrip(b"\r\n").decode().split(self.delimiter.decode())

    def write(self, texts: list[str]) -> bytes:
        """Return a record as DuckDB reads it: quotes where needed, one inside doubled."""
        return self.delimiter.join(map(self._written, texts))

    def _written(self, text: str) -> bytes:
        cell = text.encode()
        special = (self.delimiter, self.quote, b"\n", b"\r", b" ", b"\t")
        if not self.quote or not any(sign and sign in cell for sign in special):
            return cell
        return self.quote + cell.replace(self.quote, self.quote * 2) + self.quote
