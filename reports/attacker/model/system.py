"""What is known of counts as one system: bounds on every count, and sums that must hold."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

_ROUNDS = 60
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class System:
    """Counts between bounds, in rows that each add up to 0.

    `lower`, `upper`: per count; an upper bound may be infinite. `matrix`: a row per sum (scipy
    csr), a column per count. `whole`: whether a count is a whole number; what only measures the
    distance to a limit need not be.
    """

    lower: Floats
    upper: Floats
    matrix: sparse.csr_matrix
    whole: Flags

    @property
    def possible(self) -> bool:
        """Whether no bound contradicts another; sums may still do."""
        return bool(np.all(self.lower <= self.upper + _NEARLY))

    def between(self, lower: Floats, upper: Floats) -> "System":
        """Return the same sums with other bounds."""
        return System(lower, upper, self.matrix, self.whole)


def system_of(
    lower: Floats, upper: Floats, rows: tuple[Places, Places, Floats], whole: Flags | None = None
) -> System:
    """Build a system; `rows`: row, count and coefficient of every entry."""
    row, count, coefficient = rows
    height = int(row.max()) + 1 if row.size else 0
    matrix = sparse.csr_matrix((coefficient, (row, count)), shape=(height, lower.size))
    matrix.sort_indices()
    every = np.ones(lower.size, dtype=bool) if whole is None else whole
    return System(lower.astype(float), upper.astype(float), matrix, every)


def components(system: System) -> Iterator[tuple[Places, Places, System]]:
    """Yield the parts that have no count in common: the counts, the rows and the system of each.

    Counts that are in no row are left out: their bounds are all that is known.
    """
    matrix = system.matrix
    height = matrix.shape[0]
    joined = sparse.bmat([[None, matrix], [matrix.T, None]], format="csr")
    _, labels = csgraph.connected_components(joined, directed=False)
    of_row, of_count = labels[:height], labels[height:]
    row_order, count_order = np.argsort(of_row, kind="stable"), np.argsort(of_count, kind="stable")
    for label in np.unique(of_row):
        rows = _slice(of_row, row_order, label)
        counts = _slice(of_count, count_order, label)
        inner = matrix[rows][:, counts].tocsr()
        inner.sort_indices()
        part = System(system.lower[counts], system.upper[counts], inner, system.whole[counts])
        yield counts, rows, part


def _slice(labels: Places, order: Places, label: int) -> Places:
    begin, end = np.searchsorted(labels[order], [label, label + 1])
    return order[begin:end]


def tightened(system: System) -> System:
    """Narrow every bound by what each row alone implies, again and again until nothing moves.

    Sound and cheap, not complete: a linear programme may find more. Where the rows contradict each
    other some lower bound ends above its upper bound.
    """
    matrix = system.matrix
    if not matrix.nnz:
        return system
    entry = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    lower, upper = system.lower.copy(), system.upper.copy()
    for _ in range(_ROUNDS):
        low, high = _implied(matrix, entry, lower, upper)
        before = lower.copy(), upper.copy()
        np.maximum.at(lower, matrix.indices, low)
        np.minimum.at(upper, matrix.indices, high)
        lower = np.where(system.whole, np.ceil(lower - _NEARLY), lower)
        upper = np.where(system.whole, np.floor(upper + _NEARLY), upper)
        still = np.array_equal(lower, before[0]) and np.array_equal(upper, before[1])
        if still or np.any(lower > upper + _NEARLY):
            break
    return system.between(lower, upper)


def _implied(
    matrix: sparse.csr_matrix, entry: Places, lower: Floats, upper: Floats
) -> tuple[Floats, Floats]:
    """Return the bounds that each entry's row sets on its count."""
    coefficient, count = matrix.data, matrix.indices
    rising = coefficient > 0
    least = coefficient * np.where(rising, lower[count], upper[count])
    most = coefficient * np.where(rising, upper[count], lower[count])
    at_most = -_others(least, entry, matrix.shape[0], endless=-np.inf) / coefficient
    at_least = -_others(most, entry, matrix.shape[0], endless=np.inf) / coefficient
    return np.where(rising, at_least, at_most), np.where(rising, at_most, at_least)


def _others(terms: Floats, entry: Places, height: int, *, endless: float) -> Floats:
    """Return per entry the sum of the other terms of its row; endless where one of those is."""
    without_end = np.isinf(terms)
    finite = np.where(without_end, 0.0, terms)
    total = np.bincount(entry, finite, height)[entry] - finite
    number = np.bincount(entry, without_end, height)[entry] - without_end
    return np.where(number > 0, endless, total)
