"""What a file leaves unsaid, and what it says of others: between the reader and the rest of intake.

A file that an office publishes does not know for whom it is. It may lack a column that follows from
the delivery (its year) or from its codes, and it may tell of other municipalities too.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from sources.contracts.model import Contract
from sources.readers.reading import Reading, note, quoted, refuse

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SPACES = " \t\u00a0"


def derive(contract: Contract, con: "DuckDBPyConnection", *, period: str) -> None:
    """Fill in the view `text` the columns that the contract derives from other texts.

    `period` is the delivery's own. What a file does say in such a column stays as it is.
    """
    derived = [column for column in contract.columns if column.derived]
    if not derived:
        return
    cells = ", ".join(
        f"coalesce({quoted(column.name)}, ({column.derived})::VARCHAR) AS {quoted(column.name)}"
        for column in derived
    )
    con.execute("ALTER VIEW text RENAME TO text_as_read")
    con.execute(
        f"CREATE VIEW text AS SELECT * EXCLUDE (_period) REPLACE ({cells}) "
        f"FROM (SELECT *, {_literal(period)} AS _period FROM text_as_read)"
    )


def narrow(
    contract: Contract, con: "DuckDBPyConnection", reading: Reading, *, municipality: str
) -> Reading:
    """Leave out of the view `text` the rows about areas outside the municipality.

    They are counted as excluded, with one MELDING. A code that names no municipality stays, to be
    refused with its reason. Without any row of the municipality itself the file is refused (B119).
    """
    if contract.scope is None:
        return reading
    foreign = _foreign(contract.scope, municipality)
    (count,) = con.execute(f"SELECT count(*) FROM text WHERE {foreign}").fetchall()[0]
    if count == reading.records.accepted:
        message = "In dit bestand staat geen enkele rij over onze gemeente."
        refusal = refuse("B119", message, "Kijk of u het goede bestand stuurde.")
        return replace(reading, findings=(*reading.findings, *refusal.findings), refused=True)
    if not count:
        return reading
    con.execute("ALTER VIEW text RENAME TO text_of_all")
    con.execute(f"CREATE VIEW text AS SELECT * FROM text_of_all WHERE NOT {foreign}")
    told = f"{count:,}".replace(",", ".")
    message = f"{told} rijen gaan niet over onze gemeente. Die nemen wij niet over."
    found = note("R320", message, "U hoeft niets te doen.", column=contract.scope)
    records = reading.records
    counted = replace(records, excluded=records.excluded + count, accepted=records.accepted - count)
    return replace(reading, records=counted, findings=(*reading.findings, found))


def _foreign(column: str, municipality: str) -> str:
    """Return in SQL whether a row tells of the country, a region, or another municipality."""
    area = f"upper(trim({quoted(column)}, '{_SPACES}'))"
    region = f"regexp_full_match({area}, '(NL|LD|PV|CR)[0-9]{{2}}')"
    other = f"{area} SIMILAR TO '(GM|WK|BU)[0-9]{{4}}.*'"
    elsewhere = f"{other} AND substr({area}, 3, 4) <> '{municipality[2:]}'"
    return f"coalesce({region} OR {elsewhere}, false)"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
