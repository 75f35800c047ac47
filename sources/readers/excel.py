"""Excel workbooks (.xlsx): the first sheet that has the contract's columns.

Cells become the text that a CSV of the contract would hold: a date is `2026-08-14`, a number has
the contract's decimal sign, and a whole number never ends in `.0`.
"""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from sources.contracts.model import Contract
from sources.readers.header import match, resembles
from sources.readers.loaded import finish, select
from sources.readers.reading import MAX_CELL, Reading, note, refuse
from sources.verdict import Records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | None
Row = Sequence[Any]


def read(contract: Contract, path: Path, con: "DuckDBPyConnection") -> Reading:
    """Return the reading of a workbook. Raises Refused (B1xx, K2xx, S9xx)."""
    sheet, rows = _sheet(contract, path)
    filled = [number for number, row in enumerate(rows) if not _empty(row)]
    top = filled[0]
    header = match(contract, [_text(cell, ",") for cell in rows[top]], row=top + 1)
    data = filled[1:]
    if not data:
        message = f"Op het blad `{sheet}` staan geen rijen onder de kolomnamen."
        raise refuse("B108", message, "Kijk of u het goede bestand stuurde.")
    decimal = contract.dialect.decimal
    columns = {
        f"c{place}": [_text(rows[number][place], decimal) or None for number in data]
        for place in range(header.width)
        if place in header.places.values()
    }
    _limit(columns)
    con.register("_cells", pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))
    con.execute(f"CREATE OR REPLACE TABLE loaded AS SELECT {select(contract, header)} FROM _cells")
    con.unregister("_cells")
    empty = finish(con, contract, np.array(data, np.int64) + 1, 0)
    records = Records(
        physical=len(rows),
        header=1,
        blank=len(rows) - 1 - len(data) + empty,
        accepted=len(data) - empty,
    )
    return Reading(records, (*_named(path), *header.findings), sheet=sheet)


def _sheet(contract: Contract, path: Path) -> tuple[str, list[Row]]:
    """Return the name and the rows of the first sheet whose header fits best."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [(name, _rows(book, name)) for name in book.sheet_names]
    except CalamineError as error:
        message = "Deze werkmap is beschadigd, of er zit een wachtwoord op."
        raise refuse("B103", message, "Open hem in Excel en bewaar hem opnieuw.") from error
    filled = [(name, rows) for name, rows in sheets if any(not _empty(row) for row in rows)]
    if not filled:
        raise refuse("B101", "Deze werkmap is leeg.", "Kijk of u het goede bestand stuurde.")
    return max(filled, key=lambda pair: _fit(contract, pair[1]))


def _rows(book: CalamineWorkbook, name: str) -> list[Row]:
    try:
        return list(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    except CalamineError:  # a sheet that holds a chart has no cells
        return []


def _fit(contract: Contract, rows: list[Row]) -> int:
    header = next(row for row in rows if not _empty(row))
    return resembles(contract, [_text(cell, ",") for cell in header])


def _empty(row: Row) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row)


def _text(cell: Cell, decimal: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", decimal)
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    return str(cell)


def _limit(columns: dict[str, list[str | None]]) -> None:
    if any(len(cell or "") > MAX_CELL for cells in columns.values() for cell in cells):
        raise refuse("B105", "In een cel staat te veel tekst.", "Maak de tekst korter.")


def _named(path: Path) -> list[Any]:
    if path.suffix.lower() == ".xlsx":
        return []
    message = "Dit is een Excel-werkmap met een andere naam. Wij lezen hem als Excel."
    return [note("B113", message, "Geef het bestand een naam die eindigt op .xlsx.")]
