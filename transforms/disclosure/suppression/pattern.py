"""A set of hidden cells, and for every demand which cells move when it is met."""

from dataclasses import dataclass, field
from typing import Self

import numpy as np

from transforms.disclosure.suppression.demands import UP, Demand
from transforms.disclosure.suppression.instance import Bools, Floats, Instance

STILL = 1e-7
"""A cell that moves less than this part of what is asked for does not move."""


@dataclass(slots=True)
class Pattern:
    """Which cells are hidden; `proof` holds per demand the cells that give it its room."""

    hidden: Bools
    proof: dict[Demand, Bools] = field(default_factory=dict)

    def copy(self) -> Self:
        """Return the same pattern, to go another way with."""
        return type(self)(self.hidden.copy(), dict(self.proof))

    @property
    def used(self) -> Bools:
        """Return the cells that some proof needs."""
        none = np.zeros_like(self.hidden)
        used: Bools = np.any([none, *self.proof.values()], axis=0)
        return used

    def cost(self, instance: Instance) -> float:
        """Return what the secondary cells cost, summed from the smallest."""
        return float(np.sort(instance.weight[self.hidden & ~instance.hidden]).sum())


def also_met(instance: Instance, moves: Floats, pending: list[Demand]) -> list[Demand]:
    """Return which of the demands are met by these same moves, stretched or turned round.

    The moves are stretched as far as the limits of the cells allow, along and against.
    """
    size = np.abs(moves)
    moving = size > STILL
    over, under = instance.ub - instance.value, instance.value - instance.lb
    along = np.where(moves > 0, over, under)[moving] / size[moving]
    against = np.where(moves > 0, under, over)[moving] / size[moving]
    stretch = {UP: along.min(), -UP: against.min()}
    return [
        one
        for one in pending
        if moving[one.cell] and _reach(one, float(moves[one.cell]), stretch) >= one.level
    ]


def _reach(demand: Demand, move: float, stretch: dict[int, float]) -> float:
    """Return how far the cell goes on the sides that are asked for."""
    toward = UP if move > 0 else -UP
    return float(sum(abs(move) * stretch[side * toward] for side in demand.sides))
