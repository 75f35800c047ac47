"""Accepted rows out of the store: those of the deliveries that count, as known at a moment."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl
from duckdb import DuckDBPyRelation

from sources.contracts.model import Column, Contract, Snapshot
from sources.store.connection import Connection, selected
from sources.store.deliveries import stored
from sources.store.names import listed, quoted, sql_type
from sources.store.schema import column_names

_BATCH = 122_880

# Of a state contract a key counts as the latest period's delivery of that partner has it.
_LATEST = "QUALIFY row_number() OVER (PARTITION BY _partner, {key} ORDER BY _period DESC) = 1"


def query(con: Connection, contract: Contract, *, columns: Sequence[str] | None = None) -> str:
    """Return the SQL for a contract's rows that count; takes the parameter `$known_at`.

    Columns: `_delivery`, `_partner`, `_period`, `_row`, then the contract's, or those named.
    """
    there = column_names(con, "accepted", contract.id)
    told = [c for c in contract.columns if columns is None or c.name in columns]
    values = ", ".join(_value(column, there) for column in told)
    if not there:
        return f"SELECT {_NOTHING}, {values} WHERE $known_at IS NULL"
    latest = _LATEST.format(key=listed(contract.key))
    return f"""
        SELECT r._delivery, d.partner AS _partner, d.period AS _period, r._row, {values}
        FROM accepted.{quoted(contract.id)} AS r
        JOIN accepted.deliveries_that_count($known_at) AS d ON r._delivery = d.id
        {latest if contract.snapshot is Snapshot.STATE else ""}
        ORDER BY r._delivery, r._row
    """


_NOTHING = """
    NULL::INTEGER AS _delivery, NULL::VARCHAR AS _partner, NULL::VARCHAR AS _period,
    NULL::BIGINT AS _row
"""


def _value(column: Column, there: Sequence[str]) -> str:
    """Return a column of the contract; empty where no delivery had it yet."""
    name = quoted(column.name)
    return f"r.{name}" if column.name in there else f"NULL::{sql_type(column)} AS {name}"


def accepted(
    con: Connection,
    contract: Contract,
    *,
    known_at: datetime,
    columns: Sequence[str] | None = None,
) -> pl.DataFrame:
    """Return the rows of a contract that count; see `query`."""
    sql = query(con, contract, columns=columns)
    return selected(con, sql, {"known_at": stored(known_at)})


def reference(con: Connection, contract: Contract, *, staged: Connection, at: datetime) -> None:
    """Make table `ref_<contract>` in the staging database: the rows that count at a moment."""
    relation = con.sql(query(con, contract), params={"known_at": stored(at)})
    _stage(relation, f"ref_{contract.id}", staged)


def stage(
    con: Connection, contract: Contract, delivery: int, *, staged: Connection, table: str
) -> None:
    """Make a table in the staging database of the accepted rows of one delivery."""
    _stage(con.sql(_of_delivery(contract, "*"), params={"delivery": delivery}), table, staged)


def profile(con: Connection, contract: Contract, delivery: int) -> tuple[int, dict[str, float]]:
    """Return how many accepted rows a delivery has, and of each column which share is missing.

    A column that the contract gained since is not among them.
    """
    there = column_names(con, "accepted", contract.id)
    names = [column.name for column in contract.columns if column.name in there]
    counts = ", ".join(f"count({quoted(name)})" for name in names)
    sql = _of_delivery(contract, f"count(*), {counts}")
    rows, *filled = con.execute(sql, {"delivery": delivery}).fetchall()[0]
    return rows, {n: 1 - k / rows if rows else 1.0 for n, k in zip(names, filled, strict=True)}


def _of_delivery(contract: Contract, selected: str) -> str:
    return f"SELECT {selected} FROM accepted.{quoted(contract.id)} WHERE _delivery = $delivery"


def _stage(relation: DuckDBPyRelation, table: str, staged: Connection) -> None:
    staged.register("incoming", relation.to_arrow_reader(_BATCH))
    staged.execute(f"CREATE TABLE {quoted(table)} AS FROM incoming")
    staged.unregister("incoming")
