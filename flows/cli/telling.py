"""What a person sees while a command works: a line per step; on a terminal also what is busy."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from flows.settings import Tell


def say(text: str) -> None:
    """Write a line for the person at the keyboard, beside what a program may read along."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def show(text: str) -> None:
    """Write a line of the result itself."""
    sys.stdout.write(f"{text}\n")


@contextmanager
def telling(busy: str) -> Iterator[Tell]:
    """Yield a function that tells of a step done; on a terminal a mark turns meanwhile."""
    if not sys.stderr.isatty():
        yield say
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False)
    with console.status(Text(busy), spinner="dots"):
        yield lambda text: console.print(Text(text))
