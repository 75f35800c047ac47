"""The text of a figure as it stands on a sheet: Dutch notation, or why there is no number."""

from collections.abc import Callable

import polars as pl

from sources.agreement.model import Counts, Edition, Way
from transforms.disclosure.numbers import SMALL_AREA
from transforms.disclosure.rules import Kind
from transforms.measures.wait import DAYS, NORM, OPEN
from transforms.readings import Reading

HELD_BACK = "afgeschermd"
NOT_PUBLISHED = "niet gepubliceerd"
NOT_DELIVERED = "niet geleverd"
IN_DEVELOPMENT = "in ontwikkeling"

PERCENT = "%"
"""The unit by which a given figure says that it is a share, between 0 and 1."""

_COARSE = 100
"""From here on a mean is written without a decimal."""


def number(value: float, decimals: int = 0) -> str:
    """Write a number: 1.240, 12,3; halves go away from zero."""
    text = f"{abs(value) + 1e-9:,.{decimals}f}"
    dutch = text.translate(str.maketrans(",.", ".,"))
    negative = value < 0 and any(digit in dutch for digit in "123456789")
    return f"-{dutch}" if negative else dutch


def percent(value: float) -> str:
    """Write a share between 0 and 1 in whole percents: 84 %."""
    return f"{number(value * 100)} %"


def euros(value: float) -> str:
    """Write an amount in whole euros: € 1.240."""
    return f"€ {number(value)}"


def days(value: float) -> str:
    """Write a wait: whole weeks as weeks, 8 weken, and else in days, 55 dagen."""
    weeks = value / DAYS
    if weeks == int(weeks):
        return "1 week" if weeks == 1 else f"{number(weeks)} weken"
    return "1 dag" if value == 1 else f"{number(value)} dagen"


def writer(reading: Reading, breakdown: str = "") -> Callable[[float, float | None], str]:
    """Return how a published value of a reading is written, given its denominator.

    `breakdown`: of a wait or a distribution, which of its figures it is.
    """
    indicator = reading.indicator
    if indicator.way is Way.WAIT:
        write = {NORM: percent, OPEN: number}.get(breakdown, days)
        return lambda value, _: write(value)
    if indicator.way is Way.DISTRIBUTION:
        is_class = breakdown not in ("", *indicator.variants)
        return lambda value, _: percent(value) if is_class else number(value)
    if indicator.way is Way.SHARE or indicator.unit == PERCENT:
        return lambda value, _: percent(value)
    if reading.numerator.counts is Counts.MONEY and indicator.way is Way.COUNT:
        return lambda value, _: euros(value)
    if indicator.way is Way.COUNT:
        return lambda value, _: number(value)
    if indicator.way is Way.RATE:
        return lambda value, n: number(value, rate_decimals(n))
    return lambda value, _: number(value, mean_decimals(value))


def mean_decimals(value: float) -> int:
    """Return the decimals of a mean: one in a small number, none in a large one."""
    return 1 if abs(value) < _COARSE else 0


def rate_decimals(inhabitants: float | None) -> int:
    """Return the decimals of a rate: none in a small area, one above."""
    return 0 if inhabitants is None or inhabitants < SMALL_AREA else 1


def held_back(kind: Kind, rules: Edition, *, alone: bool) -> str:
    """Return the one text for all of a reading that is held back.

    A count that stands alone is only held back for being small, and that may be said. Where there
    are several reasons they must look the same: that of a count which is part of another can be
    that it is nearly all of it. What its own source holds back, that source held back: we do not
    know why.
    """
    if kind is Kind.PASSED:
        return NOT_PUBLISHED
    return f"minder dan {rules.threshold}" if kind is Kind.COUNT and alone else HELD_BACK


def texts(figures: pl.DataFrame, reading: Reading, without_number: dict[str, str]) -> pl.Series:
    """Return the text of each figure, by its status, value and denominator."""
    write = {name: writer(reading, name) for name in figures["breakdown"].unique()}
    rows = figures.select("status", "value", "denominator", "breakdown").iter_rows()
    told = [
        without_number.get(status) or ("" if value is None else write[name](value, denominator))
        for status, value, denominator, name in rows
    ]
    return pl.Series("shown", told, dtype=pl.String)
