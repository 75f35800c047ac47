"""Cells that move together or not at all, told as one: small programmes answer the same sooner.

An equation with two cells left that can move ties them; one with a single cell stills it. What
is tied is hidden together or not at all, for with one of them shown no other can move.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from transforms.disclosure.suppression.demands import Demand
from transforms.disclosure.suppression.instance import (
    FREE,
    MISSING,
    PRIMARY,
    Bools,
    Equations,
    Floats,
    Instance,
    Integers,
)

_NOTHING = 1e-9
"""A coefficient that sums to less than this part of its terms is none."""

_ELIMINATED = 20_000_000
"""Equations times cells up to which it is quick to find those that follow from others."""

_STILL = -1

Row = tuple[tuple[int, ...], tuple[float, ...]]
"""The cells of an equation, and their coefficients."""


@dataclass(frozen=True, slots=True)
class Tied:
    """An instance of fewer cells: `place` tells of each old cell its new one (-1: it is still).

    The old cell moves `times` as far as the new one.
    """

    instance: Instance
    place: Integers
    times: Floats

    def spread(self, cells: Bools) -> Bools:
        """Return which old cells these new ones are."""
        spread: Bools = np.append(cells, np.False_)[self.place]
        return spread

    def joined(self, cells: Bools) -> Bools:
        """Return the new cells of which one of these old ones is part."""
        found = np.zeros(len(self.instance), np.bool_)
        found[self.place[cells & (self.place != _STILL)]] = True
        return found

    def demands(self, needs: Iterable[Demand]) -> dict[Demand, Demand]:
        """Return what each asks of its new cell, the largest for all that ask the same side of it.

        Those of cells that cannot move are left out.
        """
        asked = {one: self._demand(one) for one in needs if self.place[one.cell] != _STILL}
        most: dict[tuple[int, tuple[int, ...]], Demand] = {}
        for short in sorted(asked.values(), key=lambda one: one.level):
            most[short.cell, short.sides] = short
        return {one: most[short.cell, short.sides] for one, short in asked.items()}

    def _demand(self, one: Demand) -> Demand:
        times = float(self.times[one.cell])
        sides = one.sides if times > 0 or len(one.sides) > 1 else (-one.sides[0],)
        return Demand(int(self.place[one.cell]), sides, one.level / abs(times))


def tied(instance: Instance, movable: Bools, *, needed: Bools) -> Tied:
    """Return the instance with what is tied when only these cells can move.

    A new cell costs what its old ones do, and must be hidden where one of the `needed` is in it.
    Values are told as moves: a new cell stands at 0.
    """
    ties = _Ties(instance, movable & (instance.ub > instance.lb))
    ties.tie()
    place, times = _rates(ties, len(instance))
    count, moving = len(ties.members), place != _STILL
    at, rate = place[moving], times[moving]
    over = (instance.ub - instance.value).clip(min=0)[moving]
    under = (instance.value - instance.lb).clip(min=0)[moving]
    upper, lower = np.full(count, np.inf), np.full(count, np.inf)
    np.minimum.at(upper, at, np.where(rate > 0, over, under) / np.abs(rate))
    np.minimum.at(lower, at, np.where(rate > 0, under, over) / np.abs(rate))
    weight = np.zeros(count)
    np.add.at(weight, at, np.where(instance.hidden, 0.0, instance.weight)[moving])
    free = np.bincount(at, ~instance.hidden[moving], count) > 0
    status = np.where(free, FREE, MISSING)
    status[place[moving & needed]] = PRIMARY
    nothing = np.zeros(count)
    narrow = Instance(
        value=nothing,
        weight=weight,
        status=status,
        lb=-lower,
        ub=upper,
        lpl=nothing,
        upl=nothing,
        spl=nothing,
        equations=_equations(ties),
    )
    return Tied(narrow, place, times)


class _Ties:
    """Equations by row and by cell, and which old cells, how fast, each cell left stands for."""

    def __init__(self, instance: Instance, movable: Bools) -> None:
        told = instance.equations
        self.rows: list[dict[int, float]] = [{} for _ in range(len(told))]
        self.members = {cell: {cell: 1.0} for cell in np.flatnonzero(movable).tolist()}
        self._within: dict[int, set[int]] = {cell: set() for cell in self.members}
        kept = movable[told.cells] & (told.coefficients != 0)
        entries = (told.rows[kept], told.cells[kept], told.coefficients[kept])
        for row, cell, times in zip(*(one.tolist() for one in entries), strict=True):
            self.rows[row][cell] = times
            self._within[cell].add(row)

    def tie(self) -> None:
        """Use up the equations with one or two cells, which may leave others with so few."""
        waiting = list(range(len(self.rows)))
        while waiting:
            row = self.rows[waiting.pop()]
            if len(row) == 1:
                waiting += self._still(*row)
            elif len(row) == 2:
                gone, kept = sorted(row, key=lambda cell: (len(self._within[cell]), cell))
                waiting += self._join(gone, kept, -row[kept] / row[gone])

    def _still(self, cell: int) -> list[int]:
        """Drop a cell that cannot move; return the rows that it stood in."""
        del self.members[cell]
        touched = sorted(self._within.pop(cell))
        for row in touched:
            del self.rows[row][cell]
        return touched

    def _join(self, gone: int, kept: int, times: float) -> list[int]:
        """Let one cell stand for another, which moves so many times as far."""
        old = self.members.pop(gone)
        self.members[kept] |= {cell: times * rate for cell, rate in old.items()}
        touched = sorted(self._within.pop(gone))
        for row in touched:
            cells = self.rows[row]
            more, had = times * cells.pop(gone), cells.pop(kept, 0.0)
            self._within[kept].discard(row)
            if abs(had + more) > _NOTHING * (abs(had) + abs(more)):
                cells[kept] = had + more
                self._within[kept].add(row)
        return touched


def _rates(ties: _Ties, count: int) -> tuple[Integers, Floats]:
    """Return of every old cell its new one, and how many times as far it moves."""
    place, times = np.full(count, _STILL, dtype=np.int32), np.ones(count)
    for new, members in enumerate(ties.members.values()):
        for cell, rate in members.items():
            place[cell], times[cell] = new, rate
    return place, times


def _equations(ties: _Ties) -> Equations:
    """Return the equations between the new cells, without those that follow from others."""
    new = {cell: at for at, cell in enumerate(ties.members)}
    told: dict[Row, None] = {}
    for row in ties.rows:
        cells = sorted((new[cell], times) for cell, times in row.items())
        if cells:
            scaled = [round(times / cells[0][1], 12) for _, times in cells]
            told[tuple(at for at, _ in cells), tuple(scaled)] = None
    rows = list(told)
    return Equations.of((0.0, *rows[row]) for row in _independent(rows, len(new)))


def _independent(rows: list[Row], count: int) -> list[int]:
    """Return which rows no others make, by elimination; all where that would take long."""
    if len(rows) * count > _ELIMINATED:
        return list(range(len(rows)))
    matrix = np.zeros((len(rows), count))
    for row, (cells, times) in enumerate(rows):
        matrix[row, list(cells)] = times
    left, kept = np.arange(len(rows)), []
    for cell in range(count):
        holding = left[np.abs(matrix[left, cell]) > _NOTHING]
        if len(holding):
            pivot, *others = holding[np.argsort((matrix[holding] != 0).sum(axis=1), kind="stable")]
            times = matrix[others, cell] / matrix[pivot, cell]
            matrix[others] -= np.outer(times, matrix[pivot])
            left = left[left != pivot]
            kept.append(int(pivot))
    return sorted(kept)
