"""The days where definitions turn, and how one day follows another."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from benchmarks.reference.days import days_later, months_later

QUARTERS = tuple(f"{year}K{n}" for year in (2024, 2025, 2026) for n in range(1, 5))[3:11]
"""The eight quarters asked for: 2024K4 to 2026K3."""

LAST = date(2026, 9, 30)
KNOWN_AT = (date(2026, 10, 28), date(2026, 9, 10))
"""The days on which figures are made: after the last quarter, or before it is over."""
CODES = ("anna", "bram", "cem")
HOMES = {"anna": "huis1", "bram": "huis1", "cem": "huis2"}
PLACES = ("9901AA", "9901AB", "9902AA", "1234ZZ")
TURNS = (
    *(
        days_later(date(year, month, 1), days)
        for year in range(2023, 2027)
        for month in (1, 4, 7, 10)
        for days in (-1, 0, 14)
        if date(year, month, 1) <= LAST
    ),
    *(date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28)),
    date(2026, 8, 31),
)
GAPS = (
    *(0, 1, 2, 13, 14, 28, 29, 30, 31, 32, 42, 43, 56, 70, 71, 90, 98, 99, 183),
    *(364, 365, 366, 540),
)

Draw = Callable[[st.SearchStrategy[Any]], Any]

days = st.sampled_from(TURNS)
gaps = st.sampled_from(GAPS)
codes = st.sampled_from(CODES)
places = st.sampled_from(PLACES)


def maybe(one: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | one


def after(draw: Draw, day: date) -> date:
    """Draw a day on or after another: so many days later, or 12 or 18 months."""
    months = draw(st.sampled_from((0, 0, 0, 1, 12, 18)))
    return months_later(day, months) if months else days_later(day, draw(gaps))


def perhaps_after(draw: Draw, day: date) -> date | None:
    """Draw a day on or after another, or (one in three) none."""
    return after(draw, day) if draw(st.integers(0, 2)) else None


def following(draw: Draw, day: date | None, gaps: tuple[int, ...]) -> date | None:
    """Draw a day that follows another so closely that it matters, or (one in three) none."""
    return days_later(day, draw(st.sampled_from(gaps))) if day and draw(st.integers(0, 2)) else None
