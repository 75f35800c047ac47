"""Old Office files (.xls, .doc): a little file system in one file, the compound file of MS-CFB.

Only what is needed to see what such a file is and to look at the records of a sheet before a
parser opens it.
"""

import struct

import numpy as np
from numpy.typing import NDArray

from sources.readers.archive import unreadable

SIGNATURE = b"\xd0\xcf\x11\xe0"

Sectors = NDArray[np.uint32]

_LAST = 0xFFFFFFFA  # from here on a number is a mark, not a sector
_ENTRY = 128
_STREAM, _ROOT = 2, 5


class Compound:
    """The streams of a compound file by name. Raises Refused (B103) where it is not whole."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(SIGNATURE):
            raise unreadable()
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise unreadable()
        self._data, self._size, self._mini_size = data, 1 << shift, 1 << mini_shift
        (directory,) = struct.unpack_from("<I", data, 48)
        self._cutoff, mini = struct.unpack_from("<II", data, 56)
        self._fat = self._table()
        self._mini_fat = np.frombuffer(self._joined(mini), np.uint32)
        listed = self._joined(directory)
        self._root = b""
        self._places: dict[str, tuple[int, int]] = {}
        for at in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            self._add(listed[at : at + _ENTRY])

    @property
    def names(self) -> frozenset[str]:
        """The names of its streams and storages."""
        return frozenset(self._places)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; KeyError where there is none."""
        start, size = self._places[name]
        if size >= self._cutoff:
            return self._joined(start)[:size]
        chain = self._chain(start, self._mini_fat)
        step = self._mini_size
        return b"".join(self._root[at * step : (at + 1) * step] for at in chain)[:size]

    def _table(self) -> Sectors:
        """Return for each sector which one follows it."""
        (follow,) = struct.unpack_from("<I", self._data, 68)
        listed = list(struct.unpack_from("<109I", self._data, 76))
        seen = 0
        while follow < _LAST and seen * self._size <= len(self._data):
            *more, follow = np.frombuffer(self._sector(follow), np.uint32).tolist()
            listed += more
            seen += 1
        whole = b"".join(self._sector(number) for number in listed if number < _LAST)
        return np.frombuffer(whole, np.uint32)

    def _add(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", entry, 116)
        if kind == _ROOT:
            self._root = self._joined(start)
        if kind:
            self._places[name] = (start, size if kind == _STREAM else 0)

    def _joined(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._chain(start, self._fat))

    def _chain(self, start: int, table: Sectors) -> list[int]:
        chain: list[int] = []
        while start < _LAST:
            if start >= len(table) or len(chain) > len(table):
                raise unreadable()
            chain.append(start)
            start = int(table[start])
        return chain

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._data):
            raise unreadable()
        return self._data[at : at + self._size].ljust(self._size, b"\0")
