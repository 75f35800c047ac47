"""What cell suppression starts from: cells, the sums between them, and how wide each must stay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.int32]

PRIMARY, FREE, SHOWN, MISSING = "u", "s", "z", "m"
"""Must be hidden; may be hidden; must stay published; hidden already, whatever we do."""

_COLUMNS = ("value", "weight", "status", "lb", "ub", "lpl", "upl", "spl")

_SAME = 1e-6
"""Sums of decimals are the same when they differ less than this part of their terms."""


@dataclass(frozen=True, slots=True)
class Equations:
    """Sparse rows: of row r, `cells[starts[r]:starts[r + 1]]` times coefficients make `rhs[r]`."""

    starts: Integers
    cells: Integers
    coefficients: Floats
    rhs: Floats

    @classmethod
    def of(cls, rows: Iterable[tuple[float, Sequence[int], Sequence[float]]]) -> Self:
        """Return the equations of (right-hand side, cells, coefficients)."""
        told = list(rows)
        lengths = [len(cells) for _, cells, _ in told]
        return cls(
            starts=np.cumsum([0, *lengths], dtype=np.int32),
            cells=np.array([cell for _, cells, _ in told for cell in cells], np.int32),
            coefficients=np.array([times for *_, many in told for times in many], np.float64),
            rhs=np.array([rhs for rhs, *_ in told], np.float64),
        )

    def __len__(self) -> int:
        return len(self.rhs)

    @property
    def rows(self) -> Integers:
        """Return of every term which row it stands in."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Instance:
    """Cells by position, and the equations that an attacker knows to hold between them.

    Columns, one number per cell: `value`; `weight`, what hiding it costs (at least 0); `status`,
    one of `u s z m`; `lb` and `ub`, within which an attacker knows any cell to lie; and for a
    primary cell how far the greatest possible value must lie above it (`upl`), the least below
    it (`lpl`), and the two apart (`spl`). Source: the `jj` format of Fischetti and Salazar.
    """

    value: Floats
    weight: Floats
    status: NDArray[np.str_]
    lb: Floats
    ub: Floats
    lpl: Floats
    upl: Floats
    spl: Floats
    equations: Equations

    def __len__(self) -> int:
        return len(self.value)

    @property
    def primary(self) -> Bools:
        """Return which cells must be hidden and kept apart."""
        return np.asarray(self.status == PRIMARY)

    @property
    def hidden(self) -> Bools:
        """Return which cells are hidden before any secondary one is."""
        return np.isin(self.status, [PRIMARY, MISSING])

    @property
    def candidates(self) -> Bools:
        """Return which cells may be hidden and have room to move: others protect nothing."""
        return np.asarray((self.status == FREE) & (self.ub > self.lb))

    def only(self, cells: Bools) -> Self:
        """Return the instance of these cells alone: the others do not move, so they drop out."""
        told = self.equations
        kept = cells[told.cells]
        rows, lengths = np.unique(told.rows[kept], return_counts=True)
        place = np.cumsum(cells, dtype=np.int32) - 1
        narrow = Equations(
            starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
            cells=place[told.cells[kept]],
            coefficients=told.coefficients[kept],
            rhs=np.zeros(len(rows)),
        )
        columns = {name: getattr(self, name)[cells] for name in _COLUMNS}
        return type(self)(**columns, equations=narrow)

    def broken_sums(self) -> list[int]:
        """Return the rows whose values do not make their right-hand side."""
        terms = self.equations.coefficients * self.value[self.equations.cells]
        rows, count = self.equations.rows, len(self.equations)
        left = np.bincount(rows, terms, count) - self.equations.rhs
        size = np.bincount(rows, np.abs(terms), count) + 1
        return [int(row) for row in np.flatnonzero(np.abs(left) > _SAME * size)]
