"""Raw rows drawn as tables, what a derived table makes of them, and the figures that follow."""

from datetime import date
from functools import cache

import polars as pl
from tiny_agreement import areas, deliveries

from flows.settings import EXAMPLE
from sources.agreement.load import load
from sources.agreement.model import Agreement, ArcMapping, Linking, Rainbow
from sources.contracts.derived import tables
from sources.contracts.load import standard
from transforms.conditions import TYPES
from transforms.derived import Derivation, derived
from transforms.indicators import observe
from transforms.needs import needs
from transforms.periods import Period, parse

REFERENCE = date(2026, 9, 30)
CONTRACTS = standard()


def delivered(contract: str, drawn: str) -> pl.DataFrame:
    """Return rows drawn with `|` (`-` is empty) as a contract has them; other columns are empty.

    Without `_period` they came in 2026K3.
    """
    types = {column.name: TYPES[column.type] for column in CONTRACTS[contract].columns}
    types |= {"_partner": pl.String(), "_period": pl.String()}
    header, *rows = [
        [cell.strip() for cell in line.split("|")] for line in drawn.splitlines() if line.strip()
    ]
    cells = [[None if cell == "-" else cell for cell in row] for row in rows]
    told = pl.DataFrame(cells, schema=dict.fromkeys(header, pl.String()), orient="row")
    empty = [pl.lit(None).alias(name) for name in types if name not in header]
    filled = told.with_columns(empty).with_columns(pl.col("_period").fill_null("2026K3"))
    return filled.select(_typed(name, dtype) for name, dtype in types.items())


def _typed(name: str, dtype: pl.DataType) -> pl.Expr:
    text = pl.col(name).cast(pl.String)
    if dtype == pl.Boolean:
        return text == "ja"
    return text.str.to_date() if dtype == pl.Date else text.cast(dtype)


def made(
    name: str,
    *,
    quarters: tuple[str, ...] = ("2026K3",),
    reference: date = REFERENCE,
    mapping: tuple[ArcMapping, ...] = (),
    **drawn: str,
) -> pl.DataFrame:
    """Return a derived table of rows drawn per contract; of those not drawn there are none."""
    contracts = tables()[name].made_of
    rows = {one: delivered(one, drawn[one]) for one in contracts if one in drawn}
    none = {one: delivered(one, "_period").clear() for one in contracts if one not in drawn}
    known = Derivation(quarters, reference, Rainbow(arcs=(), mapping=mapping), areas())
    lazy = {one: frame.lazy() for one, frame in (rows | none).items()}
    return derived([name], lazy, known)[name].collect()


@cache
def voorbeeldstad() -> Agreement:
    """The agreement of Voorbeeldstad, read once."""
    return load(EXAMPLE)


def figures(
    name: str,
    *,
    quarters: tuple[str, ...] = ("2026K3",),
    since: str = "2020K1",
    linking: Linking | None = None,
    **drawn: str,
) -> pl.DataFrame:
    """Return the figures of an indicator of Voorbeeldstad, from rows drawn per contract.

    Of every contract it needs everything came since a quarter; the areas are the tiny ones.
    """
    whole = voorbeeldstad()
    general = whole.general.model_copy(update={"linking": linking or whole.general.linking})
    one = {name: whole.indicators[name]}
    agreement = whole.model_copy(update={"indicators": one, "general": general})
    contracts = sorted(needs(agreement))
    came = [
        ("gemeente", contract, str(period), True)
        for contract in contracts
        for period in _since(since, quarters[-1])
    ]
    return observe(
        agreement,
        {one: delivered(one, drawn.get(one, "_period")) for one in contracts},
        areas(),
        quarters=quarters,
        known_at=REFERENCE,
        deliveries=deliveries(*came),
    )


def told(found: pl.DataFrame, *, area: str = "GM9901", period: str | None = None) -> dict[str, str]:
    """Write the figures of an area as `numerator/denominator value`, by breakdown."""
    there = found.filter(pl.col("area") == area, pl.col("partner") == "")
    last = period or max(there["period"], key=lambda one: parse(one).last)
    rows = there.filter(pl.col("period") == last).select(
        "breakdown", "numerator", "denominator", "value"
    )
    return {
        breakdown: f"{_short(above)}/{_short(below)} {_short(value)}"
        for breakdown, above, below, value in rows.iter_rows()
    }


def _short(number: float | None) -> str:
    return "-" if number is None else f"{number:.4g}"


def _since(first: str, last: str) -> list[Period]:
    begin, end = parse(first).first, parse(last).last
    return [Period(quarter, quarter) for quarter in range(begin, end + 1)]
