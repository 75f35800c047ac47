"""Where a reader puts its private copy of a file: gone when it is read, also after a kill.

The copies are plain, so the place is for its owner only. A process that is killed leaves its place
behind, without its lock: the next one clears it away.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nobody names a home like this: what bears it and is not held may be cleared away.
_PREFIX = ".praatplaat-leesplek-"


@contextmanager
def workbench() -> Iterator[Path]:
    """Give a folder in which all temporary files of this process stand for as long as it lasts."""
    _clear(Path(tempfile.gettempdir()))
    before = tempfile.tempdir
    folder, held = _made()
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder)
        os.close(held)


def _made() -> tuple[Path, int]:
    """Make a folder and hold its lock; before it is held another process may clear it away."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        if (held := _held(folder)) is not None:
            if folder.exists():
                return folder, held
            os.close(held)


def _clear(place: Path) -> None:
    """Remove what killed processes of this user left behind."""
    for folder in place.glob(f"{_PREFIX}*"):
        ours = folder.is_dir() and not folder.is_symlink() and folder.stat().st_uid == os.getuid()
        if ours and (held := _held(folder)) is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(held)


def _held(folder: Path) -> int | None:
    """Return a descriptor that holds the lock of a folder; None where another process has it."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
