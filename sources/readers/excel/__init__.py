"""Workbooks (.xlsx, .xlsb, .xls, .ods): the one sheet that has the contract's columns.

Before a parser opens the file, everything that could do harm is refused (`archive`, `facts`). Then
`choice` finds the sheet, `rows` the column names in it, and `body` sorts the rows under them.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from sources.contracts.model import Contract
from sources.readers import rows, totals
from sources.readers.excel import body as bodies
from sources.readers.excel.body import Body, Table
from sources.readers.excel.book import Sheet, sheets
from sources.readers.excel.choice import choose, said_on_cover
from sources.readers.excel.facts import too_long
from sources.readers.excel.labels import label
from sources.readers.excel.telling import (
    broken_rows,
    check_formulas,
    format_note,
    header_notes,
    hidden_notes,
    unnamed_notes,
)
from sources.readers.header import Header, forbidden, match
from sources.readers.reading import MAX_CELL, Reading, Refused, quoted
from sources.readers.rows import Top
from sources.readers.signature import Kind
from sources.verdict import Finding, Level, Records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def read(contract: Contract, path: Path, kind: Kind, con: "DuckDBPyConnection") -> Reading:
    """Return the reading of a workbook. Raises Refused (B1xx) where no sheet can be looked at.

    A refused reading too tells what its Voorblad says: a table without rows (B108) is no fault
    where its sender had nothing to tell.
    """
    found = sheets(path, kind)
    said = said_on_cover(found, contract.dialect.decimal)
    try:
        sheet, top, notes = choose(contract, found)
    except Refused as refusal:
        return Reading(refusal.records, refusal.findings, refused=True, cover=said)
    try:
        records, findings = _table_in(contract, sheet, top, con)
        told, refused = (*format_note(path, kind), *notes, *findings), False
    except Refused as refusal:
        records, told, refused = refusal.records, refusal.findings, True
    called = label(contract, sheet)
    placed = tuple(replace(finding, sheet=called) for finding in told)
    return Reading(records, placed, refused, called, said)


def _table_in(
    contract: Contract, sheet: Sheet, top: Top | None, con: "DuckDBPyConnection"
) -> tuple[Records, list[Finding]]:
    """Read the table of a sheet into `text`. Raises Refused (B105, B108, B157, K2xx, S9xx)."""
    above = sheet.top(rows.MAX_HEADER_ROW)
    top = top or _without_header(contract, above)
    if any(rows.is_header(contract, cells) for cells in above[: top.first]):
        raise Refused(*forbidden(contract, top.cells), rows.second_table(top.first + 1))
    header = match(contract, top.cells, row=top.last + 1)
    table = _table(header, top)
    body = bodies.read(contract, sheet, table)
    check_formulas(contract, sheet, table, body)
    kept, empty = _kept(body)
    preamble = sum(1 for cells in above[: top.first] if rows.filled(cells))
    records = Records(
        physical=sheet.height,
        header=top.last - top.first + 1,
        preamble=preamble,
        blank=top.first - preamble + body.blank + empty,
        excluded=len(body.totals) + len(body.notes),
        accepted=len(kept),
        quarantined=len(body.broken),
    )
    if not len(kept) and not body.broken:
        raise Refused(_no_rows(label(contract, sheet)), records=records)
    _load(contract, kept, con)
    return records, [
        *header_notes(top, preamble),
        *header.findings,
        *unnamed_notes(sheet, top, table, body),
        *hidden_notes(sheet, table),
        *rows.total_notes([number + 1 for number in body.totals]),
        *rows.footnote_notes([number + 1 for number in body.notes]),
        *broken_rows(body),
        *totals.compare(contract, header, body.totals, con),
    ]


def _no_rows(sheet: str) -> Finding:
    message = f"Op het blad `{sheet}` staan geen rijen onder de kolomnamen."
    return Finding("B108", Level.REFUSE_FILE, message, "Kijk of u het goede bestand stuurde.")


def _without_header(contract: Contract, above: list[list[str]]) -> Top:
    """Return the contract's own order where it allows that; else the first filled row."""
    first = next(number for number, cells in enumerate(above) if rows.filled(cells))
    asked = [column.header for column in contract.columns if not column.derived]
    width = max(place for place, cell in enumerate(above[first]) if cell.strip()) + 1
    if contract.positional and width == len(asked):
        return Top(tuple(asked), first, first - 1)
    return Top(tuple(above[first]), first, first)


def _table(header: Header, top: Top) -> Table:
    width = max((place for place, cell in enumerate(top.cells) if cell.strip()), default=-1) + 1
    heads = frozenset(top.cells[place] for place in header.places.values())
    unnamed = frozenset(place for place in range(width) if not top.cells[place].strip())
    return Table(top.last + 1, header.places, width, heads, unnamed)


def _kept(body: Body) -> tuple[pl.DataFrame, int]:
    """Return the rows of data, and how many more hold nothing that the contract asks."""
    out = [number + 1 for number in (*body.notes, *body.broken)]
    texts = pl.all().exclude("_row")
    frame = body.frame.filter(~pl.col("_row").is_in(out)) if out else body.frame
    frame = frame.with_columns(pl.when(texts != "").then(texts).name.keep())
    longest = frame.select(texts.str.len_bytes().max()).fill_null(0)
    if any(size > MAX_CELL for size in longest.row(0)):
        raise too_long()
    kept = frame.filter(pl.any_horizontal(texts.str.strip_chars().fill_null("") != ""))
    return kept, len(frame) - len(kept)


def _load(contract: Contract, kept: pl.DataFrame, con: "DuckDBPyConnection") -> None:
    """Make the table `loaded` and the view `text` over it."""
    columns = ", ".join(quoted(column.name) for column in contract.columns)
    con.register("_cells", kept)
    con.execute(f"CREATE OR REPLACE TABLE loaded AS SELECT _row, {columns} FROM _cells")
    con.unregister("_cells")
    con.execute("CREATE OR REPLACE VIEW text AS SELECT * FROM loaded")
