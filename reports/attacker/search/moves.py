"""Cheap proofs that a count can lie far apart: a point that fits, and steps that keep it fitting.

A step raises one count and whatever must go with it: its totals, and a part of each total that is
told apart in another way. Every point on the way fits all that is known, in whole numbers, so that
how far the steps go is a proof of width without a linear programme.
"""

import numpy as np
from scipy import sparse

from reports.attacker.model.system import Flags, Floats, System
from reports.attacker.search.solver import nearest

_NEAR = 4
_MENDS = 3.0
_AGAINST = 20.0
_REACH = 150
"""A step that drags more counts along than this is left to the linear programme."""


def fitting(system: System, shown: Floats) -> Floats | None:
    """Return whole counts that fit all that is known; None where the search finds none.

    `shown`: the rounded count where one is shown, else not a number. Controlled rounding fits by
    itself, so that only what is hidden has to be found; other figures are sought as a whole. What
    is sought is kept away from its bounds, where it would leave no room.
    """
    known, none = ~np.isnan(shown), np.zeros(shown.size, dtype=bool)
    below = np.maximum(system.upper - _NEAR, system.lower)
    hidden = system.whole & ~known
    roomy = system.between(system.lower, np.where(hidden, below, system.upper))
    for bounds, fixed in ((roomy, known), (roomy, none), (system, none)):
        found = _central(bounds, np.where(fixed, np.nan_to_num(shown), 0.0), ~fixed)
        if found is not None:
            return found
    return None


def _central(system: System, fixed: Floats, free: Flags) -> Floats | None:
    """Complete a point at its free counts, each as near to four above its lower bound as fits."""
    if not free.any():
        fits = np.allclose(system.matrix @ fixed, 0.0)
        return fixed if fits else None
    low, high = system.lower[free], system.upper[free]
    base = fixed.copy()
    base[free] = low
    near = np.minimum(_NEAR, np.floor((high - low) / 2))
    right = -(system.matrix @ base)
    columns = system.matrix[:, free]
    doubled = System(
        np.zeros(2 * low.size),
        np.concatenate([near, high - low - near]),
        sparse.hstack([columns, columns], format="csr"),
        np.ones(2 * low.size, dtype=bool),
    )
    cost = np.concatenate([-np.ones(low.size), np.ones(low.size)])
    for whole in (False, True):
        steps = nearest(cost, doubled, right, whole=whole)
        if steps is None:
            return None
        base[free] = low + steps[: low.size] + steps[low.size :]
        if np.allclose(base[system.whole], np.round(base[system.whole]), atol=1e-6):
            return np.where(system.whole, np.round(base), base)
    return None


class Moves:
    """The steps from one point; see the module."""

    def __init__(self, system: System, point: Floats) -> None:
        matrix, by_count = system.matrix, system.matrix.tocsc()
        self._room = {1: (system.upper - point).tolist(), -1: (point - system.lower).tolist()}
        self._entries = [_entries(matrix, row) for row in range(matrix.shape[0])]
        self._sizes = np.diff(matrix.indptr).tolist()
        self._rows = [_entries(by_count, count) for count in range(matrix.shape[1])]
        self._whole = system.whole.tolist()
        self._way = 0

    def step(self, count: int, sign: int, *, together: bool) -> dict[int, float]:
        """Return a step up (1) or down (-1) of a count: how far each count goes along.

        In whole steps, as far as there is room; empty where no step was found. `together`: whether
        all that go along should go the same way, as when one client more is counted everywhere.
        """
        moved: dict[int, float] = {}
        gaps: dict[int, float] = {}
        self._way = sign if together else 0
        room = self._go(count, float(sign), moved, gaps)
        while gaps and room >= 1 and len(moved) < _REACH:
            row = min(gaps, key=self._sizes.__getitem__)
            found = self._mend(row, moved, gaps)
            if found is None:
                return {}
            room = min(room, self._go(*found, moved, gaps))
        steps = float(np.floor(room + 1e-6))
        return {} if gaps else {one: steps * change for one, change in moved.items()}

    def _go(
        self, count: int, change: float, moved: dict[int, float], gaps: dict[int, float]
    ) -> float:
        """Change a count, keep the rows that no longer add up, and return the room that it has."""
        moved[count] = change
        for row, weight in self._rows[count]:
            gap = gaps.pop(row, 0.0) + weight * change
            if abs(gap) > 1e-9:
                gaps[row] = gap
        return self._space(count, change)

    def _space(self, count: int, change: float) -> float:
        return float(self._room[1 if change > 0 else -1][count] / abs(change))

    def _mend(
        self, row: int, moved: dict[int, float], gaps: dict[int, float]
    ) -> tuple[int, float] | None:
        """Return the count, and its change, that mends a row and breaks least of the others."""
        best, most = None, -np.inf
        for count, weight in self._entries[row]:
            change = -gaps[row] / weight
            if count in moved or (self._whole[count] and change != int(change)):
                continue
            room = self._space(count, change)
            if room < 1:
                continue
            worth = min(room, _NEAR) + self._gain(count, change, gaps)
            worth -= _AGAINST * (change * self._way < 0)
            if worth > most:
                best, most = (count, change), worth
        return best

    def _gain(self, count: int, change: float, gaps: dict[int, float]) -> float:
        """Return how many rows a change mends, less those that it breaks."""
        gain = 0.0
        for row, weight in self._rows[count]:
            gap = gaps.get(row)
            mends = gap is not None and abs(gap + weight * change) < 1e-9
            gain += _MENDS if mends else -1.0
        return gain


def _entries(matrix: sparse.csr_matrix, line: int) -> list[tuple[int, float]]:
    begin, end = matrix.indptr[line], matrix.indptr[line + 1]
    counts, weights = matrix.indices[begin:end].tolist(), matrix.data[begin:end].tolist()
    return list(zip(counts, weights, strict=True))
