"""Every counted cell with the interval that its own edition, and all others, leave it."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from reports.attacker.cells import KEY, cells
from reports.attacker.examined import examined
from reports.attacker.known import known as known_of
from reports.attacker.known import with_inhabitants
from reports.attacker.placed import Placed
from reports.attacker.relations import Related, related
from reports.attacker.system import Places, System, parts
from reports.attacker.told import Knowledge

Clock = Callable[[], float]

_SOUGHT = ("shown", "rest", "above", "left")
"""The kinds of cells that are sought; how many are counted twice tells of nobody."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the figures give away.

    `intervals`: the cells of `relations.related` with `lower` and `upper` (no value outside them
    fits), `width` (that far apart at least are two values that do fit), `part` (the connected part;
    -1 for a cell by itself) and `possible` (whether anything fits at all).
    `parts`: part, digest (a checksum of all that went in), cells, narrowest, seconds.
    `rows`: those of `relations.related`; `torn`: the ones whose rounded counts cannot add up.
    """

    intervals: pl.DataFrame
    rows: pl.DataFrame
    parts: pl.DataFrame
    torn: pl.DataFrame


def recover(
    editions: Sequence[Placed],
    knowledge: Knowledge,
    *,
    need: float,
    clock: Clock,
    settled: Mapping[str, float] | None = None,
) -> Recovery:
    """Find for every cell the least and the most that it can be; enough to prove it `need` wide.

    `settled`: the narrowest width of parts that were examined before, by their checksum: they are
    not examined again.
    """
    tied = related(with_inhabitants(cells(editions), knowledge), [one.told for one in editions])
    return examine(tied, need=need, clock=clock, settled=settled or {})


def examine(tied: Related, *, need: float, clock: Clock, settled: Mapping[str, float]) -> Recovery:
    """Find the intervals of cells that are tied already; see `recover`."""
    leaves = known_of(tied)
    bounds, start = leaves.system, leaves.shown
    sought = tied.cells["kind"].is_in(_SOUGHT).to_numpy()
    names = tied.cells.select(pl.concat_str(KEY, separator="|").hash()).to_series().to_numpy()
    lower, upper = bounds.lower.copy(), bounds.upper.copy()
    width, label = upper - lower, np.full(lower.size, -1)
    possible = upper >= lower
    examined_parts = []
    for number, (counts, _, part) in enumerate(parts(bounds)):
        begin = clock()
        digest = _digest(part, names[counts], need)
        label[counts] = number
        if digest in settled:
            width[counts] = settled[digest]
        else:
            found = examined(part, start[counts], sought[counts], need=need)
            lower[counts], upper[counts] = found.lower, found.upper
            width[counts] = np.maximum(found.width, np.where(sought[counts], 0.0, np.inf))
            possible[counts] &= found.possible
        narrowest = float(width[counts][sought[counts]].min(initial=np.inf))
        examined_parts.append((number, digest, counts.size, narrowest, clock() - begin))
    intervals = tied.cells.with_columns(
        lower=lower, upper=upper, width=width, part=label, possible=possible
    )
    done = pl.DataFrame(examined_parts, schema=PARTS, orient="row")
    torn = tied.rows.filter(pl.col("row").is_in(leaves.torn))
    return Recovery(intervals, tied.rows, done, torn)


PARTS = {
    "part": pl.Int64(),
    "digest": pl.String(),
    "cells": pl.Int64(),
    "narrowest": pl.Float64(),
    "seconds": pl.Float64(),
}


def _digest(part: System, names: Places, need: float) -> str:
    """Return a checksum of a part: its cells, their bounds and their sums."""
    told = hashlib.sha256(str(need).encode())
    for array in (names, part.lower, part.upper, part.matrix.data, part.matrix.indices):
        told.update(np.ascontiguousarray(array).tobytes())
    told.update(np.ascontiguousarray(part.matrix.indptr).tobytes())
    return told.hexdigest()
