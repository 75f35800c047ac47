"""A workbook with its sheets, of whatever kind, after everything that could do harm was refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from sources.readers import archive
from sources.readers.excel import binary, ods, xlsx
from sources.readers.excel.cells import texts
from sources.readers.excel.facts import Facts, check_size
from sources.readers.signature import Kind

Row = list[Any]

_FACTS = {Kind.XLSX: xlsx.facts, Kind.XLSB: binary.xlsb, Kind.XLS: binary.xls, Kind.ODS: ods.facts}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its number from the left, its name, whether it is hidden, its facts, its cells."""

    number: int
    name: str
    hidden: bool
    facts: Facts
    cells: CalamineSheet

    @property
    def height(self) -> int:
        """How many rows there are, from the first of the sheet to the last with content."""
        return self.cells.end[0] + 1 if self.cells.end else 0

    def rows(self) -> Iterator[Row]:
        """Yield every row from the first of the sheet on; an empty cell is the empty text.

        A cell with an error holds the text that Excel shows.
        """
        left: Row = [""] * (self.cells.start[1] if self.cells.start else 0)
        rows = self.cells.iter_rows()
        found = (left + row for row in rows) if left else rows
        return self._with_errors(found) if self.facts.errors else found

    def _with_errors(self, rows: Iterator[Row]) -> Iterator[Row]:
        errors: dict[int, list[tuple[int, str]]] = {}
        for (row, column), error in self.facts.errors.items():
            errors.setdefault(row, []).append((column, error))
        for number, cells in enumerate(rows):
            for column, error in errors.get(number, ()):
                cells[len(cells) :] = [""] * (column + 1 - len(cells))
                cells[column] = error
            yield cells

    def top(self, rows: int) -> list[list[str]]:
        """Return the texts of the first rows."""
        return [texts(row, ",") for _, row in zip(range(rows), self.rows(), strict=False)]


def sheets(path: Path, kind: Kind) -> list[Sheet]:
    """Return the sheets that hold cells, in order. Raises Refused (B102, B103, B105, B150, B159).

    Nothing is parsed before its size is known: a parser takes memory for every cell up to the last
    one, and one cell in the far corner ends the program.
    """
    if kind is not Kind.XLS:
        archive.verify(path)
    facts = _FACTS[kind](path)
    check_size(facts)
    try:
        return _parsed(path, facts)
    except PasswordError as error:
        raise archive.locked() from error
    except (CalamineError, OSError, ValueError) as error:  # a message may quote a cell: not told
        raise archive.unreadable() from error
    except BaseException as error:  # what the parser, in Rust, raises where it breaks down
        if type(error).__name__ != "PanicException":
            raise
        raise archive.unreadable() from error


def _parsed(path: Path, facts: list[Facts]) -> list[Sheet]:
    book = CalamineWorkbook.from_path(str(path))
    listed = book.sheets_metadata
    if len(listed) != len(facts):
        raise archive.unreadable()
    return [
        Sheet(
            number + 1,
            each.name,
            each.visible is not SheetVisibleEnum.Visible,
            facts[number],
            book.get_sheet_by_index(number),
        )
        for number, each in enumerate(listed)
        if each.typ is SheetTypeEnum.WorkSheet and facts[number].rows
    ]
