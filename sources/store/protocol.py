"""What a person says of a delivery afterwards: that it is right, that it is wrong, or take it back.

Each is one transaction, and the same said again changes nothing: who was interrupted says it again.
"""

from dataclasses import replace
from datetime import datetime

from sources.errors import UsageError
from sources.inbox import Parcel
from sources.store import aliases, deeds, deliveries, life, log
from sources.store.connection import Connection, transaction
from sources.store.deliveries import Delivery
from sources.store.states import State
from sources.verdict import Outcome

_LOOK = "Kijk met `praatplaat status` welke leveringen er zijn."


def answer(con: Connection, delivery: int, *, correct: bool, at: datetime, reason: str) -> None:
    """Let a delivery that waits count from now on, or refuse it after all.

    Raises:
        UsageError: there is no such delivery, or it does not wait for this answer.
    """
    found = _known(con, delivery)
    to = State.ESTABLISHED if correct else State.REFUSED
    answers = [e.after for e in life.events(con, delivery) if e.before is State.ON_HOLD]
    if answers == [to]:
        return
    if found.state is not State.ON_HOLD:
        raise UsageError(
            f"Levering {delivery} wacht niet op een antwoord: zij is {found.state}. {_LOOK}"
        )
    with transaction(con):
        life.move(con, delivery, to, at=at, reason=reason)
        log.add(con, deeds.answered(found, to), at=at)
        deliveries.settle(con, found, at=at)


def withdraw(con: Connection, delivery: int, *, at: datetime, reason: str) -> None:
    """Let a delivery count no longer; the one that it replaced counts again, if there is one.

    Raises:
        UsageError: there is no such delivery, or it was refused.
    """
    found = _known(con, delivery)
    if found.state is State.WITHDRAWN:
        return
    if found.state is State.REFUSED:
        raise UsageError(f"Levering {delivery} is afgekeurd en telt al niet mee. {_LOOK}")
    with transaction(con):
        life.move(con, delivery, State.WITHDRAWN, at=at, reason=reason)
        log.add(con, deeds.answered(found, State.WITHDRAWN), at=at)
        deliveries.settle(con, found, at=at)


def _known(con: Connection, delivery: int) -> Delivery:
    found = deliveries.find(con, "d.id = $id", {"id": delivery})
    if not found:
        raise UsageError(f"Een levering {delivery} bestaat niet. {_LOOK}")
    return found[0]


def stands(con: Connection, known: Delivery, parcel: Parcel) -> bool:
    """Whether a delivery is the answer to a parcel with the same file; see `Store.received`."""
    if known.state is State.WITHDRAWN:
        return False
    if known.outcome is Outcome.REFUSED:
        own = aliases.of(con, parcel.partner, parcel.contract)
        newer = any(alias.moment >= known.received_at for alias in own)
        beside = [one for one in known.said if one.where == parcel.said.where]
        return not newer and beside == [replace(parcel.said, findings=())]
    return known.state is not State.ON_HOLD or parcel.number <= known.number
