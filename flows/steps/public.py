"""Which editions lie in a folder, and which of them everybody may read."""

import json
from pathlib import Path

PUBLIC = "openbaar"
"""The part of an edition that everybody may read once it was established."""


def there(editions: Path) -> list[str]:
    """Return the names of the editions in a folder, oldest first; no half ones."""
    names = [path.parent.name for path in editions.glob(f"*/{PUBLIC}")]
    return sorted((name for name in names if "." not in name), key=_age)


def released(editions: Path) -> list[str]:
    """Return the names of those that everybody may read, oldest first."""
    return [name for name in there(editions) if is_released(editions / name)]


def is_released(folder: Path) -> bool:
    """Whether the edition in a folder is for everybody: it says of itself that it was established.

    One of before that was asked says nothing of it, and was public at once.
    """
    about = folder / PUBLIC / "data" / "edition.json"
    if not (folder / PUBLIC).is_dir():
        return False
    told = json.loads(about.read_bytes()) if about.is_file() else {}
    return told.get("established", True) is not None


def _age(edition: str) -> tuple[str, int]:
    """Order editions as they came out: `2026K3-10` is younger than `2026K3-2`."""
    quarter, _, number = edition.partition("-")
    return quarter, int(number) if number.isdigit() else 1
