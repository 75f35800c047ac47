"""Making the tables of the store: the fixed ones, and those of a contract from its columns."""

from contextlib import closing

import duckdb

from sources.contracts.model import Contract, FieldType
from sources.errors import UsageError
from sources.store.connection import Connection, transaction
from sources.store.names import quoted, sql_type
from sources.store.tables import ADDED, FIRST, VERSION


def make(con: Connection) -> None:
    """Make the tables in an empty store."""
    with transaction(con):
        con.execute(FIRST)
        for added in ADDED.values():
            con.execute(added)
        con.execute("INSERT INTO main.schema_version VALUES ($version)", {"version": VERSION})


def require_version(con: Connection) -> None:
    """Refuse a store that another version of this program made.

    Raises:
        UsageError: its tables are not those of this program.
    """
    version = version_of(con)
    if version is not None and version < VERSION <= version + len(ADDED):
        raise UsageError(
            f"De opslag heeft nog indeling {version}. Voer eerst een opdracht uit die schrijft, "
            "zoals praatplaat run: dan groeit de opslag mee."
        )
    if version != VERSION:
        raise UsageError(
            f"De opslag heeft indeling {version or 'onbekend'}; dit programma kent indeling "
            f"{VERSION}. Gebruik de versie van praatplaat waarmee de opslag is gemaakt."
        )


def version_of(con: Connection) -> int | None:
    """Return the version of the tables in a store; None where it is no store of ours."""
    try:
        row = con.execute("SELECT version FROM main.schema_version").fetchall()
    except duckdb.CatalogException:
        return None
    return int(row[0][0])


def column_names(con: Connection, schema: str, table: str) -> list[str]:
    """Return the columns of a table of the store, as committed; none where there is no such table.

    To look in the catalogue takes ten times as long: it lists every column of every table.
    """
    # Beside the transaction that may be going on: that would be aborted where there is no table.
    with closing(con.cursor()) as beside:
        try:
            found = beside.execute(f"FROM {schema}.{quoted(table)} LIMIT 0").description
        except duckdb.CatalogException:
            return []
    return [column[0] for column in found or ()]


def contract_tables(con: Connection, contract: Contract) -> None:
    """Make `received.<contract>` and `accepted.<contract>`, or add the columns that are new.

    A column that left the contract stays, empty for later deliveries: within a major version
    columns are only added.
    """
    texts = {column.name: "VARCHAR" for column in contract.columns}
    types = {column.name: sql_type(column) for column in contract.columns}
    people = {column.name for column in contract.columns if column.type is FieldType.PERSON}
    for schema, columns in (("received", texts), ("accepted", types)):
        table = f"{schema}.{quoted(contract.id)}"
        there = column_names(con, schema, contract.id)
        if not there:
            con.execute(f"CREATE TABLE {table} (_delivery INTEGER NOT NULL, _row BIGINT NOT NULL)")
        for name, kind in columns.items():
            if name not in there:
                # Pseudonyms are random: to compress them costs four times the writing, for half.
                how = "USING COMPRESSION uncompressed" if name in people else ""
                con.execute(f"ALTER TABLE {table} ADD COLUMN {quoted(name)} {kind} {how}")
