"""A command with all processes that it starts: what they take together."""

import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 1.0  # seconds between two looks; a look at large processes takes time of its own


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds that passed, seconds of processor time, and peak memory in MB, of all together."""

    wall: float
    work: float
    peak_mb: int


def run(command: Sequence[str], *, log: Path) -> Cost:
    """Run a command to its end, with what it prints in `log`; AssertionError where it fails.

    Memory that processes share is counted once.
    """
    before, begin, peak = os.times(), time.perf_counter(), 0
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_kilobytes, _with_children(process.pid))))
            time.sleep(_EVERY)
    after, wall = os.times(), time.perf_counter() - begin
    assert process.returncode == 0, log.read_text(encoding="utf-8", errors="replace")[-3000:]
    work = sum(after[2:4]) - sum(before[2:4])
    return Cost(wall, work, peak // 1024)


def _with_children(root: int) -> list[int]:
    children = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        if parent := _parent(path):
            children[parent].append(int(path.parent.name))
    found = [root]
    for one in found:
        found += children[one]
    return found


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text(errors="replace").rpartition(")")[2].split()[1])
    except OSError:  # it ended meanwhile
        return 0


def _kilobytes(process: int) -> int:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
