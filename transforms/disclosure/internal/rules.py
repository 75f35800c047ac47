"""The rules of the internal edition, one per kind of figure: what is held back, and what is told.

Statistics and disclosure, 4.2, column "intern". Counts are told as they are, and all that follows
from them is exact.
"""

import polars as pl

from sources.agreement.model import Counts, Internal
from transforms.disclosure.internal.money import dominated
from transforms.disclosure.numbers import NUMBERS
from transforms.disclosure.rounding import outward
from transforms.disclosure.rules import Kind, of_persons
from transforms.disclosure.shown import (
    HELD_BACK,
    IN_DEVELOPMENT,
    NOT_DELIVERED,
    NOT_PUBLISHED,
    number,
    writer,
)
from transforms.measures.wait import NORM
from transforms.readings import Reading

_NONE = pl.lit(None, dtype=pl.Float64)

_PEOPLE = {Counts.PERSONS, Counts.HOUSEHOLDS}

_SHARES = {Kind.SHARE, Kind.SURVEY}

_IS_NORM = pl.col("breakdown") == NORM


def too_small(kind: Kind, reading: Reading, rules: Internal) -> pl.Expr:
    """Return whether a figure is held back by itself; true where there is nothing to judge by.

    So is every figure of a kind that has no rule here.
    """
    if of_persons(reading):
        return dominated()
    x, n = pl.col("numerator"), pl.col("denominator")
    few = (x < rules.threshold) | (n - x < rules.threshold).fill_null(False)
    tests = {
        Kind.PASSED: pl.col("value").is_null(),
        Kind.COUNT: x < rules.threshold,
        Kind.SHARE: few,
        Kind.SURVEY: few | (n < rules.survey_answers),
        Kind.RATE: (n <= 0) | (few if reading.numerator.counts in _PEOPLE else x < rules.threshold),
        Kind.MEAN: n < rules.observations,
        Kind.MEDIAN: n < rules.observations,
        Kind.DISTRIBUTION: x < rules.threshold,
    }
    return tests.get(kind, pl.lit(True)).fill_null(True)


def as_shown(kind: Kind, rules: Internal) -> list[pl.Expr]:
    """Return the five numbers as they are told, from the exact ones of the same names."""
    numbers = [pl.col(name) for name in NUMBERS]
    x, n, value, lower, upper = numbers
    if kind in _SHARES:
        enough = n >= rules.percentage
        limits = outward(lower, upper, steps=100)
        numbers = [x, n, *(pl.when(enough).then(one) for one in (value.round(2), *limits))]
    elif kind is Kind.RATE:
        numbers = [x, n, value.round(1), *outward(lower, upper, steps=10)]
    elif kind is Kind.MEAN:
        # The sum beside how many there are would tell what one more person brought.
        numbers = [_NONE, n, value.round(1), *outward(lower, upper, steps=10)]
    elif kind is Kind.WAIT:
        # Who was helped, beside all who asked, would tell who still waits.
        numbers = [
            _NONE,
            n,
            *(pl.when(_IS_NORM).then(one.round(2)).otherwise(one) for one in (value, lower, upper)),
        ]
    return [one.alias(name) for one, name in zip(numbers, NUMBERS, strict=True)]


def held_back(kind: Kind, rules: Internal) -> str:
    """Return the one text for all that is held back, small by itself or hidden for another.

    What hides another count may be large, so "minder dan 3" alone would not be true of it.
    """
    if kind is Kind.PASSED:
        return NOT_PUBLISHED
    return f"minder dan {rules.threshold} of {HELD_BACK}" if kind is Kind.COUNT else HELD_BACK


def texts(figures: pl.DataFrame, reading: Reading, kind: Kind, rules: Internal) -> pl.Series:
    """Return the text of each figure: its number, "8 van de 10" of few, or why there is none."""
    without = {
        "protected": held_back(kind, rules),
        "not_delivered": NOT_DELIVERED,
        "in_development": IN_DEVELOPMENT,
    }
    write = {name: writer(reading, name) for name in figures["breakdown"].unique()}

    def told(row: tuple[str, float | None, float | None, float | None, str]) -> str:
        status, x, n, value, name = row
        if status in without:
            return without[status]
        if value is None:
            return f"{number(x)} van de {number(n)}" if x is not None and n is not None else ""
        return number(value, 1) if kind is Kind.RATE else write[name](value, n)

    columns = ("status", "numerator", "denominator", "value", "breakdown")
    rows = figures.select(columns).iter_rows()
    return pl.Series("shown", [told(row) for row in rows], dtype=pl.String)
