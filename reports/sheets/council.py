"""The one sheet of the council: where the municipality wants to go, and what it knows of that."""

from collections.abc import Iterator

from reports.block import Sheet
from reports.shelf import Shelf


def sheets(shelf: Shelf) -> Iterator[Sheet]:
    """Yield the sheet of the council, where the agreement chose blocks for it."""
    if shelf.has("council"):
        whole = shelf.areas[shelf.municipality]
        name, path = shelf.words("council_sheet.name"), "raad/index.html"
        yield Sheet("council", whole.code, name, path, "../", shelf, whole)
