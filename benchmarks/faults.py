"""`python -m benchmarks.faults [--points N]`: what goes wrong, done on purpose; prints a table.

After each fault the same is done once more, and what is then on disk and in the store is held
against a home in which nothing went wrong.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

from benchmarks import gone, killing
from flows.settings import Town
from flows.steps import demo
from flows.steps import round as rounds
from sources import inbox
from sources.errors import FactsheetError
from sources.inbox import Parcel
from sources.store import Store
from sources.store.lock import held

AREAS = "GM9901_cbs_L12[abc]_2026_v1.csv"
DELIVERY = "GM9901_welzijn_L06_2026K2_v1.csv"
KILLED = ("receive", "observe", "publish", "release")

Outcome = tuple[int, int]
"""How often a fault was made, and after how many the end was another than undisturbed."""


def starts(folder: Path) -> Path:
    """Make a home that is just ready to receive, in a folder; return it."""
    made, home = folder / "made", folder / "home"
    if not home.exists():
        # In another process: a fork does not survive the threads that polars starts.
        code = "import sys, pathlib; from sources.example import maker; "
        code += "maker.make(pathlib.Path(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(made)], check=True)
        for pattern in (AREAS, DELIVERY):
            for path in made.rglob(pattern):
                target = home / "inbox" / path.parent.name / path.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        demo.write_key(home.with_name("sleutel"))
    return home


def print_killed(start: Path, folder: Path, points: int) -> Outcome:
    """Kill the print of an edition with SIGKILL at moments spread over it."""
    home = _copy(start, folder)
    for before in KILLED:
        _apart(partial(killing.STEPS[before], killing.town_in(home)))
    return gone.printing(home, points)


def server_gone(start: Path, folder: Path, points: int) -> Outcome:
    """Take Prefect's server away while a round receives."""
    wrong = 0
    for number in range(points):
        place = folder / f"server{number}"
        wrong += not gone.server(_copy(start, place), place)
    return points, wrong


def killed(step: str, start: Path, folder: Path, points: int) -> Outcome:
    """Kill a step with SIGKILL at points spread over it, each in a home of its own."""
    folder.mkdir()
    ready = _copy(start, folder / "start")
    for before in KILLED[: KILLED.index(step)]:
        _apart(partial(killing.STEPS[before], killing.town_in(ready)))
    (folder / "work").mkdir()
    places = (str(ready), str(folder / "work"))
    command = [sys.executable, killing.__file__, step, *places, str(points)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return len(told["places"]), len(told["different"])


def disk_full(start: Path, folder: Path, points: int) -> Outcome:
    """Receive where no file may grow beyond a size, for sizes up to that of the store.

    Counts as wrong too: a fault that is no message for a person.
    """
    expected = _undisturbed(start, folder)
    size = (folder / "undisturbed" / "home" / "store.duckdb").stat().st_size
    wrong = 0
    for number in range(points):
        home = _copy(start, folder / f"full{number}")
        ended = _apart(partial(_limited, home, size * number // points))
        _apart(partial(_received, home))
        wrong += ended != 0 or bool(killing.differing(_now(home), expected))
    return points, wrong


def _limited(home: Path, size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    try:
        _received(home)
    except (FactsheetError, OSError):
        return  # told in one text, by `flows.cli.main`


def two_at_once(start: Path, folder: Path, points: int) -> Outcome:
    """Start two that receive at the same moment; who finds the store in use comes again."""
    expected, wrong = _undisturbed(start, folder), 0
    for number in range(points):
        home = _copy(start, folder / f"two{number}")
        code = f"from benchmarks import faults; faults.again_and_again({str(home)!r})"
        both = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
        ended = [one.wait() for one in both]
        wrong += ended != [0, 0] or bool(killing.differing(_now(home), expected))
    return points, wrong


def again_and_again(home: str) -> None:
    """Receive; while another process has the store, wait a little and try again."""
    for _ in range(600):
        try:
            _received(Path(home))
            return
        except FactsheetError:
            time.sleep(0.1)
    raise TimeoutError(home)


def store_locked(start: Path, folder: Path, points: int) -> Outcome:
    """Receive while another has the store: that is said, and nothing changes."""
    expected, wrong = _undisturbed(start, folder), 0
    for number in range(points):
        home = _copy(start, folder / f"locked{number}")
        with held(home / "store.duckdb", holder="een ander"):
            wrong += _apart(partial(_refused, home)) != 0
        _apart(partial(_received, home))
        wrong += bool(killing.differing(_now(home), expected))
    return points, wrong


def _refused(home: Path) -> None:
    try:
        _received(home)
    except FactsheetError as error:
        assert "in gebruik door een ander" in str(error)
    else:
        raise AssertionError("received while another had the store")


def replaced(start: Path, folder: Path, points: int) -> Outcome:
    """Replace a partner's file just before it is copied, and just after: both are kept in the end.

    What is sealed and what is recorded are the same file, and no file is lost.
    """
    wrong = 0
    for number in range(points):
        home = _copy(start, folder / f"replaced{number}")
        both = partial(_both_kept, killing.town_in(home), early=number % 2 == 0)
        wrong += _apart(both) != 0
    return points, wrong


def _both_kept(town: Town, *, early: bool) -> None:
    (path,) = town.settings.inbox.rglob(DELIVERY)
    content = path.read_bytes()
    other, copy = content + b"\n", inbox.private_copy

    def meddled(parcel: Parcel, place: Path) -> Parcel | None:
        mine = parcel.path == path and path.exists() and path.read_bytes() == content
        if mine and early:
            path.write_bytes(other)
        copied = copy(parcel, place)
        if mine and not early:
            path.write_bytes(other)
        return copied

    with patch.object(inbox, "private_copy", meddled):
        _received(town.settings.home)
    there = path.exists() and path.read_bytes() == other
    _received(town.settings.home)
    with Store.open(town.settings.store, holder="faults", read_only=True) as store:
        kept = [one.sha256 for one in store.all_deliveries()]
    assert there
    assert len(kept) == (4 if early else 5)
    assert sorted(path.name for path in town.settings.raw.iterdir()) == sorted(kept)


def _received(home: Path) -> None:
    rounds.receive_waiting(killing.town_in(home), at=killing.AT, tell=lambda _: None)


def _apart(work: Callable[[], object]) -> int:
    """Do the work in a process that starts without threads; return how it ended."""
    return killing.child(lambda: _ignored(work()))


def _ignored(_: object) -> None:
    """Forget what a piece of work returned."""


def _undisturbed(start: Path, folder: Path) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    home = _copy(start, folder / "undisturbed")
    _apart(partial(_received, home))
    return _now(home)


def _now(home: Path) -> dict[str, str]:
    """Return what is in a home, looked at by another process: DuckDB has threads."""
    answer = home.with_name("now.json")
    _apart(lambda: answer.write_text(json.dumps(killing.snapshot(home))))
    found: dict[str, str] = json.loads(answer.read_text())
    return found


def _copy(start: Path, folder: Path) -> Path:
    shutil.copytree(start, folder / "home")
    shutil.copyfile(start.with_name("sleutel"), folder / "sleutel")
    return folder / "home"


OTHERS = {
    "Prefect's server gone": server_gone,
    "disk full at a write": disk_full,
    "two rounds at once": two_at_once,
    "file replaced while read": replaced,
    "store locked": store_locked,
}


def main() -> None:
    """Make each fault in a folder that is removed afterwards, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--points", type=int, default=10, help="kills per round, spread evenly")
    points = parser.parse_args().points
    with tempfile.TemporaryDirectory(prefix="praatplaat-faults-") as name:
        folder = Path(name)
        start = starts(folder)
        share = points // (len(KILLED) + 1)
        print(f"{'fault':28}{'times':>7}{'wrong':>7}{'s':>8}")
        for step in KILLED:
            _row(f"kill -9 in {step}", partial(killed, step, start, folder / step, share))
        (folder / "print").mkdir()
        _row("kill -9 in print", partial(print_killed, start, folder / "print", share))
        for fault, make in OTHERS.items():
            few = max(2, points // 20)
            place = folder / make.__name__
            place.mkdir()
            _row(fault, partial(make, start, place, few))


def _row(fault: str, make: Callable[[], Outcome]) -> None:
    begin = time.perf_counter()
    times, wrong = make()
    print(f"{fault:28}{times:7}{wrong:7}{time.perf_counter() - begin:8.1f}", flush=True)


if __name__ == "__main__":
    main()
