"""What makes a delivery wait for a yes, beside its content: its number, and its period."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from flows.settings import ZONE, Town
from sources.inbox import Parcel
from sources.store import Delivery, State, Store
from sources.verdict import Finding, Level, Outcome, Verdict
from transforms import periods
from transforms.indicators import STATUSES


def held(town: Town, store: Store, parcel: Parcel, verdict: Verdict, *, at: datetime) -> Verdict:
    """Let a delivery wait where nobody said that it replaces another, or where it is too late."""
    if verdict.outcome is Outcome.REFUSED:
        return verdict
    found = (*_number_is_taken(store, parcel), *_period_is_definite(town, store, parcel, at=at))
    if not found:
        return verdict
    return Verdict(Outcome.ON_HOLD, verdict.records, (*found, *verdict.findings))


def _number_is_taken(store: Store, parcel: Parcel) -> Iterator[Finding]:
    """Yield B130 for another file under a number that was used."""
    used = [d for d in store.same_period(parcel) if d.number == parcel.number and _stands(d)]
    for taken in used[:1]:
        day = f"{taken.received_at.astimezone(ZONE):%d-%m-%Y}"
        what = f"Versie {parcel.number} kregen wij al op {day}, met een andere inhoud."
        mend = f"Is dit een verbetering? Eindig de naam dan op _v{parcel.number + 1}."
        yield Finding("B130", Level.WARNING, what, mend)


def _stands(delivery: Delivery) -> bool:
    return delivery.state not in (State.REFUSED, State.WITHDRAWN)


def _period_is_definite(
    town: Town, store: Store, parcel: Parcel, *, at: datetime
) -> Iterator[Finding]:
    """Yield B171 where figures of the period were established as definite.

    A figure is voorlopig in the edition of its own quarter, nader voorlopig in the next, and then
    definite. An edition from before the delivery was due says nothing of it yet; nor does a
    concept: what comes before it is public can still be told in a new one.
    """
    if not parcel.period:
        return
    period = periods.parse(parcel.period)
    due = period.end + timedelta(days=town.contracts[parcel.contract].due_days)
    for edition in store.editions():
        tells = edition.public(at) and edition.known_at.astimezone(ZONE).date() > due
        if tells and period.last <= periods.parse(edition.quarter).last - len(STATUSES):
            yield Finding(
                "B171",
                Level.WARNING,
                f"De cijfers over {parcel.period} zijn al definitief, sinds de editie "
                f"{edition.id}. Daarom tellen deze rijen nog niet mee.",
                "U hoeft niets te doen. De gemeente neemt uw levering mee bij de volgende "
                "herziening van de cijfers.",
            )
            return
