"""Folders that are there as a whole or not at all."""

import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath


def put(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a new folder beside it, and give that its name when it is complete.

    What stood there is replaced. After a kill there is the old folder, the new one, or none; and
    perhaps a `.part` that the next call clears away.
    """
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    for name, content in files:
        target = part / PurePosixPath(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    if folder.exists():
        shutil.rmtree(folder)
    part.rename(folder)
