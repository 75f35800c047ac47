"""HiGHS as we want it: silent, one thread, the same answer every time."""

from typing import Any

import highspy

from transforms.disclosure.suppression.instance import Floats

PRECISION = 1e-9
"""How far a solution may break a row or a bound, in units of what is asked for."""


def solver(**settings: bool | float | str) -> highspy.Highs:
    """Return an empty model without output, threads or chance; more settings by HiGHS' names."""
    highs = highspy.Highs()
    highs.silent()
    ours: dict[str, bool | float | str] = {
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "presolve": "off",
        "primal_feasibility_tolerance": PRECISION,
        "dual_feasibility_tolerance": PRECISION,
    }
    for name, value in (ours | settings).items():
        highs.setOptionValue(name, value)
    return highs


def model(
    *, cost: Floats, lower: Floats, upper: Floats, rows: tuple[Floats, Floats], matrix: Any
) -> highspy.HighsLp:
    """Return a model to minimise; the matrix is a SciPy sparse one, its rows between two bounds."""
    columns = matrix.tocsc()
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = columns.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, lower, upper
    lp.row_lower_, lp.row_upper_ = rows
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = columns.indptr
    lp.a_matrix_.index_ = columns.indices
    lp.a_matrix_.value_ = columns.data
    return lp
