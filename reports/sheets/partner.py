"""One sheet per partner, to talk over with that partner; light where little is asked."""

from collections.abc import Iterator

from reports.block import Sheet
from reports.shelf import Shelf


def sheets(shelf: Shelf) -> Iterator[Sheet]:
    """Yield a sheet for every partner, by id; suppliers of registrations have none."""
    whole = shelf.areas[shelf.municipality]
    for name, partner in sorted(shelf.partners().items()):
        path = f"partner/{name}/index.html"
        yield Sheet("partner", name, partner.name, path, "../../", shelf, whole, partner)
