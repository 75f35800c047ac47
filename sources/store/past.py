"""What happened before a store had a log, told to its log from what the store kept of it."""

from collections.abc import Iterator
from datetime import datetime

from sources.store import (
    aliases,
    deeds,
    deliveries,
    figures,
    findings,
    life,
    log,
    stories,
    tombstones,
)
from sources.store.connection import Connection
from sources.store.deliveries import Delivery
from sources.store.life import Event
from sources.store.log import Deed
from sources.store.states import State
from sources.verdict import Outcome

Told = tuple[datetime, Deed, str]
"""When, what, and who did it: '' where the store does not know."""


def log_what_was(con: Connection, *, version: int | None) -> None:
    """Add a line for each thing that the store knows to have happened, oldest first.

    Within one moment in the order in which a round goes: received, answered, worked out, published.
    """
    log.acting(con, origin=f"indeling {version} van de opslag", actor="")
    told = [*_deliveries(con), *_aliases(con), *_stories(con), *_gone(con), *_figures(con)]
    for moment, deed, by in sorted(told, key=lambda one: one[0]):
        log.add(con, deed, at=moment, actor=by)


def _deliveries(con: Connection) -> Iterator[Told]:
    for one in deliveries.find(con, "true", {}):
        lived = life.events(con, one.id)
        verdict = _outcome(one, lived)
        yield one.received_at, deeds.received(one, verdict, findings.of(con, one.id)), ""
        for event in lived:
            if _was_said(event):
                yield event.moment, deeds.answered(one, event.after), ""


def _was_said(event: Event) -> bool:
    """Return whether a person took the step: the others follow from it."""
    answers = (State.ESTABLISHED, State.REFUSED)
    waited = event.before is State.ON_HOLD and event.after in answers
    return waited or event.after is State.WITHDRAWN


def _outcome(one: Delivery, life: list[Event]) -> Outcome:
    """Return what the gate said of a delivery, whatever became of it since."""
    waited = any(event.after is State.ON_HOLD for event in life)
    return Outcome.ON_HOLD if waited else one.outcome


def _aliases(con: Connection) -> Iterator[Told]:
    asked = con.execute("SELECT DISTINCT partner, contract FROM received.aliases ORDER BY ALL")
    for partner, contract in asked.fetchall():
        for one in aliases.of(con, partner, contract):
            yield one.moment, aliases.deed(one), one.by


def _stories(con: Connection) -> Iterator[Told]:
    for one in stories.Stories(con).events():
        yield one.moment, stories.deed(one), one.by


def _gone(con: Connection) -> Iterator[Told]:
    known = {one.id: one for one in deliveries.find(con, "true", {})}
    for stone in tombstones.every(con):
        if stone.rule == tombstones.RETENTION:
            yield stone.deleted_at, tombstones.deed([known[stone.delivery]]), ""


def _figures(con: Connection) -> Iterator[Told]:
    for quarter, known_at, digest in figures.rounds(con):
        yield known_at, figures.observed(quarter, known_at, digest), ""
    for edition in figures.editions(con):
        yield edition.known_at, figures.published(edition), ""
