"""What a reader holds in hand: the published files of one edition, and what everybody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

PUBLIC, MUNICIPALITY = "openbaar", "gemeente"

CONFIDENTIAL = "Vertrouwelijk, niet verspreiden"
"""What every page of an internal edition says."""

PAGES = {
    "page": pl.String(),
    "figure": pl.String(),  # indicator|version|period|area|partner|breakdown
    "part": pl.String(),  # the first class or the tag: number (the figure itself), remark, …
    "text": pl.String(),
}
INHABITANTS = {"area": pl.String(), "year": pl.Int32(), "inhabitants": pl.Int64()}
SOURCES = {
    "indicator": pl.String(),
    "period": pl.String(),
    "area_code": pl.String(),
    "breakdown": pl.String(),
    "value": pl.Float64(),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One edition as one reader has it.

    `reader`: `openbaar`, `gemeente` or the id of a partner. `about`: `edition.json`. `figures`: the
    rows of `figures.csv`; `more`: those of `figures.json`, with `coverage` and `converted`.
    `pages`: columns of `PAGES`, one row per place of a page that prints a figure; `marked`: the
    pages that say that they are confidential. `files`: the names of all files.
    """

    edition: str
    reader: str
    about: Mapping[str, Any]
    figures: pl.DataFrame
    more: pl.DataFrame | None = None
    pages: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PAGES))
    marked: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def public(self) -> bool:
        """Whether it is there for everybody."""
        return self.reader == PUBLIC

    @property
    def rules(self) -> Mapping[str, Any]:
        """The rules that the edition says of itself."""
        return self.about["rules"] or {}

    @property
    def base(self) -> int:
        """Counts are multiples of this; 1 where they are exact."""
        return int(self.rules.get("base", 1))

    @property
    def threshold(self) -> int:
        """A count below this is not shown."""
        return int(self.rules["threshold"])


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What everybody knows beside the edition.

    `inhabitants`: columns of `INHABITANTS`. `sources`: columns of `SOURCES`, the figures that a
    statistics office publishes itself, by the indicator that passes them on.
    """

    inhabitants: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=INHABITANTS))
    sources: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SOURCES))
