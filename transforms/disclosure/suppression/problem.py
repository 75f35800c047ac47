"""An instance made small before the search: what is tied is one cell, what cannot move is gone."""

from dataclasses import dataclass

import numpy as np

from transforms.disclosure.suppression.demands import Demand
from transforms.disclosure.suppression.instance import Instance
from transforms.disclosure.suppression.tied import Tied, tied


@dataclass(frozen=True, slots=True)
class Problem:
    """The small instance, what its cells ask for, and what must be paid in any case.

    `paid` is the cost of the cells that move only with one that must move.
    """

    narrow: Tied
    needs: list[Demand]
    paid: float

    @property
    def instance(self) -> Instance:
        """Return the small instance."""
        return self.narrow.instance


def problem(instance: Instance, needs: list[Demand]) -> Problem:
    """Return the small problem of these demands, the least first; those of still cells drop out.

    A small demand finds a small way, which a larger one may take as well; turned round, all that
    follows is laid over the wide ways of the large ones.
    """
    asking = np.zeros(len(instance), np.bool_)
    asking[[one.cell for one in needs]] = True
    narrow = tied(instance, instance.hidden | instance.candidates, needed=asking)
    asked = set(narrow.demands(needs).values())
    with_primary = narrow.spread(narrow.joined(asking)) & ~instance.hidden
    return Problem(
        narrow=narrow,
        needs=sorted(asked, key=lambda one: (one.level, one.cell, one.sides)),
        paid=float(np.sort(instance.weight[with_primary]).sum()),
    )


def without(narrow: Tied, needs: list[Demand], failed: list[Demand]) -> list[Demand]:
    """Return the demands that are left: those of still cells, and those that failed, are not."""
    return [one for one, short in narrow.demands(needs).items() if short not in failed]
