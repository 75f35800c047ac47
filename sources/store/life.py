"""The life of a delivery: the events that bring it from state to state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sources.store import states
from sources.store.connection import Connection, stored
from sources.store.states import State


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the life of a delivery, with why, where a person took it."""

    before: State | None
    after: State
    moment: datetime
    reason: str


def begin(con: Connection, delivery: int, path: Sequence[State], *, at: datetime) -> None:
    """Add the events of a delivery that went all the way to its verdict at one moment."""
    befores = [None, *path[:-1]]
    for before, after in zip(befores, path, strict=True):
        states.check(before, after)
    con.execute(
        "INSERT INTO received.events "
        "SELECT $delivery, generate_subscripts($to, 1), unnest($from), unnest($to), $moment, ''",
        {
            "delivery": delivery,
            "from": [before and before.value for before in befores],
            "to": [after.value for after in path],
            "moment": stored(at),
        },
    )


def move(con: Connection, delivery: int, to: State, *, at: datetime, reason: str = "") -> None:
    """Add the event that brings a delivery to a state.

    Raises:
        IllegalTransition: it cannot go there from where it is.
    """
    rows = con.execute(
        "SELECT position, to_state FROM received.events WHERE delivery = $delivery "
        "ORDER BY position DESC LIMIT 1",
        {"delivery": delivery},
    ).fetchall()
    position, before = (rows[0][0] + 1, State(rows[0][1])) if rows else (1, None)
    states.check(before, to)
    con.execute(
        "INSERT INTO received.events VALUES (?, ?, ?, ?, ?, ?)",
        [delivery, position, before and before.value, to.value, stored(at), reason],
    )


def events(con: Connection, delivery: int) -> list[Event]:
    """Return the life of a delivery so far."""
    rows = con.execute(
        "SELECT from_state, to_state, moment, reason FROM received.events "
        "WHERE delivery = $delivery ORDER BY position",
        {"delivery": delivery},
    ).fetchall()
    return [
        Event(before and State(before), State(after), moment.replace(tzinfo=UTC), reason)
        for before, after, moment, reason in rows
    ]
