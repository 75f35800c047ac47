"""A workbook that came back: the rows of every sheet, and which files it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from sources.agreement.workbook.export import STATE
from sources.agreement.workbook.sheets import MARK, SHEETS, Sheet
from sources.errors import UsageError
from sources.readers.excel.book import sheets as opened
from sources.readers.reading import Refused
from sources.readers.signature import Kind, kind


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row: its number in the sheet from 1, its mark, its cells by key of the column."""

    sheet: str
    number: int
    mark: str
    cells: Mapping[str, Any]
    columns: Mapping[str, int]

    def where(self, key: str = "") -> str:
        """Return how a person finds a cell of this row, or the row."""
        if key not in self.columns:
            return f"Blad {self.sheet}, rij {self.number}"
        cell = xl_rowcol_to_cell(self.number - 1, self.columns[key])
        return f"Blad {self.sheet}, cel {cell}"


@dataclass(frozen=True, slots=True)
class Book:
    """The rows per title of a sheet, the checksums of the files, and what is wrong."""

    rows: Mapping[str, list[Row]]
    checksums: Mapping[str, str]
    faults: tuple[str, ...]


def read(path: Path) -> Book:
    """Return what a workbook holds. Raises UsageError where it cannot be opened."""
    try:
        found = {sheet.name: list(sheet.rows()) for sheet in opened(path, _workbook(path))}
    except Refused as error:
        told = " ".join(f"{finding.message} {finding.how_to_mend}" for finding in error.findings)
        raise UsageError(f"{path}: {told}") from error
    rows: dict[str, list[Row]] = {}
    faults: list[str] = []
    for sheet in SHEETS:
        rows[sheet.title] = _rows(sheet, found.get(sheet.title), faults)
    state = {str(cells[0]): str(cells[1]) for cells in found.get(STATE, [])[1:] if len(cells) > 1}
    if not state:
        faults.append(f"Blad {STATE} ontbreekt. Exporteer opnieuw en neem uw wijzigingen over.")
    return Book(rows, state, tuple(faults))


def _workbook(path: Path) -> Kind:
    """Return what kind of workbook it is. Raises UsageError, or Refused where nothing reads it."""
    if not path.is_file():
        raise UsageError(f"{path} bestaat niet. Kijk of u de naam goed schreef.")
    what = kind(path)
    if what in (Kind.TEXT, Kind.JSON):
        raise UsageError(f"{path} is geen werkmap. Bewaar het in Excel als .xlsx.")
    return what


def _rows(sheet: Sheet, found: list[list[Any]] | None, faults: list[str]) -> list[Row]:
    if not found:
        faults.append(f"Blad {sheet.title} ontbreekt. Exporteer opnieuw en vul dat in.")
        return []
    heads = [str(cell).strip() for cell in found[0]]
    missing = [h for h in (MARK, *(c.heading for c in sheet.columns)) if h not in heads]
    if missing:
        faults.append(
            f"Blad {sheet.title}, rij 1: de kolom {missing[0]} ontbreekt. Zet haar terug."
        )
        return []
    columns = {column.key: heads.index(column.heading) for column in sheet.columns}
    columns[MARK] = heads.index(MARK)
    made = []
    for number, cells in enumerate(found[1:], start=2):
        values = {key: cells[at] if at < len(cells) else "" for key, at in columns.items()}
        if any(str(value).strip() for value in values.values()):
            mark = str(values.pop(MARK)).strip()
            made.append(Row(sheet.title, number, mark, values, columns))
    return made
