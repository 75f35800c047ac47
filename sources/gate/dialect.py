"""DuckDB for SQLAlchemy, as much of it as Great Expectations needs: our own open connection.

Great Expectations closes its connection, which rolls back, before it fetches, and DuckDB drops a
pending result on rollback. So transactions are left alone here, and each connection is a cursor
on the staging connection: committed tables of that connection are what it sees.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, types
from sqlalchemy.dialects import registry
from sqlalchemy.engine.default import DefaultDialect

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = "praatplaat"

_TYPES: dict[str, type[types.TypeEngine[Any]]] = {
    "BIGINT": types.BIGINT,
    "BOOLEAN": types.BOOLEAN,
    "DATE": types.DATE,
    "DOUBLE": types.DOUBLE,
    "VARCHAR": types.VARCHAR,
}


class _Driver:
    """What SQLAlchemy asks of a database driver as a whole."""

    paramstyle = "qmark"
    Error = Exception


class _Cursor:
    """A DuckDB cursor in the manner of PEP 249."""

    rowcount = -1

    def __init__(self, cursor: "DuckDBPyConnection") -> None:
        self._cursor = cursor

    @property
    def description(self) -> Any:
        return self._cursor.description

    def execute(self, query: str, parameters: Sequence[Any] = ()) -> None:
        self._cursor.execute(query, list(parameters))

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchmany(self, size: int = 1) -> list[Any]:
        return self._cursor.fetchmany(size)

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    def close(self) -> None:
        self._cursor.close()


class _Connection:
    """Cursors on the connection that is lent; whoever opened that ends its transactions.

    SQLAlchemy keeps this one for the next delivery, so it holds no connection itself.
    """

    def cursor(self) -> _Cursor:
        assert StagingDialect.shared is not None, "only inside `lend`"
        return _Cursor(StagingDialect.shared.cursor())

    def commit(self) -> None:
        pass

    def rollback(self) -> None:
        pass

    def close(self) -> None:
        pass


class StagingDialect(DefaultDialect):
    """Lets SQLAlchemy speak with the connection in `shared` about the tables that it holds."""

    name = "duckdb"
    default_paramstyle = "qmark"
    supports_statement_cache = True
    shared: "DuckDBPyConnection | None" = None

    @classmethod
    def import_dbapi(cls) -> Any:
        """Return the driver; there is nothing to import."""
        return _Driver

    def create_connect_args(self, url: Any) -> Any:
        """Return no arguments: the connection is open already."""
        return (), {}

    def connect(self, *_: Any, **__: Any) -> Any:
        """Return a connection that has its cursors from the staging connection."""
        return _Connection()

    def initialize(self, connection: Connection) -> None:
        """Ask nothing of the server."""

    def has_table(
        self, connection: Connection, table_name: str, schema: str | None = None, **_: Any
    ) -> bool:
        """Return whether a table exists."""
        query = "SELECT 1 FROM duckdb_tables() WHERE table_name = ?"
        return bool(connection.exec_driver_sql(query, (table_name,)).fetchall())

    def get_columns(
        self, connection: Connection, table_name: str, schema: str | None = None, **_: Any
    ) -> Any:
        """Return the columns of a table with their types, in order; each may be empty."""
        name = self.identifier_preparer.quote(table_name)
        found = connection.exec_driver_sql(f"SELECT * FROM {name} LIMIT 0").cursor
        return [
            {"name": column, "type": _TYPES.get(str(kind), types.NullType)(), "nullable": True}
            for column, kind, *_ in found.description
        ]


registry.register(NAME, __name__, "StagingDialect")


@contextmanager
def lend(con: "DuckDBPyConnection") -> Iterator[None]:
    """Let SQLAlchemy use this connection for as long as the block lasts."""
    assert StagingDialect.shared is None, "one delivery at a time"
    StagingDialect.shared = con
    try:
        yield
    finally:
        StagingDialect.shared = None
