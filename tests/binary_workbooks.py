"""Makes what no program that we may install can write: small .xls, .xlsb and .ods files.

Only the records that a reader needs, as [MS-XLS], [MS-XLSB], [MS-CFB] and OpenDocument describe
them. A cell is a text, a number, None, or an `Error`.
"""

import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

Cell = str | float | None
_SECTOR, _END, _FREE, _FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


@dataclass(frozen=True)
class Error:
    """A cell with an error: its code in the binary formats, and its text."""

    code: int
    text: str


Lines = Sequence[Sequence[Cell | Error]]
DIVISION = Error(0x07, "#DIV/0!")


@dataclass(frozen=True)
class Layout:
    """What is hidden (from 0) or merged (top, left, bottom, right) on a sheet."""

    hidden_row: int | None = None
    hidden_column: int | None = None
    merge: tuple[int, int, int, int] | None = None
    far: tuple[int, int] | None = field(default=None)


def compound(path: Path, streams: Mapping[str, bytes]) -> Path:
    """Write a compound file with these streams, each of at least 4,096 bytes."""
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    counts = [-(-len(body) // _SECTOR) for body in bodies.values()]
    tables = -(-(sum(counts) + len(bodies) + 8) // 120)
    directory = -(-(len(bodies) + 1) // 4)
    starts = [tables + directory + sum(counts[:n]) for n in range(len(counts))]
    chains = [_FAT] * tables + _chain(tables, directory)
    for start, count in zip(starts, counts, strict=True):
        chains += _chain(start, count)
    chains += [_FREE] * (tables * 128 - len(chains))
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (name, body) in enumerate(bodies.items(), start=1):
        following = number + 1 if number < len(bodies) else _FREE
        entries.append(_entry(name, 2, starts[number - 1], len(body), right=following))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0, 0)
    header = header[:-4] + struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    body = b"".join(
        each.ljust(-(-len(each) // _SECTOR) * _SECTOR, b"\0") for each in bodies.values()
    )
    listed = b"".join(entries).ljust(directory * _SECTOR, b"\0")
    path.write_bytes(header + struct.pack(f"<{len(chains)}I", *chains) + listed + body)
    return path


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END]


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE
) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, right, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def xls(path: Path, lines: Lines, layout: Layout = Layout()) -> Path:
    """Write an .xls with one sheet."""
    name = b"Levering"
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    listed = struct.pack("<IBBBB", len(begin) + 20 + 4, 0, 0, len(name), 0) + name
    book = begin + _record(0x0085, listed) + _record(0x000A, b"")
    sheet = [_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))]
    assert len(book) == len(begin) + 20 + 4
    if layout.hidden_column is not None:
        columns = struct.pack("<5HH", layout.hidden_column, layout.hidden_column, 9, 0, 1, 0)
        sheet.append(_record(0x007D, columns))
    if layout.hidden_row is not None:
        sheet.append(_record(0x0208, struct.pack("<6HI", layout.hidden_row, 0, 9, 0, 0, 0, 0x20)))
    sheet += _cells(lines, layout, _xls_cell)
    if layout.merge:
        top, left, bottom, right = layout.merge
        sheet.append(_record(0x00E5, struct.pack("<5H", 1, top, bottom, left, right)))
    return compound(path, {"Workbook": book + b"".join(sheet) + _record(0x000A, b"")})


def _cells(
    lines: Lines, layout: Layout, write: Callable[[int, int, Cell | Error], bytes]
) -> list[bytes]:
    found = [
        write(row, column, cell)
        for row, cells in enumerate(lines)
        for column, cell in enumerate(cells)
        if cell is not None
    ]
    return [*found, write(*layout.far, 1.0)] if layout.far else found


def _record(code: int, body: bytes) -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def _xls_cell(row: int, column: int, cell: Cell | Error) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, Error):
        return _record(0x0205, place + bytes([cell.code, 1]))
    if isinstance(cell, str):
        return _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
    return _record(0x0203, place + struct.pack("<d", cell))


_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
)


def xlsb(path: Path, lines: Lines, layout: Layout = Layout()) -> Path:
    """Write an .xlsb with one sheet."""
    named = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Levering")
    book = b"".join(
        (_wide_record(131), _wide_record(143), _wide_record(156, named), _wide_record(144))
    )
    sheet = [_wide_record(129), _wide_record(148, struct.pack("<4I", 0, 9, 0, 9))]
    if layout.hidden_column is not None:
        column = struct.pack("<4IH", layout.hidden_column, layout.hidden_column, 9, 0, 1)
        sheet += [_wide_record(390), _wide_record(60, column), _wide_record(391)]
    sheet.append(_wide_record(145))
    rows = [*enumerate(lines), *([(layout.far[0], [])] if layout.far else [])]
    for number, cells in rows:
        flags = 0x10 if number == layout.hidden_row else 0
        sheet.append(_wide_record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0)))
        far: list[Cell | Error] = [1.0] if layout.far and number == layout.far[0] else []
        start = layout.far[1] if far and layout.far else 0
        sheet += _xlsb_cells(start, far or cells)
    sheet.append(_wide_record(146))
    if layout.merge:
        top, left, bottom, right = layout.merge
        merged = struct.pack("<4I", top, bottom, left, right)
        sheet += [_wide_record(177, struct.pack("<I", 1)), _wide_record(176, merged)]
    sheet.append(_wide_record(130))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/_rels/workbook.bin.rels": _RELATIONS,
        "xl/workbook.bin": book + _wide_record(132),
        "xl/worksheets/sheet1.bin": b"".join(sheet),
    }
    return zipped(path, parts)


def _xlsb_cells(start: int, cells: Iterable[Cell | Error]) -> list[bytes]:
    return [
        _xlsb_cell(column, cell) for column, cell in enumerate(cells, start) if cell is not None
    ]


def _xlsb_cell(column: int, cell: Cell | Error) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(cell, Error):
        return _wide_record(3, place + bytes([cell.code]))
    if isinstance(cell, str):
        return _wide_record(6, place + _wide(cell))
    return _wide_record(5, place + struct.pack("<d", cell))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _wide_record(code: int, body: bytes = b"") -> bytes:
    number = bytes([code]) if code < 0x80 else bytes([code & 0x7F | 0x80, code >> 7])
    size, left = b"", len(body)
    while left >= 0x80:
        size, left = size + bytes([left & 0x7F | 0x80]), left >> 7
    return number + size + bytes([left]) + body


_ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Levering">{0}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def ods(path: Path, lines: Lines, layout: Layout = Layout()) -> Path:
    """Write an .ods with one sheet."""
    columns = "".join(
        f"<table:table-column{_collapsed(number == layout.hidden_column)}/>" for number in range(9)
    )
    rows = "".join(
        f"<table:table-row{_collapsed(number == layout.hidden_row)}>"
        + "".join(_ods_cell(number, place, cell, layout) for place, cell in enumerate(cells))
        + "</table:table-row>"
        for number, cells in enumerate(lines)
    )
    if layout.far:
        down, across = (
            f' table:number-{what}-repeated="{count}"'
            for what, count in zip(("rows", "columns"), layout.far, strict=True)
        )
        cell = '<table:table-cell office:value-type="float" office:value="1"'
        rows += f"<table:table-row{down}>{cell}{across}/></table:table-row>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {
        "mimetype": kind,
        "content.xml": _ODS.format(columns + rows),
        "META-INF/manifest.xml": "<manifest/>",
    }
    return zipped(path, parts)


def _collapsed(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _ods_cell(row: int, place: int, cell: Cell | Error, layout: Layout) -> str:
    spans = ""
    if layout.merge and (row, place) == layout.merge[:2]:
        spans = f' table:number-rows-spanned="{layout.merge[2] - row + 1}"'
        spans += f' table:number-columns-spanned="{layout.merge[3] - place + 1}"'
    if isinstance(cell, Error):
        kind = ' table:formula="of:=1/0" office:value-type="string" office:string-value=""'
        return f"<table:table-cell{kind}><text:p>{cell.text}</text:p></table:table-cell>"
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        said = f"<text:p>{escape(cell)}</text:p>"
        return f'<table:table-cell{spans} office:value-type="string">{said}</table:table-cell>'
    return f'<table:table-cell{spans} office:value-type="float" office:value="{cell}"/>'


def zipped(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """Write a zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return path
