"""The bytes of a text file as UTF-8 with one kind of line end."""

import codecs
import re
from dataclasses import dataclass

from sources.readers.reading import MAX_CELL, note, refuse
from sources.verdict import Finding

_CSV_UTF8 = "Bewaar het in Excel als CSV UTF-8 (gescheiden door lijstscheidingsteken)."


@dataclass(frozen=True, slots=True)
class Text:
    """A text file as UTF-8 without BOM, with one kind of line end.

    `altered` says that the bytes are no longer those of the file, so that DuckDB needs a copy.
    """

    data: bytes
    findings: tuple[Finding, ...]
    altered: bool


def decode(data: bytes) -> Text:
    """Return a file's bytes as UTF-8. Raises Refused for what is no text, with its line."""
    if (zero := data.find(b"\0")) >= 0:
        raise refuse(
            "B107",
            "In dit bestand staan tekens die in een tekstbestand niet voorkomen.",
            _CSV_UTF8,
            row=_line(data, zero),
        )
    findings: tuple[Finding, ...] = ()
    altered = False
    if not _is_utf8(data):
        data, findings, altered = _from_cp1252(data), (_cp1252_note(),), True
    return _one_line_end(data.removeprefix(codecs.BOM_UTF8), findings, altered)


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), MAX_CELL):
            decoder.decode(view[start : start + MAX_CELL])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _from_cp1252(data: bytes) -> bytes:
    try:
        return data.decode("cp1252").encode()
    except UnicodeDecodeError as error:
        raise refuse(
            "B104",
            "In dit bestand staan tekens die wij niet kunnen lezen.",
            _CSV_UTF8,
            row=_line(data, error.start),
        ) from error


def _cp1252_note() -> Finding:
    message = "Dit bestand heeft de oude tekenset van Windows (cp1252). Wij hebben die omgezet."
    return note("B109", message, _CSV_UTF8)


def _one_line_end(data: bytes, findings: tuple[Finding, ...], altered: bool) -> Text:
    returns = data.count(b"\r")
    if returns:
        pairs = data.count(b"\r\n")
        if returns != pairs:
            alone = re.search(rb"\r(?!\n)", data)
            assert alone is not None
            message = "In dit bestand staan regeleinden van een oude Mac."
            raise refuse("B116", message, _CSV_UTF8, row=_line(data, alone.start()))
        if pairs != data.count(b"\n"):
            return Text(data.replace(b"\r\n", b"\n"), findings, altered=True)
    return Text(data, findings, altered)


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1
