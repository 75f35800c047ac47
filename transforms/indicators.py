"""Accepted rows → observations: every indicator, variant, level, grain and period, exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from sources.agreement.linking import off
from sources.agreement.model import Agreement, Areas, Indicator
from sources.contracts.derived import contracts_of, tables
from transforms import periods
from transforms.areas import Hierarchy
from transforms.cells import KNOWN, cells, no_cells, sums
from transforms.constants import constants
from transforms.conversion import in_its_year
from transforms.delivered import coverage, told
from transforms.derived import Derivation, derived
from transforms.grid import KEYS, Level, classes, levels
from transforms.measures import ORDERED, measure, ordered
from transforms.observations import OBSERVATIONS, conform
from transforms.placing import placed
from transforms.readings import MAIN, Reading, readings

STATUSES = ("voorlopig", "nader voorlopig")
"""The status of a figure that ends in the latest quarter (or later), and in the one before. Older
figures, and those that another office settled, are `definitief`."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known when figures are made; see `observe`."""

    agreement: Agreement
    rows: Mapping[str, pl.LazyFrame]
    hierarchy: Hierarchy
    quarters: Sequence[str]
    deliveries: pl.DataFrame

    def deliveries_of(self, delivery: str) -> pl.DataFrame:
        """Return the deliveries of a contract, or of those that a derived table is made of."""
        return self.deliveries.filter(pl.col("contract").is_in(contracts_of(delivery)))


def observe(
    agreement: Agreement,
    rows: Mapping[str, pl.DataFrame | pl.LazyFrame],
    hierarchy: Hierarchy,
    *,
    quarters: Sequence[str],
    known_at: date,
    deliveries: pl.DataFrame,
) -> pl.DataFrame:
    """Work out every figure of the agreement; returns the columns of `OBSERVATIONS`, sorted.

    `rows`: per contract its accepted rows, with `_partner` and `_period`. `quarters`: the ids to
    observe; the latest is provisional, and rolling years and calendar years are those that end in
    one of them. `known_at`: the day by which open cases are judged (or the end of the latest
    quarter, if that is earlier). `deliveries`: partner, contract, period, accepted; one row per
    delivery that was owed or came. Where nothing came there are no numbers, and never a zero. An
    indicator in development has one row without numbers, and so has one that may not link laws; one
    that has stopped has none.
    """
    asked = readings(agreement)
    reference = min(known_at, periods.parse(max(quarters)).end)
    given = Derivation(tuple(sorted(quarters)), reference, agreement.rainbow, hierarchy)
    every = _with_derived(rows, asked, given)
    known = Known(agreement, every, hierarchy, given.quarters, deliveries)
    counted = _counted(asked, known, reference=reference)
    frames = [_figures(reading, known, counted[reading.key]) for reading in asked]
    frames += [
        _in_development(name, indicator, known)
        for name, indicator in agreement.indicators.items()
        if indicator.status == "in_development" or off(agreement, indicator)
    ]
    return conform(pl.concat([pl.DataFrame(schema=OBSERVATIONS), *frames], how="diagonal_relaxed"))


def _with_derived(
    rows: Mapping[str, pl.DataFrame | pl.LazyFrame], asked: Sequence[Reading], known: Derivation
) -> dict[str, pl.LazyFrame]:
    """Return the accepted rows, and the rows of the derived tables that are asked for."""
    lazy = {contract: frame.lazy() for contract, frame in rows.items()}
    names = {reading.indicator.delivery for reading in asked} & tables().keys()
    return lazy | derived(names, lazy, known)


def _counted(
    asked: Sequence[Reading], known: Known, *, reference: date
) -> dict[tuple[str, str], pl.DataFrame]:
    """Count the cells of all readings together, so that polars shares what they have in common."""
    there = [reading for reading in asked if reading.indicator.delivery in known.rows]
    plans = [cells(known.rows[r.indicator.delivery], r, reference=reference) for r in there]
    collected = zip(there, pl.collect_all(plans), strict=True)
    return {reading.key: no_cells(reading) for reading in asked} | {
        reading.key: in_its_year(frame, known.hierarchy.dated) for reading, frame in collected
    }


def _figures(reading: Reading, known: Known, counted: pl.DataFrame) -> pl.DataFrame:
    """Return the figures of one reading at all its levels."""
    at_levels = levels(
        known.agreement,
        reading,
        counted,
        hierarchy=known.hierarchy,
        quarters=known.quarters,
        deliveries=known.deliveries_of(reading.indicator.delivery),
    )
    figures = [_at_level(reading, known, counted, level) for level in at_levels]
    # The rest area is one and the same row at the level of wijken and at that of buurten.
    one_each = pl.concat(figures, how="diagonal_relaxed").unique(KEYS, keep="first")
    return one_each.with_columns(
        pl.lit(reading.id).alias("indicator"),
        pl.lit(reading.indicator.version).alias("version"),
        _status(reading.indicator, known.quarters[-1]),
    )


def _at_level(reading: Reading, known: Known, counted: pl.DataFrame, level: Level) -> pl.DataFrame:
    """Return a figure for every period and area, or partner, of a level."""
    indicator = reading.indicator
    of_contract = known.deliveries_of(indicator.delivery)
    delivered = coverage(of_contract, level.spans, level.partners)
    joined = (
        level.rows([reading.variant, *_told_apart(reading, counted)])
        .join(_added(reading, known.hierarchy, counted, level), on=KEYS, how="left", validate="1:1")
        .join(delivered, on=["period", "partner"], how="left", validate="m:1")
    )
    if (below := reading.elsewhere) is not None:
        rows = known.rows.get(str(below.delivery))
        people = constants(rows, below, level.spans, hierarchy=known.hierarchy)
        joined = joined.join(people, on=["period", "area"], how="left", validate="m:1")
    figures = measure(indicator.way).figure(told(joined, reading), indicator)
    seen = pl.col("availability") == "observed"
    figures = figures.with_columns(pl.col("converted").fill_null(0.0))
    return figures.with_columns(pl.when(seen).then(pl.col("value", "lower", "upper", "converted")))


def _told_apart(reading: Reading, counted: pl.DataFrame) -> list[str]:
    """Return the breakdowns of a reading beside the figure itself."""
    way = reading.indicator.way
    return ordered(way).parts(counted) if way in ORDERED else classes(counted)


def _added(
    reading: Reading, hierarchy: Hierarchy, counted: pl.DataFrame, level: Level
) -> pl.DataFrame:
    """Add the cells up to a level, for the reading as a whole and for each class of it."""
    by = ["partner"] if level.level is Areas.PARTNER else []
    if reading.indicator.way in ORDERED:
        return _in_order(reading, hierarchy, counted, level, by=by)
    slices = [(by, pl.lit(reading.variant))]
    if classes(counted):
        slices.append(([*by, "class"], pl.col("class")))
    frames = []
    for keys, breakdown in slices:
        summed = _summed(reading, counted, level, by=keys)
        areas = placed(summed, reading, hierarchy, level.level)
        partner = pl.col("partner") if by else pl.lit("")
        frames.append(areas.with_columns(partner.alias("partner"), breakdown.alias("breakdown")))
    return pl.concat(frames, how="diagonal_relaxed").drop("class", strict=False)


def _summed(
    reading: Reading, counted: pl.DataFrame, level: Level, *, by: Sequence[str]
) -> pl.DataFrame:
    rolling = reading.table is not None and reading.table.rolling
    return sums(counted, level.spans, by=by, rolling=rolling)


def _in_order(
    reading: Reading, hierarchy: Hierarchy, counted: pl.DataFrame, level: Level, *, by: list[str]
) -> pl.DataFrame:
    """Add the cells up to a level with their amounts apart, and read the figures from those."""
    summed = _summed(reading, counted, level, by=[*by, "amount"])
    amounts = placed(summed, reading, hierarchy, level.level).with_columns(
        pl.col("partner") if by else pl.lit("").alias("partner"),
        pl.lit(reading.variant).alias("breakdown"),
    )
    figures = ordered(reading.indicator.way).read(amounts, reading.indicator)
    place = ["period", "area", "partner"]
    about = pl.col("denominator").cast(pl.Float64)
    share = pl.when(about.sum() > 0).then((pl.col("converted") * about).sum() / about.sum())
    beside = amounts.sort(*place, "amount").group_by(place).agg(pl.col(*KNOWN).sum(), share)
    return figures.join(beside, on=place, how="left", validate="m:1")


def _status(indicator: Indicator, last: str) -> pl.Expr:
    """Return how settled a figure is, by the distance of its last quarter to the latest one."""
    end = periods.quarter_of_id(pl.col("period"))
    latest = periods.parse(last).last
    status = pl.lit("definitief")
    if not indicator.protected_at_source:
        for age, word in reversed(list(enumerate(STATUSES))):
            status = pl.when(end >= latest - age).then(pl.lit(word)).otherwise(status)
    return status.alias("period_status")


def _in_development(name: str, indicator: Indicator, known: Known) -> pl.DataFrame:
    """Return the one row that says that a figure is being worked on."""
    row = {
        "indicator": name,
        "version": indicator.version,
        "period": known.quarters[-1],
        "area": known.hierarchy.municipality,
        "partner": "",
        "breakdown": MAIN,
        "period_status": STATUSES[0],
        "availability": "in_development",
    }
    return pl.DataFrame([row])
