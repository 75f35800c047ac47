"""What a person sees while a command works: a line per step, and a sign of life in between."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from flows.settings import Tell

SILENCE = 1.5
"""Seconds without a line after which we say that the work goes on."""


def say(text: str) -> None:
    """Write a line for the person at the keyboard, beside what a program may read along."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def show(text: str) -> None:
    """Write a line of the result itself."""
    sys.stdout.write(f"{text}\n")


@contextmanager
def telling(busy: str) -> Iterator[Tell]:
    """Yield a function that tells of a step; meanwhile show that the work goes on, and how long.

    On a terminal a mark turns; elsewhere (a log, a pipe) there is a line after each silence.
    """
    if not sys.stderr.isatty():
        with _ticking(busy) as tell:
            yield tell
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False)
    with console.status(Text(busy), spinner="dots"):
        yield lambda text: console.print(Text(text))


@contextmanager
def _ticking(busy: str) -> Iterator[Tell]:
    """Say lines as they come, and after each silence how long the work has taken so far."""
    begin, heard, done = time.monotonic(), Event(), Event()

    def tell(text: str) -> None:
        heard.set()
        say(text)

    def tick() -> None:
        while not done.is_set():
            if heard.wait(SILENCE):
                heard.clear()
            elif not done.is_set():
                say(f"  {busy}: {time.monotonic() - begin:.0f} seconden")

    clock = Thread(target=tick, daemon=True)
    clock.start()
    try:
        yield tell
    finally:
        done.set()
        heard.set()
        clock.join()
