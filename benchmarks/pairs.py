"""Ours and the floor, in turn: seconds of each, and how many times the floor ours takes."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Run = Callable[[], float]
"""Runs once and returns its seconds: what it needs first and clears away after is not in them."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """What was measured: medians in seconds, the median ratio of the pairs, and what to reach.

    `each` is how many equal parts (sheets) one run has; the seconds are of one of them.
    """

    what: str
    ours: float
    floor: float
    ratio: float
    to_reach: float
    spread: tuple[float, float]


def compare(
    what: str, ours: Run, floor: Run, *, repeat: int, to_reach: float, each: int = 1
) -> Ratio:
    """Run ours and the floor once to warm up, then in turn; every other pair the floor first."""
    ours(), floor()
    pairs = [_pair(ours, floor, floor_first=number % 2 == 1) for number in range(repeat)]
    ratios = [mine / least for mine, least in pairs]
    return Ratio(
        what,
        ours=statistics.median(mine for mine, _ in pairs) / each,
        floor=statistics.median(least for _, least in pairs) / each,
        ratio=statistics.median(ratios),
        to_reach=to_reach,
        spread=(min(ratios), max(ratios)),
    )


def _pair(ours: Run, floor: Run, *, floor_first: bool) -> tuple[float, float]:
    if floor_first:
        least = floor()
        return ours(), least
    return ours(), floor()


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin
