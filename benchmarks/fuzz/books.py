"""Damage to a workbook: other cells and rows, other XML inside it, or another zip around that."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from random import Random

import xlsxwriter

from benchmarks.fuzz.carriers import CONTRACTS, Delivery, delivery
from benchmarks.fuzz.mutations import (
    NASTY_BYTES,
    NASTY_CELLS,
    Damaged,
    flipped,
    shuffled,
)

Cell = str | float | bool | datetime | None

_VALUES: tuple[Cell, ...] = (
    *(None, 0, -1, 3.5, 1e300, 46054, 46054.5, 999900006, 99990000, 123456789012345678, 0.1),
    *(True, False, datetime(2026, 8, 14), datetime(1900, 1, 1), datetime(2026, 8, 14, 13, 30)),  # noqa: DTZ001
)
_ROW = tuple[int | None, list[Cell]]


def damaged_book(random: Random) -> Damaged:
    """Return a workbook with one to five kinds of damage."""
    found = delivery(random.choice(CONTRACTS), planted=random.random() < 0.5)
    if random.random() < 0.5:
        return _with_other_cells(found, random)
    data, done = plain_book(found), []
    for _ in range(random.randint(1, 3)):
        name = random.choice(tuple(_ON_BYTES))
        data = _ON_BYTES[name](data, random)
        done.append(name)
    return Damaged(found, None, data, tuple(done), 0, (), whole=False)


def _with_other_cells(found: Delivery, random: Random) -> Damaged:
    rows: list[_ROW] = [(number, list(cells)) for number, cells in enumerate(found.rows)]
    done = [random.choice(tuple(_ON_ROWS)) for _ in range(random.randint(1, 5))]
    for name in done:
        _ON_ROWS[name](rows, random)
    data = _written([cells for _, cells in rows], random)
    origin = tuple(number for number, _ in rows)
    return Damaged(found, None, data, tuple(done), len(rows), origin, whole=True)


def _other_cell(rows: list[_ROW], random: Random) -> None:
    at = random.randrange(len(rows))
    cells = rows[at][1]
    cells[random.randrange(len(cells))] = random.choice((*_VALUES, *NASTY_CELLS))
    rows[at] = (None, cells)


def _row_twice(rows: list[_ROW], random: Random) -> None:
    number, cells = random.choice(rows)
    rows.insert(random.randint(1, len(rows)), (number, list(cells)))


def _row_away(rows: list[_ROW], random: Random) -> None:
    if len(rows) > 2:
        rows.pop(random.randrange(len(rows)))


def _strange_row(rows: list[_ROW], random: Random) -> None:
    cells: list[Cell] = [random.choice(NASTY_CELLS)] * random.randint(1, 3)
    rows.insert(random.randint(0, len(rows)), (None, cells))


def _shifted(rows: list[_ROW], random: Random) -> None:
    at = random.randrange(len(rows))
    cells = rows[at][1]
    cells.insert(random.randrange(len(cells)), random.choice(NASTY_CELLS))
    rows[at] = (None, cells)


_ON_ROWS: dict[str, Callable[[list[_ROW], Random], None]] = {
    "other cell": _other_cell,
    "another cell": _other_cell,
    "row twice": _row_twice,
    "row away": _row_away,
    "strange row": _strange_row,
    "row shifted": _shifted,
}


@lru_cache
def plain_book(found: Delivery) -> bytes:
    return _written([list(cells) for cells in found.rows], None)


def _written(rows: list[list[Cell]], random: Random | None) -> bytes:
    """Return a workbook of the rows; with chance, one that has more to it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(2026, 10, 1)})  # noqa: DTZ001
    sheet = book.add_worksheet("Levering")
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, place, cell, day)
            elif cell not in ("", None):
                sheet.write(number, place, cell)
    if random and random.random() < 0.3:
        _more(book, sheet, rows, random)
    book.close()
    return content.getvalue()


def _more(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    rows: list[list[Cell]],
    random: Random,
) -> None:
    """Add to a workbook what leaves the cells as they are."""
    match random.randrange(4):
        case 0:
            book.add_worksheet("Toelichting").write(0, 0, random.choice(NASTY_CELLS))
        case 1:
            sheet.set_row(random.randrange(len(rows)), None, None, {"hidden": True})
        case 2:
            sheet.set_column(0, 0, None, None, {"hidden": True})
        case _:
            sheet.write_blank(random.choice((len(rows) + 5, 60_000)), 0, None, book.add_format())


def _other_xml(data: bytes, random: Random) -> bytes:
    """Return a workbook in which a part has other bytes, in a zip that is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    name = random.choice(("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", *parts))
    if name in parts:
        parts[name] = random.choice((flipped, shuffled, _tags_moved, _inserted))(
            parts[name], random
        )
    return _zipped(parts)


def _tags_moved(data: bytes, random: Random) -> bytes:
    """Return XML with one of its tags gone, or there twice, or in the place of another."""
    tags = data.split(b"<")
    one, other = random.randrange(len(tags)), random.randrange(len(tags))
    match random.randrange(3):
        case 0:
            del tags[one]
        case 1:
            tags.insert(other, tags[one])
        case _:
            tags[one], tags[other] = tags[other], tags[one]
    return b"<".join(tags)


def _inserted(data: bytes, random: Random) -> bytes:
    at = random.randint(0, len(data))
    return data[:at] + random.choice((*NASTY_BYTES, b"<row>", b"</c>", b'r="ZZZ1"')) + data[at:]


def _part_away(data: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    del parts[random.choice(tuple(parts))]
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, part in parts.items():
            whole.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part)
    return content.getvalue()


def _safely(change: Callable[[bytes, Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """Return the change of a zip, which leaves what is no zip any more as it is."""

    def changed(data: bytes, random: Random) -> bytes:
        try:
            return change(data, random)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, KeyError):
            return data
        except Exception as error:  # zlib.error has no better family
            if type(error).__module__ == "zlib":
                return data
            raise

    return changed


_ON_BYTES: dict[str, Callable[[bytes, Random], bytes]] = {
    "bytes flipped": flipped,
    "stretch moved": shuffled,
    "other XML": _safely(_other_xml),
    "other XML still": _safely(_other_xml),
    "part away": _safely(_part_away),
}
