"""One part of a system on the solver: the least and the greatest that a count can be.

HiGHS with one thread and a fixed seed; a search is limited in nodes, never in seconds, so that the
same figures always give the same answer.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from reports.attacker.model.system import Floats, System

ENDLESS = 1e7
"""Stands for no upper bound: more than any municipality counts, and still exact to a hundredth."""

_NODES = 2_000
_OPTIONS: dict[str, bool | int | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_max_nodes": _NODES,
}


@dataclass(frozen=True, slots=True)
class Solution:
    """A best point: its value, the counts there, and how much every row weighs in the proof."""

    value: float
    point: Floats
    weights: Floats


class Solver:
    """A system held by the solver, so that each next question starts at the last answer."""

    def __init__(self, system: System) -> None:
        self._highs = _highs()
        self._highs.passModel(_model(system, np.zeros(system.lower.size)))
        self._whole = system.whole.astype(np.uint8)  # HiGHS: 0 continuous, 1 integer
        self._every = np.arange(self._whole.size, dtype=np.int32)
        self._cost = np.zeros(self._whole.size)

    def towards(self, cost: Floats) -> Solution | None:
        """Return the point that is cheapest; None where nothing fits."""
        self._price(cost)
        return self._solved()

    def least(self, count: int, *, sign: float = 1.0) -> Solution | None:
        """Return the least of a count (with sign -1: of minus it); None where nothing fits."""
        cost = np.zeros(self._whole.size)
        cost[count] = sign
        return self.towards(cost)

    def whole(self, count: int, *, sign: float = 1.0) -> Solution | None:
        """Return the same over whole numbers: its bound, which holds wherever the search stops."""
        self._highs.changeColsIntegrality(self._every.size, self._every, self._whole)
        found = self.least(count, sign=sign)
        self._highs.changeColsIntegrality(self._every.size, self._every, 0 * self._whole)
        return found

    def _price(self, cost: Floats) -> None:
        changed = np.flatnonzero(cost != self._cost).astype(np.int32)
        self._highs.changeColsCost(changed.size, changed, cost[changed])
        self._cost = cost

    def _solved(self) -> Solution | None:
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in _NOTHING:
            return None
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        stopped = status == highspy.HighsModelStatus.kSolutionLimit
        value = info.mip_dual_bound if stopped else info.objective_function_value
        weights = np.array(solution.row_dual) if solution.dual_valid else np.array([])
        return Solution(value, np.array(solution.col_value), weights)


def nearest(cost: Floats, system: System, right: Floats, *, whole: bool) -> Floats | None:
    """Return a cheapest point with given row totals; None where there is none."""
    highs = _highs()
    model = _model(system, cost)
    model.row_lower_, model.row_upper_ = right, right
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * cost.size
    highs.passModel(model)
    highs.run()
    solved = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return np.array(highs.getSolution().col_value) if solved else None


_NOTHING = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
    highspy.HighsModelStatus.kModelEmpty,
)


def _highs() -> highspy.Highs:
    highs = highspy.Highs()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    return highs


def _model(system: System, cost: Floats) -> highspy.HighsLp:
    height, width = system.matrix.shape
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = width, height
    model.col_cost_ = cost
    model.col_lower_ = system.lower
    model.col_upper_ = np.minimum(system.upper, ENDLESS)
    model.row_lower_ = model.row_upper_ = np.zeros(height)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = system.matrix.indptr
    model.a_matrix_.index_ = system.matrix.indices
    model.a_matrix_.value_ = system.matrix.data
    return model
