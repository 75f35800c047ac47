"""Folders and files that are there as a whole or not at all."""

import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath


def put(folder: Path, files: Iterable[tuple[str, bytes]], *, closed: str = "") -> None:
    """Write files into a new folder beside it, and give that its name when it is complete.

    What stood there is replaced; see `fill` and `switch`.
    """
    fill(folder, files, closed=closed)
    switch(folder)


def fill(folder: Path, files: Iterable[tuple[str, bytes]], *, closed: str = "") -> None:
    """Write files into `draft(folder)`: all of them, or nothing is left.

    What makes the files may look there at those before. What lies under the folder `closed` is for
    the owner alone, from the moment that it is there.
    """
    part = draft(folder)
    shutil.rmtree(part, ignore_errors=True)
    try:
        for name, content in files:
            _write(part, name, content, closed=closed)
    except Exception:
        shutil.rmtree(part, ignore_errors=True)
        raise


def switch(folder: Path) -> None:
    """Put what was filled in the place of a folder; `settle` mends what a kill leaves."""
    settle(folder)
    if folder.exists():
        folder.rename(_old(folder))
    draft(folder).rename(folder)
    settle(folder)


def settle(folder: Path) -> None:
    """Make of a folder that was being replaced the old one, as a whole, or the new one."""
    old = _old(folder)
    if old.exists() and not folder.exists():
        old.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _old(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.old")


def put_file(path: Path, content: bytes) -> None:
    """Write one file beside its place, and give it its name when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft(path).write_bytes(content)
    draft(path).replace(path)


def draft(folder: Path) -> Path:
    """Return where a folder or a file stands while it is made."""
    return folder.with_name(f"{folder.name}.part")


def _write(part: Path, name: str, content: bytes, *, closed: str) -> None:
    target = part / PurePosixPath(name)
    if closed and PurePosixPath(name).is_relative_to(closed):
        _for_the_owner(part, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _for_the_owner(root: Path, target: Path) -> None:
    """Make a file, and the folders around it below the root, that nobody else may open."""
    for folder in reversed(target.relative_to(root).parents[:-1]):
        (root / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
