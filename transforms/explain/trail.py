"""Row after row through the tests of a figure, until its numerator and denominator are left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import polars as pl

from transforms.areas import REST, Hierarchy
from transforms.cells import cells
from transforms.conditions import holds
from transforms.conversion import WEIGHT, in_its_year
from transforms.explain.asked import Asked
from transforms.placing import placed
from transforms.terms import with_term

_NUMBERS = ("numerator", "denominator")
_ROW = "_nr"
_DELIVERY = "_delivery"
_NONE = pl.lit(None, dtype=pl.String)


class Reason(StrEnum):
    """Why a row does not count, in the order in which it is tried."""

    FILTER = "filter"  # a filter of the indicator or the variant
    CONDITION = "condition"  # it is not what is counted
    NOBODY = "nobody"  # persons are counted, and it does not say who
    UNDATED = "undated"  # it falls in no period
    NOT_DUE = "not_due"  # its term is not over
    LATER = "later"
    EARLIER = "earlier"
    PARTNER = "partner"  # it is of another partner
    PART = "part"  # it is of another class of the breakdown
    AGAIN = "again"  # the same person once more
    UNPLACED = "unplaced"  # it lies in no known area
    ELSEWHERE = "elsewhere"  # it lies in another area
    BLANK = "blank"  # it leaves the amount empty


@dataclass(frozen=True, slots=True)
class Step:
    """How many rows fell out for a reason, and how many are left; rows or, after AGAIN, persons."""

    reason: Reason
    gone: int
    left: int
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """From all rows to a figure. `left` rows (or persons) count; `divided` of them for a part.

    `numerator` and `denominator` are what those add up to; null where the way of counting has
    none of its own. `deliveries`: of how many that count each delivery brought the row, by its id;
    empty where rows do not say.
    """

    rows: int
    steps: tuple[Step, ...]
    left: int
    divided: int
    numerator: float | None
    denominator: float | None
    deliveries: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Test:
    reason: Reason
    passes: pl.Expr
    condition: str = ""


def trail(rows: pl.LazyFrame, asked: Asked, *, reference: date, hierarchy: Hierarchy) -> Trail:
    """Follow the rows of a delivery or a derived table to one figure.

    `rows`: with `_delivery` where it must be told which delivery brought what counts. `reference`:
    the day by which open cases are judged, as for `indicators.observe`.
    """
    numbered = rows.with_row_index(_ROW).with_columns(pl.col(_ROW).cast(pl.String))
    known = _prepared(numbered, asked, reference=reference)
    every, steps = _sifted(known, list(_of_rows(asked)))
    every = in_its_year(every, hierarchy.dated)
    if asked.persons is not None:
        every, again = _once(every)
        steps = (*steps, again)
    weighed = _weighed(every, asked, hierarchy)
    last, more = _sifted(weighed, list(_of_place(asked)))
    sums = {name: _sum(last, name) for name in _NUMBERS}
    counts = last[_DELIVERY].value_counts().sort(_DELIVERY) if _DELIVERY in last.columns else None
    return Trail(
        rows=known.height,
        steps=(*steps, *more),
        left=last.height,
        divided=last.filter(pl.col("weight") != 1).height,
        deliveries={} if counts is None else dict(counts.iter_rows()),
        **sums,
    )


def _prepared(numbered: pl.LazyFrame, asked: Asked, *, reference: date) -> pl.DataFrame:
    """Return every row with what it adds to the figure, and with the outcome of its conditions.

    A row is a cell of its own when its number is its place: so it is counted by the very rules of
    the figure.
    """
    reading, indicator = asked.reading, asked.reading.indicator
    alone = replace(reading, indicator=indicator.model_copy(update={"area_column": _ROW}))
    own = cells(numbered, alone, reference=reference).rename({"place": _ROW})
    place = pl.col(indicator.area_column).cast(pl.String) if indicator.area_column else _NONE
    waits = pl.col("due") > reference if indicator.date == "due" else pl.lit(False)
    somebody = pl.col(asked.persons).is_not_null() if asked.persons else pl.lit(True)
    conditions = [holds(text).alias(name) for name, text in _named(asked)]
    told = with_term(numbered, reading.term, reference=reference).select(
        _ROW,
        pl.col(f"^{_DELIVERY}$"),
        place.alias("place"),
        waits.fill_null(False).alias("waits"),
        somebody.alias("somebody"),
        *conditions,
    )
    return told.join(own, on=_ROW, how="left", validate="1:1").collect()


def _named(asked: Asked) -> list[tuple[str, str]]:
    """Return the conditions of a figure in their order, each with a name for its outcome."""
    texts = (*asked.reading.filters, *asked.conditions)
    return [(f"_{number}", text) for number, text in enumerate(texts)]


def _of_rows(asked: Asked) -> Iterator[_Test]:
    """Yield the tests of one row by itself."""
    filters = len(asked.reading.filters)
    for number, (name, text) in enumerate(_named(asked)):
        yield _Test(Reason.FILTER if number < filters else Reason.CONDITION, pl.col(name), text)
    yield _Test(Reason.NOBODY, pl.col("somebody"))
    quarter, period = pl.col("quarter"), asked.period
    rolling = asked.reading.table is not None and asked.reading.table.rolling
    yield _Test(Reason.UNDATED, quarter.is_not_null())
    yield _Test(Reason.NOT_DUE, ~pl.col("waits") | (quarter <= period.last))
    yield _Test(Reason.LATER, quarter <= period.last)
    yield _Test(Reason.EARLIER, quarter >= (period.last if rolling else period.first))
    if asked.partner:
        yield _Test(Reason.PARTNER, pl.col("partner").eq_missing(pl.lit(asked.partner)))
    if asked.part:
        yield _Test(Reason.PART, pl.col("class").eq_missing(pl.lit(asked.part)))


def _of_place(asked: Asked) -> Iterator[_Test]:
    """Yield the tests of where a row lies, and of what it says there."""
    yield _Test(Reason.UNPLACED, (pl.col("weight") > 0) | ~pl.col("rest"))
    yield _Test(Reason.ELSEWHERE, pl.col("weight") > 0)
    yield _Test(Reason.BLANK, pl.col("blank") == 0)


def _sifted(rows: pl.DataFrame, tests: list[_Test]) -> tuple[pl.DataFrame, tuple[Step, ...]]:
    """Return the rows that pass every test, and how many fell out by each: by their first fault."""
    left, steps = rows.height, []
    failed = [
        pl.when(~one.passes.fill_null(False)).then(pl.lit(number, dtype=pl.Int32))
        for number, one in enumerate(tests)
    ]
    told = rows.with_columns(pl.coalesce(*failed, pl.lit(None, dtype=pl.Int32)).alias("fault"))
    gone = dict(told["fault"].drop_nulls().value_counts().iter_rows())
    for number, one in enumerate(tests):
        left -= gone.get(number, 0)
        steps.append(Step(one.reason, gone.get(number, 0), left, one.condition))
    return told.filter(pl.col("fault").is_null()).drop("fault"), tuple(steps)


def _once(rows: pl.DataFrame) -> tuple[pl.DataFrame, Step]:
    """Keep a person once, where they were seen last; whoever counts in any row counts."""
    flags = pl.col("numerator", "^denominator$").max().over("person")
    seen = rows.with_columns(flags).sort("day", "place", nulls_last=False, maintain_order=True)
    people = seen.unique("person", keep="last", maintain_order=True)
    return people, Step(Reason.AGAIN, rows.height - people.height, people.height)


def _weighed(rows: pl.DataFrame, asked: Asked, hierarchy: Hierarchy) -> pl.DataFrame:
    """Add to rows `weight` (which part of each lies in the area) and `rest` (it lies nowhere)."""
    # Each place is a class of its own here, so that where it lies is read by the figure's rules.
    places = rows.select("place").unique(maintain_order=True)
    apart = places.with_columns(
        pl.col("place").alias("class"),
        pl.lit(str(asked.period)).alias("period"),
        pl.lit(1, dtype=pl.Int64).alias("numerator"),
    )
    lying = placed(apart, asked.reading, hierarchy, asked.level)
    here = pl.col("area") == asked.area
    weights = lying.group_by(pl.col("class").alias("place")).agg(
        pl.col("numerator").filter(here).sum().cast(WEIGHT).alias("weight"),
        pl.col("area").str.starts_with(REST).all().alias("rest"),
    )
    return rows.join(
        weights, on="place", how="left", nulls_equal=True, validate="m:1"
    ).with_columns(pl.col("weight").fill_null(0), pl.col("rest").fill_null(False))


def _sum(rows: pl.DataFrame, name: str) -> float | None:
    """Return what rows add up to, each by its weight: exact, as decimals; null without numbers."""
    if name not in rows.columns:
        return None
    parts = rows.select(pl.col(name).cast(WEIGHT) * pl.col("weight"))
    return float(parts.to_series().sum() or 0)
