"""Which figures could be made: a delivery that did not come is never a zero."""

from collections.abc import Sequence

import polars as pl

from transforms.areas import is_rest
from transforms.periods import Period, parse
from transforms.readings import Reading

DELIVERIES = {
    "partner": pl.String(),
    "contract": pl.String(),
    "period": pl.String(),
    "accepted": pl.Boolean(),
}
"""One row per delivery that was owed or came."""

COVERAGE = {
    "period": pl.String(),
    "partner": pl.String(),
    "coverage": pl.Float64(),
    "received": pl.Boolean(),
}


def begun(deliveries: pl.DataFrame, periods: Sequence[Period], *, before: int = 0) -> list[Period]:
    """Keep the periods that do not begin before the first delivery that was owed or came.

    Four quarters of which the first ones were never asked for would be too low. Of several
    contracts the one that began last decides. `before` is how many quarters before its begin a
    figure looks back: those must be known too.
    """
    firsts: dict[str, int] = {}
    for contract, period in deliveries.select("contract", "period").unique().iter_rows():
        first = parse(period).first
        firsts[contract] = min(firsts.get(contract, first), first)
    known = max(firsts.values(), default=0)
    return [period for period in periods if period.first - before >= known]


def coverage(
    deliveries: pl.DataFrame, periods: Sequence[Period], partners: Sequence[str]
) -> pl.DataFrame:
    """Return per period and partner how much was delivered.

    `deliveries`: those of one contract, or of all that a derived table is made of. `partners`: ids,
    and '' for all together. A partner of whom others report (a register) has the coverage of all.
    Columns: period, partner, coverage (accepted / all, 0-1, null where nothing was owed), received
    (whether of each contract any was accepted).
    """
    rows = [
        (str(period), partner, *_covered(_of(deliveries, partner), period))
        for period in periods
        for partner in partners
    ]
    return pl.DataFrame(rows, schema=COVERAGE, orient="row")


def told(joined: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Say of each figure whether it was observed, and leave no number where it was not.

    Comes in: the grid of figures with the sums of its measure, `filled`, `blank` and `received`;
    goes out: `availability` instead of the last three. Where a delivery came, an area without rows
    has zero. Not delivered is: no delivery, an amount that every row left empty, inhabitants that
    are not known. A figure protected at its source is delivered where it has a row, and without
    number where that is empty or not counted: the source held it back.
    """
    at_source = reading.indicator.protected_at_source
    has_row = pl.col("filled").is_not_null()
    blank = pl.lit(at_source) | (pl.col("blank").fill_null(0) > 0)
    empty = (pl.col("filled").fill_null(1) == 0) & blank
    came = has_row if at_source else pl.col("received") & ~empty
    sums = [c for c in ("numerator", "denominator", "squares") if c in joined.columns]
    if reading.elsewhere is not None:
        sums.remove("denominator")
        came = came & (pl.col("denominator").is_not_null() | is_rest(pl.col("area")))
    number = pl.col(sums) if at_source else pl.col(sums).fill_null(0)
    said = pl.when(came).then(pl.lit("observed")).otherwise(pl.lit("not_delivered"))
    numbers = pl.when(came & ~empty).then(number)
    return joined.with_columns(numbers, said.alias("availability")).drop(
        "filled", "blank", "received"
    )


def _of(deliveries: pl.DataFrame, partner: str) -> pl.DataFrame:
    own = deliveries.filter(pl.col("partner") == partner)
    return deliveries if own.is_empty() else own


def _covered(deliveries: pl.DataFrame, period: Period) -> tuple[float | None, bool]:
    accepted = [
        (contract, came)
        for contract, text, came in deliveries.select("contract", "period", "accepted").iter_rows()
        if parse(text).overlaps(period)
    ]
    if not accepted:
        return None, False
    everything = {contract for contract, _ in accepted}
    came = {contract for contract, came in accepted if came}
    return sum(came for _, came in accepted) / len(accepted), came == everything
