"""Facts → a figure: what lies in an area is added up, and divided by what it is a part of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.reference.days import Period
from benchmarks.reference.history import History, lies_in


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that counts: `above` in the numerator, `below` in the denominator.

    `above` is None of an amount that was left empty: that is not a zero.
    `who` and `day` are of people who count once, in the place of their latest day. `waited` is a
    number of days, over or (`over` is False) still running.
    """

    place: str | None = None
    above: float | None = 0
    below: float = 0
    partner: str = ""
    who: str = ""
    day: date = date.min
    waited: int = 0
    over: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A figure: numerator, denominator and value; None is a number that it does not have."""

    above: float | None
    below: float | None
    value: float | None


@dataclass(frozen=True, slots=True)
class Where:
    """Of when, where and whom a figure is; `partner` is empty for all together."""

    period: Period
    area: str
    partner: str

    def pick(self, facts: Iterable[Fact]) -> list[Fact]:
        """Return the facts that lie here."""
        return [
            fact
            for fact in facts
            if lies_in(fact.place, self.area) and self.partner in ("", fact.partner)
        ]


def of_these(flags: Iterable[tuple[bool, Fact]]) -> list[Fact]:
    """Return facts that all count below, and above where the flag says so."""
    return [
        Fact(fact.place, int(flag), 1, fact.partner, fact.who, fact.day) for flag, fact in flags
    ]


def once(facts: Iterable[Fact]) -> list[Fact]:
    """Return one fact for each person: that of the latest day, or else of the last place."""
    latest: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda one: (one.day, one.place or "")):
        latest[fact.who] = fact
    return list(latest.values())


def filled(facts: Sequence[Fact]) -> Sequence[Fact] | None:
    """Return the facts without empty amounts; None where there is nothing else."""
    there = [fact for fact in facts if fact.above is not None]
    return None if facts and not there else there


def share(facts: Sequence[Fact]) -> Told | None:
    """Return how many of how many."""
    there = filled(facts)
    if there is None:
        return None
    above, below = sum(f.above or 0 for f in there), sum(f.below for f in there)
    return Told(above, below, above / below if below else None)


def count(facts: Sequence[Fact]) -> Told | None:
    """Return how many."""
    there = filled(facts)
    above = sum(fact.above or 0 for fact in there or ())
    return None if there is None else Told(above, None, above)


def rate(
    facts: Sequence[Fact], history: History, where: Where, *, of: str, per: float
) -> Told | None:
    """Return how many per so many inhabitants or households; None where those are not known."""
    there = filled(facts)
    if there is None:
        return None
    above = sum(fact.above or 0 for fact in there)
    below = history.inhabitants(of, where.period, where.area)
    if below is None:
        return Told(above, None, None) if where.area.startswith("onbekend") else None
    return Told(above, below, above / below * per if below else None)


def wait(facts: Sequence[Fact], *, norm: int) -> dict[str, Told]:
    """Return by when half and nine in ten were helped, and what is told beside that."""
    over = [fact.waited for fact in facts if fact.over]
    known = [fact for fact in facts if fact.over or fact.waited > norm]
    in_time = sum(days <= norm for days in over)
    told = {
        "": Told(len(over), len(facts), helped_by(facts, 0.5)),
        "p90": Told(None, None, helped_by(facts, 0.9)),
        "norm": Told(None, None, in_time / len(known) if known else None),
        "open": Told(None, None, len(facts) - len(over)),
    }
    for week in range(53):
        until = [fact for fact in facts if fact.waited <= 7 * week]
        told[f"w{week:02}"] = Told(sum(fact.over for fact in until), len(until), None)
    return told


def helped_by(facts: Sequence[Fact], share_: float) -> int | None:
    """Return the first day at which more than a share was helped (Kaplan and Meier), or None.

    Day by day: of those who still waited, which part was helped.
    """
    waiting = 1.0
    for day in sorted({fact.waited for fact in facts if fact.over}):
        still = sum(fact.waited >= day for fact in facts)
        helped = sum(fact.waited == day for fact in facts if fact.over)
        waiting *= 1 - helped / still
        if waiting < 1 - share_ - 1e-9:
            return day
    return None
