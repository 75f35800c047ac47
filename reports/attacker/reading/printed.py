"""Which numbers a page may print beside a figure: its own, and those that it is compared with."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import polars as pl

from reports.attacker.reading.decoding import named
from reports.attacker.reading.numbers import Number, numbers_of
from reports.attacker.reading.release import Release

_VALUES = ("value", "lower", "upper")


class Printed:
    """The figures of a release by their name, with the numbers that may stand for each."""

    def __init__(self, release: Release) -> None:
        self._town = str(release.about["municipality"])
        figures = named(release.figures).unique("name", keep="first", maintain_order=True)
        self.rows = {row["name"]: row for row in _covered(release, figures).iter_rows(named=True)}
        self.numbers = cache(self._numbers)
        self.at = cache(self._at)
        self._series: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in self.rows:
            self._series[_timeless(name)].append(name)

    def _numbers(self, name: str) -> set[Number]:
        """Return the numbers of a figure, and of the whole municipality beside it."""
        row = self.rows.get(name)
        if row is None:
            return set()
        whole = self.rows.get(self._whole(name, row["breakdown"]))
        return numbers_of(row) | (numbers_of(whole) if whole else set())

    def _at(self, area: str, partner: str) -> set[Number]:
        """Return the numbers of all figures of an area or a partner; an empty area is the whole."""
        place = (area or self._town, partner)
        return {
            number
            for row in self.rows.values()
            if (row["area_code"], row["partner"]) == place
            for number in numbers_of(row)
        }

    def series(self, name: str) -> list[str]:
        """Return the names of a figure in all its periods: a baseline may be one of them."""
        return self._series[_timeless(name)]

    def values(self, names: Iterable[str]) -> set[float]:
        """Return the values and limits of figures as files have them."""
        rows = [self.rows[name] for name in names if name in self.rows]
        return {float(row[one]) for row in rows for one in _VALUES if row[one] is not None}

    def _whole(self, name: str, breakdown: str) -> str:
        return "|".join([*name.split("|")[:3], self._town, "", breakdown])


def _timeless(name: str) -> tuple[str, ...]:
    """Return what a figure is of, whenever."""
    indicator, version, _, *place = name.split("|")
    return (indicator, version, *place)


def _covered(release: Release, figures: pl.DataFrame) -> pl.DataFrame:
    """Add to each figure which share of its deliveries came, in whole percents as on a page."""
    if release.more is None or "coverage" not in release.more.columns:
        return figures.with_columns(coverage=pl.lit(None, pl.Float64))
    share = (100 * pl.col("coverage")).round()
    known = named(release.more).unique("name", keep="first").select("name", coverage=share)
    return figures.join(known, on="name", how="left", validate="1:1")
