"""The cheapest choice of cells under the cuts that are known: a bound, and what to try."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from transforms.disclosure.suppression.cuts import Cut
from transforms.disclosure.suppression.instance import Bools, Floats, Instance
from transforms.disclosure.suppression.solver import solver

_WHOLE: dict[str, bool | float | str] = {
    "presolve": "on",
    "mip_max_nodes": 100,
    "mip_heuristic_effort": 0.02,
    "mip_abs_gap": 1e-6,
    "mip_feasibility_tolerance": 1e-7,
    "primal_feasibility_tolerance": 1e-7,
    "dual_feasibility_tolerance": 1e-7,
}
"""Choosing whole cells: mostly bounding, for good patterns come from elsewhere."""


@dataclass(frozen=True, slots=True)
class Choice:
    """How much of every cell to hide, a bound on the cost, and what a cell more costs at least."""

    bound: float
    y: Floats
    reduced: Floats


class Master:
    """One linear programme: hide a cell by a part between 0 and 1, at least cost."""

    def __init__(self, instance: Instance) -> None:
        self._highs = solver()
        self._count = len(instance)
        self._all = np.arange(self._count, dtype=np.int32)
        self._lower = instance.hidden.astype(np.float64)
        self._upper = self._lower + instance.candidates
        self._cost = np.where(instance.candidates, instance.weight, 0.0)
        empty = np.zeros(0, np.int32)
        self._highs.addCols(
            self._count, self._cost, self._lower, self._upper, 0, empty, empty, np.zeros(0)
        )

    def add(self, cuts: Sequence[Cut]) -> None:
        """Take these cuts into account from now on."""
        starts = np.cumsum([0, *(len(one.cells) for one in cuts)])[:-1].astype(np.int32)
        cells = np.concatenate([one.cells for one in cuts]).astype(np.int32)
        values = np.concatenate([one.coefficients for one in cuts])
        least = np.array([one.least for one in cuts])
        most = np.full(len(cuts), highspy.kHighsInf)
        self._highs.addRows(len(cuts), least, most, len(cells), starts, cells, values)

    def close(self, cells: Bools) -> None:
        """Never hide these cells any more: with one of them nothing cheaper can be found."""
        self._upper = np.where(cells, self._lower, self._upper)
        self._highs.changeColsBounds(self._count, self._all, self._lower, self._upper)

    def parts(self) -> Choice | None:
        """Return the cheapest choice in parts of cells; None: the cuts leave none."""
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = self._highs.getSolution()
        cost = self._highs.getInfo().objective_function_value
        return Choice(cost, np.array(found.col_value), np.array(found.col_dual))

    def whole(self, known: Bools, *, gap: float) -> Choice | None:
        """Return a choice of whole cells, and a bound; None: the cuts leave none.

        It need not be cheaper than this part above the bound: the cuts it brings count more.
        `known` is a pattern to start from.
        """
        highs = solver(**_WHOLE, mip_rel_gap=gap)
        highs.passModel(self._highs.getLp())
        kinds = np.full(self._count, int(highspy.HighsVarType.kInteger), np.uint8)
        highs.changeColsIntegrality(self._count, self._all, kinds)
        start = known.astype(np.float64)
        highs.setSolution(self._count, self._all, start)
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        solved = highs.getSolution()
        y = np.array(solved.col_value).round() if solved.value_valid else start
        return Choice(highs.getInfo().mip_dual_bound, y, np.zeros(self._count))
