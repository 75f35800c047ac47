"""`python -m benchmarks.fuzz --files 100000 [--seed N] [--workers 2]`: damage deliveries, look.

Every file is read, and must be refused with words or be accounted for row by row; one in twenty
gets types, one in two hundred is judged whole. Prints what became of them, and of each breach how
to see it again: `--only NUMBER` looks at that file alone. Writes nothing but its report.
"""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from benchmarks.fuzz.work import MOST_SECONDS, Bench, Breach, Tally, bench, made, way, work

_PIECE = 500
_SHOWN = 40


def main() -> int:
    """Look at the files, tell how it goes, and return whether something does not hold."""
    asked = _arguments()
    if asked.only is not None:
        with bench() as here:
            return _show(here, asked.seed, asked.only)
    begin = time.perf_counter()
    tally = Tally()
    for done, piece in enumerate(_pieces(asked), start=1):
        tally.add(piece)
        files, seconds = min(done * _PIECE, asked.files - asked.first), time.perf_counter() - begin
        print(f"{files:,} files, {seconds:.0f} s, {len(tally.breaches)} breaches", flush=True)
        _print_breaches(piece.breaches)
    _report(tally)
    return 1 if tally.breaches else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=100_000, help="how many files to damage")
    parser.add_argument("--first", type=int, default=0, help="the number to begin at")
    parser.add_argument("--seed", type=int, default=9901, help="another seed, other files")
    parser.add_argument("--workers", type=int, default=2, help="processes that look at them")
    parser.add_argument("--only", type=int, help="look at the file with this number alone")
    return parser.parse_args()


def _pieces(asked: argparse.Namespace) -> Iterator[Tally]:
    """Yield what became of each piece of the files, in processes of their own."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(asked.workers, mp_context=fresh) as pool:
        todo = [
            pool.submit(work, asked.seed, first, min(first + _PIECE, asked.files))
            for first in range(asked.first, asked.files, _PIECE)
        ]
        for each in as_completed(todo):
            yield each.result()


def _report(tally: Tally) -> None:
    print()
    for outcome, count in tally.outcomes.most_common():
        print(f"{count:8,}  {outcome}")
    seconds, number = tally.slowest
    print(f"slowest: number {number}, {seconds:.2f} s of at most {MOST_SECONDS}")
    print(f"peak memory of a process: {tally.peak_mb} MB")
    print(f"breaches: {len(tally.breaches)}")
    _print_breaches(sorted(tally.breaches, key=lambda breach: breach.what)[:_SHOWN])


def _print_breaches(breaches: Sequence[Breach]) -> None:
    for breach in breaches:
        print(f"  --only {breach.number}: {breach.what}  [{breach.done}]", flush=True)


def _show(here: Bench, seed: int, number: int) -> int:
    file = made(seed, number)
    print(f"{way(number)}; {file.delivery.contract.id}, {file.style}; {', '.join(file.done)}")
    print(file.data[:6_000])
    looked = here.look(file, way=way(number))
    print(looked.outcome, *looked.faults, sep="\n")
    return 1 if looked.faults else 0


if __name__ == "__main__":
    sys.exit(main())
