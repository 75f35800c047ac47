"""From a cell's text to its type, as DuckDB SQL: one way of reading per type of the contract.

Each type has a `fast` reading, for what stands there as agreed, and a `slow` one, for everything
else: spaces around it, another way to write it. The slow one runs only over rows in which a fast
one gave nothing, so that a million ordinary cells cost what they must and no more. A text with two
readings has none: nothing is guessed.

In SQL the text of column n is `x{n}`, the same without the spaces around it `c{n}`, what a type
makes of that on its way `p{n}`, and its fast reading `f{n}`.
"""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

SPACES = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\u2007\u202f\u3000\ufeff"
NOT_APPLICABLE = ("n.v.t.", "n.v.t", "nvt", "niet van toepassing", "#n/b", "#n/a")
_OF_PROGRAMS = ("null", "none", "nan", "nat", "na")  # SQL, Python and R write nothing so
UNKNOWN = ("onbekend", "niet bekend", "-", "?", *_OF_PROGRAMS)

EXPONENT = "[-+]?[0-9]([.,][0-9]+)?[Ee][+][0-9]+"
"""What Excel makes of a long number: 1,23457E+08."""

_MANY = 24  # values from where one regular expression costs less than as many comparisons


class Order(StrEnum):
    """Whether the day or the month comes first."""

    DAY_FIRST = "%d-%m"
    MONTH_FIRST = "%m-%d"


@dataclass(frozen=True, slots=True)
class Way:
    """How a column is written, where only its cells together can tell.

    `dashes` and `slashes` are the order in dates with that sign, None where it cannot be told.
    `serials` are the first and last day that a day number of Excel can stand for. `crosses` says
    that a yes is an x and a no is empty.
    """

    dashes: Order = Order.DAY_FIRST
    slashes: Order | None = None
    serials: tuple[datetime.date, datetime.date] | None = None
    crosses: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known of the delivery itself: its period ('': nothing), and the day on which it came.

    Without that day (None) no date is held against it.
    """

    period: str = ""
    received_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The readings of one column, in SQL: null where a text has none.

    `fast` is over the text `x`, `slow` over `c` and `p`; `parsed` is what `p` is. `failure` gives
    the code for a text that cannot be read. `notes` pairs a condition on a text that could be read
    with the code of the MELDING or SIGNAAL for it; all that hold are told.
    """

    fast: str
    slow: str
    failure: str
    notes: tuple[tuple[str, str], ...] = ()
    parsed: str = "NULL"


def among(x: str, values: tuple[str, ...]) -> str:
    """Return whether a text is one of these, in SQL; null is not.

    Not `IN` or a list: DuckDB makes those a join, for every row, also where a CASE would skip it.
    """
    if len(values) > _MANY:
        return f"coalesce(regexp_full_match({x}, {literal(one_of(values))}), false)"
    whens = " ".join(f"WHEN {literal(value)} THEN true" for value in values)
    return f"CASE {x} {whens} ELSE false END" if whens else "false"


def one_of(values: tuple[str, ...]) -> str:
    """Return a regular expression (RE2) for exactly these texts."""
    return "|".join(map(re.escape, values))


def full(x: str, pattern: str) -> str:
    """Return whether a regular expression (RE2) matches the whole text, in SQL."""
    return f"regexp_full_match({x}, {literal(pattern)})"


def literal(value: str) -> str:
    """Return a text as a SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def clean(x: str) -> str:
    """Return the text without the spaces around it, of every kind."""
    return f"trim({x}, '{SPACES}')"
