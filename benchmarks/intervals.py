"""The limits of a million figures at 99.8 %, within two seconds for each way to make them.

The floor is the same formula in numpy, over whole counts: it has nothing to refuse, and no missing
value to keep apart. To reach is the number of times the floor that stays within two seconds.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import special

from benchmarks.pairs import Ratio, compare, spent
from transforms.intervals import COLOUR_LEVEL, FEW_EVENTS, Limits, mean, median_ranks, rate, wilson

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

SECONDS, FIGURES = 2.0, 1_000_000
TAIL = (1 - COLOUR_LEVEL) / 2
Z = float(-special.ndtri(TAIL))
PER = 1000.0


def prepare(folder: Path, rows: int) -> None:
    """Make nothing: the counts are drawn where they are needed."""


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return a ratio per way, after holding the limits of both sides against each other."""
    counts = _counts(rows)
    x, n, average, sd = (pl.col(name) for name in counts.columns)
    drawn = [counts[name].to_numpy() for name in counts.columns]
    sure = {"confidence": COLOUR_LEVEL}
    ways: dict[str, tuple[Limits, Callable[[], Pair]]] = {
        "shares": (wilson(x, n, **sure), lambda: _wilson(*drawn[:2])),
        "rates": (rate(x, n, **sure), lambda: _rate(*drawn[:2])),
        "means": (mean(n, average, sd, **sure), lambda: _mean(*drawn[1:])),
        "medians": (median_ranks(n, **sure), lambda: _ranks(drawn[1])),
    }
    return [_measured(name, counts, *both, repeat) for name, both in ways.items()]


def _counts(rows: int) -> pl.DataFrame:
    """Return counts as wijken and buurten have them: many small, and many alike."""
    chance = np.random.default_rng(20265)
    people = chance.integers(20, 20_000, rows)
    events = chance.binomial(people, chance.beta(1, 60, rows))
    numbers = {"x": events, "n": people}
    amounts = {"average": chance.normal(7, 1, rows), "sd": chance.uniform(0.5, 3, rows)}
    return pl.DataFrame(numbers | amounts).cast(pl.Float64)


def _measured(
    name: str, counts: pl.DataFrame, limits: Limits, floor: Callable[[], Pair], repeat: int
) -> Ratio:
    mine = counts.select(*limits)
    for ours, theirs in zip((mine["lower"], mine["upper"]), floor(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    found = compare(
        f"intervals: {counts.height:,} {name}",
        lambda: spent(lambda: counts.select(*limits)),
        lambda: spent(floor),
        repeat=repeat,
        to_reach=0.0,
    )
    return replace(found, to_reach=SECONDS * counts.height / FIGURES / found.floor)


def _wilson(x: Floats, n: Floats) -> Pair:
    middle, half = 2 * x + Z**2, Z * np.sqrt(Z**2 + 4 * x * (1 - x / n))
    return (middle - half) / (2 * (n + Z**2)), (middle + half) / (2 * (n + Z**2))


def _rate(x: Floats, n: Floats) -> Pair:
    """Return Byar's limits; below ten events, those of a table of ten."""
    many = np.maximum(x, FEW_EVENTS)
    low = many * (1 - 1 / (9 * many) - Z / (3 * np.sqrt(many))) ** 3
    high = (many + 1) * (1 - 1 / (9 * (many + 1)) + Z / (3 * np.sqrt(many + 1))) ** 3
    few = np.arange(1.0, FEW_EVENTS)
    exact_low = np.append(0.0, special.chdtri(2 * few, 1 - TAIL) / 2)
    exact_high = special.chdtri(2 * np.append(0.0, few) + 2, TAIL) / 2
    place = np.minimum(x, FEW_EVENTS - 1).astype(np.int64)
    lower = np.where(x < FEW_EVENTS, exact_low[place], low)
    upper = np.where(x < FEW_EVENTS, exact_high[place], high)
    return lower / n * PER, upper / n * PER


def _mean(n: Floats, average: Floats, sd: Floats) -> Pair:
    sizes, place = np.unique(n, return_inverse=True)
    half = special.stdtrit(sizes - 1, 1 - TAIL)[place] * sd / np.sqrt(n)
    return average - half, average + half


def _ranks(n: Floats) -> Pair:
    sizes, place = np.unique(n, return_inverse=True)
    reached = np.floor(special.bdtrik(TAIL, sizes, 0.5))[place]
    return reached + 1, n - reached
