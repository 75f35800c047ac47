"""The cheapest way to give a cell the room it needs, when hiding costs by how far a cell moves."""

import highspy
import numpy as np
from scipy.sparse import hstack

from transforms.disclosure.suppression.attacker import sums_of
from transforms.disclosure.suppression.demands import FAR, Demand
from transforms.disclosure.suppression.instance import Bools, Floats, Instance
from transforms.disclosure.suppression.pattern import STILL
from transforms.disclosure.suppression.solver import model, solver

_ROUNDING = 1e-9


class Room:
    """One linear programme: every cell moves along (first half) or against (second half)."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        matrix = sums_of(instance)
        count, sums = len(instance), len(instance.equations)
        self._all = np.arange(2 * count, dtype=np.int32)
        self._highs = solver()
        self._bases: dict[tuple[Demand, int], highspy.HighsBasis] = {}
        none, nothing = np.zeros(2 * count), np.zeros(sums)
        both = hstack([matrix, -matrix])
        self._highs.passModel(
            model(cost=none, lower=none, upper=none, rows=(nothing, nothing), matrix=both)
        )

    def moves(self, demand: Demand, *, price: Floats, usable: Bools, slopes: int) -> list[Floats]:
        """Return the moves that meet a demand, one array per side that takes part; none: none do.

        Where both sides count, the first gives what it can.
        """
        left, found = 1.0, []
        for side in demand.sides:
            last = side == demand.sides[-1]
            part = left if last else min(left, self._most(demand, side, usable))
            if part > STILL:
                moves = self._sloped(
                    demand, side, part=part, price=price, usable=usable, slopes=slopes
                )
                if moves is None:
                    return []
                found.append(moves)
                left -= part
        return found

    def _sloped(
        self, demand: Demand, side: int, *, part: float, price: Floats, usable: Bools, slopes: int
    ) -> Floats | None:
        """Return the moves whose cells are cheapest to hide, over a few prices per unit."""
        self._limit(demand, side, usable)
        if (demand, side) in self._bases:
            self._highs.setBasis(self._bases[demand, side])
        slope, best, least = price, None, np.inf
        for _ in range(slopes):
            moves = self._cheapest(demand, part, slope)
            if moves is None:
                return None
            size = np.abs(moves)
            cost = float(price[size > STILL].sum())
            if cost >= least:
                break
            best, least = moves, cost
            self._bases[demand, side] = self._highs.getBasis()
            if cost == 0:
                break
            slope = price / np.where(size > STILL, size, 1.0)
        return best

    def _cheapest(self, demand: Demand, part: float, price: Floats) -> Floats | None:
        count = len(self._instance)
        if self._reach < part * (1 - _ROUNDING):
            return None
        self._highs.changeColBounds(demand.cell, part, part)
        self._highs.changeColsCost(2 * count, self._all, np.concatenate([price, price]))
        return self._solved()

    def _most(self, demand: Demand, side: int, usable: Bools) -> float:
        """Return how much of its demand the cell can get on this side at most."""
        self._limit(demand, side, usable)
        price = np.zeros(2 * len(self._instance))
        price[demand.cell] = -1.0
        self._highs.changeColBounds(demand.cell, 0.0, min(self._reach, 1.0))
        self._highs.changeColsCost(len(price), self._all, price)
        moves = self._solved()
        return 0.0 if moves is None else float(moves[demand.cell])

    def _limit(self, demand: Demand, side: int, usable: Bools) -> None:
        """Let the usable cells move within their limits; the cell itself on this side only."""
        under, over = demand.room(self._instance, side)
        self._reach = float(over[demand.cell])
        upper = np.concatenate([over, under]).clip(max=FAR) * np.tile(usable, 2)
        upper[len(under) + demand.cell] = 0.0
        self._highs.changeColsBounds(len(upper), self._all, np.zeros_like(upper), upper)

    def _solved(self) -> Floats | None:
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        count = len(self._instance)
        found: Floats = np.array(self._highs.getSolution().col_value)
        moves: Floats = found[:count] - found[count:]
        return moves
