"""Derived tables: accepted rows → rows of which each is one thing that can be counted.

One module per table, with its name and one function:

    def derive(rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame

`rows` holds, per contract of its declaration (`sources.contracts.derived`), the accepted rows with
the columns named there. It returns the declared columns, in any order; `derived` puts them in order
and gives them their types. It may have a second function `steps`, with the same arguments, which
tells the way to them as `Step`s, for `praatplaat explain` to count. All is pure polars: lazy,
without Python per row, and it gives no row for what no row says. Modules that are no table
(`chains`, `quarters`, …) are what tables share.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Protocol, cast

import polars as pl

from sources.agreement.model import Rainbow
from sources.contracts.derived import tables
from transforms.areas import Hierarchy
from transforms.conditions import TYPES


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a table may know besides rows.

    `quarters`: the ids of those asked for, in order; four quarters end in one of them, so that a
    table may have to look back before the first. `reference`: the day by which open cases are
    judged.
    """

    quarters: tuple[str, ...]
    reference: date
    rainbow: Rainbow
    hierarchy: Hierarchy


@dataclass(frozen=True, slots=True)
class Step:
    """What is left of the rows of a contract at a point on the way to a derived table.

    `name` is that of the step among the words of `praatplaat explain`.
    """

    contract: str
    name: str
    rows: pl.LazyFrame


class Table(Protocol):
    """What a module of this folder offers that is a table."""

    def derive(self, rows: Mapping[str, pl.LazyFrame], known: Derivation) -> pl.LazyFrame:
        """Return the rows of the table."""


def derived(
    names: Iterable[str], rows: Mapping[str, pl.LazyFrame], known: Derivation
) -> dict[str, pl.LazyFrame]:
    """Return the rows of derived tables by name; of those of which every contract has rows.

    All are worked out together, once: what they have in common is shared, and so are they by the
    figures that read them.
    """
    there = sorted(name for name in set(names) if tables()[name].made_of.keys() <= rows.keys())
    plans = [_typed(name, _table(name).derive(rows, known)) for name in there]
    return {n: frame.lazy() for n, frame in zip(there, pl.collect_all(plans), strict=True)}


def steps(name: str, rows: Mapping[str, pl.LazyFrame], known: Derivation) -> Sequence[Step]:
    """Return what a derived table tells of the way to it, in order; nothing where it tells none."""
    told = getattr(_table(name), "steps", None)
    found: Sequence[Step] = told(rows, known) if told else ()
    return found


def _table(name: str) -> Table:
    return cast(Table, import_module(f"{__name__}.{name}"))


def _typed(name: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    """Return exactly the columns that are declared."""
    return rows.select(pl.col(c.name).cast(TYPES[c.type]) for c in tables()[name].columns)
