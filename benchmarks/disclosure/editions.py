"""The editions of a simulated municipality as they were observed: exact, and a while later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from benchmarks.disclosure.counting import agreement
from benchmarks.disclosure.municipality import Municipality, municipality
from benchmarks.disclosure.registrations import (
    LAST,
    QUARTERS,
    Rows,
    known,
    registered,
    registrations,
)
from sources.agreement.model import Agreement
from transforms.indicators import observe
from transforms.periods import last_quarters, parse

EDITIONS = 8
_KNOWN_AFTER = timedelta(days=46)


@dataclass(frozen=True, slots=True)
class Observed:
    """What was known of a quarter when its edition was made; `observations` are exact."""

    edition: str
    known_at: date
    observations: pl.DataFrame
    deliveries: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Simulation:
    """A municipality, what it agreed, and what was ever registered in it."""

    place: Municipality
    agreement: Agreement
    rows: Rows

    def editions(self, count: int = EDITIONS) -> Iterator[Observed]:
        """Yield the last editions, oldest first; each tells of at most eight quarters."""
        for quarter in last_quarters(LAST, count):
            at = parse(quarter).end + _KNOWN_AFTER
            came = self._deliveries(until=quarter)
            observations = observe(
                self.agreement,
                {name: frame.lazy() for name, frame in known(self.rows, at).items()},
                self.place.areas,
                quarters=last_quarters(quarter, self.agreement.general.trend_periods),
                known_at=at,
                deliveries=came,
            )
            yield Observed(quarter, at, observations, came)

    def _deliveries(self, *, until: str) -> pl.DataFrame:
        """Return what came: every quarter all that is registered, every year the rest."""
        partner = self.place.partners[0]
        quarterly = [
            (partner, contract, quarter, True)
            for contract, frame in self.rows.items()
            if registered(frame)
            for quarter in QUARTERS
            if quarter <= until
        ]
        yearly = [
            (partner, contract, year, True)
            for contract in ("cbs", "contracten")
            for year in ("2024", "2025")
            if f"{year}K4" <= until
        ]
        schema = ["partner", "contract", "period", "accepted"]
        return pl.DataFrame(quarterly + yearly, schema=schema, orient="row")


def simulation(inhabitants: int, *, seed: int = 1, periods: int = 8) -> Simulation:
    """Draw a municipality of so many inhabitants; the same seed gives the same one.

    `periods`: how many quarters, and years that end in them, an edition tells of.
    """
    chance = np.random.default_rng([inhabitants, seed])
    place = municipality(inhabitants, chance)
    agreed = agreement(place.partners, periods=periods)
    return Simulation(place, agreed, registrations(place, chance))
