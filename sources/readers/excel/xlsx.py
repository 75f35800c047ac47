"""Facts about the sheets of an .xlsx, from its XML.

By regular expressions over the bytes: an XML parser in Python takes longer than all the rest. They
see at least what the parser of the cells sees; where they could see less, the file is refused.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath

import numpy as np

from sources.readers import archive
from sources.readers.excel.facts import Facts, check_text, too_long
from sources.readers.reading import MAX_CELL

_CHUNK = 4 << 20
_MAX_ROW = 32 << 20  # bytes of one row of a sheet
_SHORT = 1_000  # bytes of a shared text that no number of cells makes too much
_LETTERS, _DIGITS = bytes(range(65, 123)), b"0123456789"

_PREFIX = re.compile(rb"(</?)\w+:")
_CELLS = re.compile(rb"<c(?=[\s/>])")
_REFS = re.compile(rb"""<c\s(?:r=|[^>]*?\sr=)["']([A-Za-z]{1,3}[0-9]{1,7})["']""")
_EMPTY = re.compile(rb"<c(?:\s[^>]*)?/>")
_ERROR = re.compile(
    rb"""<c\s([^>]*\bt=["']e["'][^>]*)>(?:(?!</c>).)*?<v>([^<]*)<""",
    re.DOTALL,
)
_FORMULA = re.compile(
    rb"<c\s([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>(0?)</v>)?\s*</c>"
)
_IS_HIDDEN = rb"""(?=[^>]*\shidden=["'](?:1|true)["'])"""
_HIDDEN_ROW = re.compile(rb"<row\b" + _IS_HIDDEN + rb"""[^>]*?\sr=["'](\d{1,7})["']""")
_HIDDEN_COLUMNS = re.compile(rb"<col\b" + _IS_HIDDEN + rb"([^>]*)")
_MERGE = re.compile(rb"""<mergeCell\b[^>]*?\bref=["'](\w+):(\w+)["']""")
_SHARED = re.compile(rb"""\bt=["']s["'][^>]*>\s*<v[^>]*>\s*(\d{1,9})""")
_SHARED_CELL = re.compile(rb"""<c\s[^>]*\bt=["']s["']""")


@dataclass(frozen=True, slots=True)
class _Book:
    """The parts of the sheets in order, and whether the file asks to work out its formulas."""

    parts: list[str]
    unfinished: bool


def facts(path: Path) -> list[Facts]:
    """Return the facts of each sheet in order. Raises Refused (B103, B105)."""
    with zipfile.ZipFile(path) as opened:
        book = _book(opened)
        texts = _Texts(opened)
        return [_sheet(opened, part, book, texts) for part in book.parts]


def _book(opened: zipfile.ZipFile) -> _Book:
    targets: dict[str, str] = {}
    ids: list[str] = []
    asked: list[str] = []

    def relation(name: str, values: dict[str, str]) -> None:
        if name == "Relationship":
            targets[values.get("Id", "")] = values.get("Target", "")

    def part(name: str, values: dict[str, str]) -> None:
        if name == "sheet":
            ids.append(values.get("id", ""))
        elif name == "calcPr":
            asked.append(values.get("fullCalcOnLoad", "0"))

    try:
        archive.elements(opened.read("xl/_rels/workbook.xml.rels"), relation)
        archive.elements(opened.read("xl/workbook.xml"), part)
        places = [normpath(join("/xl", targets[each]))[1:] for each in ids]
    except KeyError as error:
        raise archive.unreadable() from error
    return _Book(places, unfinished=asked[-1:] in (["1"], ["true"]))


def _sheet(opened: zipfile.ZipFile, part: str, book: _Book, texts: "_Texts") -> Facts:
    found = Facts()
    if part not in opened.namelist():
        return found
    for raw in _pieces(opened, part):
        piece = _plain(raw)
        _reach(found, piece)
        texts.count(piece)
        if b"hidden=" in piece or b"filterColumn" in piece:
            _hide(found, piece)
        for first, last in _MERGE.findall(piece) if b"mergeCell" in piece else ():
            found.merges.append((*_place(first), *_place(last)))
        for attributes, error in _ERROR.findall(piece) if b"#" in piece else ():
            found.fail(*_own(attributes), error.decode("utf-8", "replace"))
        if b"<f" in piece:
            _compute(found, piece, unfinished=book.unfinished)
    return found


def _plain(piece: bytes) -> bytes:
    """Return a piece without the prefixes (`<x:c>`) that some programs write before each name."""
    prefixed = b":c" in piece or b":row" in piece
    return _PREFIX.sub(rb"\1", piece) if prefixed else piece


def _reach(found: Facts, piece: bytes) -> None:
    """Take the furthest cell along; every cell must say where it stands."""
    cells = piece[max(piece.find(b"<sheetData"), 0) :]
    if b"/>" in cells:  # a cell with a format only, however far away, is no content
        cells = _EMPTY.sub(b"", cells)
    refs = _REFS.findall(cells)
    if len(refs) < len(_CELLS.findall(cells)):
        raise archive.unreadable()
    if refs:
        joined = b" ".join(refs)
        rows = np.fromstring(joined.translate(None, _LETTERS), np.int64, sep=" ")
        names = set(joined.translate(None, _DIGITS).split())
        found.reach(int(rows.max()) - 1, max(map(_column, names)))


def _hide(found: Facts, piece: bytes) -> None:
    found.filtered |= b"filterColumn" in piece
    found.hidden_rows.update(int(number) - 1 for number in _HIDDEN_ROW.findall(piece))
    for attributes in _HIDDEN_COLUMNS.findall(piece):
        first, last = (_number(attributes, name) for name in (b"min", b"max"))
        found.hidden_columns.update(range(first - 1, min(last, 16_384)))


def _number(attributes: bytes, name: bytes) -> int:
    found = re.search(rb"""\b%b=["'](\d{1,5})["']""" % name, attributes)
    return int(found[1]) if found else 1


def _compute(found: Facts, piece: bytes, *, unfinished: bool) -> None:
    """Take along each formula without an outcome.

    A program that cannot work out formulas writes none, or 0 and a request to work them out. A
    text as outcome (`t="str"`) may be empty.
    """
    for attributes, outcome in _FORMULA.findall(piece):
        if b't="str"' not in attributes and (not outcome or unfinished):
            found.uncomputed.add(_own(attributes))


def _own(attributes: bytes) -> tuple[int, int]:
    found = re.search(rb"""\br=["'](\w+)["']""", attributes)
    if not found:
        raise archive.unreadable()
    return _place(found[1])


def _place(reference: bytes) -> tuple[int, int]:
    digits = reference.translate(None, _LETTERS)
    letters = reference.translate(None, _DIGITS)
    if not digits.isdigit() or not letters.isalpha():
        raise archive.unreadable()
    return int(digits) - 1, _column(letters)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _pieces(opened: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part in pieces that end where a row or, outside the rows, an element does."""
    rest = b""
    with opened.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            if len(rest) > _MAX_ROW:
                raise too_long()
            mark = b"row>" if b"row>" in rest else b"/>"
            whole, found, after = rest.rpartition(mark)
            if found:
                _check_gaps(whole)
                yield whole + mark
                rest = after
    _check_gaps(rest)
    yield rest


def _check_gaps(piece: bytes) -> None:
    """Raise Refused (B105) where more than a megabyte stands between two tags."""
    if _is_wider(piece, b"<", MAX_CELL):
        raise too_long()


def _is_wider(data: bytes, mark: bytes, width: int) -> bool:
    """Return whether there is more than `width` between two marks, or after the last one."""
    at = 0
    while len(data) - at > width:
        following = data.rfind(mark, at + 1, at + 1 + width)
        if following < 0:
            return True
        at = following
    return False


class _Texts:
    """The shared texts of a workbook, and how much text its cells hold together.

    A hostile file shows one long text in a million cells: each takes its own place in memory.
    """

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._total = 0
        names = [name for name in opened.namelist() if name.lower() == "xl/sharedstrings.xml"]
        data = opened.read(names[0]) if names else b""
        _check_gaps(data)
        self._longest = 0
        if not _is_wider(data, b"si>", _SHORT):  # then the limit on cells is limit enough
            return
        starts = [found.start() for found in re.finditer(rb"<(?:\w+:)?si\b", data)]
        self._lengths = np.diff(np.array([*starts, len(data)], np.int64))
        self._longest = int(self._lengths.max(initial=0))

    def count(self, piece: bytes) -> None:
        """Add the texts that the cells in a piece of a sheet refer to."""
        if not self._longest:
            return
        numbers = np.array(_SHARED.findall(piece), np.int64)
        known = self._lengths[numbers[numbers < len(self._lengths)]]
        unknown = len(_SHARED_CELL.findall(piece)) - len(known)
        self._total += int(known.sum()) + unknown * self._longest
        check_text(self._total)
