"""Voorbeeldstad with an edition of every quarter, made by the whole program and read from disk."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from datetime import time as clock
from pathlib import Path

import polars as pl

from benchmarks.disclosure.editions import Observed
from benchmarks.disclosure.released import Case, Released
from flows.settings import ZONE, Town
from flows.steps import audit, demo, observe, publish
from reports.attacker.reading.files import read
from reports.attacker.reading.release import Release
from sources.example import maker
from sources.store import Store
from transforms.disclosure import Protected
from transforms.periods import last_quarters, parse

_KNOWN_AFTER = timedelta(days=46)


def voorbeeldstad_case(home: Path, count: int) -> Case:
    """Bring out the last editions of Voorbeeldstad in a home, attacked as always.

    Raises:
        DisclosureRisk: the gate refuses an edition.
    """
    rounds = _rounds(count)
    town = demo.settings(home).open()
    demo.demo(town, inhabitants=maker.INHABITANTS, tell=_say, rounds=rounds)
    told = [one for one in read([town.settings.editions / one for one in rounds]) if one.public]
    with Store.open(town.settings.store, holder="bench", read_only=True) as store:
        last, at = max(rounds.items())
        return Case(
            agreement=town.agreement,
            parents=observe.areas(town, store, known_at=at).parents(),
            editions=tuple(_released(town, store, rounds, told)),
            known=audit.knowledge(town, store, last, known_at=at),
        )


def _rounds(count: int) -> dict[str, datetime]:
    return {
        quarter: datetime.combine(parse(quarter).end + _KNOWN_AFTER, clock(9), ZONE)
        for quarter in last_quarters(maker.QUARTERS[-1], count)
    }


def _released(
    town: Town, store: Store, rounds: dict[str, datetime], told: list[Release]
) -> Iterator[Released]:
    """Yield each edition beside what was observed, with the time that protecting it takes."""
    for (quarter, at), one in zip(rounds.items(), told, strict=True):
        observations = store.observations(quarter, known_at=at)
        assert observations is not None
        begin = time.perf_counter()
        again, _ = publish.protect(town, store, quarter, known_at=at)
        seconds = time.perf_counter() - begin
        kept = store.rounded(quarter)
        assert again.rounded.equals(kept), "the same edition is rounded otherwise the second time"
        protected = Protected(store.figures(quarter), kept, again.tables)
        observed = Observed(quarter, at.date(), observations, pl.DataFrame())
        yield Released(observed, protected, one, seconds)


def _say(text: str) -> None:
    print(f"  {text}", flush=True)
