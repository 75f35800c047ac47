"""A good pattern fast: room for one demand after the other, then what turns out needless is shown.

Hiding a cell costs the same however far it moves, which no linear programme knows. Each demand is
therefore asked a few times over: a cell that moved far becomes cheap per unit, one that moved a
little becomes dear (dynamic slope scaling, Kim and Pardalos).
"""

from collections.abc import Callable, Sequence

import numpy as np

from transforms.disclosure.suppression.cuts import Cut
from transforms.disclosure.suppression.demands import Demand
from transforms.disclosure.suppression.instance import Bools, Floats, Instance
from transforms.disclosure.suppression.pattern import STILL, Pattern, also_met
from transforms.disclosure.suppression.pool import Pool
from transforms.disclosure.suppression.room import Room
from transforms.disclosure.suppression.tied import Tied, tied

Witness = Callable[[Demand, Bools], list[Cut]]
"""Told which demand is not met when only these cells are hidden; returns why."""

_DEARER = 1.5
"""A dear cell is priced above its weight: one of them seldom beats a few cheap ones in the end."""

_SLOPES = 3
"""How often a demand is asked with new prices per unit."""


def greedy(instance: Instance, needs: Sequence[Demand]) -> tuple[Pattern, list[Demand]]:
    """Return a pattern without a needless cell, and the demands that no hiding can meet."""
    pattern = Pattern(instance.hidden.copy())
    pattern.proof = _met_already(instance, needs)
    left = [one for one in needs if one not in pattern.proof]
    if not left:
        return pattern, []
    failed = cover(instance, Room(instance), left, pattern, price=instance.weight**_DEARER)
    prune(instance, pattern, needed=np.zeros(len(instance), np.bool_))
    return pattern, failed


def _met_already(instance: Instance, needs: Sequence[Demand]) -> dict[Demand, Bools]:
    """Return the proofs of the demands that need no secondary cell: a small programme tells."""
    narrow = tied(instance, instance.hidden, needed=instance.primary)
    room, still = Room(narrow.instance), np.zeros(len(narrow.instance))
    short = narrow.demands(needs)
    pending = list(dict.fromkeys(short.values()))
    proofs: dict[Demand, Bools] = {}
    while pending:
        demand, *pending = pending
        found = room.moves(demand, price=still, usable=still == 0, slopes=1)
        if found:
            proofs |= _proofs(narrow.instance, demand, found, pending)
            pending = [one for one in pending if one not in proofs]
    return {one: narrow.spread(proofs[inner]) for one, inner in short.items() if inner in proofs}


def cover(
    instance: Instance, room: Room, needs: Sequence[Demand], pattern: Pattern, *, price: Floats
) -> list[Demand]:
    """Hide cells until every demand is met; return those that no hiding can meet."""
    pending, failed = list(needs), []
    price = price / max(float(price.max(initial=0.0)), 1.0)
    usable = instance.hidden | instance.candidates
    while pending:
        demand, *pending = pending
        prices = np.where(pattern.hidden, 0.0, price)
        found = room.moves(demand, price=prices, usable=usable, slopes=_SLOPES)
        if not found:
            failed.append(demand)
            continue
        for met, support in _proofs(instance, demand, found, pending).items():
            pattern.proof[met] = support
            pattern.hidden |= support
        pending = [one for one in pending if one not in pattern.proof]
    return failed


def _proofs(
    instance: Instance, demand: Demand, found: list[Floats], others: list[Demand]
) -> dict[Demand, Bools]:
    """Return the cells that move for this demand, and for every other that the same moves meet."""
    support = [np.abs(moves) > STILL for moves in found]
    proofs = {demand: np.any(support, axis=0)}
    for moves, moving in zip(found, support, strict=True):
        proofs |= dict.fromkeys(also_met(instance, moves, others), moving)
    return proofs


def prune(
    instance: Instance, pattern: Pattern, *, needed: Bools, witness: Witness | None = None
) -> None:
    """Show again every secondary cell that no demand needs, the dearest first.

    The `needed` cells are not tried. Where the witness is there it is told what turned out needed.
    """
    pattern.hidden = pattern.used | instance.hidden
    asking = np.zeros(len(instance), np.bool_)
    asking[[one.cell for one in pattern.proof]] = True
    narrow = tied(instance, pattern.hidden, needed=asking)
    short = narrow.demands(pattern.proof)
    inner = Pattern(np.ones(len(narrow.instance), np.bool_))
    for whole, proof in pattern.proof.items():
        inner.proof[short[whole]] = narrow.joined(proof)
    _Pruning(narrow, inner, {one: whole for whole, one in short.items()}, witness).run(
        narrow.joined(needed)
    )
    pattern.hidden = instance.hidden | narrow.spread(inner.hidden)
    pattern.proof = {whole: narrow.spread(inner.proof[one]) for whole, one in short.items()}


class _Pruning:
    """The same where all cells are hidden and what is tied is one: small linear programmes."""

    def __init__(
        self,
        narrow: Tied,
        pattern: Pattern,
        wide: dict[Demand, Demand],
        witness: Witness | None,
    ) -> None:
        self._narrow, self._pattern, self._wide, self._witness = narrow, pattern, wide, witness
        self._instance = narrow.instance
        self._room = Room(self._instance)
        self._price = self._instance.weight / max(self._instance.weight.max(initial=0.0), 1.0)
        self._failures = dict.fromkeys(wide, 0)

    def run(self, needed: Bools) -> None:
        weight, hidden = self._instance.weight, self._pattern.hidden
        secondary = np.flatnonzero(~self._instance.hidden)
        for cell in secondary[np.lexsort((secondary, -weight[secondary]))].tolist():
            if needed[cell]:
                continue
            hidden[cell] = False
            failed = self._settle(cell)
            if failed is not None:
                why = self._why(failed)
                hidden[cell] = True
                needed |= self._narrow.joined(why.needed(self._narrow.spread(hidden)))

    def _why(self, failed: Demand) -> Pool:
        """Return the cuts that say why the demand is not met now: other cells may need them too."""
        hidden = self._narrow.spread(self._pattern.hidden)
        cuts = self._witness(self._wide[failed], hidden) if self._witness else []
        return Pool(len(hidden), cuts)

    def _settle(self, cell: int) -> Demand | None:
        """Give every demand that used the cell another proof; return the first that has none."""
        proof = self._pattern.proof
        touched = [one for one, cells in proof.items() if cells[cell]]
        touched.sort(key=lambda one: -self._failures[one])
        proofs: dict[Demand, Bools] = {}
        while touched:
            demand, *touched = touched
            found = self._room.moves(
                demand, price=self._price, usable=self._pattern.hidden, slopes=1
            )
            if not found:
                self._failures[demand] += 1
                return demand
            proofs |= _proofs(self._instance, demand, found, touched)
            touched = [one for one in touched if one not in proofs]
        proof |= proofs
        return None
