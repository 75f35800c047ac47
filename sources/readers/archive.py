"""A workbook as a zip of parts, of which nothing is believed before it is counted.

The table of contents says how big each part is, and a hostile file lies there. So first what it
says is held against the limits; then every part is inflated once, counted, and thrown away. Only
after that may a parser open it.
"""

import copy
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from sources.readers.reading import Refused, refuse

AGAIN = "Open het bestand in Excel en bewaar het opnieuw als Excel-werkmap (.xlsx)."

_MAX_UNPACKED = 700_000_000
_MAX_RATIO = 200  # a sheet of zeros deflates about a hundredfold
_MAX_ENTRIES = 2_000
_SMALL = 10_000_000  # below this no ratio is a danger
_CHUNK = 1 << 20
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def entries(path: Path) -> dict[str, zipfile.ZipInfo]:
    """Return the table of contents of a zip by name, when it keeps within the limits.

    Raises Refused: B102 where it is damaged, B105 where it is too big or has odd names.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except DAMAGE as error:
        raise damaged() from error
    found = {entry.filename: entry for entry in listed}
    if len(found) < len(listed):
        raise damaged()
    if len(found) > _MAX_ENTRIES or any(map(_is_odd, found)):
        raise _too_big()
    if sum(entry.file_size for entry in listed) > _MAX_UNPACKED or any(map(_is_bomb, listed)):
        raise _too_big()
    return found


def _is_odd(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(_SMALL, _MAX_RATIO * entry.compress_size)


def verify(path: Path) -> None:
    """Inflate every part once and count it: no part is bigger than it says, and none is damaged.

    Raises Refused: B105 where a part is bigger than it says, B102 where one is damaged, B159 where
    XML declares a document type or entities.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                _count(archive, entry)
    except DAMAGE as error:
        raise damaged() from error


def _count(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    is_xml = entry.filename.endswith((".xml", ".rels", ".vml"))
    counted, tail = 0, b""
    for chunk in _inflated(archive, entry):
        if is_xml and not counted and chunk.startswith(_WIDE):
            raise damaged()  # every program that we know writes UTF-8
        counted += len(chunk)
        if counted > entry.file_size:
            raise _too_big()
        if is_xml and _DECLARATION.search(tail + chunk):
            raise _declares()
        tail = chunk[-16:]
    if counted != entry.file_size:
        raise damaged()


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part in pieces, to its real end: zipfile itself stops where the part says to."""
    whole = copy.copy(entry)
    whole.file_size = _MAX_UNPACKED + 1
    with archive.open(whole) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def elements(data: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    """Call `start` with the name and attributes of every element of a part, without prefixes.

    Raises Refused: B103 where it is no XML, or where an attribute has two meanings (two programs
    could then read two things), B159 where it declares entities.
    """

    def begin(name: str, values: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: text for key, text in values.items()}
        if len(plain) < len(values):
            raise unreadable()
        start(name.rpartition(":")[2], plain)

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parse(parser, [data])


def parse(parser: expat.XMLParserType, pieces: Iterator[bytes] | list[bytes]) -> None:
    """Feed a part to a parser that takes no document type. Raises Refused (B103, B159)."""

    def forbid(*_: object) -> None:
        raise _declares()

    parser.StartDoctypeDeclHandler = forbid
    parser.EntityDeclHandler = forbid
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding that is none
        raise unreadable() from error


def damaged() -> Refused:
    """Return the refusal of a file that is not whole."""
    return refuse("B102", "Dit bestand is beschadigd.", AGAIN)


def unreadable() -> Refused:
    """Return the refusal of a workbook in which something stands that nobody can read."""
    return refuse("B103", "Deze werkmap is niet te lezen.", AGAIN)


def locked() -> Refused:
    """Return the refusal of a workbook with a password."""
    return refuse(
        "B150",
        "Op dit bestand zit een wachtwoord. Daardoor kunnen wij het niet lezen.",
        "Kies in Excel Bestand, Info, Werkmap beveiligen, Versleutelen met wachtwoord. "
        "Maak het vak leeg, kies OK en bewaar het bestand.",
    )


def _declares() -> Refused:
    message = "In deze werkmap staat code die er niet in hoort (XML-entiteiten)."
    mend = "Kopieer alleen de waarden naar een nieuwe werkmap en bewaar die als .xlsx."
    return refuse("B159", message, mend)


def _too_big() -> Refused:
    return refuse(
        "B105",
        "Deze werkmap wordt bij het uitpakken te groot.",
        "Kopieer alleen de gevulde rijen naar een nieuwe werkmap en bewaar die als .xlsx.",
    )
