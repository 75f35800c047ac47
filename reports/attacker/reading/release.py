"""What a reader holds in hand: the published files of one edition, and what everybody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from reports.attacker.reading.drawings import Drawing

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
FACTS = {"area": pl.String(), "value": pl.Float64()}
SOURCES = {
    "indicator": pl.String(),
    "period": pl.String(),
    "area_code": pl.String(),
    "breakdown": pl.String(),
    "value": pl.Float64(),
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with a number in it, outside the elements that say which figure they print.

    `block`: the block or section of the page that it stands in; `axis` beside that of a chart.
    `inside`: the figures that are printed in the smallest element around it that prints any; none
    where its whole block prints none. `quoted`: whether it is in a story, or is quoted from one.
    """

    page: str
    block: str
    text: str
    inside: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """One edition as one reader has it.

    `reader`: `openbaar`, `gemeente` or the id of a partner. `about`: `edition.json`. `figures`: the
    rows of `figures.csv`; `more`: those of `figures.json`, with `coverage` and `converted`.
    `pages`: columns of `PAGES`, one row per place of a page that prints a figure; `passages` and
    `drawings`: what pages say beside that. `marked`: the pages that say that they are confidential.
    `files`: the names of all files.
    """

    edition: str
    reader: str
    about: Mapping[str, Any]
    figures: pl.DataFrame
    more: pl.DataFrame | None = None
    pages: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PAGES))
    passages: tuple[Passage, ...] = ()
    drawings: tuple[Drawing, ...] = ()
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
    statistics office publishes itself, by the indicator that passes them on. `facts`: columns of
    `FACTS`, all that it tells of who live in an area. `agreed`: the numbers in the agreement, which
    is public: targets, baselines, money. `texts`: the texts with a number in them that pages quote
    from it.
    """

    inhabitants: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=INHABITANTS))
    sources: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SOURCES))
    facts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FACTS))
    agreed: frozenset[float] = frozenset()
    texts: frozenset[str] = frozenset()
