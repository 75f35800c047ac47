"""Files that are small to send and big to read, or that make a careless reader work for ever."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from xlsxwriter.utility import xl_col_to_name

from benchmarks.fuzz.books import plain_book
from benchmarks.fuzz.carriers import Style, delivery

CONTRACT = "partner_activiteiten"
_MB = 1 << 20


def write(name: str, path: Path, scale: float = 1.0) -> Path:
    """Write a giant by its name; `scale` makes it bigger or smaller. Returns its path."""
    with path.open("wb") as file:
        file.writelines(GIANTS[name](scale))
    return path


def _header() -> bytes:
    return delivery(CONTRACT, planted=False).lines(Style(newline="\n"))[0]


def _rows() -> list[bytes]:
    return delivery(CONTRACT, planted=False).lines(Style(newline="\n"))[1:]


def _one_line(scale: float) -> Iterator[bytes]:
    """One line without an end."""
    for _ in range(int(200 * scale)):
        yield b"a" * _MB


def _header_and_line(scale: float) -> Iterator[bytes]:
    yield _header()
    yield from _one_line(scale)


def _one_field(scale: float) -> Iterator[bytes]:
    """A field of many megabytes in a row that is good but for that."""
    yield _header()
    yield from _rows()
    yield _rows()[0].rstrip(b"\n") + b'"'
    yield from _one_line(scale)
    yield b'"\n'
    yield from _rows()


def _empty_lines(scale: float) -> Iterator[bytes]:
    yield _header()
    yield from _rows()
    for _ in range(int(10 * scale)):
        yield b"\n" * 1_000_000
    yield from _rows()


def _empty_lines_and_more(scale: float) -> Iterator[bytes]:
    """The same, and a row that must be looked at by itself."""
    yield from _empty_lines(scale)
    yield b"welzijn;te weinig\n"


def _spaces(scale: float) -> Iterator[bytes]:
    """Lines with nothing but delimiters."""
    yield _header()
    yield from _rows()
    yield (b";" * 20 + b"\n") * int(500_000 * scale)
    yield from _rows()


def _wide_header(scale: float) -> Iterator[bytes]:
    yield _header().rstrip(b"\n")
    yield b"".join(b";kolom%d" % number for number in range(int(100_000 * scale)))
    yield b"\n"
    yield from _rows()


def _wide_rows(scale: float) -> Iterator[bytes]:
    yield _header()
    for row in _rows():
        yield row.rstrip(b"\n") + b";x" * int(100_000 * scale) + b"\n"


def _quotes(scale: float) -> Iterator[bytes]:
    """One line of nothing but quotes."""
    yield _header()
    yield from _rows()
    yield b'"' * int(10 * _MB * scale) + b"\n"
    yield from _rows()


def _open_quotes(scale: float) -> Iterator[bytes]:
    """Every row opens a quote that never closes."""
    yield _header()
    row = _rows()[0].rstrip(b"\n")
    yield (row + b'"open en niet dicht\n') * int(100_000 * scale)


def _late_quote(scale: float) -> Iterator[bytes]:
    """Quotes that open in every row, with only doubled ones after them."""
    yield _header()
    row = _rows()[0].rstrip(b"\n")
    yield (row + b'"""a\n' + row + b'a""\n') * int(50_000 * scale)


def _stray_quotes(scale: float) -> Iterator[bytes]:
    """Rows with so many loose quotes that there are very many ways to read them."""
    yield _header()
    cells = b";".join([b'"a""" "b"" " c"'] * 21)
    yield (cells + b'x"\n') * int(20_000 * scale)


def _many_readings(scale: float) -> Iterator[bytes]:
    """Rows of which the quotes can open and close in millions of ways, none of them right."""
    yield _header()
    yield from _rows()
    yield (b'"a"";' * 60 + b"z\n") * int(2_000 * scale)


def _totals(scale: float) -> Iterator[bytes]:
    """Nearly every row a total."""
    yield _header()
    yield from _rows()
    yield (b"totaal" + b";1" * 20 + b"\n") * int(20_000 * scale)
    yield from _rows()


def _bad_rows(scale: float) -> Iterator[bytes]:
    """Every row but a few with a field too many."""
    yield _header()
    yield from _rows()
    yield (_rows()[0].rstrip(b"\n") + b";x\n") * int(300_000 * scale)


def _control(scale: float) -> Iterator[bytes]:
    """Rows with a character that is none."""
    yield _header()
    yield from _rows()
    yield (b"\x01" + _rows()[0]) * int(300_000 * scale)


def _no_header(scale: float) -> Iterator[bytes]:
    """Lines that are all the same, without column names."""
    yield b"welzijn;2026K3;iets\n" * int(5_000_000 * scale)


def _utf16(scale: float) -> Iterator[bytes]:
    yield (_header().decode() + "".join(row.decode() for row in _rows())).encode("utf-16")
    yield (_rows()[0].decode() * 1000).encode("utf-16-le") * int(500 * scale)


def _cp1252(scale: float) -> Iterator[bytes]:
    yield _header()
    yield (_rows()[0].rstrip(b"\n") + b"\xe9\xe9n\n") * int(1_000_000 * scale)


_SHEET = "xl/worksheets/sheet1.xml"


def _zeros(size: int) -> tuple[bytes, int]:
    """Return so many spaces as raw deflate, made at once, and a checksum (not theirs)."""
    one = zlib.compressobj(9, wbits=-15)
    block = one.compress(b" " * _MB) + one.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, wbits=-15).flush()
    return block * (size // _MB) + end, 0


def _book(parts: list[tuple[str, bytes, int, int]]) -> bytes:
    """Return a zip of parts that are deflated already: name, bytes, checksum, size as said."""
    out, listed = io.BytesIO(), b""
    for name, body, checksum, size in parts:
        place = out.tell()
        facts = struct.pack("<HHHHIII", 0, 8, 0, 33, checksum, len(body), size)
        out.write(struct.pack("<IH", 0x04034B50, 20) + facts)
        out.write(struct.pack("<HH", len(name), 0) + name.encode() + body)
        listed += struct.pack("<IHH", 0x02014B50, 20, 20) + facts
        listed += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, place) + name.encode()
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, *[len(parts)] * 2, len(listed), out.tell(), 0)
    return out.getvalue() + listed + end


def _plain() -> list[tuple[str, bytes, int, int]]:
    """Return the parts of a workbook that is good, but for its sheet."""
    with zipfile.ZipFile(io.BytesIO(plain_book(delivery(CONTRACT, planted=False)))) as book:
        bodies = {name: book.read(name) for name in book.namelist() if name != _SHEET}
    return [_packed(name, body) for name, body in bodies.items()]


def _packed(name: str, body: bytes) -> tuple[str, bytes, int, int]:
    packed = zlib.compressobj(1, wbits=-15)
    return name, packed.compress(body) + packed.flush(), zlib.crc32(body), len(body)


def _bomb(scale: float) -> Iterator[bytes]:
    """A sheet that says that it is as big as it is."""
    size = int(1_000 * scale) * _MB
    yield _book([*_plain(), (_SHEET, *_zeros(size), size)])


def _lying_bomb(scale: float) -> Iterator[bytes]:
    """A sheet that says that it is small."""
    yield _book([*_plain(), (_SHEET, *_zeros(int(1_000 * scale) * _MB), 9_000)])


def _many_bombs(scale: float) -> Iterator[bytes]:
    """Many parts that are each just small enough."""
    size = 9 * _MB
    parts = [(f"xl/worksheets/sheet{n}.xml", *_zeros(size), size) for n in range(1, 71)]
    yield _book([*_plain(), *parts[: int(70 * scale)]])


def _nested(scale: float) -> Iterator[bytes]:
    """A workbook in a workbook, and so on."""
    whole = b"".join(_bomb(scale))
    for _ in range(8):
        inside = _packed("xl/media/image1.bin", whole)
        whole = _book([*_plain(), _packed(_SHEET, _sheet(_table())), inside])
    yield whole


def _with_sheet(sheet: bytes) -> bytes:
    return _book([*_plain(), _packed(_SHEET, sheet)])


def _sheet(rows: bytes, dimension: str = "A1") -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    start = b'<?xml version="1.0"?><worksheet xmlns="%b"><dimension ref="%b"/><sheetData>'
    return start % (space, dimension.encode()) + rows + b"</sheetData></worksheet>"


def _text_row(number: int, cells: list[str]) -> bytes:
    written = "".join(
        f'<c r="{xl_col_to_name(place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{written}</row>'.encode()


def _table() -> bytes:
    rows = delivery(CONTRACT, planted=False).rows
    return b"".join(_text_row(number, list(cells)) for number, cells in enumerate(rows, start=1))


def _far_cell(_: float) -> Iterator[bytes]:
    """One cell in the last corner of the sheet."""
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    yield _with_sheet(_sheet(_table() + far, "A1:XFD1048576"))


def _big_cell(scale: float) -> Iterator[bytes]:
    """One cell of many megabytes."""
    text = "ab cd" * int(20 * scale * _MB)
    yield _with_sheet(_sheet(_table() + _text_row(20, ["welzijn", text])))


def _empty_rows(scale: float) -> Iterator[bytes]:
    """A million rows with a layout and nothing in them."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(20, int(1_048_576 * scale))
    )
    yield _with_sheet(_sheet(_table() + rows))


def _wide_sheet(scale: float) -> Iterator[bytes]:
    """Names over all columns that a sheet can have."""
    names = [f"kolom {number}" for number in range(int(16_384 * scale))]
    header = list(delivery(CONTRACT, planted=False).rows[0])
    yield _with_sheet(_sheet(_text_row(1, [*header, *names][:16_384])))


def _deep(scale: float) -> Iterator[bytes]:
    """Elements within elements."""
    depth = int(1_000_000 * scale)
    yield _with_sheet(_sheet(_table() + b"<a>" * depth + b"</a>" * depth))


def _merged(scale: float) -> Iterator[bytes]:
    """Very many merged cells."""
    merges = b"".join(
        b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(20, int(200_000 * scale))
    )
    sheet = _sheet(_table()).replace(
        b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>"
    )
    yield _with_sheet(sheet)


GIANTS: dict[str, Callable[[float], Iterator[bytes]]] = {
    "one line": _one_line,
    "a header and one line": _header_and_line,
    "one field": _one_field,
    "empty lines": _empty_lines,
    "empty lines and a bad row": _empty_lines_and_more,
    "lines of delimiters": _spaces,
    "columns in the header": _wide_header,
    "fields in the rows": _wide_rows,
    "a line of quotes": _quotes,
    "open quotes": _open_quotes,
    "doubled quotes": _late_quote,
    "stray quotes": _stray_quotes,
    "many readings": _many_readings,
    "totals": _totals,
    "rows too wide": _bad_rows,
    "control characters": _control,
    "no header": _no_header,
    "UTF-16": _utf16,
    "cp1252": _cp1252,
    "zip bomb": _bomb,
    "zip bomb that lies": _lying_bomb,
    "many small bombs": _many_bombs,
    "bomb in a bomb": _nested,
    "a cell far away": _far_cell,
    "a big cell": _big_cell,
    "empty rows of a sheet": _empty_rows,
    "a wide sheet": _wide_sheet,
    "deep elements": _deep,
    "merged cells": _merged,
}
