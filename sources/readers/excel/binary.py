"""Facts about the sheets of the binary workbooks: .xls (MS-XLS) and .xlsb (MS-XLSB).

Both are one record after another. Of each cell only its place and, for an error, its code is read.
"""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath

from sources.readers import archive, ole
from sources.readers.excel.facts import Facts

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

# [MS-XLS] 2.3: the records that hold a cell: row and column first. 0x00BD holds several.
_XLS_CELLS = {0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
_BEGINS = {0x0009, 0x0209, 0x0409, 0x0809}
_EOF, _BOUND_SHEET, _FILE_PASS = 0x000A, 0x0085, 0x002F
_ROW, _COLUMN, _MERGED, _FILTER = 0x0208, 0x007D, 0x00E5, 0x009B
_FORMULA, _BOOL_OR_ERROR, _MANY = 0x0006, 0x0205, 0x00BD

# [MS-XLSB] 2.3.2
_B_ROW, _B_ERROR, _B_FORMULA_ERROR = 0, 3, 11
_B_CELLS = {*range(2, 12), 62}
_B_COLUMN, _B_MERGED, _B_FILTER, _B_SHEET = 60, 176, 163, 156


def xls(path: Path) -> list[Facts]:
    """Return the facts of each sheet of an .xls in order. Raises Refused (B103, B150)."""
    compound = ole.Compound(path.read_bytes())
    data = compound.stream("Workbook" if "Workbook" in compound.names else "Book")
    starts = [
        struct.unpack_from("<I", body)[0]
        for code, body in _records(data, 0)
        if code == _BOUND_SHEET and len(body) >= 4
    ]
    if any(start >= len(data) for start in starts):
        raise archive.unreadable()
    return [_xls_sheet(data, start) for start in starts]


def _records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, and of the charts in it, to its end."""
    deep = 0
    while at + 4 <= len(data):
        code, size = struct.unpack_from("<HH", data, at)
        at += 4 + size
        if code == _FILE_PASS:
            raise archive.locked()
        yield code, data[at - size : at]
        deep += (code in _BEGINS) - (code == _EOF)
        if code == _EOF and deep <= 0:
            return


def _xls_sheet(data: bytes, start: int) -> Facts:
    found = Facts()
    for code, body in _records(data, start):
        if code in _XLS_CELLS and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if code == _MANY else column
            found.reach(row, max(column, last))
            error = _xls_error(code, body)
            if error is not None:
                found.fail(row, column, _ERRORS.get(error, ""))
        else:
            _xls_layout(found, code, body)
    return found


def _xls_error(code: int, body: bytes) -> int | None:
    if code == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
        return body[6]
    if code == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return body[8]
    return None


def _xls_layout(found: Facts, code: int, body: bytes) -> None:
    if code == _ROW and len(body) >= 16 and body[12] & 0x20:
        found.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif code == _COLUMN and len(body) >= 10 and body[8] & 1:
        first, last = struct.unpack_from("<HH", body)
        found.hidden_columns.update(range(first, min(last + 1, 256)))
    elif code == _FILTER:
        found.filtered = True
    elif code == _MERGED:
        for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + _whole(body)]):
            found.merges.append((top, left, bottom, right))


def _whole(body: bytes) -> int:
    return (len(body) - 2) // 8 * 8


def xlsb(path: Path) -> list[Facts]:
    """Return the facts of each sheet of an .xlsb in order. Raises Refused (B103)."""
    targets: dict[str, str] = {}

    def relation(name: str, values: dict[str, str]) -> None:
        if name == "Relationship":
            targets[values.get("Id", "")] = values.get("Target", "")

    with zipfile.ZipFile(path) as opened:
        try:
            archive.elements(opened.read("xl/_rels/workbook.bin.rels"), relation)
            ids = list(_sheet_ids(opened.read("xl/workbook.bin")))
            parts = [normpath(join("/xl", targets[each]))[1:] for each in ids]
            return [_xlsb_sheet(opened.read(part)) for part in parts]
        except (KeyError, IndexError, struct.error) as error:
            raise archive.unreadable() from error


def _sheet_ids(data: bytes) -> Iterator[str]:
    for code, body in _wide_records(data):
        if code == _B_SHEET:
            (length,) = struct.unpack_from("<I", body, 8)
            yield body[12 : 12 + 2 * length].decode("utf-16-le", "replace")


def _wide_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a part: number and size in one byte or more, seven bits each."""
    at = 0
    try:
        while at < len(data):
            code, at = data[at], at + 1
            if code & 0x80:
                code, at = (code & 0x7F) | (data[at] & 0x7F) << 7, at + 1
            size = shift = 0
            while shift < 28:
                size, more, at = size | (data[at] & 0x7F) << shift, data[at] & 0x80, at + 1
                shift = shift + 7 if more else 28
            yield code, data[at : at + size]
            at += size
    except IndexError as error:
        raise archive.unreadable() from error


def _xlsb_sheet(data: bytes) -> Facts:
    found = Facts()
    row = 0
    for code, body in _wide_records(data):
        if code == _B_ROW:
            (row,) = struct.unpack_from("<I", body)
            if len(body) > 11 and body[11] & 0x10:  # fDyZero: no height
                found.hidden_rows.add(row)
        elif code in _B_CELLS:
            (column,) = struct.unpack_from("<I", body)
            found.reach(row, column)
            if code in {_B_ERROR, _B_FORMULA_ERROR}:
                found.fail(row, column, _ERRORS.get(body[8], ""))
        elif code == _B_COLUMN and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            found.hidden_columns.update(range(first, min(last + 1, 16_384)))
        elif code == _B_MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            found.merges.append((top, left, bottom, right))
        elif code == _B_FILTER:
            found.filtered = True
    return found
