"""How the rows of a derived table came about, in the numbers of its steps."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from transforms.derived import Derivation, derived, steps


@dataclass(frozen=True, slots=True)
class Made:
    """A step on the way to a derived table: its name among the words, rows before it and after."""

    contract: str
    name: str
    before: int
    left: int


def derivation(
    table: str, rows: Mapping[str, pl.LazyFrame], known: Derivation
) -> tuple[pl.LazyFrame, tuple[Made, ...]]:
    """Return the rows of a derived table, and the steps that it tells of the way to them.

    `rows`: the accepted rows of every contract that it is made of. The first step of a contract
    begins with all of them, and each next one with what the step before it left.
    """
    told = steps(table, rows, known)
    before = {one.contract: rows[one.contract] for one in told}
    counts = pl.collect_all(
        [frame.select(pl.len()) for frame in (*before.values(), *(one.rows for one in told))]
    )
    numbers = [count.item() for count in counts]
    left = dict(zip(before, numbers, strict=False))
    made = []
    for step, number in zip(told, numbers[len(before) :], strict=True):
        made.append(Made(step.contract, step.name, left[step.contract], number))
        left[step.contract] = number
    return derived([table], rows, known)[table], tuple(made)
