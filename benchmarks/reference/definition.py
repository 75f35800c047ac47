"""What an indicator is here: its facts in a period, and how a figure is read from them."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.reference.days import Period
from benchmarks.reference.figures import Fact, Told, Where, count, rate, share
from benchmarks.reference.history import History

Facts = dict[str, list[Fact]]
"""The facts of a figure (under '') and of its variants and classes, by breakdown."""

Figures = dict[str, Told | None]
"""Figures by breakdown; None where nothing is told, as a number that it needs was not delivered."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator: its `facts` in a period, and the figures that `read` makes of those here."""

    facts: Callable[[History, Period], Facts]
    read: Callable[[Facts, History, Where], Figures]


def shares(facts: Facts, history: History, where: Where) -> Figures:
    """Read every breakdown as a share."""
    return {name: share(where.pick(one)) for name, one in facts.items()}


def counts(facts: Facts, history: History, where: Where) -> Figures:
    """Read every breakdown as a count."""
    return {name: count(where.pick(one)) for name, one in facts.items()}


def rates(of: str, per: float) -> Callable[[Facts, History, Where], Figures]:
    """Return how to read every breakdown as so many per inhabitants or households."""

    def read(facts: Facts, history: History, where: Where) -> Figures:
        return {
            name: rate(where.pick(one), history, where, of=of, per=per)
            for name, one in facts.items()
        }

    return read
