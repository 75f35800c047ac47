"""The one page for a room full of people: a screen per goal, and the form for what they harvest."""

from collections.abc import Iterator

from reports.block import Sheet
from reports.shelf import Shelf


def sheets(shelf: Shelf) -> Iterator[Sheet]:
    """Yield the page of the auditorium, where the agreement chose blocks for it."""
    if shelf.has("auditorium"):
        whole = shelf.areas[shelf.municipality]
        name, path = shelf.words("auditorium.name"), "auditorium/index.html"
        yield Sheet("auditorium", whole.code, name, path, "../", shelf, whole)
