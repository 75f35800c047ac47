"""Controlled rounding: counts rounded so that the rounded ones still add up.

Every count goes to the multiple of the base just below or just above it (one that is a multiple
stays: zero-restricted), all sums and inclusions hold between the rounded counts, and the sum of the
deviations is least. The rounded counts are then themselves a way in which things could be, and each
of them could be up to one less than the base higher together with its totals: nobody can tell more.
Cox 1987, JASA 82:520; statistics and disclosure, 4.3.

A count that was shown keeps its shown value while that is one of the two, and else goes to the one
of the two that is nearest to it; anything else costs more than any deviation. Who knows these rules
then still finds five values for a count that moved; with the nearest multiple it would be three.

Where no such rounding exists something gives way, in this order, and is reported: sums over time
and inclusions (`ties`), the two multiples of totals (`totals`), one margin after the other
(`margin area`, ...), the one with the fewest sums first.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import sparse

from transforms.disclosure.linked import Linked
from transforms.disclosure.milp import Programme, solve
from transforms.disclosure.tableau import TIES, Columns, Floats, Links, columns, links

ROUNDED: dict[str, pl.DataType] = {
    "cell": pl.UInt32(),
    "rounded": pl.Int64(),
    "was": pl.Int64(),  # its value in the edition before; null where there was none
    "fallback": pl.String(),  # what gave way; '' where nothing did
}

TOTALS, MARGIN = "totals", "margin"

_BEYOND = 1.0
"""How many steps beyond its two multiples a total may go, where totals give way."""


def controlled(
    known: Linked,
    *,
    base: int,
    earlier: pl.DataFrame | None = None,
    fixed: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Round the cells: columns of `ROUNDED`, one row per cell that is not public, sorted.

    `earlier`: count, period, area, partner, breakdown, rounded; what was shown before. `fixed`: the
    same columns; what others published of the same counts, which is taken as it is. A count that no
    figure shows only follows from the others, and is never negative.
    """
    tied = links(known)
    own = columns(known, base=base, earlier=earlier, fixed=fixed)
    told = own.beyond(tied.rows.shape[1] - own.exact.size)
    units = _each(told, base)
    fallback = np.full(units.size, "", dtype=object)
    for part, links_of_part in tied.parts():
        if not links_of_part.hold(units[part]):
            units[part], fallback[part] = _together(told.of(part), links_of_part, base)
    found = known.cells.select(
        "cell",
        "public",
        rounded=pl.Series(np.rint(units[: own.exact.size] * base)),
        was=pl.Series(own.was, nan_to_null=True),
        fallback=pl.Series(fallback[: own.exact.size].tolist(), dtype=pl.String),
    ).filter(~pl.col("public"))
    return found.select(pl.col(name).cast(dtype) for name, dtype in ROUNDED.items())


def _each(told: Columns, base: int) -> Floats:
    """Round each cell by itself: sticky where it was shown before, else to the nearest."""
    nearest = np.clip(np.floor(told.exact / base + 0.5), told.lower, told.upper)
    sticky = _sticky(told, base)
    return np.where(np.isnan(sticky), nearest, sticky)


def _sticky(told: Columns, base: int) -> Floats:
    """Return what each cell was shown as, or which of its two is nearest to it; NaN where none."""
    return np.where(told.shown, np.clip(told.was / base, told.lower, told.upper), np.nan)


def _together(told: Columns, tied: Links, base: int) -> tuple[Floats, str]:
    """Round cells that are tied together, and say what gave way."""
    for gives in _gives(tied):
        extra = _extra(told, tied, gives)
        found = solve(_programme(told, tied, extra, base=base))
        if found is not None:
            units = np.where(
                told.lower == told.upper, told.lower, np.rint(found[: told.exact.size])
            )
            beyond = np.rint(found[told.exact.size :])
            return units + extra.moves @ beyond, gives[-1] if gives else ""
    raise AssertionError("with every margin loose each cell can be rounded by itself")


def _gives(tied: Links) -> Iterator[tuple[str, ...]]:
    """Yield what may give way: nothing, and then each time one thing more."""
    names, counts = np.unique(tied.margins[tied.margins != TIES], return_counts=True)
    loose = [TIES, TOTALS, *(f"{MARGIN} {names[at]}" for at in np.lexsort((names, counts)))]
    yield from (tuple(loose[:number]) for number in range(len(loose) + 1))


@dataclass(frozen=True, slots=True)
class _Extra:
    """Columns that are dear: steps of totals beyond their bounds (`moves`), and broken links."""

    rows: sparse.csr_array
    moves: sparse.csr_array
    upper: Floats


def _extra(told: Columns, tied: Links, gives: tuple[str, ...]) -> _Extra:
    """Return the columns by which things give way."""
    size, height = told.exact.size, tied.equal.size
    steps = sparse.eye_array(size, format="csc")
    totals = (tied.rows[tied.equal] < 0).sum(axis=0) > 0
    free = totals & told.shown & ~told.settled & (TOTALS in gives)
    up, down = steps[:, free], -steps[:, free & (told.lower >= _BEYOND)]
    moves = sparse.hstack([up, down], format="csr")
    breaks = sparse.eye_array(height, format="csc")
    loose = np.isin(tied.margins, [name.removeprefix(f"{MARGIN} ") for name in gives])
    broken = sparse.hstack([-breaks[:, loose], breaks[:, loose & tied.equal]], format="csr")
    bounds = [np.full(moves.shape[1], _BEYOND), np.full(broken.shape[1], np.inf)]
    still = sparse.csr_array((size, broken.shape[1]))
    return _Extra(
        rows=sparse.hstack([tied.rows @ moves, broken], format="csr"),
        moves=sparse.hstack([moves, still], format="csr"),
        upper=np.concatenate(bounds),
    )


def _programme(told: Columns, tied: Links, extra: _Extra, *, base: int) -> Programme:
    """Return the programme: what gives way least, and then least deviation and fewest changes.

    A change weighs as much as the base, which is more than one count can deviate, and decides where
    two answers weigh the same: so the same counts are shown the same again. What gives way weighs
    more than all deviations and changes together.
    """
    chosen = told.shown & (told.lower < told.upper)
    one = told.exact.size + 1.0
    cost = np.where(chosen, one * (base - 2 * (told.exact - base * told.lower)), 0.0)
    sticky = _sticky(told, base)
    change = np.where(sticky == told.lower, one * base + 1, -one * base - 1)
    cost = cost + np.where(chosen & ~np.isnan(sticky), change, 0.0)
    # What others published need not be a multiple, and quarters that nobody sees need not be whole.
    whole = (told.lower < told.upper) & ~told.unseen
    dear = np.full(extra.upper.size, 2 * base * one**2)
    return Programme(
        cost=_smallest(np.concatenate([cost, dear])),
        lower=np.concatenate([told.lower, np.zeros(extra.upper.size)]),
        upper=np.concatenate([told.upper, extra.upper]),
        whole=np.concatenate([whole, np.ones(extra.upper.size, dtype=np.bool_)]),
        rows=sparse.hstack([tied.rows, extra.rows], format="csr"),
        least=np.where(tied.equal, 0.0, -np.inf),
    )


def _smallest(cost: Floats) -> Floats:
    """Return whole costs as the smallest whole numbers of the same proportion.

    The solver then sees sooner that no answer can be better: by half a step it is not.
    """
    step = max(int(np.gcd.reduce(cost.astype(np.int64))), 1)
    return cost / float(step)
