"""`indicators/`: what is counted, how, for which goal, and how it can be misused."""

from typing import Literal

from pydantic import Field

from sources.agreement.model.words import (
    AreaCode,
    Areas,
    Counts,
    Day,
    Dimension,
    Direction,
    Grain,
    Identifier,
    Kind,
    Part,
    PeriodId,
    Way,
)


class Term(Part):
    """A legal term: an event is due `days` after `start` plus the agreed suspension.

    `suspension` is a column with days; `suspension_agreed` a yes/no column: without a yes the
    days do not count. Adds the columns `due` (date, start + days + suspension) and `in_time`
    (end on or before due; still waiting past the term is not in time; not yet due is null) to the
    rows, for use in conditions. `extended_until`, where filled, replaces the due date.
    """

    start: str
    end: str
    days: int
    suspension: str | None = None
    suspension_agreed: str | None = None
    extended_until: str | None = None


class Quantity(Part):
    """A numerator or denominator: what it counts and which rows it takes.

    `where` is a condition in SQL text over the delivery's columns. `sum_of` sums that column
    instead of counting rows. `distinct` counts distinct values of that column (persons).
    `delivery` names another contract, where it is not the indicator's own (a denominator of
    inhabitants from `gebied_kerncijfers`).
    """

    counts: Counts
    where: str = ""
    sum_of: str | None = None
    distinct: str | None = None
    delivery: Identifier | None = None


class Variant(Part):
    """Another reading of the same indicator, shown beside it (gross beside net, say).

    What is left out (`denominator`, `term`) is the indicator's own; `filters` come on top of the
    indicator's. `delivery` names another table with the same columns for when, where and whose.
    """

    name: str
    delivery: Identifier | None = None
    numerator: Quantity
    denominator: Quantity | None = None
    term: Term | None = None
    filters: tuple[str, ...] = ()


class Target(Part):
    """A streefwaarde for a year; `area` where it is agreed for one area only."""

    year: int
    value: float
    area: AreaCode | None = None


class FormerBaseline(Part):
    """A nulmeting as it was before it was counted again: kept, and no longer compared with."""

    version: int = Field(ge=1)
    period: PeriodId
    value: float
    denominator: int | None = None
    area_year: int


class Baseline(Part):
    """The nulmeting: frozen, as a value with its count.

    The value is the one that was published, of the whole municipality (or of the partner, in its
    own agreement). Until the figure of its period is final there is a period only: then the figure
    of that period counts, which may still change.
    `definition` is the version of the indicator by which it was counted. Counting again makes a new
    `version` with the day on which it was fixed, the reason as `note`, and what was as `earlier`.
    """

    period: PeriodId
    value: float | None = None
    denominator: int | None = None
    area_year: int
    definition: int = Field(default=1, ge=1)
    version: int = Field(default=1, ge=1)
    fixed_on: Day | None = None
    earlier: tuple[FormerBaseline, ...] = ()
    note: str = ""


class SeriesBreak(Part):
    """A break in the series, named on the sheet."""

    period: PeriodId
    reason: str


class Indicator(Part):
    """`indicators/<id>.yaml`: one indicator with everything section 3 of the domain requires.

    `date` is the column (or `due` of the term) that decides in which period a row falls. Empty
    where rows carry a period themselves (`period_column`). `area_column` is the column with an
    area code; counts roll up from there, unless `protected_at_source`: then each area's row is
    taken as it is. `published_as` names the indicator that holds the same count as a statistics
    office published it: what the office says stands, and the other counts are rounded around it.
    `scale` names the classes of `breakdown` in their order, where they have one: of a distribution,
    classes that are too small go together with a neighbour. `levels` says per level at which grain
    the figure exists: quarters or four quarters, never both; level `grouping` is that of the
    groupings in `areas.yaml`. `multiplier` is 1000 for "per 1.000". `incentive` (prikkel) says how
    the figure can be gamed. `pairs` are indicators that must be shown with it.
    `motivation` says why no counter-indicator stands against it. `questions` (gespreksvraag) stand
    in the place of targets in an area: what is good there is found there, by talking.
    """

    version: int = Field(ge=1)
    valid_from: Day
    valid_to: Day | None = None
    name: str
    question: str
    kind: Kind
    goal: Identifier
    arcs: tuple[int, ...] = ()
    policy_area: str
    transformation: Literal["own_strength", "network", "lighter_help", "none"] = "none"
    delivery: Identifier
    way: Way
    numerator: Quantity
    denominator: Quantity | None = None
    multiplier: float = 1.0
    term: Term | None = None
    filters: tuple[str, ...] = ()
    variants: dict[Identifier, Variant] = Field(default_factory=dict)
    breakdown: str | None = None
    date: str | None = None
    period_column: str | None = None
    area_column: str | None = None
    partner_column: str | None = None
    scale: tuple[str, ...] = ()
    levels: dict[Areas, Grain]
    additive_over: tuple[Dimension, ...] = ()
    protected_at_source: bool = False
    published_as: Identifier | None = None
    estimate: bool = False
    min_denominator: int = 0
    unit: str
    direction: Direction
    standard: str = ""
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    questions: dict[AreaCode, str] = Field(default_factory=dict)
    incentive: str
    counter_indicators: tuple[Identifier, ...] = ()
    motivation: str = ""
    pairs: tuple[Identifier, ...] = ()
    explanation: str
    sources: tuple[str, ...]
    privacy: Literal["low", "medium", "high", "very_high"]
    owner: str
    expires: Day
    status: Literal["active", "in_development", "stopped"] = "active"
    breaks: tuple[SeriesBreak, ...] = ()

    @property
    def comparable(self) -> bool:
        """Whether a part can stand beside the whole: not of a count, of which it has a share."""
        counted = self.way in (Way.COUNT, Way.DISTRIBUTION)
        summed = self.way is Way.GIVEN and Dimension.AREA in self.additive_over
        return not (counted or summed)

    @property
    def tables(self) -> frozenset[str]:
        """All that it counts from: its own delivery, and those of its readings and their parts."""
        readings: tuple[Indicator | Variant, ...] = (self, *self.variants.values())
        parts = (part for one in readings for part in (one.numerator, one.denominator) if part)
        named = (*(one.delivery for one in readings), *(part.delivery for part in parts))
        return frozenset(name for name in named if name)
