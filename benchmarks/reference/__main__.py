"""`python -m benchmarks.reference [--histories 1000] [--only wmo,jeugd]`: does all agree?

Draws so many histories for each group of indicators, the same ones every time, and counts each of
them twice. Prints how many agree, and of every figure that does not the smallest history.
"""

import argparse
import time
from collections import Counter

from hypothesis import HealthCheck, Phase, given, settings

from benchmarks.reference.compare import disagreements
from benchmarks.reference.groups import GROUPS, Group, histories
from benchmarks.reference.history import History


def main() -> int:
    """Compare the groups that were asked for; returns 1 where anything differs."""
    asked = _arguments()
    different = 0
    for name in asked.only:
        begin = time.perf_counter()
        apart = compared(GROUPS[name], asked.histories)
        seconds = time.perf_counter() - begin
        print(f"{name}: {asked.histories} histories, {len(apart)} disagree, {seconds:.0f} s")
        _print_smallest(apart)
        different += len(apart)
    return 1 if different else 0


def compared(group: Group, number: int) -> list[tuple[History, list[str]]]:
    """Return the histories of which both ways to count tell another story."""
    apart: list[tuple[History, list[str]]] = []

    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(histories(group))
    def compare(history: History) -> None:
        if faults := disagreements(group, history):
            apart.append((history, faults))

    compare()
    return apart


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reference", description=__doc__)
    parser.add_argument("--histories", type=int, default=1000, help="how many of each group")
    parser.add_argument("--only", type=_names, default=tuple(GROUPS), help=",".join(GROUPS))
    return parser.parse_args()


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - set(GROUPS):
        raise argparse.ArgumentTypeError(f"no such group: {', '.join(sorted(unknown))}")
    return names


def _print_smallest(apart: list[tuple[History, list[str]]]) -> None:
    if not apart:
        return
    print(Counter(fault.split(",")[0] for _, faults in apart for fault in faults))
    history, faults = min(apart, key=lambda one: sum(map(len, one[0].rows.values())))
    for contract, rows in history.rows.items():
        for row in rows if contract != "gebied_kerncijfers" else ():
            print(contract, {name: str(value) for name, value in row.items() if value is not None})
    print(*faults, sep="\n")


if __name__ == "__main__":
    raise SystemExit(main())
