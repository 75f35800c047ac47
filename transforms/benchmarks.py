"""What a published figure is compared with: target, baseline, a year ago, the municipality.

Each function takes published figures and returns, for those that have something to compare with,
the columns of `PLACE`, `period`, and the `numerator`, `denominator` and `value` to compare with.
"""

from collections.abc import Iterator

import polars as pl

from sources.agreement.model import Agreement, Indicator, Target
from transforms.conversion import comparable
from transforms.periods import YEAR, parse

PLACE = ["indicator", "version", "area_code", "partner", "breakdown"]

_COUNTS = ("numerator", "denominator")
_NUMBERS = {"numerator": pl.Float64(), "denominator": pl.Float64(), "value": pl.Float64()}


def target(told: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the target of each figure: the first whose year has not passed, else the last."""
    rows = told.select(*PLACE, "period").unique()
    values = [
        _target(agreement.indicators[row["indicator"]], row)
        for row in rows.select("indicator", "area_code", "period").iter_rows(named=True)
    ]
    found = rows.with_columns(pl.Series("value", values, dtype=pl.Float64))
    agreed = found.filter(pl.col("value").is_not_null())
    return agreed.with_columns(pl.lit(None, dtype=pl.Float64).alias(n) for n in _COUNTS)


def _target(indicator: Indicator, row: dict[str, str]) -> float | None:
    fitting = [one for one in indicator.targets if one.area in (None, row["area_code"])]
    if not fitting:
        return None
    year = parse(row["period"]).end.year

    def nearest(one: Target) -> tuple[bool, int, bool]:
        return one.year < year, abs(one.year - year), one.area is None

    return min(fitting, key=nearest).value


def baseline(told: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the baseline of each figure: as measured, or as the agreement says it was.

    A figure that was measured in the areas of another year is not compared where too much of it was
    converted: only figures within those areas could be.
    """
    alike = told.filter(comparable())
    measured = pl.concat(
        [
            alike.filter((pl.col("indicator") == name) & (pl.col("period") == one.baseline.period))
            for name, one in agreement.indicators.items()
            if one.baseline is not None and one.baseline.value is None
        ]
        or [told.clear()]
    ).select(*PLACE, *_NUMBERS)
    agreed = pl.DataFrame(
        list(_agreed(agreement)), schema={"indicator": pl.String(), **_NUMBERS}, orient="row"
    )
    whole = (pl.col("area_code") == agreement.general.municipality.code) & (pl.col("partner") == "")
    places = told.select(*PLACE, "period", "converted")
    return pl.concat(
        [
            places.filter(comparable()).join(measured, on=PLACE, how="inner", validate="m:1"),
            places.filter(whole).join(agreed, on="indicator", how="inner", validate="m:1"),
        ]
    )


def _agreed(agreement: Agreement) -> Iterator[tuple[str, float | None, float | None, float]]:
    """Yield the baselines that are written in the agreement; without a count they are constants."""
    for name, indicator in agreement.indicators.items():
        base = indicator.baseline
        if base is not None and base.value is not None:
            n = None if base.denominator is None else float(base.denominator)
            x = None if n is None else base.value * n / indicator.multiplier
            yield name, x, n, base.value


def year_ago(told: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the figure of four quarters earlier, where nothing broke the series in between.

    A provisional figure is not compared with an earlier one, and none of which too much was
    converted from the areas of another year.
    """
    told = told.filter(comparable())
    pairs = [
        (name, period, str(parse(period).shifted(-YEAR)))
        for name, period in told.select("indicator", "period").unique().iter_rows()
        if not _broken(agreement.indicators[name], period)
    ]
    earlier = pl.DataFrame(pairs, schema=["indicator", "period", "then"], orient="row")
    settled = told.filter(pl.col("period_status") != "voorlopig").select(*PLACE, "period")
    dated = settled.join(
        earlier.cast(pl.String), on=["indicator", "period"], how="inner", validate="m:1"
    )
    then = told.select(*PLACE, pl.col("period").alias("then"), *_NUMBERS)
    return dated.join(then, on=[*PLACE, "then"], how="inner", validate="1:1")


def _broken(indicator: Indicator, period: str) -> bool:
    now = parse(period)
    begins = (parse(one.period).first for one in indicator.breaks)
    return any(now.first - YEAR < begin <= now.last for begin in begins)


def municipality(told: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the municipality's figure of the same period, for the areas within it."""
    same = ["indicator", "version", "breakdown", "period"]
    code = agreement.general.municipality.code
    everyone = told.filter(pl.col("partner") == "")
    whole = everyone.filter(pl.col("area_code") == code)
    within = everyone.filter(pl.col("area_code") != code).select(*PLACE, "period")
    numbers = whole.select(*same, *_NUMBERS)
    return within.join(numbers, on=same, how="inner", validate="m:1")
