"""Cheap proofs that a count can lie far apart: steps from a point that fits, that keep it fitting.

A step raises one count and whatever must go with it: its totals, and a part of each total that is
told apart in another way. Every point on the way fits all that is known, in whole numbers, so that
how far the steps go is a proof of width without a linear programme.
"""

import numpy as np
from scipy import sparse

from reports.attacker.model.system import System
from reports.attacker.search.fitting import NEAR

_MENDS = 3.0
_AGAINST = 20.0
_REACH = 150
"""A step that drags more counts along than this is left to the linear programme."""


class Moves:
    """The steps from 0, in a system in which that fits; see the module."""

    def __init__(self, system: System) -> None:
        matrix, by_count = system.matrix, system.matrix.tocsc()
        self._room = {1: system.upper.tolist(), -1: (-system.lower).tolist()}
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
            worth = min(room, NEAR) + self._gain(count, change, gaps)
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
