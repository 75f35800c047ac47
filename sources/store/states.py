"""The states of a delivery: an append-only line of events, of which an illegal one raises.

Rule: deliveries.md section 5. Part of a delivery's life happens at one moment: a file that is read,
judged and established at once has five events with the same time.
"""

from enum import StrEnum

from sources.verdict import Level, Outcome, Verdict


class State(StrEnum):
    """Where a delivery is; the value is the word in the events table."""

    RECEIVED = "ontvangen"
    SCANNED = "gescand"
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
    State.RECEIVED: {State.SCANNED, State.REFUSED},
    State.SCANNED: {State.READ, State.REFUSED},
    State.READ: {State.TECHNICAL, State.REFUSED},
    State.TECHNICAL: {State.CONTENT, State.REFUSED},
    State.CONTENT: {State.ESTABLISHED, State.ON_HOLD, State.REFUSED},
    State.ON_HOLD: {State.ESTABLISHED, State.REFUSED, State.REPLACED, State.WITHDRAWN},
    State.ESTABLISHED: {State.REPLACED, State.WITHDRAWN},
    # What replaced it was withdrawn: then it counts again.
    State.REPLACED: {State.ESTABLISHED, State.WITHDRAWN},
    State.REFUSED: set(),
    State.WITHDRAWN: set(),
}


def check(before: State | None, after: State) -> None:
    """Raise `IllegalTransition` where a delivery cannot go from `before` to `after`."""
    if after not in _NEXT[before]:
        raise IllegalTransition(f"{before or 'niets'} → {after}")


_READ = (State.RECEIVED, State.SCANNED, State.READ)

_REACHED = {
    "B1": (State.RECEIVED,),
    "B13": _READ,  # what its sender says of a file is held against what stands in it
    "K": (State.RECEIVED, State.SCANNED),
    "S": (State.RECEIVED, State.SCANNED),
    "R": _READ,
    "V": _READ,
}
"""How far a file came that was refused for a code that begins so; the longest beginning holds."""


def path(verdict: Verdict) -> tuple[State, ...]:
    """Return the states a delivery goes through with this verdict, from received to its last."""
    whole = (*_READ, State.TECHNICAL)
    if verdict.outcome is Outcome.REFUSED:
        stops = [f.code for f in verdict.findings if f.level is Level.REFUSE_FILE]
        return (*min((_reached(code) for code in stops), key=len, default=whole), State.REFUSED)
    last = State.ON_HOLD if verdict.outcome is Outcome.ON_HOLD else State.ESTABLISHED
    return (*whole, State.CONTENT, last)


def _reached(code: str) -> tuple[State, ...]:
    begins = [begin for begin in _REACHED if code.startswith(begin)]
    return _REACHED[max(begins, key=len)] if begins else (*_READ, State.TECHNICAL)
