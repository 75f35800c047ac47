"""Total rows as control totals: what a partner's own program added up, held against the rows."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sources.contracts.model import Column, Contract, FieldType
from sources.readers.header import Header
from sources.readers.reading import quoted
from sources.verdict import Finding, Level

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NUMBERS = {FieldType.INTEGER, FieldType.NUMBER}
_MOST = 100  # total rows that are held against the rows above them; each asks a few sums
_PLAIN = "regexp_replace({}, '[€\\s\\x{{00a0}}]', '', 'g')"


def compare(
    contract: Contract,
    header: Header,
    totals: Mapping[int, Sequence[str]],
    con: "DuckDBPyConnection",
) -> list[Finding]:
    """Return a SIGNAAL for each total that is not the sum of its column (B148).

    `totals` gives the cells of each total row by its line (from 0). A total may be that of all rows
    above it, or of those since the total row before; only the first hundred are looked at. Needs
    the view `text`.
    """
    found: list[Finding] = []
    columns = [
        column
        for column in contract.columns
        if column.type in _NUMBERS and column.name in header.places
    ]
    since = 0
    for line in sorted(totals)[:_MOST]:
        cells = totals[line]
        if not cells[0].strip().casefold().startswith("gemiddelde"):
            for column in columns:
                place = header.places[column.name]
                cell = cells[place] if place < len(cells) else ""
                found += _compared(contract, column, cell, con, line, since)
        since = line
    return found


def _compared(
    contract: Contract,
    column: Column,
    cell: str,
    con: "DuckDBPyConnection",
    line: int,
    since: int,
) -> list[Finding]:
    said = _number(cell, contract.dialect.decimal)
    if said is None:
        return []
    sums = {_sum(contract, column, con, after, line) for after in (0, since)}
    if said in sums:
        return []
    return [
        Finding(
            "B148",
            Level.WARNING,
            f"Het totaal van `{column.header}` is niet de som van de rijen erboven.",
            "Kijk of er rijen ontbreken, of een getal verkeerd staat.",
            row=line + 1,
            column=column.header,
        )
    ]


def _number(cell: str, decimal: str) -> Decimal | None:
    plain = "".join(cell.split()).replace("€", "").replace("." if decimal == "," else ",", "")
    try:
        return Decimal(plain.replace(decimal, "."))
    except InvalidOperation:
        return None


def _sum(
    contract: Contract, column: Column, con: "DuckDBPyConnection", after: int, line: int
) -> Decimal | None:
    decimal = contract.dialect.decimal
    thousands = "." if decimal == "," else ","
    plain = _PLAIN.format(quoted(column.name))
    number = f"replace(replace({plain}, '{thousands}', ''), '{decimal}', '.')"
    query = f"""SELECT sum(TRY_CAST({number} AS DECIMAL(28, 6))) FROM text
        WHERE _row > {after:d} AND _row <= {line:d}"""
    (total,) = con.execute(query).fetchall()[0]
    return None if total is None else Decimal(total)
