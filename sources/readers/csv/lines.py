"""The lines of a text file, as an editor shows them, found in one pass over its bytes.

A line ends with LF, CRLF or CR, also where a file mixes them. Lines are counted from 0 here;
`Lines.number` is what a partner sees.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sources.readers.csv.chunks import over
from sources.readers.csv.encoding import CHUNK, Data, Text

Numbers = NDArray[np.int64]

_TAB, _LF, _CR, _SPACE = 9, 10, 13, 32
_FILLED = re.compile(rb"\S")


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each line begins; the last of `starts` is the end of the text.

    `ending` is the line end that all lines have, empty where they differ. `spoiled` are the lines
    with a character that does not occur in text.
    """

    data: Data
    starts: Numbers
    ending: bytes
    spoiled: frozenset[int]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, line: int) -> bytes:
        return self.data[int(self.starts[line]) : int(self.starts[line + 1])]

    def stretch(self, first: int, last: int) -> bytes:
        """Return the bytes of the lines from `first` up to `last`."""
        return self.data[int(self.starts[first]) : int(self.starts[last])]

    @property
    def codes(self) -> NDArray[np.uint8]:
        """The whole text as numbers, without copying it."""
        return np.frombuffer(self.data, np.uint8)

    def filled(self, line: int) -> int:
        """Return the first line from this one on that holds something; the number of lines if none.

        There can be millions of empty lines: they are not looked at one by one.
        """
        if line >= len(self):
            return len(self)
        found = _FILLED.search(self.data, int(self.starts[line]))
        return len(self) if found is None else self.at(found.start())

    def last_filled(self) -> int:
        """Return the line after the last one that holds something; 0 where none does."""
        for end in range(len(self.data), int(self.starts[0]), -CHUNK):
            begin = max(end - CHUNK, int(self.starts[0]))
            if size := len(self.data[begin:end].rstrip()):
                return self.at(begin + size - 1) + 1
        return 0

    def at(self, place: int) -> int:
        """Return the line on which a byte stands."""
        return int(np.searchsorted(self.starts, place, side="right")) - 1

    def counts(self, sign: bytes, first: int, last: int) -> Numbers:
        """Return how often a sign of one byte stands on each line from `first` up to `last`."""

        def counted(part: tuple[int, int]) -> Numbers:
            low, high = part
            begin, end = int(self.starts[low]), int(self.starts[high])
            is_sign = (self.codes[begin:end] == sign[0]).view(np.uint8)
            return np.add.reduceat(is_sign, self.starts[low:high] - begin, dtype=np.int64)

        found = over(counted, list(self._parts(first, last)))
        return np.concatenate([np.empty(0, np.int64), *found])

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield stretches of lines of about a chunk."""
        while first < last:
            end = np.searchsorted(self.starts, self.starts[first] + CHUNK, side="right") - 1
            after = min(max(int(end), first + 1), last)
            yield first, after
            first = after


def find(text: Text) -> Lines:
    """Return the lines of a text."""
    data = np.frombuffer(text.data, np.uint8)

    def unprintable(begin: int) -> Numbers:
        return np.flatnonzero(data[begin : begin + CHUNK] < _SPACE) + begin

    found = over(unprintable, range(text.begin, len(data), CHUNK))
    places = np.concatenate([np.empty(0, np.int64), *found])
    signs = data[places]
    ends, ending = _ends(data, places, signs)
    starts = np.concatenate([[text.begin], ends + 1]).astype(np.int64, copy=False)
    if starts[-1] != len(data):
        starts = np.append(starts, len(data))
    odd = places[(signs != _LF) & (signs != _CR) & (signs != _TAB)]
    spoiled = np.unique(np.searchsorted(starts, odd, side="right") - 1)
    return Lines(text.data, starts, ending, frozenset(spoiled.tolist()))


def _ends(
    data: NDArray[np.uint8], places: Numbers, signs: NDArray[np.uint8]
) -> tuple[Numbers, bytes]:
    """Return the last byte of each line end, and the line end where there is one kind."""
    feeds = places[signs == _LF]
    returns = places[signs == _CR]
    if not returns.size:
        return feeds, b"\n"
    followed = np.zeros(returns.size, bool)
    inside = returns + 1 < len(data)
    followed[inside] = data[returns[inside] + 1] == _LF
    alone = returns[~followed]
    if not alone.size:
        return feeds, b"\r\n" if returns.size == feeds.size else b""
    ending = b"\r" if not feeds.size else b""
    return np.sort(np.concatenate([feeds, alone])), ending
