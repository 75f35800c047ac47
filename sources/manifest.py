"""What a sender says of a file, held against what stands in it: name and content must agree.

Rows of another period or another partner in a file would be counted where nobody looks for them;
so the whole file is refused (deliveries.md, pollution 57).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.contracts.model import Contract, FieldType, Snapshot
from sources.inbox import Parcel
from sources.readers.reading import Reading, quoted
from sources.verdict import Finding, Level

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SENDER = "partner_id"
"""The column that, where a contract requires it, names the sender of the file."""


def compare(
    contract: Contract, con: "DuckDBPyConnection", reading: Reading, parcel: Parcel
) -> Reading:
    """Refuse the file where rows of `typed` are of another period (B131) or partner (B132).

    What the sender did not say (an empty period or partner, in a self-check) is not compared.
    """
    found = tuple(_disagreements(contract, con, parcel))
    if not found:
        return reading
    return replace(reading, findings=(*reading.findings, *found), refused=True)


def _disagreements(
    contract: Contract, con: "DuckDBPyConnection", parcel: Parcel
) -> Iterator[Finding]:
    for column in contract.columns:
        is_period = column.type is FieldType.PERIOD and contract.snapshot is Snapshot.PERIOD
        if is_period and parcel.period:
            yield from _other(
                con, column.name, parcel.period, code="B131", what="met een andere periode"
            )
        if column.name == SENDER and column.required and parcel.partner:
            yield from _other(
                con, column.name, parcel.partner, code="B132", what="van een andere partner"
            )


def _other(
    con: "DuckDBPyConnection", column: str, said: str, *, code: str, what: str
) -> Iterator[Finding]:
    rows, first = con.execute(
        f"SELECT count(*), min(_row) FROM typed WHERE {quoted(column)} <> $said", {"said": said}
    ).fetchall()[0]
    if rows:
        number = "staat 1 rij" if rows == 1 else f"staan {rows} rijen"
        yield Finding(
            code,
            Level.REFUSE_FILE,
            f"Volgens de naam is dit een levering van `{said}`. Erin {number} {what}.",
            f"Verbeter de kolom `{column}`, of de naam van het bestand. Begin bij de genoemde rij.",
            row=first,
            column=column,
        )
