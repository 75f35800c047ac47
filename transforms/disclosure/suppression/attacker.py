"""What an attacker can work out: how far a hidden cell can move when others are hidden too.

Everything is told as a move away from the true values, in units of what the demand asks for. The
equations then say that the moves add up to nothing, and a published cell does not move.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_array

from transforms.disclosure.suppression.demands import FAR, Demand
from transforms.disclosure.suppression.instance import Floats, Instance
from transforms.disclosure.suppression.solver import model, solver

ENOUGH = 1 - 1e-7
"""A demand is met when this part of it is: the rest is the solver's precision."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How far the cell can go, 1 being enough; by which moves; and what the limits are worth."""

    room: float
    moves: Floats
    worth: Floats
    """Per cell the reduced cost: what one unit more along its own direction would add."""


class Attacker:
    """One linear programme, of which only the limits and the objective change.

    Each question starts from its own last answer: little has changed since.
    """

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        count, sums = len(instance), len(instance.equations)
        self._all = np.arange(count, dtype=np.int32)
        self._highs = solver()
        none, nothing = np.zeros(count), np.zeros(sums)
        self._highs.passModel(
            model(
                cost=none, lower=none, upper=none, rows=(nothing, nothing), matrix=sums_of(instance)
            )
        )
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._asked = 0
        self._bases: dict[tuple[Demand, int], highspy.HighsBasis] = {}

    def ask(self, demand: Demand, side: int, opened: Floats, *, far: float = FAR) -> Answer:
        """Return what the attacker finds when each cell moves at most this part of its room."""
        under, over = demand.room(self._instance, side)
        lower, upper = -np.minimum(under, far) * opened, np.minimum(over, far) * opened
        lower[demand.cell], upper[demand.cell] = 0.0, min(upper[demand.cell], 1.0)
        self._highs.changeColsBounds(len(self._all), self._all, lower, upper)
        self._highs.changeColCost(self._asked, 0.0)
        self._highs.changeColCost(demand.cell, 1.0)
        self._asked = demand.cell
        if (demand, side) in self._bases:
            self._highs.setBasis(self._bases[demand, side])
        self._highs.run()
        self._bases[demand, side] = self._highs.getBasis()
        found = self._highs.getSolution()
        return Answer(
            room=self._highs.getInfo().objective_function_value,
            moves=np.array(found.col_value),
            worth=np.array(found.col_dual),
        )


def sums_of(instance: Instance) -> csr_array:
    """Return the equations as a matrix: a row per equation, a column per cell."""
    told = instance.equations
    shape = (len(told), len(instance))
    return csr_array((told.coefficients, told.cells, told.starts), shape=shape)
