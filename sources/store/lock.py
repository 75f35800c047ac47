"""One writer: an operating-system lock beside the store, which a killed process lets go of."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sources.errors import UsageError


class StoreInUse(UsageError):
    """Another process has the store open: who waits a while can try again."""


@contextmanager
def held(store: Path, *, holder: str, shared: bool = False) -> Iterator[None]:
    """Hold the lock of a store; `holder` is what others read while they are refused.

    Readers share the lock. DuckDB would refuse too, but in a text about a file descriptor.

    Raises:
        StoreInUse: another process holds it; says which.
    """
    with Path(f"{store}.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreInUse(_in_use(store, file.name)) from None
        _sign(file.fileno(), f"{holder} (proces {os.getpid()})")
        yield


def _in_use(store: Path, lock_file: str) -> str:
    holder = Path(lock_file).read_text(encoding="utf-8").strip() or "een ander programma"
    return (
        f"De opslag {store} is in gebruik door {holder}. "
        "Wacht tot dat klaar is, of sluit het, en probeer het opnieuw."
    )


def _sign(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text.encode())
