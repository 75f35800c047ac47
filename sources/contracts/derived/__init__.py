"""Derived tables: what can be counted that no single row of a delivery says.

Rows are not people: assignments are extended, providers change, a youngster is told of in every
quarter. A derived table is made of the accepted rows of one or more deliveries, and each of its
rows is one thing that can be counted: an episode, a person in a quarter, a member of a cohort. An
indicator names it under `delivery:` as it names a contract; authors of indicators read both, so
names and columns are Dutch.

To add one, two files with the name of the table:

- `sources/contracts/derived/<name>.py` holds `TABLE`, a `Derived`: what it is made of, and its
  columns. The loader of agreements checks conditions and columns by it.
- `transforms/derived/<name>.py` holds `derive(rows, known) -> pl.LazyFrame`, which gives exactly
  these columns (see `transforms.derived`).

The name of a table is the name of its files, and of no contract.
"""

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from sources.contracts.model import Column, FieldType


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived table.

    `made_of`: per contract the columns that it looks at, `_partner` and `_period` among them where
    it does; these leave the store, and no others. `links` are the laws of which it joins persons:
    empty where they are of one law. Without the agreement's legal basis for all of these an
    indicator over it is off. `rolling` says that a row is about four quarters as a whole: its
    period column holds `2025K4/2026K3`, and it counts in that period only. `before` is how many
    quarters before the begin of a period it must know; where those were not delivered the period is
    not told. `one_each` are the columns of which a person (or household) has one value per period,
    so that even people add up over them. A column with the name of one that the table is made of
    has its codes.
    """

    title: str
    description: str
    made_of: Mapping[str, tuple[str, ...]]
    columns: tuple[Column, ...]
    links: tuple[str, ...] = ()
    rolling: bool = False
    before: int = 0
    one_each: tuple[str, ...] = ()
    id: str = ""


def column(
    name: str, type_: FieldType, description: str, codes: Mapping[str, str] | None = None
) -> Column:
    """Return a column of a derived table; `codes` maps each code to its Dutch label."""
    return Column(name, name, type_, description, codes=dict(codes or {}))


@cache
def tables() -> Mapping[str, Derived]:
    """Return every derived table by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: replace(_declared(name), id=name) for name in names}


def contracts_of(delivery: str) -> tuple[str, ...]:
    """Return the contracts that a delivery is counted from: itself, or what it is made of."""
    table = tables().get(delivery)
    return (delivery,) if table is None else tuple(table.made_of)


def _declared(name: str) -> Derived:
    table: Derived = import_module(f"{__name__}.{name}").TABLE
    return table
