"""The front page of an edition: where to go, what came in, and how to read."""

from collections.abc import Iterator

from reports.block import Sheet
from reports.shelf import Shelf


def sheets(shelf: Shelf) -> Iterator[Sheet]:
    """Yield the one index."""
    whole = shelf.areas[shelf.municipality]
    yield Sheet("index", whole.code, whole.name, "index.html", "", shelf, whole)
