"""What a published figure is compared with: target, baseline, a year ago, the municipality.

Each function takes published figures and returns, for those that have something to compare with,
the columns of `PLACE`, `period`, and the `numerator`, `denominator` and `value` to compare with.
"""

import polars as pl

from sources.agreement.model import Agreement, Indicator
from transforms.conversion import comparable
from transforms.periods import YEAR, parse

PLACE = ["indicator", "version", "area_code", "partner", "breakdown"]

_COUNTS = ("numerator", "denominator")
_NUMBERS = {"numerator": pl.Float64(), "denominator": pl.Float64(), "value": pl.Float64()}


def target(told: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the target of each figure: the first whose year has not passed, else the last.

    What may be held against a figure, `Agreement.targets_of` says.
    """
    apart = pl.col("area_code").is_in(_apart(agreement))
    rows = told.select(
        *PLACE, "period", of=pl.when(apart).then("area_code").otherwise(pl.lit(""))
    ).unique()
    asked = rows.select("indicator", "of", "partner", "period").unique()
    values = [_target(agreement, *one) for one in asked.iter_rows()]
    found = asked.with_columns(pl.Series("value", values, dtype=pl.Float64))
    agreed = rows.join(
        found.filter(pl.col("value").is_not_null()),
        on=asked.columns,
        how="inner",
        validate="m:1",
    ).drop("of")
    return agreed.with_columns(pl.lit(None, dtype=pl.Float64).alias(n) for n in _COUNTS)


def _apart(agreement: Agreement) -> list[str]:
    """Return the areas that differ: with a target or a question of their own, and the whole."""
    every = agreement.indicators.values()
    own = {target.area for one in every for target in one.targets if target.area}
    whole = agreement.general.municipality.code
    return sorted({whole}.union(own, *(one.questions for one in every)))


def _target(
    agreement: Agreement, indicator: str, area: str, partner: str, period: str
) -> float | None:
    """Return the target of an area; of those that do not differ, '' stands for each."""
    day = parse(period).end
    found = agreement.target_of(indicator, area=area, partner=partner, day=day)
    return found.value if found else None


def baseline(told: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the baseline of each figure: as the agreement says it was, or as measured.

    What an agreement holds is frozen, and of the municipality or of one partner. Another place (and
    the municipality until then) is compared with its own figure of the baseline's period, as long
    as the edition tells it. A figure that was measured in the areas of another year is not compared
    where too much of it was converted: only figures within those areas could be.
    """
    alike = told.filter(comparable())
    measured = pl.concat(
        [
            alike.filter((pl.col("indicator") == name) & (pl.col("period") == one.baseline.period))
            for name, one in agreement.indicators.items()
            if one.baseline is not None
        ]
        or [told.clear()]
    ).select(*PLACE, *_NUMBERS)
    places = told.select(*PLACE, "period", "converted")
    agreed = places.filter(pl.col("area_code") == agreement.general.municipality.code).join(
        _agreed(told, agreement), on=["indicator", "partner", "period"], how="inner", validate="m:1"
    )
    found = places.filter(comparable()).join(measured, on=PLACE, how="inner", validate="m:1")
    return pl.concat(
        [found.join(agreed, on=[*PLACE, "period"], how="anti", maintain_order="left"), agreed]
    )


def _agreed(told: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the baselines that are written: the indicator's for all, a partner's own for itself.

    Columns: indicator, partner, period, and the numbers; without a count they are constants.
    """
    rows = []
    for name, partner, period in told.select("indicator", "partner", "period").unique().iter_rows():
        indicator = agreement.indicators[name]
        base = agreement.baseline_of(name, partner=partner, day=parse(period).end)
        if base is None or base.value is None or (partner and base is indicator.baseline):
            continue
        n = None if base.denominator is None else float(base.denominator)
        x = None if n is None else base.value * n / indicator.multiplier
        rows.append((name, partner, period, x, n, base.value))
    keys = dict.fromkeys(("indicator", "partner", "period"), pl.String())
    return pl.DataFrame(sorted(rows), schema={**keys, **_NUMBERS}, orient="row")


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
    """Return the municipality's figure of the same period, for the areas within it.

    Not of a count: of that an area always has a part only.
    """
    same = ["indicator", "version", "breakdown", "period"]
    code = agreement.general.municipality.code
    fair = [name for name, one in agreement.indicators.items() if one.comparable]
    everyone = told.filter(pl.col("indicator").is_in(fair), partner="")
    whole = everyone.filter(pl.col("area_code") == code)
    within = everyone.filter(pl.col("area_code") != code).select(*PLACE, "period")
    numbers = whole.select(*same, *_NUMBERS)
    return within.join(numbers, on=same, how="inner", validate="m:1")
