"""The cheapest pattern: cuts from below, patterns from above, until the two meet.

Benders' decomposition of Fischetti and Salazar (2001): a master problem chooses cells, the
attacker says what that choice lacks. Cuts are first sought for choices in parts of cells, which is
fast; when none is lacking any more, the master chooses whole cells. Every so often the choice in
parts sets the prices for a new greedy pattern.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from transforms.disclosure.suppression.cuts import Cut
from transforms.disclosure.suppression.demands import Demand
from transforms.disclosure.suppression.instance import Floats, Instance
from transforms.disclosure.suppression.master import Choice, Master
from transforms.disclosure.suppression.pattern import Pattern
from transforms.disclosure.suppression.repair import Repair
from transforms.disclosure.suppression.separation import Separation, bridges

Watch = Callable[[int, float, float], None]
"""Told after every iteration: which, the cost of the best pattern, the lower bound."""

_EVERY = 10
"""A new pattern is tried once in so many iterations."""

_WORTH = 1.01
"""Cuts for parts of cells are no longer worth it when they raise the bound less than this."""

_FINE = 0.1
"""A choice of whole cells need not come closer to its bound than this part of our own gap."""

_EFFORT, _LEAST, _MOST = 600, 2, 10
"""So many secondary cells are looked at in one iteration, in so many patterns near the best."""

_INWARD = 0.5
"""Cuts are sought first for a choice so far on the way to the best pattern: those cut deeper."""

_DEEP = 0.05
"""A known cut that lacks less than this is not worth its row."""

_CLOSE = 1e-6
_LITTLE = 1e-3
"""A cell that the choice wants anyway costs this part of its weight, so that it is not free."""


@dataclass(slots=True)
class Search:
    """The best pattern so far, what no pattern can undercut, and how often we looked."""

    instance: Instance
    needs: list[Demand]
    best: Pattern
    bound: float = 0.0
    iterations: int = 0
    cost: float = field(init=False)
    _repair: Repair = field(init=False)
    _master: Master = field(init=False)
    _separation: Separation = field(init=False)
    _last: float = 0.0

    def __post_init__(self) -> None:
        self.cost = self.best.cost(self.instance)
        self._master = Master(self.instance)
        self._separation = Separation(self.instance, self.needs)
        self._repair = Repair(self.instance, self.needs, self._separation)

    def run(self, iterations: int, watch: Watch) -> None:
        """Look so often, or until the best pattern is proven to be the cheapest."""
        while self.iterations < iterations and not self.proven:
            self.iterations += 1
            choice = self._master.parts()
            if choice is None:
                self.bound = self.cost
            else:
                self._look(choice)
            watch(self.iterations, self.cost, self.bound)

    @property
    def proven(self) -> bool:
        """Return whether nothing can be cheaper than the best pattern."""
        return self.cost - self.bound <= _CLOSE * max(1.0, self.cost)

    def _look(self, choice: Choice) -> None:
        """Raise the bound by the choice in parts; when it lacks nothing, choose whole cells."""
        self._raise(choice.bound)
        cuts = self._lacking(choice.y) + bridges(self.instance, choice.y)
        if cuts:
            self._master.add(cuts)
        self._shake(choice.y)
        if self.iterations % _EVERY and cuts:
            return
        self._try(choice.y)
        self._close(choice)
        if not cuts or choice.bound < self._last * _WORTH:
            self._choose()
        self._last = choice.bound

    def _lacking(self, y: Floats) -> list[Cut]:
        """Return cuts that y lacks: those that are known, and every other time such as lie deep."""
        known = self._repair.pool.lacking(y, margin=_DEEP)
        inner = (1 - _INWARD) * y + _INWARD * self.best.hidden
        deep = self._separation.cuts(inner) if self.iterations % 2 else []
        return known + (deep or self._separation.cuts(y))

    def _choose(self) -> None:
        """Let the master choose whole cells: a bound, and a pattern to learn from or to keep."""
        gap = _FINE * (self.cost - self.bound) / self.cost
        choice = self._master.whole(self.best.hidden, gap=gap)
        if choice is None:
            self.bound = self.cost
            return
        self._raise(choice.bound)
        if any(self._separation.broken(choice.y)):
            self._master.add(self._separation.cuts(choice.y, whole=True) or [self._more(choice.y)])
        self._try(choice.y)

    def _more(self, y: Floats) -> Cut:
        """Return that at least one cell more must be hidden than these."""
        cells = np.flatnonzero(self.instance.candidates & (y < 0.5)).astype(np.int32)
        return Cut(cells, np.ones(len(cells)), 1.0)

    def _try(self, y: Floats) -> None:
        """Make a pattern in which a cell is the cheaper, the more of it the choice hides."""
        price = self.instance.weight * np.maximum(1.0 - y, _LITTLE)
        hidden = self.instance.hidden | (y > 0.9) & self.instance.candidates
        self._keep(self._repair.made(hidden, price))

    def _shake(self, y: Floats) -> None:
        """Look for a cheaper pattern near the best; every other time by what the choice hides."""
        size = int((self.best.hidden & self.instance.candidates).sum())
        for turn in range(min(max(_EFFORT // max(size, 1), _LEAST), _MOST) if size else 0):
            price = self.instance.weight * np.maximum(1.0 - (turn % 2) * y, _LITTLE)
            self._keep(self._repair.shaken(self.best, price, seed=(self.iterations, turn)))

    def _keep(self, pattern: Pattern | None) -> None:
        """Go on from a pattern that is as cheap: from another one other steps lead down."""
        cost = np.inf if pattern is None else pattern.cost(self.instance)
        if pattern is not None and cost <= self.cost:
            self.best, self.cost = pattern, cost

    def _raise(self, bound: float) -> None:
        """Take over a higher bound; whole weights make whole costs."""
        if self._whole:
            bound = float(np.ceil(bound - _CLOSE * max(1.0, bound)))
        self.bound = min(max(self.bound, bound), self.cost)

    def _close(self, choice: Choice) -> None:
        """Give up the cells with which nothing cheaper than the best pattern can be made."""
        step = 1.0 - _CLOSE if self._whole else 0.0
        hopeless = choice.bound + choice.reduced > self.cost - step + _CLOSE * max(1.0, self.cost)
        self._master.close(hopeless & (choice.y < _CLOSE) & self.instance.candidates)

    @property
    def _whole(self) -> bool:
        weight = self.instance.weight[self.instance.candidates]
        return bool(np.all(weight == np.round(weight)))
