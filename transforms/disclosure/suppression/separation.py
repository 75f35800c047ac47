"""Find what a choice of cells, in whole or in parts, leaves to be desired."""

from collections.abc import Iterator

import numpy as np

from transforms.disclosure.suppression.attacker import ENOUGH, Attacker
from transforms.disclosure.suppression.cuts import Cut, cut, reach, relation
from transforms.disclosure.suppression.demands import FAR, Demand
from transforms.disclosure.suppression.instance import Floats, Instance

_LEAST = 1e-3
"""A cut that lacks less than this is not worth its row."""


class Separation:
    """Asks the attacker after every demand, and turns the answers into cuts."""

    def __init__(self, instance: Instance, needs: list[Demand]) -> None:
        self._instance = instance
        self._needs = needs
        self._attacker = Attacker(instance)

    def broken(self, y: Floats) -> Iterator[Demand]:
        """Yield the demands that this choice of whole cells does not meet."""
        for one in self._needs:
            if sum(self._attacker.ask(one, side, y).room for side in one.sides) < ENOUGH:
                yield one

    def lacking(self, demand: Demand, y: Floats) -> list[Cut]:
        """Return the cuts that y lacks by this demand alone."""
        return [one for _, one in self._of(demand, y, far=FAR)]

    def cuts(self, y: Floats, *, whole: bool = False) -> list[Cut]:
        """Return the cuts that y lacks: for parts of cells nothing moves further than is asked.

        That shorter reach finds cuts sooner; each is worked out with the true limits again.
        """
        found: dict[tuple[bytes, bytes], Cut] = {}
        settled: set[int] = set()
        for demand in self._needs:
            if demand.cell in settled:
                continue
            for cell, one in self._of(demand, y, far=FAR if whole else 1.0):
                settled.add(cell)
                found[one.cells.tobytes(), one.coefficients.tobytes()] = one
        return list(found.values())

    def _of(self, demand: Demand, y: Floats, *, far: float) -> Iterator[tuple[int, Cut]]:
        """Yield the cut of this demand, and those that its equation gives for other cells."""
        told = [self._attacker.ask(demand, side, y, far=far) for side in demand.sides]
        others = [relation(demand, answer.worth) for answer in told]
        if sum(answer.room for answer in told) >= ENOUGH or any(one is None for one in others):
            return
        reached = [
            reach(self._instance, demand, side, one)
            for side, one in zip(demand.sides, others, strict=True)
            if one is not None
        ]
        yield from self._lacking(demand.cell, np.sum(reached, axis=0), y)
        for one in others[:1]:
            if one is not None:
                yield from self._turned(demand, one, y)

    def _turned(self, demand: Demand, others: Floats, y: Floats) -> Iterator[tuple[int, Cut]]:
        """Yield what the same equation says when it is solved for another cell, or turned round."""
        whole = others.copy()
        whole[demand.cell] = -1.0
        for one in self._needs:
            times = whole[one.cell]
            if one != demand and len(one.sides) == 1 and abs(times) > _LEAST:
                solved = -whole / times
                solved[one.cell] = 0.0
                yield from self._lacking(
                    one.cell, reach(self._instance, one, one.sides[0], solved), y
                )

    def _lacking(self, cell: int, reached: Floats, y: Floats) -> Iterator[tuple[int, Cut]]:
        found = cut(self._instance, reached)
        if found is not None and found.lack(y) > _LEAST:
            yield cell, found


def bridges(instance: Instance, y: Floats) -> list[Cut]:
    """Return where a cell would be hidden alone in an equation, which protects nothing.

    Holds of the cheapest patterns: what is hidden needlessly is shown again.
    """
    told, found = instance.equations, []
    for start, end in zip(told.starts, told.starts[1:], strict=False):
        cells = told.cells[start:end]
        least = 2 * y[cells] - y[cells].sum()
        for at in np.flatnonzero((least > _LEAST) & instance.candidates[cells]):
            signs = np.ones(len(cells))
            signs[at] = -1.0
            found.append(Cut(cells, signs, 0.0))
    return found
