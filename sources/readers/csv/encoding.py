"""The bytes of a text file as UTF-8: by its BOM, else strict UTF-8, else cp1252; never guessed.

One broken letter among whole ones makes no other file of it: its row falls out.
"""

import codecs
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from sources.readers.reading import note
from sources.verdict import Finding

Data = bytes
"""Bytes in memory, or a mapped file, of which a slice is bytes."""

CHUNK = 1 << 19
"""How many bytes are looked at together: what stays in the cache of the processor."""

_CSV_UTF8 = "Bewaar het in Excel als CSV UTF-8 (gescheiden door lijstscheidingsteken)."
_MAPPED = 1 << 25  # bytes from which a file is mapped instead of held in memory
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SPOILED = b"\x01"  # stands for what cannot be read; the row that holds it falls out
_UNDEFINED = bytes.maketrans(b"\x81\x8d\x8f\x90\x9d", _SPOILED * 5)
_TRAILING = b"\x00\x1a"  # what an old program writes after the last row


@dataclass(frozen=True, slots=True)
class Text:
    """A text file as UTF-8. The text begins at byte `begin`, after a BOM.

    `altered` says that the bytes are no longer those of the file, so that DuckDB needs a copy.
    A character below the space other than a tab or a line end stands where nothing could be read.
    """

    data: Data
    begin: int
    findings: tuple[Finding, ...]
    altered: bool
    name: str = "utf-8"
    ascii: bool = False


def open_file(path: Path) -> Text:
    """Return a file as UTF-8; a big one is mapped, so that it is in memory once."""
    if path.stat().st_size < _MAPPED:
        return decode(path.read_bytes())
    with path.open("rb") as file:
        return decode(cast(Data, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))


def decode(data: Data) -> Text:
    """Return bytes as UTF-8, with a MELDING where they were written otherwise (B109, B142)."""
    if data[:2] in _UTF16:
        text = data[:].decode("utf-16", errors="replace").rstrip(_TRAILING.decode())
        said = "Dit bestand is geschreven in UTF-16 (Unicode-tekst). Wij hebben het omgezet."
        spoiled = text.replace("\ufffd", _SPOILED.decode()).encode()
        return Text(spoiled, 0, (note("B142", said, _CSV_UTF8),), altered=True, name="utf-16")
    begin = len(codecs.BOM_UTF8) if data[:3] == codecs.BOM_UTF8 else 0
    trailing = data[-1:] and data[-1:] in _TRAILING
    if trailing:
        data = data[:].rstrip(_TRAILING)
    if _is_ascii(data):
        return Text(data, begin, (), altered=bool(trailing), ascii=True)
    if _is_utf8(data):
        return Text(data, begin, (), altered=bool(trailing))
    if begin or _mostly_utf8(data):
        text = data[:].decode("utf-8", errors="replace").replace("\ufffd", _SPOILED.decode())
        return Text(text.encode(), begin, (), altered=True)
    said = "Dit bestand heeft de oude tekenset van Windows (cp1252). Wij hebben die omgezet."
    return Text(
        _from_cp1252(data), 0, (note("B109", said, _CSV_UTF8),), altered=True, name="cp1252"
    )


def _is_ascii(data: Data) -> bool:
    codes = np.frombuffer(data, np.uint8)
    parts = range(0, len(data), CHUNK)
    return all(codes[start : start + CHUNK].max() < 128 for start in parts)


def _is_utf8(data: Data) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), CHUNK):
            decoder.decode(data[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: Data) -> bool:
    """Return whether more letters beyond ASCII are whole than broken: in cp1252 hardly any is."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    whole = 0
    for start in range(0, len(data), CHUNK):
        text = decoder.decode(data[start : start + CHUNK])
        beyond = len(text) - len(text.encode("ascii", errors="ignore"))
        whole += beyond - 2 * text.count("\ufffd")
    return whole > 0


def _from_cp1252(data: Data) -> bytes:
    text = bytearray()
    for start in range(0, len(data), CHUNK):
        text += data[start : start + CHUNK].translate(_UNDEFINED).decode("cp1252").encode()
    return bytes(text)
