"""Who has not delivered what is due, and who is written to about it today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from flows.settings import ZONE, Town, quarter_of
from flows.steps.owed import deliveries
from sources.store import Store

CATCH_UP = 3
"""Days after its own on which a reminder still goes: the computer may have been off."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A partner to write to on a day about what is due on one other; `step` is days from that.

    `open`: contract, period and outcome of what did not come yet.
    """

    partner: str
    due: date
    step: int
    open: tuple[tuple[str, str, str], ...]

    @property
    def late(self) -> bool:
        """Whether the day that it was due is over."""
        return self.step > 0

    @property
    def day(self) -> date:
        """The day of this reminder, also where it goes later."""
        return self.due + timedelta(days=self.step)


def remind(town: Town, store: Store, *, at: datetime) -> pl.DataFrame:
    """Return the deliveries that are due at a moment and of which nothing counts yet.

    Columns: partner, name, contact, contract, title, period, due, days (past due), outcome. A
    delivery that waits for an answer or was refused is told of with that outcome.
    """
    today = at.astimezone(ZONE).date()
    partners = town.agreement.partners
    return (
        _open(town, store, at=at)
        .filter(pl.col("due") < today)
        .select(
            "partner",
            _named("partner", {name: one.name for name, one in partners.items()}, "name"),
            _named("partner", {name: one.contact for name, one in partners.items()}, "contact"),
            "contract",
            _named("contract", {name: one.title for name, one in town.contracts.items()}, "title"),
            "period",
            "due",
            (pl.lit(today) - pl.col("due")).dt.total_days().alias("days"),
            "outcome",
        )
        .sort("due", "partner", "contract")
    )


def notices(town: Town, store: Store, *, at: datetime) -> Iterator[Notice]:
    """Yield whom to remind today, by the agreement's calendar: one notice per partner and due day.

    A day on which nothing ran is caught up within `CATCH_UP` days, but only its last reminder.
    """
    today = at.astimezone(ZONE).date()
    steps = town.agreement.calendar.reminders
    meant = (*(-days for days in steps.before), *steps.after)
    waiting = _open(town, store, at=at).sort("due", "partner", "contract", "period")
    for (partner, due), rows in waiting.group_by("partner", "due", maintain_order=True):
        passed = (today - due).days
        if past := [step for step in meant if 0 <= passed - step <= CATCH_UP]:
            said = rows.select("contract", "period", "outcome").rows()
            yield Notice(partner, due, max(past), tuple(said))


def _open(town: Town, store: Store, *, at: datetime) -> pl.DataFrame:
    """Return what is owed and does not count yet, due before or after today."""
    rows = deliveries(town, store, quarter_of(at.astimezone(ZONE).date()), known_at=at)
    return rows.filter(pl.col("due").is_not_null() & ~pl.col("accepted") & ~pl.col("optional"))


def _named(column: str, names: dict[str, str], alias: str) -> pl.Expr:
    return pl.col(column).replace_strict(names, default="", return_dtype=pl.String).alias(alias)
