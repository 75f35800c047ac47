"""What a text gives away of a person is taken out of it, before anything is kept."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from sources.conform.cells import literal
from sources.conform.words import PERSONAL
from sources.contracts.model import Column, Contract, FieldType
from sources.privacy import masked, without_numbers
from sources.readers.reading import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def mask(contract: Contract, con: "DuckDBPyConnection", cells: Mapping[int, str]) -> None:
    """Replace in `odd`, and in `loaded` below it, what a `Trace` can stand for.

    `cells` gives per column, in SQL, which of its cells in `odd` are not ordinary. In free text
    everything is replaced. In every other column it is a BSN in a cell that could not be read:
    such a cell is refused, but its row is kept as it was received.
    """
    for n, unusual in cells.items():
        column = contract.columns[n]
        if column.type is FieldType.PERSON:
            continue
        may_tell = f"({unusual}) AND regexp_matches(x{n}, {literal(PERSONAL)})"
        texts = con.execute(f"SELECT DISTINCT x{n} FROM odd WHERE {may_tell}").fetchall()
        take_out = masked if _is_free(contract, column) else without_numbers
        changed = [(text, after) for (text,) in texts if (after := take_out(text)) != text]
        if changed:
            _put(con, changed, ("odd", f"x{n}"), ("loaded", quoted(column.name)))


def _is_free(contract: Contract, column: Column) -> bool:
    closed = column.codes or column.pattern or column.pad or column.name in contract.key
    return column.type is FieldType.TEXT and not closed


def _put(
    con: "DuckDBPyConnection", changed: list[tuple[str, str]], *places: tuple[str, str]
) -> None:
    frame = pl.DataFrame(changed, schema={"before": pl.String, "after": pl.String}, orient="row")
    con.register("_masks", frame)
    for table, column in places:
        con.execute(
            f"UPDATE {table} SET {column} = after FROM _masks WHERE {column} = before"
        ).fetchall()
    con.unregister("_masks")
