"""Every figure of an edition by its place, worked out for some areas at a time.

Comparing figures costs far more than finding them. A figure is compared with itself and with the
whole municipality only, so that the figures of some areas come out as they would among all.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from operator import itemgetter
from threading import Lock
from typing import Any

import polars as pl

from reports.edition import Edition
from reports.figures import Figure
from reports.words.catalogue import Words
from transforms.standing import AGAINST, standing

Place = tuple[str, str, str, str]  # indicator, area, partner, breakdown
_PLACE = ("indicator", "area_code", "partner", "breakdown")

_END = pl.col("period").str.split("/").list.last()


class Placed:
    """The figures of one edition; those of an area are compared when it is first asked for."""

    def __init__(self, edition: Edition, words: Words) -> None:
        self._edition = edition
        self._words = words
        self._whole = edition.agreement.general.municipality.code
        self._one_at_a_time = Lock()  # sheets are drawn by several threads
        self._left = dict.fromkeys(edition.figures["area_code"].unique(maintain_order=True))
        named = {*edition.figures.columns, *AGAINST}
        self._told = [name for name in Figure.__dataclass_fields__ if name in named]
        self._rows: dict[Place, list[tuple[Any, ...]]] = defaultdict(list)
        self._series: dict[Place, list[Figure]] = {}
        self._standing: dict[tuple[str, str], pl.DataFrame] = {}

    def near(self, areas: Iterable[str]) -> None:
        """Work out the figures of these areas and of the municipality: what follows asks for them.

        Whoever asks for another area afterwards waits for all that are left.
        """
        with self._one_at_a_time:
            self._work_out([area for area in {*areas, self._whole} if area in self._left])

    def series(self, place: Place) -> list[Figure]:
        """Return one figure over time, oldest first."""
        with self._one_at_a_time:
            self._reach(place[1])
            if place in self._rows:
                self._series[place] = [self._figure(row) for row in self._rows.pop(place)]
        return self._series.get(place, [])

    def standing(self, area: str, partner: str) -> pl.DataFrame:
        """Return the figures of an area together, or else of a partner, as `standing` gives them.

        Only those of a whole: no variants and no classes.
        """
        areas = self._areas_of(partner) if partner else [area]
        with self._one_at_a_time:
            for one in areas:
                self._reach(one)
        found = [self._standing[one, partner] for one in areas if (one, partner) in self._standing]
        if not found:
            return standing(self._edition.figures.clear(), self._edition.agreement)
        return pl.concat(found) if len(found) > 1 else found[0]

    def _areas_of(self, partner: str) -> list[str]:
        mine = self._edition.figures.filter(pl.col("partner") == partner)
        return mine["area_code"].unique().sort().to_list()

    def longest(self, indicator: str, level: str) -> int:
        """Return the most published periods that an area of a level has of an indicator."""
        return self._longest.get((indicator, level), 0)

    @cached_property
    def _longest(self) -> dict[tuple[str, str], int]:
        """Count straight in the edition: this asks after every area, and compares none."""
        periods = self._edition.agreement.general.trend_periods
        published = (pl.col("status") == "published") & pl.col("value").is_not_null()
        levels = self._edition.areas.select(pl.col("code").alias("area_code"), "level")
        rows = (
            self._edition.figures.filter(partner="", breakdown="")
            .sort(_END, "period")
            .group_by("indicator", "area_code")
            .agg(published.tail(periods).sum().alias("known"))
            .join(levels, on="area_code", how="inner", validate="m:1")
            .group_by("indicator", "level")
            .agg(pl.col("known").max())
        )
        return {(indicator, level): known for indicator, level, known in rows.iter_rows()}

    def _reach(self, area: str) -> None:
        if area in self._left:
            self._work_out(list(self._left))

    def _work_out(self, areas: list[str]) -> None:
        if not areas:
            return
        near = pl.col("area_code").is_in(areas)
        beside = near | (pl.col("area_code") == self._whole)
        rows = standing(self._edition.figures.filter(beside), self._edition.agreement).filter(near)
        whole = rows.filter(breakdown="").partition_by("area_code", "partner", as_dict=True)
        self._standing |= {(str(area), str(partner)): own for (area, partner), own in whole.items()}
        self._index(rows.sort(_END, "period", maintain_order=True))
        for area in areas:
            del self._left[area]

    def _index(self, rows: pl.DataFrame) -> None:
        place = itemgetter(*map(self._told.index, _PLACE))
        for row in rows.select(self._told).iter_rows():
            self._rows[place(row)].append(row)

    def _figure(self, row: tuple[Any, ...]) -> Figure:
        told = dict(zip(self._told, row, strict=True))
        return Figure(
            **told,
            definition=self._edition.agreement.indicators[told["indicator"]],
            words=self._words,
            area_year=self._edition.agreement.general.area_year,
            exact=self._edition.exact(told["partner"]),
        )
