"""Looking in the inbox all the time: a look is cheap, and receiving starts only for what is new."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from flows.settings import Tell
from sources.errors import FactsheetError

SETTLES = 5.0
"""Seconds without a change after which a file is taken to be complete."""

LOOKS_EVERY = 10.0
"""Seconds between two looks: a file is noticed within this and `SETTLES`."""

Seen = frozenset[tuple[str, int, int]]


def watch(
    inbox: Path,
    receive: Callable[[], object],
    *,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    tell: Tell,
) -> None:
    """Call `receive` whenever a file settled in the inbox that was not there after the last time.

    What stays there is of nobody, or waits for another delivery: alone it starts nothing. When the
    store is in use, the next look tries again. Never returns; `clock` and `sleep` count in seconds.
    """
    left: Seen = frozenset()
    failed = ""
    while True:
        there = _settled(inbox, before=clock() - SETTLES)
        if there - left:
            try:
                receive()
                left, failed = there & _settled(inbox, before=float("inf")), ""
            except FactsheetError as error:
                if str(error) != failed:
                    failed = str(error)
                    tell(failed)
        sleep(LOOKS_EVERY)


def _settled(inbox: Path, *, before: float) -> Seen:
    """Return the files last written before a time (seconds): name, size, and when that was."""
    seen = []
    for path in inbox.glob("*/*"):
        with suppress(FileNotFoundError):  # its sender took it back between two glances
            stat = path.lstat()
            if stat.st_mtime < before and not path.name.startswith("."):
                seen.append((str(path), stat.st_size, stat.st_mtime_ns))
    return frozenset(seen)
