"""`python -m benchmarks.disclosure [--inhabitants N,N] [--editions N]`: every target, measured.

Of simulated municipalities, and with `--voorbeeldstad` of the example, from files to pages. With
`--edition DIR`: what a public edition still shows of every wijk, and nothing else.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.disclosure.editions import EDITIONS, simulation
from benchmarks.disclosure.municipality import DISTRICTS
from benchmarks.disclosure.proof import Proof, proof
from benchmarks.disclosure.released import Case, simulated_case
from benchmarks.disclosure.useful import useful
from benchmarks.disclosure.voorbeeldstad import voorbeeldstad_case


def main() -> None:
    """Prove it for each municipality; the exit code is 1 where a target is not met."""
    asked = _arguments()
    if asked.edition is not None:
        sys.exit(0 if _print_useful(asked.edition) else 1)
    met = [_print(name, proof(case)) for name, case in _cases(asked)]
    sys.exit(0 if all(met) else 1)


def _cases(asked: argparse.Namespace) -> Iterator[tuple[str, Case]]:
    """Yield the municipalities that were asked for, with their editions."""
    if asked.voorbeeldstad:
        with tempfile.TemporaryDirectory(prefix="praatplaat-proof-") as folder:
            yield "Voorbeeldstad", voorbeeldstad_case(Path(folder) / "home", asked.editions)
        return
    for inhabitants in asked.inhabitants:
        drawn = simulation(inhabitants, seed=asked.seed, periods=asked.periods)
        yield f"{inhabitants:,} inhabitants", simulated_case(drawn, asked.editions)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disclosure", description=__doc__)
    parser.add_argument("--inhabitants", type=_numbers, default=tuple(DISTRICTS))
    parser.add_argument("--editions", type=int, default=EDITIONS)
    parser.add_argument("--periods", type=int, default=8, help="that one edition tells of")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--voorbeeldstad", action="store_true", help="instead of simulations")
    parser.add_argument("--edition", type=Path, help="the folder of an edition")
    return parser.parse_args()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(","))


def _print_useful(edition: Path) -> bool:
    told = useful(edition)
    for area, figures, published, enough in told.iter_rows():
        print(f"{area}: {published} of {figures} published" + ("" if enough else "   NOT MET"))
    return bool(told["enough"].all())


def _print(name: str, found: Proof) -> bool:
    print(f"\n{name}, {len(found.roundings)} editions, {found.figures:,} figures,")
    print(f"of which {found.held_back:,} held back")
    lines = list(found.lines())
    for line in lines:
        mark = "" if line.met else "   NOT MET"
        print(f"  {line.what:45}{line.to_reach:>10}{line.figure:>10}{mark}", flush=True)
    for finding in found.audit.findings[:20]:
        print(f"  {finding.kind}: {finding}")
    return all(line.met for line in lines)


if __name__ == "__main__":
    main()
