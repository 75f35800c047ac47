"""Which figures a reading has: every period, area, partner and class, also where nothing came."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import polars as pl

from sources.agreement.model import Agreement, Areas, Grain
from transforms import periods
from transforms.areas import Hierarchy
from transforms.delivered import begun
from transforms.periods import Period
from transforms.readings import Reading

ALL_PARTNERS = ""
"""The partner of a figure of all partners together."""

KEYS = ("period", "area", "partner", "breakdown")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of one reading: its periods, areas and partners."""

    level: Areas
    spans: tuple[Period, ...]
    areas: tuple[str, ...]
    partners: tuple[str, ...]

    def rows(self, breakdowns: Sequence[str]) -> pl.DataFrame:
        """Return one row for every figure: period, area, partner, breakdown."""
        spans = [str(span) for span in self.spans]
        every = list(product(spans, self.areas, self.partners, breakdowns))
        return pl.DataFrame(every, schema=dict.fromkeys(KEYS, pl.String()), orient="row")


def levels(
    agreement: Agreement,
    reading: Reading,
    counted: pl.DataFrame,
    *,
    hierarchy: Hierarchy,
    quarters: Sequence[str],
    deliveries: pl.DataFrame,
) -> list[Level]:
    """Return the levels of a reading. `counted`: its cells; `deliveries`: those of its contract."""
    indicator = reading.indicator
    told = []
    for level, grain in indicator.levels.items():
        spans = tuple(_spans(reading, counted, grain, quarters=quarters, deliveries=deliveries))
        if level is Areas.PARTNER:
            partners = _partners(agreement, reading.id, counted, deliveries)
            told.append(Level(level, spans, (hierarchy.municipality,), partners))
        elif indicator.protected_at_source:
            told.append(Level(level, spans, tuple(hierarchy.codes(level)), (ALL_PARTNERS,)))
        else:
            told.append(Level(level, spans, tuple(hierarchy.with_rest(level)), (ALL_PARTNERS,)))
    return told


def classes(counted: pl.DataFrame) -> list[str]:
    """Return the classes of a breakdown that were ever seen, sorted."""
    if "class" not in counted.columns:
        return []
    return sorted(counted["class"].drop_nulls().unique())


def _spans(
    reading: Reading,
    counted: pl.DataFrame,
    grain: Grain,
    *,
    quarters: Sequence[str],
    deliveries: pl.DataFrame,
) -> list[Period]:
    """Return the periods of a level.

    A year of which a delivery came is told before it is over: a yearly survey is not held in its
    last quarter. A source's own yearly series is taken as far back as it goes; a year of which that
    source never owed or sent anything is no missing delivery.
    """
    asked = periods.of_grain(quarters, grain)
    until = max(periods.parse(quarter) for quarter in quarters)
    owed = [periods.parse(period) for period in deliveries["period"].unique()]
    if not reading.indicator.protected_at_source:
        before = reading.table.before if reading.table else 0
        asked = sorted({*asked, *_early(deliveries, grain, until)})
        return begun(deliveries, asked, before=before)
    ends = counted["quarter"].drop_nulls().unique()
    series = [periods.ending_at(end, grain) for end in ends if end <= until.last]
    due = [span for span in asked if not owed or any(span.overlaps(one) for one in owed)]
    return sorted({*due, *(span for span in series if span is not None)})


def _early(deliveries: pl.DataFrame, grain: Grain, until: Period) -> list[Period]:
    """Return the year that is not over, if a delivery of that year as a whole was accepted."""
    came = [periods.parse(one) for one in deliveries.filter("accepted")["period"].unique()]
    years = [one for one in came if one.calendar_year and one.overlaps(until)]
    return years if grain is Grain.YEAR else []


def _partners(
    agreement: Agreement, indicator: str, counted: pl.DataFrame, deliveries: pl.DataFrame
) -> tuple[str, ...]:
    """Return the partners with a figure: who agreed on it, is in the rows, or sent nothing yet.

    Of whom deliveries came without a single row of it, it is not: a zero would say that they do
    what they never did.
    """
    agreed = {
        one.partner
        for one in agreement.agreements.values()
        if any(indicator in sheet.indicators for sheet in one.result_sheets)
    }
    silent = {*deliveries["partner"]} - {*deliveries.filter("accepted")["partner"]}
    seen = {*counted["partner"].drop_nulls().unique()} | silent | agreed
    real = {i for i, partner in agreement.partners.items() if partner.kind == "partner"}
    return tuple(sorted(seen & real))
