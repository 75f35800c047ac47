"""What cell suppression gives out, and the check that it protects."""

from dataclasses import dataclass

import numpy as np

from sources.errors import DisclosureRisk
from transforms.disclosure.suppression.demands import demands
from transforms.disclosure.suppression.instance import SHOWN, Bools, Instance
from transforms.disclosure.suppression.separation import Separation


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


def checked(instance: Instance, found: Suppression) -> Suppression:
    """Return the same, after the attacker was asked for every primary cell that is protected.

    On the instance as it came, both sides and the width; raises DisclosureRisk with the cells.
    """
    needs = [one for one in demands(instance) if one.cell not in found.unprotected]
    broken = Separation(instance, needs).broken(found.pattern.astype(np.float64))
    wrong = {one.cell for one in broken}
    wrong |= set(np.flatnonzero(instance.hidden & ~found.pattern).tolist())
    wrong |= set(np.flatnonzero((instance.status == SHOWN) & found.pattern).tolist())
    if wrong:
        cells = ", ".join(map(str, sorted(wrong)))
        raise DisclosureRisk(f"Dit patroon beschermt niet, en is niet afgegeven: cel {cells}.")
    return found
