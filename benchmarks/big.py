"""The commands as a partner and a municipality start them, on an ordinary and on a huge delivery.

Ours: a process from its start to its end, so with start-up, verdict and answer. The floor: one
`read_csv` of the same file in which nothing is left to guess, in a process that is warm already.
To reach is the number of times the floor that stays within the seconds promised: 10 s for `check`
and `receive` of 50,000 rows, 60 s for `receive` of 5,000,000.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.clean import pinned
from benchmarks.pairs import Ratio, Run, Spent, compare
from benchmarks.place import QUARTER, Place, big_file

CONTRACT, PARTNER = "partner_activiteiten", "welzijn"
USUAL, SECONDS = 50_000, 10.0
TIMES, MANY_SECONDS = 5, 60.0  # 5,000,000 rows where the others have 1,000,000
PRAATPLAAT = Path(sys.executable).with_name("praatplaat")


def prepare(folder: Path, rows: int) -> None:
    """Make both deliveries, and a home that knows the areas."""
    for name, many in _sizes(rows).items():
        (folder / name).mkdir(exist_ok=True)
        big_file(folder / name, CONTRACT, many)
    place = Place.at(folder / "big")
    place.drop_areas(folder / "areas")
    place.receive()


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the ratios, each with the peak memory of the command's own process."""
    sizes = _sizes(rows)
    return [
        _compared(folder, "usual", sizes["usual"], "check", seconds=SECONDS, repeat=repeat),
        _compared(folder, "usual", sizes["usual"], "receive", seconds=SECONDS, repeat=repeat),
        _compared(folder, "many", sizes["many"], "receive", seconds=MANY_SECONDS, repeat=1),
    ]


def _sizes(rows: int) -> dict[str, int]:
    return {"usual": min(USUAL, rows), "many": TIMES * rows}


def _compared(
    folder: Path, name: str, rows: int, command: str, *, seconds: float, repeat: int
) -> Ratio:
    path = folder / name / f"{CONTRACT}.csv"
    with path.open(encoding="utf-8") as file:
        width = len(file.readline().split(";"))
    peaks: list[int] = []
    found = compare(
        f"big: {command} {rows:,} rows, start-up included",
        _ours(Place.at(folder / "big"), folder / "worked", path, command, peaks),
        pinned(path, width, rows),
        repeat=repeat,
        to_reach=0.0,
    )
    return replace(found, to_reach=seconds / found.floor, peak_mb=max(peaks))


def _ours(place: Place, folder: Path, path: Path, command: str, peaks: list[int]) -> Run:
    said = ["--contract", CONTRACT, "--partner", PARTNER, "--period", QUARTER, "--number", "1"]

    def run() -> Spent:
        here = place.copied(folder)
        key = str(place.town.settings.key)
        home = str(here.town.settings.home)
        took, peak = _process(
            [PRAATPLAAT, command, path, "--home", home, *said], {"PRAATPLAAT_KEY": key}
        )
        peaks.append(peak)
        return took

    return run


def _process(command: Sequence[str | Path], environment: dict[str, str]) -> tuple[Spent, int]:
    """Run a command to its end; return what it took, and its peak memory in MB."""
    begin = time.perf_counter()
    ran = subprocess.Popen(
        list(map(str, command)),
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(ran.pid, 0)
    wall = time.perf_counter() - begin
    ran.returncode = os.waitstatus_to_exitcode(status)
    assert ran.returncode == 0, f"{command[1]} ended with {ran.returncode}"
    return Spent(wall, used.ru_utime + used.ru_stime), used.ru_maxrss // 1024
