"""One file per way to count; the file's name is the `way` that an indicator names."""

from importlib import import_module
from typing import Protocol, cast

import polars as pl

from sources.agreement.model import Indicator, Way

ORDERED = frozenset({Way.WAIT, Way.MEDIAN})
"""The ways that must know every amount, and not only the sums: their cells keep amounts apart."""


class Measure(Protocol):
    """What a module in this folder offers."""

    def tally(self) -> list[pl.Expr]:
        """Return the sums of a group of prepared rows."""

    def figure(self, sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
        """Add numerator, denominator, value, lower and upper (Float64) to the sums."""


class OrderedMeasure(Measure, Protocol):
    """What a module of an ordered way offers besides."""

    def parts(self, cells: pl.DataFrame) -> list[str]:
        """Return the breakdowns that follow from the cells, beside the figure itself."""

    def read(self, amounts: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
        """Return the sums, value, lower and upper per figure, from one row per figure and amount.

        Comes in: period, area, partner, breakdown, amount, and the sums.
        """


def measure(way: Way) -> Measure:
    """Return the module that counts in this way."""
    return cast(Measure, import_module(f"{__name__}.{way.value}"))


def ordered(way: Way) -> OrderedMeasure:
    """Return the module of a way that is one of `ORDERED`."""
    return cast(OrderedMeasure, measure(way))
