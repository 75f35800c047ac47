"""Invented people: a number that passes the 11-proef, a year of birth, a home, perhaps a move.

The numbers come from the test range 999900006-999999990, which is given to nobody. A benchmark
that needs more people than that goes on with numbers from 900000000.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from sources.example.maker import postcodes
from sources.example.maker.chance import stream

Integers = npt.NDArray[np.int64]

_WEIGHTS = np.array([9, 8, 7, 6, 5, 4, 3, 2])
_TEST_RANGE = (99_990_000, 100_000_000)  # the first eight digits
_BEYOND = 90_000_000


def person_numbers(count: int, *, seed: int) -> Integers:
    """Return that many different numbers, those of the test range first and in mixed order."""
    tested = stream(seed, "numbers").permutation(_passing(*_TEST_RANGE))
    missing = count - len(tested)
    if missing <= 0:
        return tested[:count]
    # Ten of eleven beginnings have a check digit; the test range lies far behind these.
    more = _passing(_BEYOND, _BEYOND + missing * 11 // 10 + 11)
    return np.concatenate([tested, more[:missing]])


def _passing(first: int, last: int) -> Integers:
    """Add to each eight-digit beginning the check digit with which it passes the 11-proef."""
    beginnings = np.arange(first, last, dtype=np.int64)
    digits = beginnings[:, None] // 10 ** np.arange(7, -1, -1) % 10
    check = (digits * _WEIGHTS).sum(axis=1) % 11
    numbers: Integers = (beginnings * 10 + check)[check < 10]
    return numbers


@dataclass(frozen=True, slots=True)
class People:
    """People by position. `home` and `next_home` are positions in `postcodes.own()`.

    `moved` is the day of the move (days since 1970), far in the future for who stays.
    """

    neighbourhood: Integers
    born: Integers
    home: Integers
    next_home: Integers
    moved: Integers

    def __len__(self) -> int:
        return len(self.home)


NEVER = int(np.datetime64("2100-01-01", "D").astype(np.int64))
_MOVE_WITHIN_TWO_YEARS = 0.14


def settle(
    neighbourhood: Integers, *, old: pl.Series, today: int, chance: np.random.Generator
) -> People:
    """Return people who report a question, living in the given buurten (by position).

    `old` is each buurt's share of inhabitants from 65: who reports there is older. People move
    now and then, to anywhere in the municipality.
    """
    count = len(neighbourhood)
    is_old = chance.random(count) < 0.42 + old.to_numpy()[neighbourhood]
    age = np.where(is_old, chance.normal(80, 8, count), chance.normal(47, 14, count))
    born = 1970 + today // 365 - np.clip(np.round(age), 18, 101).astype(np.int64)
    letters = postcodes.PER_NEIGHBOURHOOD
    elsewhere = chance.integers(0, len(old) * letters, count)
    moves = chance.random(count) < _MOVE_WITHIN_TWO_YEARS
    return People(
        neighbourhood=neighbourhood,
        born=born,
        home=neighbourhood * letters + chance.integers(0, letters, count),
        next_home=elsewhere,
        moved=np.where(moves, today + chance.integers(1, 730, count), NEVER),
    )


def together(groups: list[People]) -> People:
    """Return all groups as one."""
    return People(
        *(
            np.concatenate([getattr(group, name) for group in groups])
            for name in People.__dataclass_fields__
        )
    )
