"""A good pattern fast: room for one demand after the other, then what turns out needless is shown.

Hiding a cell costs the same however far it moves, which no linear programme knows. Each demand is
therefore asked a few times over: a cell that moved far becomes cheap per unit, one that moved a
little becomes dear (dynamic slope scaling, Kim and Pardalos).
"""

from collections.abc import Sequence

import numpy as np

from transforms.disclosure.suppression.demands import Demand
from transforms.disclosure.suppression.instance import Bools, Floats, Instance
from transforms.disclosure.suppression.pattern import STILL, Pattern, also_met
from transforms.disclosure.suppression.room import Room

_SLOPES = 3
"""How often a demand is asked with new prices per unit."""


def cover(
    instance: Instance, room: Room, needs: Sequence[Demand], pattern: Pattern, *, price: Floats
) -> list[Demand]:
    """Hide cells until every demand is met; return those that no hiding can meet."""
    pending, failed = list(needs), []
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


def prune(instance: Instance, pattern: Pattern) -> None:
    """Show again every secondary cell that no demand needs, the dearest first."""
    cells = np.flatnonzero(pattern.hidden)
    narrow = instance.only(pattern.hidden)
    place = {int(cell): at for at, cell in enumerate(cells)}
    back = {Demand(place[one.cell], one.sides, one.level): one for one in pattern.proof}
    inner = Pattern(
        np.ones(len(cells), np.bool_),
        {short: pattern.proof[whole][cells] for short, whole in back.items()},
    )
    _prune(narrow, inner)
    pattern.hidden[cells] = inner.hidden
    for short, whole in back.items():
        pattern.proof[whole] = np.zeros_like(pattern.hidden)
        pattern.proof[whole][cells] = inner.proof[short]


def _prune(instance: Instance, pattern: Pattern) -> None:
    """Do the same where all cells are hidden, which makes the linear programmes small."""
    room = Room(instance)
    secondary = np.flatnonzero(~instance.hidden)
    order = np.lexsort((secondary, -instance.weight[secondary]))
    for cell in secondary[order].tolist():
        pattern.hidden[cell] = False
        touched = [one for one, needed in pattern.proof.items() if needed[cell]]
        found = _all_met(instance, room, touched, pattern.hidden)
        if found is None:
            pattern.hidden[cell] = True
        else:
            pattern.proof |= found


def _all_met(
    instance: Instance, room: Room, needs: list[Demand], hidden: Bools
) -> dict[Demand, Bools] | None:
    """Return a proof for every demand; None as soon as one has none."""
    price = instance.weight / max(instance.weight.max(), 1.0)
    proofs: dict[Demand, Bools] = {}
    while needs:
        demand, *needs = needs
        found = room.moves(demand, price=price, usable=hidden, slopes=1)
        if not found:
            return None
        proofs |= _proofs(instance, demand, found, needs)
        needs = [one for one in needs if one not in proofs]
    return proofs
