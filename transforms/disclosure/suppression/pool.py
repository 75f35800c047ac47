"""The cuts that are known, and which hidden cells they say cannot be shown again."""

from collections.abc import Sequence

import numpy as np

from transforms.disclosure.suppression.cuts import Cut
from transforms.disclosure.suppression.instance import Bools, Floats, Integers

_MARGIN = 1e-6
"""A cut must fall short by so much before we believe it without asking the attacker."""


class Pool:
    """Cuts that hold of every pattern that protects: hiding more never breaks one."""

    def __init__(self, count: int, cuts: Sequence[Cut] = ()) -> None:
        self._count = count
        self._cuts = list(cuts)
        self._entries: tuple[Integers, Integers, Floats, Floats] | None = None

    def add(self, cuts: Sequence[Cut]) -> None:
        """Remember these cuts too."""
        self._cuts += cuts
        self._entries = None

    def needed(self, hidden: Bools) -> Bools:
        """Return the hidden cells without which one of the cuts would be broken."""
        rows, cells, coefficients, least = self._joined()
        spare = np.bincount(rows, coefficients * hidden[cells], len(least)) - least
        found = np.zeros(self._count, np.bool_)
        found[cells[coefficients > spare[rows] + _MARGIN]] = True
        return found & hidden

    def lacking(self, y: Floats, *, margin: float) -> list[Cut]:
        """Return the cuts that this choice lacks by more than the margin."""
        rows, cells, coefficients, least = self._joined()
        lack = least - np.bincount(rows, coefficients * y[cells], len(least))
        return [self._cuts[row] for row in np.flatnonzero(lack > margin)]

    def _joined(self) -> tuple[Integers, Integers, Floats, Floats]:
        if self._entries is None:
            lengths = [len(one.cells) for one in self._cuts]
            self._entries = (
                np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
                np.concatenate([np.zeros(0, np.int32), *(one.cells for one in self._cuts)]),
                np.concatenate([np.zeros(0), *(one.coefficients for one in self._cuts)]),
                np.array([one.least for one in self._cuts]),
            )
        return self._entries
