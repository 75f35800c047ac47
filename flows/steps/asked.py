"""Which figure somebody asks about, and as known when."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from flows.settings import ZONE, last_ended_quarter
from sources.agreement.model import Agreement, Areas
from sources.errors import UsageError
from sources.store import Store
from transforms import periods
from transforms.areas import REST, Hierarchy
from transforms.grid import KEYS
from transforms.readings import MAIN, Reading, readings_of

_NAMES = {"period": "periode", "area": "gebied", "partner": "partner", "breakdown": "onderdeel"}
_ORDER = ("partner", "area", "breakdown", "period")


@dataclass(frozen=True, slots=True)
class Question:
    """Which figure is asked about; what is left out is the newest of the whole municipality."""

    indicator: str
    area: str = ""
    partner: str = ""
    period: str = ""
    breakdown: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """As known when, for which quarter, and of which edition ('' of none)."""

    known_at: datetime
    quarter: str
    edition: str = ""

    @property
    def day(self) -> date:
        """The day in the Netherlands."""
        return self.known_at.astimezone(ZONE).date()

    @property
    def reference(self) -> date:
        """The day by which open cases are judged."""
        return min(self.day, periods.parse(self.quarter).end)


def of_edition(store: Store, edition: str) -> Moment:
    """Return the moment of an edition; UsageError where there is no such edition."""
    every = {one.id: one for one in store.editions()}
    if edition not in every:
        raise UsageError(f"Een editie `{edition}` is er niet. {_choose(every)}")
    return Moment(every[edition].known_at, every[edition].quarter, edition)


def latest(store: Store, *, at: datetime) -> Moment:
    """Return the moment of the newest edition; where there is none yet, that of now."""
    editions = store.editions()
    return of_edition(store, editions[-1].id) if editions else as_known(at)


def as_known(at: datetime) -> Moment:
    """Return a moment, with the last quarter that was over then."""
    return Moment(at, last_ended_quarter(at))


def alone(agreement: Agreement, indicator: str) -> Agreement:
    """Return the agreement with one indicator only; UsageError where there is no such indicator."""
    if indicator not in agreement.indicators:
        there = _choose(agreement.indicators)
        raise UsageError(f"Een indicator `{indicator}` is er niet. {there}")
    return agreement.model_copy(update={"indicators": {indicator: agreement.indicators[indicator]}})


def chosen(figures: pl.DataFrame, question: Question, municipality: str) -> dict[str, Any] | None:
    """Return the row of the figure that is asked about; None where the indicator has none at all.

    `figures`: those of the indicator (`OBSERVATIONS`). Raises UsageError where there is no such
    figure, with what there is.
    """
    if figures.is_empty():
        return None
    asked = asdict(question) | {"area": question.area or municipality}
    left = figures
    for key in _ORDER:
        if key == "period" and not question.period:
            asked["period"] = _newest(left["period"].unique().to_list())
        found = left.filter(pl.col(key) == asked[key])
        if found.is_empty():
            told = f"{_NAMES[key]} `{asked[key]}`" if asked[key] else f"zonder {_NAMES[key]}"
            there = _choose(left[key].unique().to_list())
            raise UsageError(f"Van {question.indicator} is er geen cijfer: {told}. {there}")
        left = found
    return left.row(0, named=True)


def reading_of(agreement: Agreement, row: Mapping[str, Any]) -> Reading:
    """Return the reading that a figure is one of."""
    name = row["indicator"]
    every = {one.variant: one for one in readings_of(name, agreement.indicators[name])}
    return every.get(row["breakdown"], every[MAIN])


def level_of(areas: Hierarchy, row: Mapping[str, Any]) -> Areas:
    """Return the level of a figure, by its partner or its area."""
    if row["partner"]:
        return Areas.PARTNER
    area = row["area"]
    if area in areas.codes(Areas.GROUPING):
        return Areas.GROUPING
    if area.startswith(REST):
        return Areas.DISTRICT if area == REST else Areas.NEIGHBOURHOOD
    return Areas(areas.names.filter(pl.col("code") == area)["level"].item())


def same_figure(row: Mapping[str, Any]) -> pl.Expr:
    """Return whether another row is of the same figure, whatever its version."""
    return pl.all_horizontal(pl.col(key) == row[key] for key in ("indicator", *KEYS))


def _newest(ids: list[str]) -> str:
    return max(ids, key=periods.parse)


def _choose(names: Iterable[str]) -> str:
    """Return what there is to choose from; an empty name is that of none."""
    known = sorted(names)
    if not known:
        return "Er is er nog geen."
    without = " Of noem er geen." if "" in known else ""
    named = ", ".join(name for name in known if name)
    return f"Kies uit: {named}.{without}" if named else "Noem er geen."
