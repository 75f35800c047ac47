"""Connections to DuckDB: a closed place to judge one delivery in, and the store's own file."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

Connection = duckdb.DuckDBPyConnection

_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


def staging(
    *readable: Path, memory_limit: str | None = None, threads: int | None = None
) -> Connection:
    """Return an in-memory database that can reach the `readable` files and folders, nothing else.

    `memory_limit` is a DuckDB size, such as `2GB`. Nothing spills to disk: what is read here may
    not be pseudonymised yet, and DuckDB's own wheel cannot encrypt what it spills. Extensions are
    off and the configuration is locked: a partner's file is hostile until proven otherwise.
    """
    con = duckdb.connect(":memory:", config=_CLOSED)
    con.execute("SET temp_directory = ''")
    # Rewriting the many short IN lists of a contract took most of the time of a small delivery.
    con.execute("SET disabled_optimizers = 'in_clause'")
    if memory_limit:
        con.execute(f"SET memory_limit = {_text(memory_limit)}")
    if threads:
        con.execute(f"SET threads = {threads:d}")
    for setting, are_folders in (("allowed_paths", False), ("allowed_directories", True)):
        paths = ", ".join(_text(path) for path in readable if path.is_dir() is are_folders)
        con.execute(f"SET {setting} = [{paths}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return con


def open_file(path: Path, *, read_only: bool) -> Connection:
    """Return a connection to the store's file that can reach no other file."""
    return duckdb.connect(
        path, read_only=read_only, config={**_CLOSED, "enable_external_access": False}
    )


def stored(moment: datetime) -> datetime:
    """Return a moment (with zone) as the store keeps it: UTC, without zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """Commit what the block did, or undo it all when it raises."""
    con.begin()
    try:
        yield
        con.commit()
    except BaseException:
        con.rollback()
        raise


def selected(con: Connection, sql: str, values: Mapping[str, object]) -> pl.DataFrame:
    """Return the rows of a query."""
    frame: pl.DataFrame = con.sql(sql, params=dict(values)).pl()
    return frame


def insert(
    con: Connection, table: str, incoming: object, *, first: Mapping[str, object] | None = None
) -> None:
    """Add rows to a table by their column names; `first` are columns with one value for all.

    `incoming` is an Arrow table or a reader of record batches.
    """
    values = dict(first or {})
    extra = "".join(f"${name} AS {name}, " for name in values)
    con.register("incoming", incoming)
    try:
        con.execute(f"INSERT INTO {table} BY NAME SELECT {extra}* FROM incoming", values)
    finally:
        con.unregister("incoming")


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
