"""Correct editions, and how to damage one thing in them.

A mutation damages what the attacker reads: the rows of `figures.csv` and `figures.json`, what
`edition.json` says of itself, or what stands on a page. It may use the exact figures, as a faulty
protector would.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from benchmarks.disclosure.editions import Simulation, simulation
from benchmarks.disclosure.released import Released
from reports.attacker import Kind, Release

FIGURE = ["indicator", "version", "period", "area_code", "partner", "breakdown"]
NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
PUBLISHED, PROTECTED = (pl.col("status") == status for status in ("published", "protected"))
COUNT, SHARE, SURVEY, MEAN, RATE, CBS = "S04", "S05", "S07", "S08", "S12", "S11"


@dataclass(frozen=True, slots=True)
class Published:
    """Correct editions, oldest first, and the exact figures of each by the same keys."""

    editions: tuple[Release, ...]
    exact: tuple[pl.DataFrame, ...]

    @property
    def last(self) -> Release:
        return self.editions[-1]

    @property
    def beside(self) -> pl.DataFrame:
        """Return the figures of the last edition, with their exact numbers as `<name>_exact`."""
        return self.last.figures.join(
            self.exact[-1], on=FIGURE, how="left", suffix="_exact", validate="1:1"
        )

    def with_last(self, told: Release) -> tuple[Release, ...]:
        return (*self.editions[:-1], told)


Mutation = Callable[[Published], Sequence[Release]]


def changed(
    told: Release, victims: pl.DataFrame, values: Mapping[str, pl.Expr | object]
) -> Release:
    """Give some figures other values, in every file that tells them.

    `victims`: rows with the keys of figures; expressions in `values` are over their columns.
    """
    new = victims.select(
        *FIGURE,
        *(
            (e if isinstance(e, pl.Expr) else pl.lit(e)).alias(f"{n}_new")
            for n, e in values.items()
        ),
    )

    def in_rows(figures: pl.DataFrame) -> pl.DataFrame:
        joined = figures.join(
            new.with_columns(hit=True), on=FIGURE, how="left", validate="1:1", maintain_order="left"
        )
        others = [
            pl.when("hit").then(pl.col(f"{n}_new")).otherwise(n).cast(figures.schema[n]).alias(n)
            for n in values
        ]
        return joined.with_columns(others).select(figures.columns)

    more = None if told.more is None else in_rows(told.more)
    return replace(told, figures=in_rows(told.figures), more=more)


def without(told: Release, victims: pl.DataFrame) -> Release:
    """Leave figures out of every file."""
    more = None if told.more is None else told.more.join(victims, on=FIGURE, how="anti")
    return replace(told, figures=told.figures.join(victims, on=FIGURE, how="anti"), more=more)


def first(rows: pl.DataFrame, *conditions: pl.Expr, count: int = 1) -> pl.DataFrame:
    """Return the first figures that meet all conditions; there must be as many as asked."""
    found = rows.sort(FIGURE).filter(*conditions).head(count)
    assert found.height == count, "no figure to damage"
    return found


def of(indicator: str) -> pl.Expr:
    return pl.col("indicator") == indicator


def damage(
    published: Published,
    values: Mapping[str, pl.Expr | object],
    *conditions: pl.Expr,
    count: int = 1,
) -> tuple[Release, ...]:
    """Change the first figures of the last edition that meet the conditions."""
    victims = first(published.beside, *conditions, count=count)
    return published.with_last(changed(published.last, victims, values))


def exact(one: Released) -> pl.DataFrame:
    """Return the figures of an edition before they were protected, keyed as published ones."""
    observed = one.observed.observations.rename({"area": "area_code"})
    return observed.select(*FIGURE, *NUMBERS)


def village() -> Simulation:
    """Return a small municipality that tells of one quarter, so that an attack on it is short."""
    return simulation(8_000, seed=3, periods=1)  # with a share of which the rest is small


@dataclass(frozen=True, slots=True)
class Planted:
    """A mutation: what went wrong in words, the damage, and which kind of finding must tell."""

    what: str
    damage: Mutation
    caught_by: Kind
