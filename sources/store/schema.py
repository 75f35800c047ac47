"""The tables of the store: fixed ones in SQL, those of a contract from its columns."""

from contextlib import closing

import duckdb

from sources.contracts.model import Contract, FieldType
from sources.errors import UsageError
from sources.store.connection import Connection, transaction
from sources.store.names import quoted, sql_type

VERSION = 5

# Times are UTC without zone. Deliveries, events (also of stories), aliases, tombstones and the log
# are only ever added to.
_TABLES = """
CREATE SCHEMA received;
CREATE SCHEMA accepted;
CREATE SCHEMA observed;
CREATE SCHEMA published;
CREATE TABLE main.schema_version (version INTEGER NOT NULL);
CREATE TABLE received.deliveries (
    id INTEGER PRIMARY KEY,
    partner VARCHAR NOT NULL,
    contract VARCHAR NOT NULL,
    contract_version VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    correction BOOLEAN NOT NULL,
    sha256 VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    received_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    records JSON NOT NULL,
    said JSON NOT NULL
);
CREATE TABLE received.events (
    delivery INTEGER NOT NULL,
    position INTEGER NOT NULL,
    from_state VARCHAR,
    to_state VARCHAR NOT NULL,
    moment TIMESTAMP NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (delivery, position)
);
CREATE TABLE received.aliases (
    partner VARCHAR NOT NULL,
    contract VARCHAR NOT NULL,
    header VARCHAR NOT NULL,
    "column" VARCHAR NOT NULL,
    moment TIMESTAMP NOT NULL,
    stored_by VARCHAR NOT NULL
);
CREATE TABLE received.tombstones (
    delivery INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    contract VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    deleted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (delivery, rule)
);
CREATE TABLE received.findings (
    delivery INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    how_to_mend VARCHAR NOT NULL,
    "row" BIGINT,
    "column" VARCHAR,
    sheet VARCHAR
);
CREATE TABLE received.quarantine (
    delivery INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    codes VARCHAR[] NOT NULL
);
CREATE TABLE observed.rounds (
    quarter VARCHAR NOT NULL,
    known_at TIMESTAMP NOT NULL,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (quarter, known_at)
);
CREATE TABLE observed.observations (
    quarter VARCHAR NOT NULL,
    known_at TIMESTAMP NOT NULL,
    indicator VARCHAR, version INTEGER, period VARCHAR, area VARCHAR, partner VARCHAR,
    breakdown VARCHAR, numerator DOUBLE, denominator DOUBLE, value DOUBLE, lower DOUBLE,
    upper DOUBLE, period_status VARCHAR, coverage DOUBLE, availability VARCHAR,
    converted DOUBLE
);
CREATE TABLE published.editions (
    id VARCHAR PRIMARY KEY,
    quarter VARCHAR NOT NULL,
    known_at TIMESTAMP NOT NULL,
    previous VARCHAR,
    digest VARCHAR NOT NULL,
    account JSON NOT NULL
);
CREATE TABLE published.figures (
    edition VARCHAR NOT NULL,
    indicator VARCHAR, version INTEGER, period VARCHAR, period_status VARCHAR, area_code VARCHAR,
    partner VARCHAR, breakdown VARCHAR, numerator_counts VARCHAR, denominator_counts VARCHAR,
    numerator DOUBLE, denominator DOUBLE, value DOUBLE, lower DOUBLE, upper DOUBLE, unit VARCHAR,
    additive VARCHAR, source VARCHAR, shown VARCHAR, status VARCHAR, coverage DOUBLE,
    converted DOUBLE
);
-- Of each partner, contract and period: the accepted delivery with the highest number, as known at
-- a moment. One that was refused or still waits never displaces one that was accepted.
CREATE MACRO accepted.deliveries_that_count(known_at) AS TABLE
    SELECT d.id, d.partner, d.contract, d.period, d.number
    FROM received.deliveries AS d
    WHERE d.id IN (
        SELECT delivery FROM received.events AS e
        WHERE e.moment <= known_at AND e.to_state = 'vastgesteld'
    ) AND d.id NOT IN (
        SELECT delivery FROM received.events AS e
        WHERE e.moment <= known_at AND e.to_state = 'ingetrokken'
    )
    QUALIFY row_number() OVER (
        PARTITION BY d.partner, d.contract, d.period ORDER BY d.number DESC, d.id DESC
    ) = 1;
"""

# What each version added to the one before: a store grows into the next one without loss.
ADDED = {
    4: """
CREATE TABLE received.story_events (
    partner VARCHAR NOT NULL,
    story VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL,
    moment TIMESTAMP NOT NULL,
    stored_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
CREATE TABLE published.rounded (
    edition VARCHAR NOT NULL,
    "count" VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    area VARCHAR NOT NULL,
    partner VARCHAR NOT NULL,
    breakdown VARCHAR NOT NULL,
    rounded BIGINT NOT NULL
);
CREATE TABLE published.internal (
    edition VARCHAR NOT NULL,
    "count" VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    area VARCHAR NOT NULL,
    partner VARCHAR NOT NULL,
    breakdown VARCHAR NOT NULL,
    exact BIGINT NOT NULL,
    hidden BOOLEAN NOT NULL
);
""",
    5: """
CREATE TABLE main.log (
    position BIGINT PRIMARY KEY,
    moment TIMESTAMP NOT NULL,
    origin VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    object VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);
""",
}


def make(con: Connection) -> None:
    """Make the tables in an empty store."""
    with transaction(con):
        con.execute(_TABLES)
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
