"""Which cells are safe by what is hidden already: all of them pushed up at once, and then down.

One linear programme for all cells settles most of what otherwise takes one for each of them.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from transforms.disclosure.suppression import Instance
from transforms.disclosure.suppression.instance import Bools, Floats

_PUSHES = 16
"""How often those that are left are pushed: half of them up and half down, ever others."""


def already_safe(instance: Instance) -> Bools:
    """Return which primary cells can move as far as they must while nothing more is hidden.

    All that is found is sure; what is not found may be safe as well.
    """
    cells = np.flatnonzero(instance.hidden)
    sums = instance.equations
    shape = (len(sums), len(instance))
    matrix = csr_array((sums.coefficients, (sums.rows, sums.cells)), shape=shape)[:, cells]
    value, down, up, width = (
        column[cells] for column in (instance.value, instance.lpl, instance.upl, instance.spl)
    )
    bounds = np.column_stack([instance.lb[cells] - value, instance.ub[cells] - value])
    least, most = np.zeros_like(value), np.zeros_like(value)
    left = instance.primary[cells]
    for push in range(_PUSHES):
        goal = left * _signs(len(cells), push)
        found = linprog(
            goal, A_eq=matrix, b_eq=np.zeros(shape[0]), bounds=bounds, method="highs-ds"
        )
        least, most = np.minimum(least, found.x), np.maximum(most, found.x)
        left = left & ~((-least >= down) & (most >= up) & (most - least >= width))
        if not left.any():
            break
    safe = instance.primary.copy()
    safe[cells[left]] = False
    return safe


def _signs(count: int, push: int) -> Floats:
    """Return -1 or 1 for each place: all alike at first, then alternating by ever larger blocks."""
    block = np.arange(count) >> (push // 2 - 1) if push > 1 else np.zeros(count, dtype=np.int64)
    return np.where((block + push) % 2 == 0, -1.0, 1.0)
