"""A mixed-integer programme on HiGHS: the same programme always has the same answer.

One thread, a fixed seed, and a limit in nodes, never in seconds.
"""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]

NODES = 5_000
"""After so many nodes the best answer so far is taken."""

_DOUBLETON_EQUATIONS = 1 << 9
"""A step of HiGHS's presolve (1.15.1) that calls some programmes insoluble that are not."""

_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "mip_max_nodes": NODES,
    "presolve_rule_off": _DOUBLETON_EQUATIONS,
    # Costs are whole numbers: an answer within half of the best is the best.
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,
}


@dataclass(frozen=True, slots=True)
class Programme:
    """Numbers between `lower` and `upper` of the least `cost`, with rows between `least` and 0.

    Those of `whole` are whole.
    """

    cost: Floats
    lower: Floats
    upper: Floats
    whole: NDArray[np.bool_]
    rows: sparse.csr_array
    least: Floats


def solve(programme: Programme) -> Floats | None:
    """Return a cheapest answer, one number per column; None where there is none."""
    highs = highspy.Highs()
    for name, value in _OPTIONS.items():
        highs.setOptionValue(name, value)
    highs.passModel(_model(programme))
    highs.run()
    if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.array(highs.getSolution().col_value)


def _model(programme: Programme) -> highspy.HighsLp:
    height, width = programme.rows.shape
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = width, height
    model.col_cost_ = programme.cost
    model.col_lower_, model.col_upper_ = programme.lower, programme.upper
    model.row_lower_, model.row_upper_ = programme.least, np.zeros(height)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = programme.rows.indptr
    model.a_matrix_.index_ = programme.rows.indices
    model.a_matrix_.value_ = programme.rows.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(one)] for one in programme.whole]
    return model
