"""Cuts: inequalities that every protecting pattern satisfies, learned from the attacker.

The attacker's linear programme proves how little a cell p can move: its duals combine equations
into one, `move of p = sum of worth times the moves of other cells`. Whatever is hidden, p moves no
further than the hidden cells in that sum allow, and that must be enough (Fischetti and Salazar,
2001). As a cell is hidden or not, no coefficient needs to be larger than what is still needed.
"""

from dataclasses import dataclass

import numpy as np

from transforms.disclosure.suppression.demands import FAR, Demand
from transforms.disclosure.suppression.instance import Floats, Instance, Integers

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Cut:
    """Of the cells, the coefficients times hidden (1) or not (0) sum to at least `least`."""

    cells: Integers
    coefficients: Floats
    least: float

    def lack(self, y: Floats) -> float:
        """Return how far this falls short at y, in parts of what is needed; negative: nothing."""
        return self.least - float(self.coefficients @ y[self.cells])


def relation(demand: Demand, worth: Floats) -> Floats | None:
    """Return of every other cell how much its move adds to that of the cell; None: unlimited."""
    left = 1.0 - worth[demand.cell]
    if left <= _NOTHING:
        return None
    others: Floats = worth / left
    others[demand.cell] = 0.0
    others[np.abs(others) <= _NOTHING] = 0.0
    return others


def reach(instance: Instance, demand: Demand, side: int, others: Floats) -> Floats:
    """Return how far each cell, if hidden, lets the cell move on this side, in demands."""
    under, over = (np.minimum(room, FAR) for room in demand.room(instance, side))
    reached: Floats = np.maximum(others, 0.0) * over - np.minimum(others, 0.0) * under
    return reached


def cut(instance: Instance, reached: Floats) -> Cut | None:
    """Return what must be hidden when every cell allows this much; None: enough already is."""
    needed = 1.0 - float(reached[instance.hidden].sum())
    if needed <= 1e-7:
        return None
    cells = np.flatnonzero(instance.candidates & (reached > _NOTHING))
    return Cut(cells.astype(np.int32), np.minimum(reached[cells] / needed, 1.0), 1.0)
