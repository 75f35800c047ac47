"""Between which values a count must lie, for every count of a system: bounds, steps, programmes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, product

import numpy as np

from reports.attacker.model.system import Flags, Floats, Places, System, tightened
from reports.attacker.search.fitting import fitting
from reports.attacker.search.moves import Moves
from reports.attacker.search.solver import ENDLESS, Solution, Solver

_NEARLY = 1e-6

_MUCH = 0.2
"""While programmes prove this share of what is open, they are cheaper than steps."""


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


def feasibility(
    system: System,
    shown: Floats,
    watched: Flags,
    *,
    need: float,
    guesses: Sequence[Floats] = (),
) -> Feasibility:
    """Find the interval of each watched count; it is enough to prove it `need` wide.

    `shown`, `guesses`: see `fitting.fitting`. With an infinite need every interval is exact.
    """
    known = tightened(system)
    if not known.possible:
        return _impossible(system)
    point = fitting(known, np.clip(shown, known.lower, known.upper), guesses)
    if point is None:
        return _Search(known, watched, need, fits=False).solve() or _impossible(system)
    moving = np.flatnonzero(known.upper - known.lower > _NEARLY)
    search = _Search(_displaced(known, point, moving), watched[moving], need, fits=True)
    if np.isfinite(need):
        search.together(gain=_MUCH)
        search.step()
        search.together(gain=0.0)
    found = search.solve()
    return _placed(found, known, point, moving) if found else _impossible(system)


def _impossible(system: System) -> Feasibility:
    return Feasibility(system.lower, system.upper, system.upper - system.lower, possible=False)


def _displaced(system: System, point: Floats, moving: Places) -> System:
    """Return how counts can move away from a point; the others stay where they are."""
    inner = system.matrix[:, moving].tocsr()
    low, high = (system.lower - point)[moving], (system.upper - point)[moving]
    touched = np.flatnonzero(np.diff(inner.indptr))
    return System(low, high, inner[touched], system.whole[moving])


def _placed(found: Feasibility, known: System, point: Floats, moving: Places) -> Feasibility:
    """Return what was found of moves as what it says of the counts themselves."""
    lower, upper, width = known.lower.copy(), known.upper.copy(), known.upper - known.lower
    lower[moving] = point[moving] + found.lower
    upper[moving] = point[moving] + found.upper
    width[moving] = found.width
    return Feasibility(lower, upper, width, asked=found.asked)


class _Search:
    """What is found of a system, little by little; if it `fits`, all counts may be 0."""

    def __init__(self, system: System, watched: Flags, need: float, *, fits: bool) -> None:
        self._system, self._watched, self._need = system, watched, need
        size = system.lower.size
        self.lower, self.upper = system.lower.copy(), system.upper.copy()
        # The least and the most in whole points that fit, and in any that fit.
        self.least, self.most = (np.full(size, 0.0 if fits else end) for end in (np.inf, -np.inf))
        self.lowest, self.highest = self.least.copy(), self.most.copy()
        self.fits, self.asked = fits, 0

    def step(self) -> None:
        """Widen what is attained by steps; each step widens all that go along."""
        sought = np.flatnonzero(self._open() & self._system.whole)
        if not sought.size:
            return
        moves = Moves(self._system)
        for together, sign in product((True, False), (1, -1)):
            for count in sought:
                if self.most[count] - self.least[count] < self._need:
                    for one, change in moves.step(int(count), sign, together=together).items():
                        self.least[one] = min(self.least[one], change)
                        self.most[one] = max(self.most[one], change)

    def together(self, *, gain: float) -> None:
        """Widen all that is open at once, half of it up and half of it down, and the other way.

        Then again with other halves, for as long as that proves more than a share, `gain`, of what
        is open: two parts of one total cannot both go up. None of the counts has to go further than
        what proves it.
        """
        open_ = self._open()
        if not open_.any():
            return
        far = np.where(open_, 2 * self._need, np.inf)
        near = self._system.between(
            np.maximum(self._system.lower, -far), np.minimum(self._system.upper, far)
        )
        solver, before, halves = Solver(near), np.inf, _halves(open_.size)
        while 0 < open_.sum() < before * (1 - gain):
            before, way = float(open_.sum()), next(halves)
            for sign in (1.0, -1.0):
                found = solver.towards(np.where(open_, sign * way, 0.0))
                self.asked += 1
                if found is not None:
                    self._learn(found)
                open_ = self._open()

    def solve(self) -> Feasibility | None:
        """Ask the solver for what is open, one count after the other; None if nothing fits."""
        open_ = np.flatnonzero(self._open())
        if open_.size or not self.fits:
            solver = Solver(self._system)
            if solver.least(0) is None:
                return None
            for count in open_:
                if self._open()[count] and not self._ask(solver, int(count)):
                    return None
        return Feasibility(self.lower, self.upper, self._attained(), asked=self.asked)

    def _open(self) -> Flags:
        """Return of which counts nothing is proven yet."""
        return self._watched & (self._attained() < np.minimum(self._need, self.upper - self.lower))

    def _attained(self) -> Floats:
        """Return how far apart two whole points are; as far as asked, if any two are twice that."""
        enough = self.highest - self.lowest >= 2 * self._need - _NEARLY
        whole: Floats = self.most - self.least
        return np.maximum(whole, np.where(enough, self._need, 0.0))

    def _ask(self, solver: Solver, count: int) -> bool:
        """Find least and greatest of one count; in whole numbers where it may turn out narrow."""
        for sign in (1.0, -1.0):
            found = solver.least(count, sign=sign)
            self.asked += 1
            if found is None:
                return False
            self._learn(found)
            self._bound(count, sign * found.value, sign)
        if self._open()[count]:
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
        """Widen what is attained by a point that the solver comes by."""
        self.lowest = np.minimum(self.lowest, found.point)
        self.highest = np.maximum(self.highest, found.point)
        if _is_whole(found.point[self._system.whole]):
            self.least = np.minimum(self.least, np.round(found.point))
            self.most = np.maximum(self.most, np.round(found.point))


def _halves(size: int) -> Iterator[Floats]:
    """Yield 1 or -1 per count, so that any two are on other sides at some time."""
    for digit in cycle(range(size.bit_length())):
        yield np.where(np.arange(size) >> digit & 1, 1.0, -1.0)


def _is_whole(point: Floats) -> bool:
    return bool(np.allclose(point, np.round(point), atol=1e-6))
