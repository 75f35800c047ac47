"""The maker of Voorbeeldstad's deliveries: the files that each supplier drops, quarter by quarter.

Same arguments, same bytes. Which wijk differs from which, and why, stands in the README of
`sources/example`; which files are at fault, and how, in `faults.FAULTS`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from sources.example.maker.bulk import one_delivery
from sources.example.maker.deliveries import City, Delivery, of_quarter, of_year
from sources.example.maker.faults import FAULTS, NOT_DELIVERED, Fault, as_sent
from sources.example.maker.files import write
from sources.example.maker.quarters import Quarter
from sources.example.maker.registrations import FIRST

__all__ = [
    "FAULTS",
    "INHABITANTS",
    "NOT_DELIVERED",
    "QUARTERS",
    "SEED",
    "Fault",
    "make",
    "one_delivery",
    "round_files",
]

INHABITANTS: Final = 60_000
SEED: Final = 9901
QUARTERS: Final = (
    "2024K4",
    "2025K1",
    "2025K2",
    "2025K3",
    "2025K4",
    "2026K1",
    "2026K2",
    "2026K3",
)


def make(
    folder: Path,
    *,
    inhabitants: int = INHABITANTS,
    quarters: Sequence[str] = QUARTERS,
    seed: int = SEED,
) -> list[Path]:
    """Write all files of the given quarters; return their paths in the order of dropping.

    A file lies in `<quarter>/<partner>/`, the quarter after which it is dropped: mostly its own
    period, later for a correction. The areas and key figures of a year come with the first of its
    quarters. ValueError for a quarter before 2024K4.
    """
    asked = sorted(Quarter.of(quarter) for quarter in quarters)
    if asked[0] < FIRST:
        raise ValueError(f"the histories of Voorbeeldstad begin with {FIRST}, not {asked[0]}")
    city = City.of(inhabitants=inhabitants, last=asked[-1], seed=seed)
    for delivery in _deliveries(city, asked):
        for file in as_sent(delivery):
            write(folder / str(file.dropped) / file.partner, file.name, file.content)
    return round_files(folder, quarters)


def _deliveries(city: City, asked: list[Quarter]) -> Iterator[Delivery]:
    years = {quarter.year: quarter for quarter in reversed(asked)}
    for quarter in asked:
        if years[quarter.year] == quarter:
            yield from of_year(city, quarter.year, quarter)
        yield from of_quarter(city, quarter)


def round_files(folder: Path, quarters: Sequence[str]) -> list[Path]:
    """Return the files that `make` wrote and that are dropped after the given quarters.

    In the order of dropping: by quarter, and within a quarter what others refer to first.
    """
    found = [path for quarter in quarters for path in (folder / quarter).glob("*/*")]
    return sorted(found, key=lambda path: (path.parts[-3], path.parts[-2] != "cbs", path.name))
