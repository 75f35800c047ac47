"""Which program draws: a fingerprint of its own files and of the packages that draw with it."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_ROOMS = ("reports", "transforms", "sources")
_PACKAGES = ("altair", "jinja2", "markupsafe", "polars", "pydantic", "vl-convert-python")


@lru_cache
def program() -> str:
    """Return a fingerprint that differs wherever a page could be drawn differently.

    Of every file that a sheet may be made of, as it lies here, and not only of a version: a page
    of yesterday's program is never taken for one of today's.
    """
    told = hashlib.sha256(" ".join(f"{name} {version(name)}" for name in _PACKAGES).encode())
    for path in sorted(path for room in _ROOMS for path in (_ROOT / room).rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            told.update(f"{path.relative_to(_ROOT).as_posix()} {content}\n".encode())
    return told.hexdigest()
