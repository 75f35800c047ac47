"""Which counts the internal edition holds back: the small ones, and what would give them away.

Primary are the counts under the threshold and those of every figure that is held back. Secondary
are those that have to go with them, so that no sum over what is left gives one of them back.
Statistics and disclosure, 4.2 ("intern") and 4.3.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from transforms.disclosure.internal.cells import Bools, Cells, Floats, Table
from transforms.disclosure.suppression import Equations, Instance, protect
from transforms.disclosure.suppression.instance import FREE, MISSING, PRIMARY

Columns = dict[str, NDArray[Any]]

_APART = 1.0
"""The least width of what is held back: two counts are possible, never one."""


def hide(table: Table, held: Bools, *, threshold: int) -> Bools:
    """Return which cells are hidden. `held`: the figures that are held back by their own rule.

    A figure of which one cell is hidden is held back, and then none of its cells may be found,
    unless another figure shows it. That may ask for more to be hidden, until nothing changes.
    """
    groups, hidden = _groups(table), table.small | table.asked
    safe, asking = np.zeros_like(hidden), _beside_few(table, threshold)
    while True:
        must = hidden | _closed(table, held_back(table, held, hidden))
        asking = asking | (must & ~safe)
        if not asking.any():
            return hidden
        hidden = must.copy()
        for group in np.unique(groups[asking]):
            own = np.flatnonzero(groups == group)
            hidden[own] |= _protected(table, must, own, threshold=threshold)
        # With more hidden nobody finds more. What was hidden for these must itself be safe yet.
        safe, asking = must, np.zeros_like(must)


def held_back(table: Table, held: Bools, hidden: Bools) -> Bools:
    """Return the figures that are held back: by their own rule, or for a cell that is hidden."""
    found = held.copy()
    np.logical_or.at(found, table.rows, hidden[table.shown])
    return found


def _closed(table: Table, held: Bools) -> Bools:
    """Return the cells that figures show, all of which are held back."""
    shown, openly = (np.zeros(len(table.exact), dtype=bool) for _ in range(2))
    shown[table.shown] = True
    np.logical_or.at(openly, table.shown, ~held[table.rows])
    return shown & ~openly


def _beside_few(table: Table, threshold: int) -> Bools:
    """Return the larger cells of the pairs that leave over few people."""
    small, large = table.pairs
    few = table.apart & (table.exact[large] - table.exact[small] < threshold)
    found = np.zeros(len(table.exact), dtype=bool)
    found[large[few]] = True
    return found


def _groups(table: Table) -> Cells:
    """Number the cells by what they are linked with, directly or through others."""
    sums, cells, _ = table.sums
    rows, covered, _ = table.covers
    small, large = table.pairs
    count = len(table.exact)
    first = count + int(sums.max(initial=-1)) + 1
    ends = first + int(rows.max(initial=-1)) + 1
    one = np.concatenate([cells, small, covered])
    other = np.concatenate([sums + count, large, rows + first])
    graph = coo_array((np.ones(len(one)), (one, other)), shape=(ends, ends))
    labels: Cells = connected_components(graph, directed=False)[1][:count].astype(np.int64)
    return labels


def _protected(table: Table, must: Bools, own: Cells, *, threshold: int) -> Bools:
    """Return which of linked cells must be hidden as well, for those that must be to be safe.

    What no figure shows needs no hiding. Where hiding all of them is not enough, all are hidden:
    the public edition then tells what this one cannot take back.
    """
    equations, left_over = _equations(table, own)
    cells = _cells(table, must, own, threshold=threshold)
    beside = _left_over(table, own, left_over, threshold=threshold)
    columns = {name: np.append(cells[name], beside[name]) for name in cells}
    found = protect(Instance(**columns, equations=equations))
    free: Bools = cells["status"] == FREE
    return free if found.unprotected else found.pattern[: len(own)] & free


def _cells(table: Table, must: Bools, own: Cells, *, threshold: int) -> Columns:
    """Return the columns of an instance for the cells themselves.

    A small count must keep everything under the threshold possible; where the public edition rules
    out zero, as many counts from itself up. Whatever else must be hidden keeps two.
    """
    value, least = table.exact[own], table.lower[own]
    asked, small = must[own], table.small[own]
    from_zero = small & (least == 0)
    free = np.isin(own, table.shown) & ~must[own]
    room = np.where(from_zero, threshold - 1 - value, threshold - 1.0)
    return {
        "value": value,
        "weight": table.cost[own],
        "status": np.where(asked, PRIMARY, np.where(free, FREE, MISSING)),
        "lb": least,
        "ub": table.upper[own],
        "lpl": np.where(from_zero, value, 0.0),
        "upl": np.where(small, room, 0.0),
        "spl": np.where(asked, _APART, 0.0),
    }


def _left_over(table: Table, own: Cells, value: Floats, *, threshold: int) -> Columns:
    """Return the columns of an instance for what is left over: see `_equations`.

    Few people who are in the one count and not in the other are a small group like any other.
    """
    none, apart = np.zeros_like(value), np.zeros(len(value), dtype=bool)
    pairs = _pairs_in(table, own)
    apart[: len(pairs)] = table.apart[pairs]
    few = apart & (value < threshold)
    return {
        "value": value,
        "weight": none,
        "status": np.where(few, PRIMARY, MISSING),
        "lb": none,
        "ub": none + table.upper[own].max(initial=0.0),
        "lpl": np.where(few, value, 0.0),
        "upl": np.where(few, threshold - 1 - value, 0.0),
        "spl": np.where(few, _APART, 0.0),
    }


def _equations(table: Table, own: Cells) -> tuple[Equations, Floats]:
    """Return the equations over positions in `own`, and what is left over.

    What the larger of each pair has more, and then what the parts of each total that they cover
    have more than it, are cells of their own, after those of `own`.
    """
    place = np.full(len(table.exact), -1, dtype=np.int64)
    place[own] = np.arange(len(own))
    rows = [*_of_sums(*_within(table.sums, place))]
    small, large = (ends[_pairs_in(table, own)] for ends in table.pairs)
    for number, (one, other) in enumerate(zip(place[small], place[large], strict=True)):
        rows.append((0.0, [int(one), int(other), len(own) + number], [1.0, -1.0, 1.0]))
    left_over = list(table.exact[large] - table.exact[small])
    for _, cells, signs in _of_sums(*_within(table.covers, place)):
        rows.append((0.0, [*cells, len(own) + len(left_over)], [*signs, 1.0]))
        left_over.append(-float(np.dot(signs, table.exact[own[cells]])))
    return Equations.of(rows), np.array(left_over, dtype=np.float64)


def _within(entries: tuple[Cells, Cells, Cells], place: Cells) -> tuple[Cells, Cells, Cells]:
    """Return the entries (row, cell, sign) of the cells that have a place, by that place."""
    rows, cells, signs = entries
    here = place[cells] >= 0
    return rows[here], place[cells[here]], signs[here]


def _pairs_in(table: Table, own: Cells) -> Cells:
    """Return the numbers of the pairs of these cells; linked cells hold both or neither."""
    return np.flatnonzero(np.isin(table.pairs[0], own))


def _of_sums(
    sums: Cells, cells: Cells, signs: Cells
) -> Iterator[tuple[float, list[int], list[float]]]:
    edges = np.flatnonzero(np.diff(sums)) + 1
    for one, times in zip(np.split(cells, edges), np.split(signs, edges), strict=True):
        if len(one):
            yield 0.0, one.tolist(), times.astype(np.float64).tolist()
