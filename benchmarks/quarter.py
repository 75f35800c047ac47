"""The quarter of a municipality of 160,000: five years of history, 60 wijken, 40 partners.

From the files in the inbox to an edition that was attacked, beside four minutes; then the same
round with nothing to do, through a Prefect server that runs already, beside 15 seconds. Everything
before this quarter is in the store, and the edition of the quarter before is out.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import filled, tree
from benchmarks.notebook import opened
from benchmarks.pairs import Ratio
from benchmarks.wide import Wide, dropped
from flows.settings import Town
from flows.steps import round as rounds
from sources.example import maker
from sources.example.maker.deliveries import City, of_quarter

QUARTERS = 20
WIJKEN, PARTNERS = 60, 33  # with those of the example: 40
INHABITANTS, LITTLE = 160_000, 20_000
SECONDS, NOTHING = 240.0, 15.0

_SMALL = 100_000  # rows below which a run is only to see that everything works
_PATIENCE = 120  # seconds for a server to start


def prepare(folder: Path, rows: int) -> None:
    """Fill the store, bring out the edition before, and drop this quarter's files."""
    small = rows < _SMALL
    wide = Wide.of(wijken=8 if small else WIJKEN, partners=1 if small else PARTNERS)
    wide.agreement(folder / "agreement")
    town = opened(folder)
    town.settings.home.mkdir()
    last, before = (filled.last_quarter(n) for n in (QUARTERS, QUARTERS - 1))
    people = LITTLE if small else INHABITANTS
    city = City.of(inhabitants=people, last=last, seed=maker.SEED)
    filled.keep(town, wide.deliveries(filled.told(city, filled.FIRST, before)))
    _bring_out(town, str(before))
    for one in wide.deliveries(of_quarter(city, last)):
        dropped(one, town.settings.inbox)


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the round beside four minutes, and nothing to do beside 15 seconds."""
    files = len(list((folder / "home" / "inbox").rglob("*.csv")))
    when = [str(filled.last_quarter(QUARTERS)), filled.moment(QUARTERS).isoformat()]
    done = tree.run(_python("round", str(folder), *when), log=folder / "round.log")
    with _prefect(folder):
        again = tree.run(_python("scheduled", *when), log=folder / "nothing.log")
    return [
        _within(f"quarter: {files} files to audited sheets", done, SECONDS),
        _within("quarter: nothing to do, with Prefect", again, NOTHING),
    ]


def _bring_out(town: Town, quarter: str) -> None:
    at = filled.moment(QUARTERS - 1)
    rounds.observe_quarter(town, quarter, known_at=at, tell=_quiet)
    rounds.publish_quarter(town, quarter, known_at=at, tell=_quiet)


def _quiet(_: str) -> None:
    """Tell nothing: the table at the end does."""


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", f"benchmarks.{module}", *arguments]


def _within(what: str, cost: tree.Cost, seconds: float) -> Ratio:
    ratio = cost.wall / seconds
    return Ratio(
        what,
        ours=cost.wall,
        floor=seconds,
        ratio=ratio,
        to_reach=1.0,
        spread=(ratio, ratio),
        work=cost.work / seconds,
        peak_mb=cost.peak_mb,
    )


@contextmanager
def _prefect(folder: Path) -> Iterator[None]:
    """Let a Prefect server run for as long as the block lasts, and the environment name it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ |= {
        "PRAATPLAAT_AGREEMENT": str(folder / "agreement"),
        "PRAATPLAAT_HOME": str(folder / "home"),
        "PRAATPLAAT_KEY": str(folder / "sleutel"),
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [str(Path(sys.executable).with_name("prefect")), "server", "start"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log)
        try:
            _wait_for(f"{os.environ['PREFECT_API_URL']}/health")
            yield
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(_PATIENCE * 2):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.5)
    raise TimeoutError(address)
