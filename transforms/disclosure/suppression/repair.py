"""Better patterns from good ones: a part is shown again, and what that breaks is mended anew."""

from collections.abc import Sequence

import numpy as np

from transforms.disclosure.suppression.attacker import sums_of
from transforms.disclosure.suppression.cuts import Cut
from transforms.disclosure.suppression.demands import Demand
from transforms.disclosure.suppression.greedy import cover, prune
from transforms.disclosure.suppression.instance import Bools, Floats, Instance
from transforms.disclosure.suppression.pattern import Pattern
from transforms.disclosure.suppression.pool import Pool
from transforms.disclosure.suppression.room import Room
from transforms.disclosure.suppression.separation import Separation

_NOISE = 0.3
"""Prices are this part off, up or down, so that another way is found than the last time."""

_HOPELESS = 1.02
"""What costs so much more than the best before it is cleaned up is given up."""

_SCATTERED = 0.5
"""So often the part that is shown again lies all over the table, and is twice as large."""

_PART = 0.1
"""At most this part of the secondary cells is shown again, and never fewer than _SOME."""
_SOME = 6


class Repair:
    """Mends patterns, and remembers why cells had to be hidden."""

    def __init__(self, instance: Instance, needs: Sequence[Demand], separation: Separation) -> None:
        self.pool = Pool(len(instance))
        self._instance, self._needs, self._separation = instance, needs, separation
        self._room = Room(instance)
        matrix = abs(sums_of(instance))
        self._beside = (matrix.T @ matrix).tocsr()

    def made(self, hidden: Bools, price: Floats) -> Pattern | None:
        """Return a pattern made from nothing but these hidden cells, at these prices."""
        pattern = Pattern(hidden.copy())
        if cover(self._instance, self._room, self._needs, pattern, price=price):
            return None
        self._clean(pattern)
        return pattern

    def shaken(self, best: Pattern, price: Floats, *, seed: Sequence[int]) -> Pattern | None:
        """Return another pattern near this one; None: it became much dearer."""
        chance = np.random.default_rng(seed)
        pattern = best.copy()
        dropped = self._region(pattern, chance)
        pattern.hidden &= ~dropped
        broken = [one for one in self._needs if (pattern.proof[one] & dropped).any()]
        for one in broken:
            del pattern.proof[one]
        order = [broken[at] for at in chance.permutation(len(broken))]
        noise = chance.uniform(1 - _NOISE, 1 + _NOISE, len(dropped)) + _NOISE * dropped
        if cover(self._instance, self._room, order, pattern, price=price * noise):
            return None
        pattern.hidden = pattern.used | self._instance.hidden
        if pattern.cost(self._instance) > _HOPELESS * best.cost(self._instance):
            return None
        self._clean(pattern)
        return pattern

    def _region(self, pattern: Pattern, chance: np.random.Generator) -> Bools:
        """Return some secondary cells: near each other, along equations, or from all over."""
        secondary = pattern.hidden & self._instance.candidates
        starts = np.flatnonzero(secondary)
        size = int(chance.integers(1, max(_SOME, int(_PART * len(starts))), endpoint=True))
        if chance.random() < _SCATTERED:
            return np.isin(
                np.arange(len(secondary)),
                chance.choice(starts, min(2 * size, len(starts)), replace=False),
            )
        queue = [int(chance.choice(starts))]
        seen, found = set(queue), np.zeros_like(secondary)
        while queue and size:
            cell = queue.pop(0)
            size -= int(secondary[cell])
            found[cell] = secondary[cell]
            near = self._beside.indices[self._beside.indptr[cell] : self._beside.indptr[cell + 1]]
            fresh = [one for one in near[pattern.hidden[near]].tolist() if one not in seen]
            seen.update(fresh)
            queue += chance.permutation(fresh).tolist()
        return found

    def _clean(self, pattern: Pattern) -> None:
        needed = self.pool.needed(pattern.hidden)
        prune(self._instance, pattern, needed=needed, witness=self._witness)

    def _witness(self, demand: Demand, hidden: Bools) -> list[Cut]:
        """Return why this demand is not met, which is remembered."""
        cuts = self._separation.lacking(demand, hidden.astype(np.float64))
        self.pool.add(cuts)
        return cuts
