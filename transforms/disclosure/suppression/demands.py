"""What every primary cell needs, as one kind of demand: so much room on one side, or on both."""

from dataclasses import dataclass

import numpy as np

from transforms.disclosure.suppression.instance import Floats, Instance

UP, DOWN = 1, -1

FAR = 1e4
"""No move of another cell needs to be longer than this many times the one that is asked for."""


@dataclass(frozen=True, slots=True)
class Demand:
    """The cell must be able to move `level` in all, counted over the sides."""

    cell: int
    sides: tuple[int, ...]
    level: float

    def room(self, instance: Instance, side: int) -> tuple[Floats, Floats]:
        """Return how far every cell can move against and along this side, in units of `level`."""
        over = (instance.ub - instance.value).clip(min=0) / self.level
        under = (instance.value - instance.lb).clip(min=0) / self.level
        return (under, over) if side == UP else (over, under)


def demands(instance: Instance) -> list[Demand]:
    """Return the demands of all primary cells; what two sides give is left out.

    A width is a demand of its own only where it is more than both sides together ask for.
    """
    found = []
    for cell in np.flatnonzero(instance.primary).tolist():
        upper, lower, width = (
            float(one[cell]) for one in (instance.upl, instance.lpl, instance.spl)
        )
        asked: list[tuple[tuple[int, ...], float]] = [((UP,), upper), ((DOWN,), lower)]
        asked += [((UP, DOWN), width)] if width > max(upper, 0) + max(lower, 0) else []
        found += [Demand(cell, sides, level) for sides, level in asked if level > 0]
    return found
