"""Between which values a count must lie, for every count of a system: bounds, steps, programmes."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from reports.attacker.model.system import Flags, Floats, Places, System, tightened
from reports.attacker.search.moves import Moves, fitting
from reports.attacker.search.solver import ENDLESS, Solution, Solver

_NEARLY = 1e-6

_NEARBY = 300


@dataclass(frozen=True, slots=True)
class Feasibility:
    """What was found of a system.

    `lower`, `upper`: no count can lie outside them. `width`: two values that fit lie so far apart;
    where that is as far as was asked, nothing more was sought. `possible`: whether anything fits.
    `asked`: linear programmes solved.
    """

    lower: Floats
    upper: Floats
    width: Floats
    possible: bool = True
    asked: int = 0


def feasibility(system: System, shown: Floats, watched: Flags, *, need: float) -> Feasibility:
    """Find the interval of each watched count; it is enough to prove it `need` wide.

    `shown`: see `moves.fitting`. With an infinite need every interval is exact.
    """
    known = tightened(system)
    if not known.possible:
        return _impossible(system)
    point = fitting(known, np.clip(shown, known.lower, known.upper))
    search = _Search(known, point)
    if point is not None and np.isfinite(need):
        search.step(watched, need)
        search.nearby(watched, need)
    return search.solve(watched, need)


def _impossible(system: System) -> Feasibility:
    return Feasibility(system.lower, system.upper, system.upper - system.lower, possible=False)


class _Search:
    def __init__(self, system: System, point: Floats | None) -> None:
        self._system = system
        self._point = point
        size = system.lower.size
        self.lower, self.upper = system.lower.copy(), system.upper.copy()
        self.least = np.full(size, np.inf) if point is None else point.copy()
        self.most = np.full(size, -np.inf) if point is None else point.copy()
        self.proven = np.zeros(size)
        self.asked = 0

    def step(self, watched: Flags, need: float) -> None:
        """Widen what is attained by steps from the point; each step widens all that go along."""
        assert self._point is not None
        moves = Moves(self._system, self._point)
        for together, sign in product((True, False), (1, -1)):
            for count in np.flatnonzero(watched & self._system.whole):
                if self.most[count] - self.least[count] < need:
                    self._along(moves.step(int(count), sign, together=together))

    def nearby(self, watched: Flags, need: float) -> None:
        """Widen by small programmes around what is still open, all else staying where it is."""
        assert self._point is not None
        for count in np.flatnonzero(self._open(watched, need)):
            if not self._open(watched, need)[count]:
                continue
            around = _around(self._system, int(count))
            moves = _displaced(self._system, self._point, around)
            solver, place = Solver(moves), int(np.flatnonzero(around == count)[0])
            for sign in (1.0, -1.0):
                found = solver.least(place, sign=sign)
                self.asked += 1
                if found is not None and _is_whole(found.point):
                    self._along(dict(zip(around.tolist(), np.round(found.point), strict=True)))

    def solve(self, watched: Flags, need: float) -> Feasibility:
        """Ask the solver for what is still open, one count after the other."""
        open_ = np.flatnonzero(self._open(watched, need))
        if open_.size or self._point is None:
            solver = Solver(self._system)
            if solver.least(0) is None:
                return _impossible(self._system)
            for count in open_:
                if self._open(watched, need)[count] and not self._ask(solver, int(count), need):
                    return _impossible(self._system)
        return Feasibility(self.lower, self.upper, self._attained(), asked=self.asked)

    def _along(self, step: dict[int, float]) -> None:
        assert self._point is not None
        for count, change in step.items():
            value = self._point[count] + change
            self.least[count] = min(self.least[count], value)
            self.most[count] = max(self.most[count], value)

    def _open(self, watched: Flags, need: float) -> Flags:
        """Return of which counts nothing is proven yet."""
        return watched & (self._attained() < np.minimum(need, self.upper - self.lower))

    def _attained(self) -> Floats:
        return np.maximum(self.most - self.least, self.proven)

    def _ask(self, solver: Solver, count: int, need: float) -> bool:
        """Find least and greatest of one count; in whole numbers where it may turn out narrow."""
        for sign in (1.0, -1.0):
            found = solver.least(count, sign=sign)
            self.asked += 1
            if found is None:
                return False
            self._learn(found)
            self._bound(count, sign * found.value, sign)
        narrow = self.upper[count] - self.lower[count] < 2 * need
        if not narrow:
            self.proven[count] = self.upper[count] - self.lower[count]
        elif self._attained()[count] < min(need, self.upper[count] - self.lower[count]):
            for sign in (1.0, -1.0):
                whole = solver.whole(count, sign=sign)
                if whole is None:
                    return False
                self._learn(whole)
                self._bound(count, sign * whole.value, sign)
        return True

    def _bound(self, count: int, value: float, sign: float) -> None:
        whole = self._system.whole[count]
        if sign > 0:
            better = np.ceil(value - _NEARLY) if whole else value
            self.lower[count] = max(self.lower[count], better)
        elif value < ENDLESS / 10:
            better = np.floor(value + _NEARLY) if whole else value
            self.upper[count] = min(self.upper[count], better)

    def _learn(self, found: Solution) -> None:
        """Widen what is attained by every whole point that the solver comes by."""
        if _is_whole(found.point[self._system.whole]):
            self.least = np.minimum(self.least, np.round(found.point))
            self.most = np.maximum(self.most, np.round(found.point))


def _is_whole(point: Floats) -> bool:
    return bool(np.allclose(point, np.round(point), atol=1e-6))


def _around(system: System, count: int) -> Places:
    """Return the counts that hang together most closely with one, sorted."""
    by_count = system.matrix.tocsc()
    found, edge = {count}, [count]
    while edge and len(found) < _NEARBY:
        rows = np.unique(by_count[:, edge].indices)
        near = set(system.matrix[rows].indices.tolist()) - found
        edge = sorted(near)
        found |= near
    return np.array(sorted(found), dtype=np.int64)


def _displaced(system: System, point: Floats, around: Places) -> System:
    """Return how some counts can move away from a point, all others staying there."""
    rows = system.matrix[:, around].tocsr()
    touched = np.flatnonzero(np.diff(rows.indptr))
    low, high = system.lower - point, system.upper - point
    return System(low[around], high[around], rows[touched], system.whole[around])
