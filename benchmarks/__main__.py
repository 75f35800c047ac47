"""`python -m benchmarks [--rows N] [--only scan,clean] [--repeat N]`: run them, print a table."""

import argparse
import os
import platform
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks.apart import apart
from benchmarks.pairs import Ratio

NAMES = (
    *("scan", "clean", "gate", "receive", "big", "observe", "indicators", "intervals"),
    *("sheet", "sheets", "protect", "quarter", "notebook"),
)
PACKAGES = ("duckdb", "polars", "great-expectations", "altair", "vl-convert-python")


def main() -> None:
    """Run the benchmarks that were asked for in a folder that is removed afterwards."""
    asked = _arguments()
    begin = time.perf_counter()
    ratios: list[tuple[Ratio, int]] = []
    with tempfile.TemporaryDirectory(prefix="praatplaat-bench-") as name:
        folder = Path(name)
        for benchmark in asked.only:
            print(f"{benchmark}: making what it needs", flush=True)
            apart(benchmark, "prepare", folder, asked.rows)
            print(f"{benchmark}: measuring, {asked.repeat} pairs", flush=True)
            measured, peak = apart(benchmark, "measure", folder, asked.rows, asked.repeat)
            ratios += [(ratio, ratio.peak_mb or peak) for ratio in measured]
        _print_table(ratios)
        _print_facts(folder)
    print(f"took {time.perf_counter() - begin:.0f} s")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of a big delivery")
    parser.add_argument("--repeat", type=int, default=3, help="pairs of ours and the floor")
    parser.add_argument("--only", type=_names, default=NAMES, help=",".join(NAMES))
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - set(NAMES):
        raise argparse.ArgumentTypeError(f"no such benchmark: {', '.join(sorted(unknown))}")
    return names


def _print_table(ratios: list[tuple[Ratio, int]]) -> None:
    print()
    print(
        f"{'what':50}{'ours s':>9}{'floor s':>9}{'ratio':>7}{'to reach':>10}"
        f"{'from':>9}{'to':>9}{'work':>9}{'peak MB':>9}"
    )
    for one, peak in ratios:
        low, high = one.spread
        print(
            f"{one.what:50}{one.ours:9.3f}{one.floor:9.3f}{one.ratio:7.2f}{one.to_reach:10g}"
            f"{low:9.2f}{high:9.2f}{one.work:9.2f}{peak:9}"
            + ("" if one.ratio <= one.to_reach else "  not reached")
        )
    print()
    print("ratio: median of the pairs; work: that of processor time. To reach with 1,000,000 rows.")


def _print_facts(folder: Path) -> None:
    for path in sorted(folder.glob("*.csv")):
        with path.open("rb") as file:
            rows = sum(1 for _ in file) - 1
        print(f"{path.stem}: {rows:,} rows, {path.stat().st_size / 1e6:.1f} MB")
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    print(f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, {platform.platform()}")
    print(f"Python {platform.python_version()}, {packages}")


if __name__ == "__main__":
    main()
