"""Total rows as control totals: what a partner's own program added up, held against the rows."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sources.contracts.model import Contract, FieldType
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
    places = {
        column.name: (place, column.header)
        for column in contract.columns
        if column.type in _NUMBERS and (place := header.places.get(column.name)) is not None
    }
    since = 0
    for line in sorted(totals)[:_MOST] if places else ():
        cells = totals[line]
        if not cells[0].strip().casefold().startswith("gemiddelde"):
            all_above = _sums(contract, list(places), con, 0, line)
            latest = _sums(contract, list(places), con, since, line)
            for (place, name), *sums in zip(places.values(), all_above, latest, strict=True):
                said = (
                    _number(cells[place], contract.dialect.decimal) if place < len(cells) else None
                )
                if said is not None and said not in sums:
                    found.append(_differs(name, line))
        since = line
    return found


def _differs(name: str, line: int) -> Finding:
    return Finding(
        "B148",
        Level.WARNING,
        f"Het totaal van `{name}` is niet de som van de rijen erboven.",
        "Kijk of er rijen ontbreken, of een getal verkeerd staat.",
        row=line + 1,
        column=name,
    )


def _number(cell: str, decimal: str) -> Decimal | None:
    plain = "".join(cell.split()).replace("€", "").replace("." if decimal == "," else ",", "")
    try:
        return Decimal(plain.replace(decimal, "."))
    except InvalidOperation:
        return None


def _sums(
    contract: Contract, names: Sequence[str], con: "DuckDBPyConnection", after: int, line: int
) -> list[Decimal | None]:
    """Return the sum of each column over the rows after one line (from 0) up to another."""
    sums = ", ".join(_sum(contract, name) for name in names)
    query = f"SELECT {sums} FROM text WHERE _row > {after:d} AND _row <= {line:d}"
    (found,) = con.execute(query).fetchall()
    return [None if total is None else Decimal(total) for total in found]


def _sum(contract: Contract, name: str) -> str:
    decimal = contract.dialect.decimal
    thousands = "." if decimal == "," else ","
    plain = _PLAIN.format(quoted(name))
    number = f"replace(replace({plain}, '{thousands}', ''), '{decimal}', '.')"
    return f"sum(TRY_CAST({number} AS DECIMAL(28, 6)))"
