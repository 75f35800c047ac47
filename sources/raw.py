"""Sealed files that go: by a rule, or because they were never finished (`sources.keys` seals)."""

from pathlib import Path


def discard(sha256: str, folder: Path) -> None:
    """Delete a sealed file; nothing happens where it is gone already."""
    (folder / sha256).unlink(missing_ok=True)


def clear_partial(folder: Path) -> None:
    """Delete the sealed files that were half written when their process was killed."""
    for partial in folder.glob(".*.partial"):
        partial.unlink()
