"""One sheet per wijk, to talk over with the people who live and work there."""

from collections.abc import Iterator

from reports.block import Sheet
from reports.shelf import Shelf


def sheets(shelf: Shelf) -> Iterator[Sheet]:
    """Yield a sheet for every wijk of the edition, by code."""
    for area in shelf.districts():
        path = f"wijk/{area.code}/index.html"
        yield Sheet("district", area.code, area.name, path, "../../", shelf, area)
