"""One file per way to count; the file's name is the `way` that an indicator names."""

from importlib import import_module
from typing import Protocol, cast

import polars as pl

from sources.agreement.model import Indicator, Way


class Measure(Protocol):
    """What a module in this folder offers."""

    def tally(self) -> list[pl.Expr]:
        """Return the sums of a group of prepared rows."""

    def figure(self, sums: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
        """Add numerator, denominator, value, lower and upper (Float64) to the sums."""


def measure(way: Way) -> Measure:
    """Return the module that counts in this way."""
    return cast(Measure, import_module(f"{__name__}.{way.value}"))
