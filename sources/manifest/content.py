"""What a sender says of a file, held against what stands in it: the rows must agree too.

Rows of another period or another partner in a file would be counted where nobody looks for them;
so the whole file is refused (deliveries.md, pollutions 57 and 58).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sources.contracts.generic import CELLS
from sources.contracts.model import Column, Contract, FieldType, Snapshot
from sources.manifest.said import Manifest, shown
from sources.readers.header import normal
from sources.readers.reading import Reading, note, quoted
from sources.verdict import Finding, Level

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from sources.inbox import Parcel

SENDER = "partner_id"
"""The column that, where a contract requires it, names the sender of the file."""


_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


def compare(
    contract: Contract,
    con: "DuckDBPyConnection",
    reading: Reading,
    parcel: "Parcel",
    said: Iterable[Manifest] = (),
) -> Reading:
    """Refuse a file of which the rows are of another period (B131) or partner (B132).

    Or of which a column does not add up to its control total (B136). `con` holds the table `typed`.
    What the sender did not say (an empty period or partner, in a self-check) is not compared.
    """
    totals = [each for one in said for each in _totals(contract, con, reading, one)]
    found = (*_disagreements(contract, con, parcel), *totals)
    refused = any(each.level is Level.REFUSE_FILE for each in found)
    return replace(reading, findings=(*reading.findings, *found), refused=refused)


def _disagreements(
    contract: Contract, con: "DuckDBPyConnection", parcel: "Parcel"
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


def _totals(
    contract: Contract, con: "DuckDBPyConnection", reading: Reading, one: Manifest
) -> Iterator[Finding]:
    columns = {
        normal(name): column for column in contract.columns for name in (column.header, column.name)
    }
    for header, total in one.totals:
        column = columns.get(normal(header))
        numeric = column is not None and column.type in _NUMBERS
        if column is None or not numeric or _incomplete(contract, con, reading, column):
            yield note(
                "B177",
                f"Het controletotaal van `{shown(header)}` kunnen wij niet nagaan.",
                "Geef alleen een totaal van een kolom met getallen. "
                "Vallen er rijen uit? Verbeter die eerst.",
            )
        elif (found := _sum(con, column)) != _rounded(total):
            yield _other_total(column, one, total=_rounded(total), found=found)


def _incomplete(
    contract: Contract, con: "DuckDBPyConnection", reading: Reading, column: Column
) -> bool:
    """Return whether a row or a number is left out, so that the sum cannot be the sender's."""
    refusing = [code for code, cell in CELLS.items() if cell.level is Level.REFUSE_ROW]
    (unread,) = con.execute(
        """SELECT count(*) FROM typed WHERE len(list_filter(coalesce(_reasons, []),
            lambda r: r."column" = $name AND list_contains($refusing, r.code))) > 0""",
        {"name": column.name, "refusing": refusing},
    ).fetchall()[0]
    others = contract.scope is not None and reading.records.excluded
    return bool(unread or reading.records.quarantined or others)


def _sum(con: "DuckDBPyConnection", column: Column) -> Decimal:
    """Return the exact sum of what a partner wrote, in thousandths: a sum of floats has no end."""
    (total,) = con.execute(
        f"SELECT coalesce(sum({quoted(column.name)}::DECIMAL(38, 3)), 0) FROM typed"
    ).fetchall()[0]
    return _rounded(Decimal(total))


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"))


def _other_total(column: Column, one: Manifest, *, total: Decimal, found: Decimal) -> Finding:
    what = f"De kolom `{column.header}` telt niet op tot het controletotaal."
    if not column.personal:
        what = (
            f"{one.where} zegt dat `{column.header}` samen {_dutch(total)} is. "
            f"Wij tellen {_dutch(found)}."
        )
    mend = "Kijk of er rijen ontbreken of getallen anders zijn. Of verbeter het controletotaal."
    return Finding("B136", Level.REFUSE_FILE, what, mend, column=column.header)


def _dutch(number: Decimal) -> str:
    """Return a number as a reader of Dutch writes it, without decimals that say nothing."""
    whole, _, rest = f"{number:,.2f}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest != "00" else "")
