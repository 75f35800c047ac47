"""Runs a step in forked children and kills them with SIGKILL; told by `test_crash.py` and `faults`.

A process of its own, that imports everything but never opens DuckDB or runs polars itself: both
have threads, which a fork does not survive. Reads from the command line: the step, a home to start
from, an empty folder, and how many points (without: each line at which it writes, once or twice).
A step is killed at each line that finds the disk changed: between two
such lines a kill leaves the same. Writes JSON: at which places it was killed, and after which of
those a second run did not end as an undisturbed one.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import duckdb

from flows.settings import EXAMPLE, ZONE, Settings, Town
from flows.steps import answer, confirm, files, observe, publish, receive, release, retention
from flows.steps import round as rounds
from reports import feedback, render  # noqa: F401 - imported before the fork, so once
from sources import keys, raw
from sources.agreement import load as agreements
from sources.agreement.model import Agreement
from sources.agreement.model.general import Figures
from sources.contracts import load as contracts
from sources.gate import engine  # noqa: F401 - takes seconds, so once
from sources.store import deliveries, figures, findings, intake, protocol, schema, tombstones

AT = datetime(2026, 8, 3, 9, tzinfo=ZONE)
PAST_TERM = datetime(2029, 1, 1, 9, tzinfo=ZONE)
LAST = 5
"""The delivery that was received last: three of areas came first, and one that this replaces."""
QUARTER = "2026K2"

Place = tuple[str, int]

STEPS: dict[str, Callable[[Town], Any]] = {
    "receive": lambda town: rounds.receive_waiting(town, at=AT, tell=lambda _: None),
    "observe": lambda town: rounds.observe_quarter(town, QUARTER, known_at=AT, tell=lambda _: None),
    "publish": lambda town: rounds.publish_quarter(town, QUARTER, known_at=AT, tell=lambda _: None),
    "release": lambda town: rounds.release_edition(
        town, QUARTER, by="N. Voorbeeld", at=AT, tell=lambda _: None
    ),
    "confirm": lambda town: confirm.confirm(town, LAST, correct=True, reason="", at=AT),
    "withdraw": lambda town: confirm.withdraw(town, LAST, reason="", at=AT),
    "retain": lambda town: retention.retain(town, delete=True, at=PAST_TERM),
}
"""Each step as a whole, the store opened and closed with it."""

WATCHED = {
    module.__file__
    for module in (
        *(receive, observe, publish, release, files, keys, deliveries, figures, intake, schema),
        *(answer, confirm, retention, raw, findings, protocol, tombstones),
    )
}
"""The files in which something is written, or in which it is decided that it is."""


DELIVERY = "partner_activiteiten"
"""The one delivery that comes, beside those of areas."""


def _of_one_delivery(whole: Agreement) -> Agreement:
    """Return the agreement with the figures of one delivery, on pages without blocks.

    A kill falls between two files, whatever stands in them; the fewer figures, the sooner attacked.
    """
    few = {name: one for name, one in whole.indicators.items() if one.delivery == DELIVERY}
    general = whole.general.model_copy(update={"blocks": {}, "figures": Figures()})
    return whole.model_copy(update={"indicators": few, "general": general})


AGREEMENT, CONTRACTS = _of_one_delivery(agreements.load(EXAMPLE)), contracts.load(EXAMPLE)


def town_in(home: Path) -> Town:
    places = Settings(agreement=EXAMPLE, home=home, key=home.with_name("sleutel"))
    return Town(settings=places, agreement=AGREEMENT, contracts=CONTRACTS)


def on_disk(home: Path) -> list[tuple[str, int, int]]:
    """Return every file as it stands: name, size, moment of the last change.

    It is asked at every line: hence no `Path` of each.
    """
    found, folders = [], [str(home)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                stat = entry.stat(follow_symlinks=False)
                found.append((entry.path, stat.st_size, stat.st_mtime_ns))
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
    return sorted(found)


def child(work: Callable[[], None]) -> int:
    """Do the work in a forked child; return how it ended (negative: by which signal)."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def watching(home: Path, changed: Callable[[int, Place], None]) -> None:
    """Call a function before each watched line that finds the disk changed, with its count."""
    last, count = on_disk(home), 0

    def lines(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal last, count
        if event == "line" and (now := on_disk(home)) != last:
            last, count = now, count + 1
            changed(count, (Path(frame.f_code.co_filename).name, frame.f_lineno))
        return lines

    def calls(frame: FrameType, *_: Any) -> Any:
        return lines if frame.f_code.co_filename in WATCHED else None

    sys.settrace(calls)


def snapshot(home: Path) -> dict[str, str]:
    """Return everything in a home: the checksum of each file, and the rows of each table."""
    found = {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.startswith("store.duckdb")
    }
    with duckdb.connect(home / "store.duckdb") as con:
        tables = con.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        for schema_name, table in sorted(tables):
            rows = con.execute(f'SELECT * FROM {schema_name}."{table}" ORDER BY ALL').fetchall()
            found[f"{schema_name}.{table}"] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def main(step: str, start: Path, folder: Path, *, points: int = 0) -> None:
    run = STEPS[step]

    def fresh(name: str) -> Path:
        home = folder / name / "home"
        shutil.copytree(start, home)
        shutil.copyfile(start.with_name("sleutel"), home.with_name("sleutel"))
        return home

    def keep(home: Path, answer: Path) -> None:
        run(town_in(home))
        answer.write_text(json.dumps(snapshot(home)))

    def list_places(home: Path, answer: Path) -> None:
        places: list[Place] = []
        watching(home, lambda _, place: places.append(place))
        run(town_in(home))
        sys.settrace(None)
        answer.write_text(json.dumps(places))

    def killed(home: Path, moment: int) -> None:
        def die(count: int, _: Place) -> None:
            if count == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        watching(home, die)
        run(town_in(home))

    undisturbed, listed = folder / "undisturbed.json", folder / "places.json"
    assert child(lambda: keep(fresh("undisturbed"), undisturbed)) == 0
    assert child(lambda: list_places(fresh("listed"), listed)) == 0
    expected = json.loads(undisturbed.read_text())
    places = [(name, line) for name, line in json.loads(listed.read_text())]
    few = chosen(places, most=1 if step in ("publish", "release") else 2)
    moments = spread(places, points) if points else few
    different = []
    for moment, place in moments.items():
        home, answer = fresh(str(moment)), folder / f"{moment}.json"
        assert child(partial(killed, home, moment)) == -signal.SIGKILL
        assert child(partial(keep, home, answer)) == 0
        if wrong := differing(json.loads(answer.read_text()), expected):
            different.append([*place, wrong])
        shutil.rmtree(home.parent)
    sys.stdout.write(json.dumps({"places": list(moments.values()), "different": different}))


def differing(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    """Return the files and tables that are not the same in both."""
    return sorted(n for n in {*found, *expected} if found.get(n) != expected.get(n))


def chosen(places: list[Place], *, most: int) -> dict[int, Place]:
    """Return the moments to kill at: the first ones at each line, where a loop has many.

    A step that takes seconds, because it renders and attacks, is killed once at each.
    """
    return {
        moment: place
        for moment, place in enumerate(places, start=1)
        if places[: moment - 1].count(place) < most
    }


def spread(places: list[Place], points: int) -> dict[int, Place]:
    """Return so many moments to kill at, evenly over all at which something was written."""
    found = {1 + number * len(places) // points for number in range(points)}
    return {moment: places[moment - 1] for moment in sorted(found) if moment <= len(places)}


if __name__ == "__main__":
    main(
        sys.argv[1],
        Path(sys.argv[2]),
        Path(sys.argv[3]),
        points=int(sys.argv[4]) if sys.argv[4:] else 0,
    )
