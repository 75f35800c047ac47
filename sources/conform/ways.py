"""How a column is written, decided from all its cells that are not as agreed."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sources.conform import dates
from sources.conform.cells import Order, Sent, Way, clean, full
from sources.conform.statement import cell
from sources.contracts.model import Contract, FieldType
from sources.readers.reading import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AMERICAN = 1 / 3  # share of the dates with dashes that prove it, to say it of all of them


def decide(contract: Contract, con: "DuckDBPyConnection", failing: Iterable[int]) -> dict[int, Way]:
    """Return the way of each column that has cells in `odd` without a fast reading."""
    deciders = {FieldType.DATE: _dates, FieldType.BOOLEAN: _crosses}
    ways = {}
    for n in failing:
        decider = deciders.get(contract.columns[n].type)
        ways[n] = decider(contract, con, n) if decider else Way()
    return ways


def _dates(contract: Contract, con: "DuckDBPyConnection", n: int) -> Way:
    x = clean(f"x{n}")
    conditions = (
        dates.evidence(x, "-", first=Order.MONTH_FIRST),
        dates.evidence(x, "/", first=Order.MONTH_FIRST),
        dates.evidence(x, "/", first=Order.DAY_FIRST),
        dates.is_serial(x),
    )
    dashed, month, day, serials = _counts(con, conditions, f"odd WHERE f{n} IS NULL")
    name = quoted(contract.columns[n].name)
    way = Way(
        dashes=Order.MONTH_FIRST if dashed and _american(con, name, dashed) else Order.DAY_FIRST,
        slashes=_one_of(day, month),
    )
    return _with_serials(contract, con, n, way) if serials else way


def _counts(con: "DuckDBPyConnection", conditions: Iterable[str], of: str) -> tuple[int, ...]:
    counts = ", ".join(f"count(*) FILTER ({condition})" for condition in conditions)
    return tuple(con.execute(f"SELECT {counts} FROM {of}").fetchall()[0])


def _one_of(day: int, month: int) -> Order | None:
    if bool(day) == bool(month):
        return None
    return Order.DAY_FIRST if day else Order.MONTH_FIRST


def _american(con: "DuckDBPyConnection", name: str, proofs: int) -> bool:
    """Return whether all dates with dashes have their month first: none denies it, many prove it.

    One 08-31-2026 among Dutch dates is a slip of the pen, and is told as such.
    """
    x = clean(name)
    conditions = (
        dates.evidence(x, "-", first=Order.DAY_FIRST),
        full(x, "[0-9]{1,2}-[0-9]{1,2}-.*"),
    )
    denials, dashed = _counts(con, conditions, "text")
    return not denials and proofs >= _AMERICAN * dashed


def _with_serials(contract: Contract, con: "DuckDBPyConnection", n: int, way: Way) -> Way:
    """Return the way with the days that a day number may stand for, if the rest is dates.

    Those are the days of the other cells, with a year on either side.
    """
    name, found = quoted(contract.columns[n].name), cell(contract, n, way, sent=Sent())
    (filled,) = _counts(con, (f"{name} IS NOT NULL",), "text")
    number, first, last = con.execute(f"""
        SELECT count(day), min(day) - INTERVAL 1 YEAR, max(day) + INTERVAL 1 YEAR FROM (
            SELECT {name} AS day FROM typed
            UNION ALL SELECT {found.slow} FROM (SELECT *, {found.parsed} AS p{n}
                FROM (SELECT *, {clean(f"x{n}")} AS c{n} FROM odd WHERE f{n} IS NULL)))
        """).fetchall()[0]
    return replace(way, serials=(first.date(), last.date())) if 2 * number > filled else way


def _crosses(contract: Contract, con: "DuckDBPyConnection", n: int) -> Way:
    """Return whether all that stands in the column is an x: then empty is no."""
    others = f"lower({clean(f'x{n}')}) NOT IN ('x', '')"
    not_crosses, crosses = _counts(con, (others, f"f{n} IS NULL AND x{n} IS NOT NULL"), "odd")
    name = quoted(contract.columns[n].name)
    (read,) = _counts(con, (f"{name} IS NOT NULL",), "typed")
    return Way(crosses=bool(crosses) and not not_crosses and not read)
