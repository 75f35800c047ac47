"""The reader as a whole against a pinned load of the same file: what our own look at it costs."""

from pathlib import Path

from benchmarks.clean import CONTRACT, pinned
from benchmarks.pairs import Ratio, Run, Spent, compare, spent
from benchmarks.place import Place, big_file
from sources import readers
from sources.contracts.model import Contract
from sources.store import staging

TO_REACH = 1.5


def prepare(folder: Path, rows: int) -> None:
    """Make the file."""
    big_file(folder, CONTRACT, rows)


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the ratio."""
    path = folder / f"{CONTRACT}.csv"
    contract = Place.at(folder / "scan").town.contracts[CONTRACT]
    with path.open(encoding="utf-8") as file:
        width = len(file.readline().split(";"))
    return [
        compare(
            f"scan: {rows:,} rows, {path.stat().st_size / 1e6:.0f} MB",
            _ours(contract, path, rows),
            pinned(path, width, rows),
            repeat=repeat,
            to_reach=TO_REACH,
        )
    ]


def _ours(contract: Contract, path: Path, rows: int) -> Run:
    def run() -> Spent:
        with staging(path) as con:
            took = spent(lambda: read.append(readers.read(contract, path, con)))
            assert read.pop().records.accepted == rows
        return took

    read: list[readers.Reading] = []
    return run
