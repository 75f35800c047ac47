"""Cell suppression: hide cells until nobody can work out a primary one closely, at little cost.

`protect` is fast: greedy, and cleaned up. `suppress` goes on until the pattern is proven cheapest
or the iterations are used up, and has the attacker check it. Neither knows time or chance.
"""

from dataclasses import replace

from transforms.disclosure.suppression.demands import Demand, demands
from transforms.disclosure.suppression.greedy import greedy
from transforms.disclosure.suppression.instance import Equations, Instance
from transforms.disclosure.suppression.outcome import Suppression, checked
from transforms.disclosure.suppression.pattern import Pattern
from transforms.disclosure.suppression.problem import Problem, problem, without
from transforms.disclosure.suppression.search import Search, Watch

__all__ = ["ITERATIONS", "Equations", "Instance", "Suppression", "checked", "protect", "suppress"]

ITERATIONS = 50
"""Enough to prove ordinary tables of 1,000 cells; some minutes for the hardest."""


def protect(instance: Instance) -> Suppression:
    """Return a good pattern, fast: every demand in turn, then what turned out needless shown."""
    small, pattern, left = _start(instance)
    return _told(instance, small, pattern, left)


def suppress(
    instance: Instance, *, iterations: int = ITERATIONS, watch: Watch | None = None
) -> Suppression:
    """Return the cheapest pattern that is found in so many iterations, and how cheap it can be.

    Raises DisclosureRisk where the attacker finds that it does not protect.
    """
    small, pattern, left = _start(instance)
    search = Search(small.instance, small.needs, pattern)
    tell = watch or (lambda *_: None)
    search.run(iterations, lambda at, cost, bound: tell(at, cost + small.paid, bound + small.paid))
    found = _told(instance, small, search.best, left)
    bound = min(search.bound + small.paid, found.cost)
    return checked(instance, replace(found, lower_bound=bound, iterations=search.iterations))


def _start(instance: Instance) -> tuple[Problem, Pattern, list[Demand]]:
    """Return the problem of what can be protected, a pattern that does, and whose demands."""
    left = demands(instance)
    while True:
        small = problem(instance, left)
        pattern, failed = greedy(small.instance, small.needs)
        met = without(small.narrow, left, failed)
        if len(met) == len(left):
            return small, pattern, left
        left = met


def _told(instance: Instance, small: Problem, found: Pattern, met: list[Demand]) -> Suppression:
    """Return the pattern in cells of the instance, which nothing is known to undercut yet."""
    pattern = Pattern(instance.hidden | small.narrow.spread(found.hidden))
    left = set(demands(instance)) - set(met)
    return Suppression(
        pattern=pattern.hidden,
        cost=pattern.cost(instance),
        secondary=int((pattern.hidden & ~instance.hidden).sum()),
        lower_bound=0.0,
        iterations=0,
        unprotected=tuple(sorted({one.cell for one in left})),
    )
