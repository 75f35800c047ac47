"""The states of a delivery: an append-only line of events, of which an illegal one raises.

Rule: deliveries.md section 5. Part of a delivery's life happens at one moment: a file that is read,
judged and established at once has five events with the same time.
"""

from enum import StrEnum

from sources.verdict import Level, Outcome, Verdict


class State(StrEnum):
    """Where a delivery is; the value is the word in the events table."""

    RECEIVED = "ontvangen"
    READ = "gelezen"
    TECHNICAL = "technisch"
    CONTENT = "inhoudelijk"
    ON_HOLD = "in wacht"
    ESTABLISHED = "vastgesteld"
    REFUSED = "afgekeurd"
    REPLACED = "vervangen"
    WITHDRAWN = "ingetrokken"


class IllegalTransition(Exception):
    """A delivery was asked to go where it cannot go from its state: a fault in the program."""


_NEXT = {
    None: {State.RECEIVED},
    State.RECEIVED: {State.READ, State.REFUSED},
    State.READ: {State.TECHNICAL, State.REFUSED},
    State.TECHNICAL: {State.CONTENT, State.REFUSED},
    State.CONTENT: {State.ESTABLISHED, State.ON_HOLD, State.REFUSED},
    State.ON_HOLD: {State.ESTABLISHED, State.REFUSED, State.WITHDRAWN},
    State.ESTABLISHED: {State.REPLACED, State.WITHDRAWN},
    State.REPLACED: {State.WITHDRAWN},
    State.REFUSED: set(),
    State.WITHDRAWN: set(),
}


def check(before: State | None, after: State) -> None:
    """Raise `IllegalTransition` where a delivery cannot go from `before` to `after`."""
    if after not in _NEXT[before]:
        raise IllegalTransition(f"{before or 'niets'} → {after}")


def path(verdict: Verdict) -> tuple[State, ...]:
    """Return the states a delivery goes through with this verdict, from received to its last."""
    if verdict.outcome is Outcome.REFUSED:
        return (*_read_until(verdict), State.REFUSED)
    last = State.ON_HOLD if verdict.outcome is Outcome.ON_HOLD else State.ESTABLISHED
    return (State.RECEIVED, State.READ, State.TECHNICAL, State.CONTENT, last)


def _read_until(verdict: Verdict) -> tuple[State, ...]:
    """Return how far a refused file came: a file or column fault means that it was never read."""
    stops = {f.code[0] for f in verdict.findings if f.level is Level.REFUSE_FILE}
    if stops & {"B", "K", "S"}:
        return (State.RECEIVED,)
    if stops & {"R", "V"} or not stops:
        return (State.RECEIVED, State.READ)
    return (State.RECEIVED, State.READ, State.TECHNICAL)
