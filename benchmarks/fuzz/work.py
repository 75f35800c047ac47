"""One damaged file after another through the intake, by number: the same number, the same file."""

import faulthandler
import resource
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.fuzz import account
from benchmarks.fuzz.account import Looked
from benchmarks.fuzz.books import damaged_book
from benchmarks.fuzz.mutations import Damaged, damaged
from flows.settings import EXAMPLE, Settings, Town
from sources.store import Connection, staging

TYPED_EVERY, JUDGED_EVERY = 20, 200
MOST_SECONDS = 1.0  # of one processor core, for one small file
_A_LINE = 10e-6  # and no more than this for each line, of one with very many
HANGS_AFTER = 120
MEMORY = 12 << 30  # addresses, of which a process uses a tenth


@dataclass(frozen=True, slots=True)
class Breach:
    """A file of which something does not hold: its number, what was done to it, and what."""

    number: int
    done: str
    what: str


@dataclass(slots=True)
class Tally:
    """What became of many files; `slowest` is in seconds of processor time, with its number."""

    outcomes: Counter[str] = field(default_factory=Counter)
    breaches: list[Breach] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, 0)
    peak_mb: int = 0

    def add(self, other: "Tally") -> None:
        """Take the counts of another one in."""
        self.outcomes += other.outcomes
        self.breaches += other.breaches
        self.slowest = max(self.slowest, other.slowest)
        self.peak_mb = max(self.peak_mb, other.peak_mb)


@dataclass(frozen=True, slots=True)
class Bench:
    """Where files are looked at: a folder, a town, and a place for those that are only read."""

    folder: Path
    town: Town
    con: Connection

    def look(self, file: Damaged, *, way: str) -> Looked:
        """Take a file one of three ways: read, typed or judged."""
        path = self.folder / ("levering.csv" if file.style else "levering.xlsx")
        path.write_bytes(file.data)
        match way:
            case "read":
                return account.read(file, path, self.con)
            case "typed":
                return account.typed(file, path, self.con, self.town)
            case _:
                with ExitStack() as open_places:
                    places = [open_places.enter_context(_place(self.folder)) for _ in range(2)]
                    return account.judged(file, path, self.town, places)


@contextmanager
def bench() -> Iterator[Bench]:
    """Give a place to look at files."""
    with tempfile.TemporaryDirectory(prefix="praatplaat-fuzz-") as name:
        folder = Path(name)
        before, tempfile.tempdir = tempfile.tempdir, name
        settings = Settings(agreement=EXAMPLE, home=folder, key=folder / "sleutel")
        try:
            with _place(folder) as con:
                yield Bench(folder, settings.open(), con)
        finally:
            tempfile.tempdir = before


def _place(folder: Path) -> Connection:
    return staging(folder, threads=1)


def made(seed: int, number: int) -> Damaged:
    """Return a damaged file by its number."""
    random = Random(f"{seed}/{number}")
    return damaged_book(random) if number % 5 == 4 else damaged(random)


def way(number: int) -> str:
    """Return how a file is looked at: most are only read, some are judged."""
    if number % JUDGED_EVERY == 0:
        return "judged"
    return "typed" if number % TYPED_EVERY == 1 else "read"


def work(seed: int, first: int, last: int) -> Tally:
    """Look at the files from one number up to another."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    tally = Tally()
    with bench() as here:
        for number in range(first, last):
            faulthandler.dump_traceback_later(HANGS_AFTER, exit=True)
            look_at(here, tally, seed, number)
        faulthandler.cancel_dump_traceback_later()
    tally.peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return tally


def look_at(here: Bench, tally: Tally, seed: int, number: int) -> None:
    """Look at one file, and put in the tally what became of it."""
    file = made(seed, number)
    begin = time.process_time()
    try:
        looked = here.look(file, way=way(number))
    except BaseException as error:  # a panic of a library in Rust is no Exception
        if isinstance(error, KeyboardInterrupt):
            raise
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        looked = Looked("raised", (f"{type(error).__name__} in {place}: {str(error)[:200]}",))
    took = time.process_time() - begin
    faults = list(looked.faults)
    most = max(MOST_SECONDS, file.lines * _A_LINE)
    if took > most and way(number) != "judged" and len(file.data) < 1_000_000:
        faults.append(f"took {took:.1f} s for {len(file.data)} bytes")
    tally.outcomes[f"{way(number):7}{looked.outcome}"] += 1
    if way(number) != "judged":
        tally.slowest = max(tally.slowest, (took, number))
    done = ", ".join(file.done)
    tally.breaches += [Breach(number, done, fault) for fault in faults]
