"""What it takes to plant a fault: a row that suits, the cells to change, and what must be found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from typing import Any

Row = dict[str, Any]
Suits = Callable[[Row], bool]
Change = Callable[[Row], Row]


class Where(Enum):
    """Which rows a planter touches, and in which of those the fault is found."""

    ROW = auto()  # one row is changed
    COPY = auto()  # a changed copy of a row comes in: found in the copy
    BOTH = auto()  # a changed copy of a row comes in: found in both
    EVERYWHERE = auto()  # every row that suits is changed, in a file of its own


def anything(_: Row) -> bool:
    """Any row will do."""
    return True


@dataclass(frozen=True, slots=True)
class Planter:
    """How one rule is broken: `change` gives other cells for a row that `suits`.

    `also` are the codes of rules that break with it, because one cannot go without the other.
    """

    change: Change
    suits: Suits = anything
    also: tuple[str, ...] = ()
    where: Where = Where.ROW


@dataclass(frozen=True, slots=True)
class Faults:
    """How each rule of one contract is broken: `rules` by code, `R305` for two rows with one key.

    A cell that cannot be read counts as empty: `hosts` says per column in which rows nothing else
    breaks then, and per (column, code) in which rows that code can be planted. `also` is what
    breaks all the same, told in the same two ways. `lost` says which rows no other row misses.
    `never` says why a rule, or a code in a column, cannot be planted in Voorbeeldstad.
    """

    rules: Mapping[str, Planter]
    hosts: Mapping[str | tuple[str, str], Suits] = field(default_factory=dict)
    also: Mapping[str | tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    lost: Suits = anything
    never: Mapping[str | tuple[str, str], str] = field(default_factory=dict)

    def host(self, column: str, code: str, *, empties: bool) -> Suits:
        """Return which rows suit for a code in a cell of a column, that empties it or does not."""
        usual = self.hosts.get(column, anything) if empties else anything
        return self.hosts.get((column, code), usual)

    def broken_by(self, column: str, code: str, *, empties: bool) -> tuple[str, ...]:
        """Return the codes of what breaks all the same."""
        usual = self.also.get(column, ()) if empties else ()
        return self.also.get((column, code), usual)


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One planted fault: the file, its physical line, the column (as its header) and the code."""

    file: str
    row: int
    column: str
    code: str


def filled(*columns: str) -> Suits:
    """Suits a row in which all these cells are filled."""
    return lambda row: all(row[name] is not None for name in columns)


def empty(*columns: str) -> Suits:
    """Suits a row in which all these cells are empty."""
    return lambda row: all(row[name] is None for name in columns)


def both(one: Suits, other: Suits) -> Suits:
    """Suits a row that suits both."""
    return lambda row: one(row) and other(row)


def holds(column: str, *values: object) -> Suits:
    """Suits a row with one of these values."""
    return lambda row: row[column] in values


def put(**cells: object) -> Change:
    """Put these values, whatever the row."""
    return lambda _: dict(cells)


def clear(*columns: str) -> Change:
    """Empty these cells."""
    return lambda _: dict.fromkeys(columns)


def days(column: str, after: str, number: int) -> Change:
    """Put in a column the day that comes so many days after that of another."""
    return lambda row: {column: row[after] + timedelta(days=number)}
