"""From the table `loaded`, as it came in, to the view `text` that the next room reads."""

from typing import TYPE_CHECKING

import polars as pl

from sources.contracts.model import Contract
from sources.readers.csv.lines import Numbers
from sources.readers.header import Header
from sources.readers.reading import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def select(contract: Contract, header: Header) -> str:
    """Return the SQL that picks the contract's columns out of `c0`, `c1`, …; unknown ones stay out.

    A column that the file lacks is null.
    """
    return ", ".join(
        f"c{header.places[column.name]} AS {quoted(column.name)}"
        if column.name in header.places
        else f"NULL::VARCHAR AS {quoted(column.name)}"
        for column in contract.columns
    )


def finish(
    con: "DuckDBPyConnection", contract: Contract, lines: Numbers | None, first_line: int
) -> int:
    """Make the view `text` over `loaded` and return how many of its rows are empty (left out).

    `lines` is the physical row of each record in order; None where they follow from `first_line`.
    """
    names = ", ".join(quoted(column.name) for column in contract.columns)
    empty = " AND ".join(
        f"({quoted(column.name)} IS NULL OR trim({quoted(column.name)}) = '')"
        for column in contract.columns
    )
    if lines is None:
        rows = f"SELECT rowid + {first_line} AS _row, {names} FROM loaded"
    else:
        # A file's own order is that of its rows; the join does not keep it.
        _number(con, lines)
        rows = f"SELECT _row, {names} FROM loaded JOIN row_numbers ON loaded.rowid = record"
    (blank,) = con.execute(f"SELECT count(*) FROM loaded WHERE {empty}").fetchall()[0]
    keep = f" WHERE NOT ({empty})" if blank else ""
    con.execute(f"CREATE OR REPLACE VIEW text AS {rows}{keep}")
    return int(blank)


def _number(con: "DuckDBPyConnection", lines: Numbers) -> None:
    frame = pl.DataFrame({"_row": lines}).with_row_index("record")
    con.register("_numbers", frame)
    con.execute(
        "CREATE OR REPLACE TABLE row_numbers AS SELECT record::BIGINT AS record, _row FROM _numbers"
    )
    con.unregister("_numbers")
