"""Raw files and texts past the term of their contract: which there are, and deleting them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from flows.settings import ZONE, Town
from sources.raw import discard
from sources.store import RETENTION, Delivery, Store


@dataclass(frozen=True, slots=True)
class PastTerm:
    """A delivery of which the term is over; `shared`: its file is also that of one that is not."""

    delivery: Delivery
    until: date
    shared: bool

    def told(self) -> str:
        """Say in one line what goes."""
        one = self.delivery
        what = "de tekst; het bestand hoort ook bij een latere levering" if self.shared else "alles"
        where = f"{one.partner}, {one.contract}, {one.period}"
        return f"{one.id} ({where}): bewaard tot {self.until:%d-%m-%Y}, weg gaat {what}."


def past_term(town: Town, store: Store, *, at: datetime) -> list[PastTerm]:
    """Return the deliveries of which raw and text were kept as long as their contract says."""
    gone = {stone.delivery for stone in store.tombstones() if stone.rule == RETENTION}
    kept = [d for d in store.all_deliveries() if d.id not in gone and d.contract in town.contracts]
    today = at.astimezone(ZONE).date()
    ends = {delivery.id: _end(town, delivery) for delivery in kept}
    needed = {d.sha256 for d in kept if ends[d.id] >= today}
    return [
        PastTerm(delivery, ends[delivery.id], delivery.sha256 in needed)
        for delivery in kept
        if ends[delivery.id] < today
    ]


def retain(town: Town, *, delete: bool, at: datetime) -> list[str]:
    """Say in a line each what is past its term; delete it where that is asked.

    First go the sealed files, then the texts, with a tombstone. Killed in between, the same again
    does the rest. What was accepted stays, and so do the record of a delivery and its answer: a
    release can say which input is gone.
    """
    with Store.open(
        town.settings.store,
        holder="praatplaat retain",
        actor=town.settings.actor,
        read_only=not delete,
    ) as store:
        past = past_term(town, store, at=at)
        if delete:
            for one in past:
                if not one.shared:
                    discard(one.delivery.sha256, town.settings.raw)
            store.forget([one.delivery for one in past], at=at)
    if not past:
        return ["Er is niets dat langer is bewaard dan is afgesproken."]
    done = "Gewist." if delete else "Nog niets gewist. Wis het met --now."
    return [*(one.told() for one in past), done]


def _end(town: Town, delivery: Delivery) -> date:
    """Return the last day on which a delivery is kept."""
    day = delivery.received_at.astimezone(ZONE).date()
    months = day.year * 12 + day.month - 1 + town.contracts[delivery.contract].retention_months
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
