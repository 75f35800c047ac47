"""Cell suppression: hide cells until nobody can work out a primary one closely, at little cost.

`protect` is fast: greedy, and cleaned up. `suppress` goes on until the pattern is proven cheapest
or the iterations are used up. Both give the same `Suppression`; neither knows time or chance.
"""

from dataclasses import dataclass

import numpy as np

from transforms.disclosure.suppression.demands import Demand, demands
from transforms.disclosure.suppression.greedy import cover, prune
from transforms.disclosure.suppression.instance import Bools, Equations, Instance
from transforms.disclosure.suppression.pattern import Pattern
from transforms.disclosure.suppression.room import Room
from transforms.disclosure.suppression.search import Search, Watch

__all__ = ["ITERATIONS", "Equations", "Instance", "Suppression", "protect", "suppress"]

ITERATIONS = 100
"""Enough to prove ordinary tables of 1,000 cells; a minute or some for the hardest."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A pattern that protects, what it costs, and how much less could be enough at best.

    `unprotected` holds the primary cells that stay within reach of an attacker however much is
    hidden: the caller must not publish before something is done about those.
    """

    pattern: Bools
    cost: float
    secondary: int
    lower_bound: float
    iterations: int
    unprotected: tuple[int, ...]

    @property
    def optimal(self) -> bool:
        """Return whether no cheaper pattern exists."""
        return self.cost - self.lower_bound <= 1e-6 * max(1.0, self.cost)


def protect(instance: Instance) -> Suppression:
    """Return a good pattern, fast: every demand in turn, then what turned out needless shown."""
    return _told(*_greedy(instance))


def suppress(
    instance: Instance, *, iterations: int = ITERATIONS, watch: Watch | None = None
) -> Suppression:
    """Return the cheapest pattern that is found in so many iterations, and how cheap it can be."""
    search, failed = _greedy(instance)
    search.run(iterations, watch or (lambda *_: None))
    return _told(search, failed)


def _greedy(instance: Instance) -> tuple[Search, list[Demand]]:
    """Return the search at its start, and the demands that cannot be met."""
    pattern = Pattern(instance.hidden.copy())
    price = instance.weight / max(float(instance.weight.max(initial=0.0)), 1.0)
    needs = demands(instance)
    failed = cover(instance, Room(instance), needs, pattern, price=price)
    prune(instance, pattern)
    return Search(instance, [one for one in needs if one not in failed], pattern), failed


def _told(search: Search, failed: list[Demand]) -> Suppression:
    secondary = search.best.hidden & ~search.instance.hidden
    return Suppression(
        pattern=search.best.hidden,
        cost=search.cost,
        secondary=int(np.count_nonzero(secondary)),
        lower_bound=search.bound,
        iterations=search.iterations,
        unprotected=tuple(sorted({one.cell for one in failed})),
    )
