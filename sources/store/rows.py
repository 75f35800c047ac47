"""Accepted rows out of the store: those of the deliveries that count, as known at a moment."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import polars as pl
from duckdb import DuckDBPyRelation

from sources.contracts.model import Column, Contract, FieldType, Snapshot
from sources.store.connection import Connection, selected, stored
from sources.store.names import listed, quoted, sql_type
from sources.store.schema import column_names

_BATCH = 122_880

# Of a state contract a key counts as the latest period's delivery of that partner has it. One row
# number per key costs half of what a window over whole rows does.
_LATEST = """
    WHERE r.rowid IN (SELECT arg_max(r.rowid, d.period) FROM {rows} GROUP BY d.partner, {key})
"""


_ROW = {
    "_delivery": ("r._delivery", "INTEGER"),
    "_partner": ("d.partner", "VARCHAR"),
    "_period": ("d.period", "VARCHAR"),
    "_row": ("r._row", "BIGINT"),
}


def query(con: Connection, contract: Contract, *, columns: Sequence[str] | None = None) -> str:
    """Return the SQL for a contract's rows that count; takes the parameter `$known_at`.

    Columns: `_delivery`, `_partner`, `_period`, `_row` and then the contract's, in order of
    arrival. Or those named, in no order: sums have none, and sorting costs as much as reading.
    """
    there = column_names(con, "accepted", contract.id)
    own = {name: known for name, known in _ROW.items() if columns is None or name in columns}
    told = [_value(c, there) for c in contract.columns if columns is None or c.name in columns]
    if not there:
        nothing = [f"NULL::{kind} AS {name}" for name, (_, kind) in own.items()]
        return f"SELECT {', '.join([*nothing, *told])} WHERE $known_at IS NULL"
    values = [*(f"{value} AS {name}" for name, (value, _) in own.items()), *told]
    rows = f"""accepted.{quoted(contract.id)} AS r
        JOIN accepted.deliveries_that_count($known_at) AS d ON r._delivery = d.id"""
    latest = _LATEST.format(rows=rows, key=listed(contract.key))
    return f"""
        SELECT {", ".join(values)}
        FROM {rows} {latest if contract.snapshot is Snapshot.STATE else ""}
        {"" if columns else "ORDER BY r._delivery, r._row"}
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


def text_as_sent(con: Connection, contract: Contract, delivery: int) -> pl.DataFrame:
    """Return the refused and repaired rows of a delivery, by row: `_row`, `codes`, its columns."""
    columns = listed([column.name for column in contract.columns])
    sql = f"""SELECT r._row, q.codes, {columns} FROM received.{quoted(contract.id)} AS r
        LEFT JOIN received.quarantine AS q ON q.delivery = r._delivery AND q."row" = r._row
        WHERE r._delivery = $delivery ORDER BY r._row"""
    return selected(con, sql, {"delivery": delivery})


def refused(
    con: Connection, contract: Contract, delivery: int
) -> Iterator[tuple[int, list[str], tuple[str | None, ...]]]:
    """Yield of each refused row that has cells: its row, the codes, the contract's cells as text.

    A column that the contract gained since is empty. The rows come in order, in small batches.
    """
    there = column_names(con, "received", contract.id)
    if not there:
        return
    cells = _listed_or_null(contract, there)
    reading = con.cursor()
    reading.execute(
        f"""SELECT r._row, q.codes, {cells} FROM received.{quoted(contract.id)} AS r
        JOIN received.quarantine AS q ON q.delivery = r._delivery AND q."row" = r._row
        WHERE r._delivery = $delivery ORDER BY r._row""",
        {"delivery": delivery},
    )
    while batch := reading.fetchmany(1_000):
        yield from ((row, codes, tuple(texts)) for row, codes, *texts in batch)


def _listed_or_null(contract: Contract, there: Sequence[str]) -> str:
    names = (column.name for column in contract.columns)
    return ", ".join(quoted(name) if name in there else "NULL" for name in names)


def tally(
    con: Connection,
    contract: Contract,
    deliveries: Sequence[int],
    *,
    by: Sequence[Column],
    sums: Sequence[Column],
) -> pl.DataFrame:
    """Return the kept rows of deliveries, in all and per value of some columns, a date by quarter.

    Columns: `delivery`, `column_name` (null for all rows), `part` (text; null where empty),
    `rows`, and for each of `sums` the sum under its name, over all rows (null where nothing is
    filled). Sums are exact before they become floats. In order of the first three; a delivery
    without rows is not there.
    """
    there = column_names(con, "accepted", contract.id)
    exact = "sum({name}::DECIMAL(38, 6))::DOUBLE AS {name}"
    totals = [exact.format(name=quoted(c.name)) for c in sums if c.name in there]
    which = ", ".join(f"{delivery:d}" for delivery in deliveries)
    rows = f"FROM accepted.{quoted(contract.id)} WHERE _delivery IN ({which}) GROUP BY ALL"
    parts = {one.name: _part(one) if one.name in there else "NULL::VARCHAR" for one in by}
    in_all = ", ".join([_COUNTED.format(by="NULL::VARCHAR", part="NULL::VARCHAR"), *totals])
    per_value = (_COUNTED.format(by=f"'{name}'", part=part) for name, part in parts.items())
    together = " UNION ALL BY NAME ".join(f"{one} {rows}" for one in (in_all, *per_value))
    return selected(con, f"FROM ({together}) ORDER BY delivery, column_name, part", {})


_COUNTED = "SELECT _delivery AS delivery, {by} AS column_name, {part} AS part, count(*) AS rows"


def _part(column: Column) -> str:
    name = quoted(column.name)
    if column.type is FieldType.DATE:
        return f"year({name}) || 'K' || quarter({name})"
    return f"{name}::VARCHAR"


def _of_delivery(contract: Contract, selected: str) -> str:
    return f"SELECT {selected} FROM accepted.{quoted(contract.id)} WHERE _delivery = $delivery"


def _stage(relation: DuckDBPyRelation, table: str, staged: Connection) -> None:
    staged.register("incoming", relation.to_arrow_reader(_BATCH))
    staged.execute(f"CREATE TABLE {quoted(table)} AS FROM incoming")
    staged.unregister("incoming")
