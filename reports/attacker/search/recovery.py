"""Every counted cell with the interval that its own edition, and all others, leave it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from reports.attacker.model.bounds import bounded, with_inhabitants
from reports.attacker.model.cells import KEY, cells
from reports.attacker.model.relations import Related, related
from reports.attacker.model.system import Flags, Places, System, components
from reports.attacker.reading.decoding import Decoded
from reports.attacker.reading.release import Knowledge
from reports.attacker.search.feasibility import feasibility
from reports.attacker.search.fitting import guessed

Clock = Callable[[], float]

Seeking = Callable[[Related], pl.Expr]
"""Which cells somebody seeks, given how all of them hang together."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What makes a search shorter; a width that it proves holds for whoever searches without.

    `settled`: the narrowest width of parts that were examined before, by their checksum: they are
    not examined again. `guesses`: columns of `fitting.GUESSED`, tried in their order. `each` does
    what `map` does; threads help, because the solver lets others go on. `clock` counts seconds;
    without it they are 0.
    """

    settled: Mapping[str, float] = field(default_factory=dict)
    guesses: Sequence[pl.DataFrame] = ()
    each: Callable[..., Iterable[Any]] = map
    clock: Clock = lambda: 0.0


ALONE = Aids()
"""No aid at all: as somebody searches who has nothing but the editions."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the figures give away.

    `intervals`: the cells of `relations.related` with `lower` and `upper` (no value outside them
    fits), `width` (that far apart at least are two values that do fit), `part` (the connected part;
    -1 for a cell by itself), `possible` (whether anything fits at all) and `sought` (whether it was
    looked for).
    `parts`: part, digest (a checksum of all that went in), cells, narrowest, seconds.
    `rows`: those of `relations.related`; `torn`: the ones whose rounded counts cannot add up.
    """

    intervals: pl.DataFrame
    rows: pl.DataFrame
    parts: pl.DataFrame
    torn: pl.DataFrame

    def safe(self, need: float) -> dict[str, float]:
        """Return the parts of which every cell is so wide: checksum and narrowest width."""
        wide = self.parts.filter(pl.col("narrowest") >= need)
        return dict(wide.select("digest", "narrowest").iter_rows())


def everybody(tied: Related) -> pl.Expr:
    """Seek every count; how many are counted twice tells of nobody."""
    return pl.col("kind") != "overlap"


def recover(
    editions: Sequence[Decoded],
    knowledge: Knowledge,
    *,
    need: float,
    aids: Aids = ALONE,
    seeking: Seeking = everybody,
) -> Recovery:
    """Find for each cell that is sought the least and the most that it can be.

    It is enough to prove it `need` wide.
    """
    tied = related(with_inhabitants(cells(editions), knowledge), [one.release for one in editions])
    sought = tied.cells.with_columns(sought=seeking(tied))
    return _examine(Related(sought, tied.rows), need=need, aids=aids)


def _examine(tied: Related, *, need: float, aids: Aids) -> Recovery:
    leaves = bounded(tied)
    bounds, start = leaves.system, leaves.shown
    sought = tied.cells["sought"].to_numpy()
    guesses = [guessed(tied.cells, one) for one in aids.guesses]
    names = tied.cells.select(pl.concat_str(KEY, separator="|").hash()).to_series().to_numpy()
    lower, upper = bounds.lower.copy(), bounds.upper.copy()
    width, label = upper - lower, np.full(lower.size, -1)
    possible = upper >= lower

    def examined(numbered: tuple[int, tuple[Places, Places, System]]) -> tuple[Any, ...]:
        """Fill in what is found of one part, and return its row of `PARTS`."""
        number, (counts, _, part) = numbered
        begin = aids.clock()
        digest = _digest(part, (names[counts], sought[counts]), need)
        label[counts] = number
        if digest in aids.settled:
            width[counts] = aids.settled[digest]
        else:
            near = [one[counts] for one in guesses]
            found = feasibility(part, start[counts], sought[counts], need=need, guesses=near)
            lower[counts], upper[counts] = found.lower, found.upper
            width[counts] = np.maximum(found.width, np.where(sought[counts], 0.0, np.inf))
            possible[counts] &= found.possible
        narrowest = float(width[counts][sought[counts]].min(initial=np.inf))
        return number, digest, counts.size, narrowest, aids.clock() - begin

    examined_parts = list(aids.each(examined, enumerate(components(bounds))))
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


def _digest(part: System, cells: tuple[Places, Flags], need: float) -> str:
    """Return a checksum of a part: its cells and which are sought, their bounds and their sums."""
    told = hashlib.sha256(str(need).encode())
    for array in (*cells, part.lower, part.upper, part.matrix.data, part.matrix.indices):
        told.update(np.ascontiguousarray(array).tobytes())
    told.update(np.ascontiguousarray(part.matrix.indptr).tobytes())
    return told.hexdigest()
