"""Whole counts that fit all that is known of them: the point from which widths are sought.

Nothing is learned from where such a point comes from, because what is proven from it holds for any
that fits. So whoever made the editions may give guesses: the rounded counts, also of what is held
back, and the counts themselves. Without them a point is sought among all that fit.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl
from scipy import sparse

from reports.attacker.model.system import Flags, Floats, System
from reports.attacker.reading.decoding import spans
from reports.attacker.search.solver import nearest

NEAR = 4
"""So far from its bounds a count is kept, where there is room."""

GUESSED = {
    **dict.fromkeys(("edition", "count", "period", "area", "partner", "breakdown"), pl.String()),
    "value": pl.Float64(),
}

_WHOLE = ["edition", "count", "first", "last", "area", "partner"]
_PLACE = [*_WHOLE, "breakdown"]
_ROUNDS = 10
_NEARLY = 1e-6


def guessed(cells: pl.DataFrame, guess: pl.DataFrame) -> Floats:
    """Return the guess (columns of `GUESSED`) of each cell; not a number where there is none.

    A class of which there is none is as large as the whole: a part can be.
    """
    placed = guess.join(spans(guess["period"]), on="period", validate="m:1")
    whole = placed.filter(breakdown="").select(*_WHOLE, of_whole="value")
    told = (
        cells.select(_PLACE)
        .join(placed, on=_PLACE, how="left", maintain_order="left")
        .join(whole, on=_WHOLE, how="left", maintain_order="left")
    )
    value = told.select(pl.coalesce("value", "of_whole").fill_null(float("nan")))
    return value.to_series().to_numpy()


def fitting(system: System, shown: Floats, guesses: Sequence[Floats] = ()) -> Floats | None:
    """Return whole counts that fit all that is known; None where the search finds none.

    `shown`: the rounded count where one is shown, else not a number; `guesses`: likewise, tried
    first. Controlled rounding fits by itself, so that only what is hidden has to be found; other
    figures are sought as a whole. What is sought is kept away from its bounds, where it would
    leave no room.
    """
    for guess in guesses:
        found = _mended(system, np.where(np.isnan(guess), shown, guess))
        if found is not None:
            return found
    known, none = ~np.isnan(shown), np.zeros(shown.size, dtype=bool)
    below = np.maximum(system.upper - NEAR, system.lower)
    hidden = system.whole & ~known
    roomy = system.between(system.lower, np.where(hidden, below, system.upper))
    for bounds, fixed in ((roomy, known), (roomy, none), (system, none)):
        found = _central(bounds, np.where(fixed, np.nan_to_num(shown), 0.0), ~fixed)
        if found is not None:
            return found
    return None


def _mended(system: System, guess: Floats) -> Floats | None:
    """Return the point nearest to a guess that fits; None where that is not whole."""
    point = np.clip(_completed(system, guess), system.lower, system.upper)
    short = -(system.matrix @ point)
    if np.any(np.abs(short) > _NEARLY):
        steps = nearest(np.ones(2 * point.size), _both_ways(system, point), short, whole=False)
        if steps is None:
            return None
        point = point + steps[: point.size] - steps[point.size :]
    whole = np.round(point)
    fits = np.allclose(point[system.whole], whole[system.whole], atol=_NEARLY)
    return np.where(system.whole, whole, point) if fits else None


def _completed(system: System, guess: Floats) -> Floats:
    """Fill in what follows from a guess: the only count of a row of which there is none.

    What does not follow is 0.
    """
    point, open_ = np.nan_to_num(guess), np.isnan(guess)
    entries = abs(system.matrix).sign()
    for _ in range(_ROUNDS):
        rows = np.flatnonzero(entries @ open_.astype(float) == 1)
        if not rows.size:
            break
        these = system.matrix[rows]
        single = sparse.coo_matrix(these)
        last = open_[single.col]
        row, count, weight = single.row[last], single.col[last], single.data[last]
        counts, first = np.unique(count, return_index=True)
        point[counts] = -(these @ point)[row[first]] / weight[first]
        open_[counts] = False
    return point


def _both_ways(system: System, point: Floats) -> System:
    """Return how far counts can go up from a point, and then how far down."""
    return System(
        np.zeros(2 * point.size),
        np.concatenate([system.upper - point, point - system.lower]),
        sparse.hstack([system.matrix, -system.matrix], format="csr"),
        np.ones(2 * point.size, dtype=bool),
    )


def _central(system: System, fixed: Floats, free: Flags) -> Floats | None:
    """Complete a point at its free counts, each as near to four above its lower bound as fits."""
    if not free.any():
        fits = np.allclose(system.matrix @ fixed, 0.0)
        return fixed if fits else None
    low, high = system.lower[free], system.upper[free]
    base = fixed.copy()
    base[free] = low
    near = np.minimum(NEAR, np.floor((high - low) / 2))
    right = -(system.matrix @ base)
    columns = system.matrix[:, free]
    doubled = System(
        np.zeros(2 * low.size),
        np.concatenate([near, high - low - near]),
        sparse.hstack([columns, columns], format="csr"),
        np.ones(2 * low.size, dtype=bool),
    )
    cost = np.concatenate([-np.ones(low.size), np.ones(low.size)])
    for whole in (False, True):
        steps = nearest(cost, doubled, right, whole=whole)
        if steps is None:
            return None
        base[free] = low + steps[: low.size] + steps[low.size :]
        if np.allclose(base[system.whole], np.round(base[system.whole]), atol=_NEARLY):
            return np.where(system.whole, np.round(base), base)
    return None
