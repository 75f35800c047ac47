"""Raw files and texts past their term: which there are, and deleting them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from flows.settings import ZONE, Town
from flows.steps import responses
from sources.raw import discard
from sources.store import RETENTION, Delivery, Response, Store


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


@dataclass(frozen=True, slots=True)
class WordsPastTerm:
    """What a partner said of which the term is over; `shown`: an established edition has it."""

    response: Response
    until: date
    shown: bool

    def told(self) -> str:
        """Say in one line what goes."""
        one = self.response
        what = "het bestand; de woorden staan op een vastgestelde plaat" if self.shown else "alles"
        where = f"{one.partner}, {one.indicator}, editie {one.edition}"
        return f"Reactie ({where}): bewaard tot {self.until:%d-%m-%Y}, weg gaat {what}."


def past_term(town: Town, store: Store, *, at: datetime) -> list[PastTerm]:
    """Return the deliveries of which raw and text were kept as long as their contract says."""
    gone = {stone.delivery for stone in store.tombstones() if stone.rule == RETENTION}
    kept = [d for d in store.all_deliveries() if d.id not in gone and d.contract in town.contracts]
    today = at.astimezone(ZONE).date()
    months = {name: contract.retention_months for name, contract in town.contracts.items()}
    ends = {one.id: _end(one.received_at, months[one.contract]) for one in kept}
    needed = {d.sha256 for d in kept if ends[d.id] >= today}
    return [
        PastTerm(delivery, ends[delivery.id], delivery.sha256 in needed)
        for delivery in kept
        if ends[delivery.id] < today
    ]


def words_past_term(town: Town, store: Store, *, at: datetime) -> list[WordsPastTerm]:
    """Return what partners said that was kept as long as the agreement says.

    The same words said again are one sealed file: their term begins anew. Words that an edition
    showed until they were taken back go as well.
    """
    gone, today = set(store.responses.tombstones()), at.astimezone(ZONE).date()
    months, shown = town.agreement.general.response_months, responses.public(store)
    last = {one.sha256: one for one in store.responses.every() if one.sha256}
    past = (
        WordsPastTerm(one, _end(one.moment, months), sha256 in shown)
        for sha256, one in last.items()
        if sha256 not in gone or (one.text and sha256 not in shown)
    )
    return [one for one in past if one.until < today]


def retain(town: Town, *, delete: bool, at: datetime) -> list[str]:
    """Say in a line each what is past its term; delete it where that is asked.

    First go the sealed files, then the texts, with a tombstone. Killed in between, the same again
    does the rest. What was accepted stays, and so do the record of a delivery and its answer: a
    release can say which input is gone. Of what partners said stays what an edition shows.
    """
    with Store.open(
        town.settings.store,
        holder="praatplaat retain",
        actor=town.settings.actor,
        read_only=not delete,
    ) as store:
        past = past_term(town, store, at=at)
        words = words_past_term(town, store, at=at)
        if delete:
            _deleted(town, store, past, at=at)
            _unsaid(town, store, words, at=at)
    if not past and not words:
        return ["Er is niets dat langer is bewaard dan is afgesproken."]
    done = "Gewist." if delete else "Nog niets gewist. Wis het met --now."
    return [*(one.told() for one in past), *(one.told() for one in words), done]


def _deleted(town: Town, store: Store, past: list[PastTerm], *, at: datetime) -> None:
    for one in past:
        if not one.shared:
            discard(one.delivery.sha256, town.settings.raw)
    store.forget([one.delivery for one in past], at=at)


def _unsaid(town: Town, store: Store, past: list[WordsPastTerm], *, at: datetime) -> None:
    for one in past:
        discard(one.response.sha256, town.settings.raw)
    shown = {one.response.sha256 for one in past if one.shown}
    store.responses.forget([one.response.sha256 for one in past], shown=shown, at=at)


def _end(moment: datetime, months: int) -> date:
    """Return the last day on which is kept what came at a moment."""
    day = moment.astimezone(ZONE).date()
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
