"""Where the people of a registration live, and what their registrations share: days and numbers.

Days are counted since 1970. Wijken differ in how many people need something: `NEED` says how much.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from sources.example.maker import postcodes
from sources.example.maker.areas import DISTRICTS
from sources.example.maker.key_figures import population
from sources.example.maker.people import Integers, person_numbers
from sources.example.maker.quarters import Quarter
from sources.example.maker.terms import workday

Chance = np.random.Generator
Flags = npt.NDArray[np.bool_]

# Compared with the city: Molenwijk and Stationskwartier have low incomes, Parkrand is better off.
NEED: Final = np.array([1.1, 1.2, 1.7, 0.9, 0.7, 0.4, 1.4, 0.6])

_BUURTEN_PER_WIJK = 4
_WIJKEN = np.array(list(DISTRICTS))


def homes(count: int, *, inhabitants: int, year: int, chance: Chance) -> Integers:
    """Return where people live, as positions in `postcodes.own()`: more of them where need is."""
    people = population(inhabitants, year)["inwoners"].to_numpy()
    weight = people * np.repeat(NEED, _BUURTEN_PER_WIJK)
    buurt = chance.choice(len(people), count, p=weight / weight.sum())
    within: Integers = buurt * postcodes.PER_NEIGHBOURHOOD
    return within + chance.integers(0, postcodes.PER_NEIGHBOURHOOD, count)


def pc6(home: Integers) -> pl.Series:
    """Return the postcode of each home."""
    return pl.Series(np.array(postcodes.own())[home])


def district(home: Integers) -> Integers:
    """Return the position of the wijk of each home."""
    return home // (postcodes.PER_NEIGHBOURHOOD * _BUURTEN_PER_WIJK)


def district_code(home: Integers) -> pl.Series:
    """Return the code of the wijk of each home."""
    return pl.Series(_WIJKEN[district(home)])


def bsn(person: Integers, *, seed: int) -> pl.Series:
    """Return the number of each person (a position from 0 up)."""
    numbers = person_numbers(int(person.max(initial=0)) + 1, seed=seed)
    return pl.Series(numbers[person]).cast(pl.String)


def numbered(letter: str, year: pl.Series, first: int) -> pl.Series:
    """Return `D2026-000123`: a letter, each one's year, a number counting on from `first`."""
    counter = pl.Series(np.arange(first, first + len(year))).cast(pl.String).str.zfill(6)
    return pl.select(pl.format(letter + "{}-{}", year.cast(pl.String), counter)).to_series()


def arrivals(quarter: Quarter, per_1000: float, *, inhabitants: int, chance: Chance) -> Integers:
    """Return the working day on which each one of a quarter comes, in order of time."""
    count = chance.poisson(per_1000 * inhabitants / 1000)
    return workday(day_of(quarter) + np.sort(chance.integers(0, quarter.days, count)))


def day_of(quarter: Quarter) -> int:
    """Return the first day of a quarter, in days since 1970."""
    return int(np.datetime64(quarter.first, "D").astype(np.int64))


def lasting(
    median: float | npt.NDArray[np.float64], spread: float, chance: Chance, *, count: int
) -> Integers:
    """Return durations in whole days, at least one, mostly near the median with a long tail."""
    days = np.exp(chance.normal(np.log(median), spread, count))
    return np.maximum(np.round(days).astype(np.int64), 1)


def known(column: str, quarter: Quarter) -> pl.Expr:
    """Return a date as known on the last day of a quarter: empty where it lies after that."""
    return pl.when(pl.col(column) <= quarter.last).then(column).alias(column)
