"""What there is to tell of how it goes, as frames: the same for a page and for a program."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

STANDINGS = ("in_time", "late", "missing", "open")
"""What can be said of a delivery that was owed: of one that is `open` the day has yet to come."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How it goes on a day.

    `waits`: sentences, each of something that the next step waits for. `deliveries`: per partner
    (with its name) and period, how many were owed, as the columns of `STANDINGS`. `refusals`: per
    code (with its title), partner, delivery (title) and period, the files refused as a whole, and
    the rows that were not taken over. `rounds`: quarter, edition, origin (the command), began (a
    moment), seconds.
    """

    municipality: str
    day: date
    waits: tuple[str, ...]
    deliveries: pl.DataFrame
    refusals: pl.DataFrame
    rounds: pl.DataFrame

    @property
    def periods(self) -> pl.DataFrame:
        """The deliveries of all partners per period, the newest last."""
        return self.deliveries.group_by("period").agg(pl.col(STANDINGS).sum()).sort("period")

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        began = pl.col("began").dt.to_string("iso:strict")
        return {
            "waits_for": list(self.waits),
            "owed": self.deliveries.to_dicts(),
            "refusals": self.refusals.to_dicts(),
            "rounds": self.rounds.with_columns(began).to_dicts(),
        }
