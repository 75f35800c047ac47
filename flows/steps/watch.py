"""Looking in the inbox all the time: a look is cheap, and receiving starts only for what is new."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from flows.settings import Tell
from sources.errors import FactsheetError

SETTLES = 5.0
"""Seconds without a change after which a file is taken to be complete."""

Seen = frozenset[tuple[str, int, int]]


def watch(
    inbox: Path,
    receive: Callable[[], object],
    send: Callable[[], object],
    *,
    every: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    tell: Tell,
) -> None:
    """Call `receive` whenever a file settled in the inbox that was not there after the last time.

    What stays there is of nobody, or waits for another delivery: alone it starts nothing. When the
    store is in use, the next look tries again. `send` is called at every look, for messages that
    wait. Never returns; `every`, `clock` and `sleep` count in seconds.
    """
    left: Seen = frozenset()
    received, sent = _tried(receive, tell), _tried(send, tell)
    while True:
        there = _settled(inbox, before=clock() - SETTLES)
        if there - left and received():
            left = there & _settled(inbox, before=float("inf"))
        sent()
        sleep(every)


def _tried(act: Callable[[], object], tell: Tell) -> Callable[[], bool]:
    """Return a call that says whether it worked; the same failure again is not told again."""
    failed = ""

    def attempt() -> bool:
        nonlocal failed
        before, failed = failed, ""
        try:
            act()
        except FactsheetError as error:
            failed = str(error)
            if failed != before:
                tell(failed)
        return not failed

    return attempt


def _settled(inbox: Path, *, before: float) -> Seen:
    """Return the files last written before a time (seconds): name, size, and when that was."""
    seen = []
    for path in inbox.glob("*/*"):
        with suppress(FileNotFoundError):  # its sender took it back between two glances
            stat = path.lstat()
            if stat.st_mtime < before and not path.name.startswith("."):
                seen.append((str(path), stat.st_size, stat.st_mtime_ns))
    return frozenset(seen)
