"""Ours and the floor, in turn: seconds of each, and how many times the floor ours takes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that passed, and seconds of work of all processor cores together."""

    wall: float
    work: float


Run = Callable[[], Spent]
"""Runs once and returns its time: what it needs first and clears away after is not in it."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """What was measured: medians in seconds, the median ratio of the pairs, and what to reach.

    `work` is the median ratio of the work, which a busy machine disturbs less. `peak_mb` is the
    peak memory of the processes that ours started; 0 where it started none.
    """

    what: str
    ours: float
    floor: float
    ratio: float
    to_reach: float
    spread: tuple[float, float]
    work: float
    peak_mb: int = 0


def compare(
    what: str, ours: Run, floor: Run, *, repeat: int, to_reach: float, each: int = 1
) -> Ratio:
    """Run ours and the floor once to warm up, then in turn; every other pair the floor first.

    `each` is how many equal parts (sheets) one run has; the seconds are those of one.
    """
    ours(), floor()
    pairs = [_pair(ours, floor, floor_first=number % 2 == 1) for number in range(repeat)]
    ratios = [mine.wall / least.wall for mine, least in pairs]
    return Ratio(
        what,
        ours=statistics.median(mine.wall for mine, _ in pairs) / each,
        floor=statistics.median(least.wall for _, least in pairs) / each,
        ratio=statistics.median(ratios),
        to_reach=to_reach,
        spread=(min(ratios), max(ratios)),
        work=statistics.median(mine.work / least.work for mine, least in pairs),
    )


def _pair(ours: Run, floor: Run, *, floor_first: bool) -> tuple[Spent, Spent]:
    if floor_first:
        least = floor()
        return ours(), least
    return ours(), floor()


def spent(action: Callable[[], object]) -> Spent:
    """Return what an action takes."""
    wall, work = time.perf_counter(), time.process_time()
    action()
    return Spent(time.perf_counter() - wall, time.process_time() - work)
