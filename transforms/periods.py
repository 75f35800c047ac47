"""Quarters, rolling four quarters and years: `2026K3`, `2025K4/2026K3`, `2026`.

A quarter has an index (four times its year plus 0 to 3), so that a period is a run of indexes and
polars can count with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from sources.agreement.model import Grain

_ID = re.compile(r"(\d{4})(?:K([1-4])(?:/(\d{4})K([1-4]))?)?")

YEAR = 4
"""A year and a rolling year (K4) are four quarters."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A run of whole quarters, by the index of its first and its last; both belong to it."""

    first: int
    last: int
    calendar_year: bool = False

    def __str__(self) -> str:
        if self.calendar_year:
            return str(self.first // 4)
        if self.first == self.last:
            return _quarter(self.last)
        return f"{_quarter(self.first)}/{_quarter(self.last)}"

    @property
    def begin(self) -> date:
        """The first day."""
        return _first_day(self.first)

    @property
    def end(self) -> date:
        """The last day, which is the reference date (peildatum)."""
        return _first_day(self.last + 1) - timedelta(days=1)

    @property
    def grain(self) -> Grain:
        """The grain; a run of another length than four quarters counts as quarters."""
        if self.calendar_year:
            return Grain.YEAR
        return Grain.FOUR_QUARTERS if self.last - self.first == YEAR - 1 else Grain.QUARTER

    @property
    def quarters(self) -> tuple[str, ...]:
        """The ids of its quarters, oldest first."""
        return tuple(_quarter(index) for index in range(self.first, self.last + 1))

    def shifted(self, quarters: int) -> "Period":
        """Return the period of the same kind that many quarters later; a year by whole years."""
        return Period(self.first + quarters, self.last + quarters, self.calendar_year)

    def previous(self) -> "Period":
        """Return the period just before, without overlap: the quarter, year or K4 before."""
        return self.shifted(self.first - self.last - 1)

    def overlaps(self, other: "Period") -> bool:
        """Whether they have a quarter in common."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=1024)
def parse(text: str) -> Period:
    """Read a period id; ValueError where it is none."""
    match = _ID.fullmatch(text)
    if match is None:
        raise ValueError(f"not a period: {text!r}; write 2026K3, 2025K4/2026K3 or 2026")
    year, quarter, last_year, last_quarter = match.groups()
    if quarter is None:
        return Period(int(year) * 4, int(year) * 4 + 3, calendar_year=True)
    first = index(int(year), int(quarter))
    last = first if last_year is None else index(int(last_year), int(last_quarter))
    if last < first:
        raise ValueError(f"a period that ends before it begins: {text!r}")
    return Period(first, last)


def index(year: int, quarter: int) -> int:
    """Return the index of a quarter; quarters count from 1."""
    return year * 4 + quarter - 1


def last_quarters(quarter: str, count: int) -> list[str]:
    """Return the ids of that many quarters up to and with the one given, oldest first."""
    last = parse(quarter).last
    return [_quarter(one) for one in range(last - count + 1, last + 1)]


def ending_at(quarter: int, grain: Grain) -> Period | None:
    """Return the period of a grain that ends with a quarter; None where no year ends there."""
    if grain is Grain.QUARTER:
        return Period(quarter, quarter)
    if grain is Grain.FOUR_QUARTERS:
        return Period(quarter - YEAR + 1, quarter)
    return Period(quarter - YEAR + 1, quarter, calendar_year=True) if quarter % 4 == 3 else None


def of_grain(quarters: Sequence[str], grain: Grain) -> list[Period]:
    """Return the periods of a grain that end with one of the quarters, oldest first."""
    ends = sorted({parse(quarter).last for quarter in quarters})
    return [period for end in ends if (period := ending_at(end, grain)) is not None]


def quarter_of(day: pl.Expr) -> pl.Expr:
    """Return the index of the quarter in which a date falls (Int32)."""
    return day.dt.year() * 4 + (day.dt.quarter().cast(pl.Int32) - 1)


def quarter_of_id(period: pl.Expr) -> pl.Expr:
    """Return the index of the last quarter of a period id (Int32); null where it is none."""
    last = period.str.extract(r"^(?:\d{4}K[1-4]/)?(\d{4}(?:K[1-4])?)$")
    quarter = last.str.slice(5, 1).cast(pl.Int32, strict=False).fill_null(4)
    return last.str.slice(0, 4).cast(pl.Int32) * 4 + quarter - 1


def _quarter(index_: int) -> str:
    return f"{index_ // 4}K{index_ % 4 + 1}"


def _first_day(index_: int) -> date:
    return date(index_ // 4, index_ % 4 * 3 + 1, 1)
