"""Where every value of an agreement stands: the line of each place in each file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The line of every place in every file of an agreement; empty where nobody kept them.

    A place is the path of keys and list positions in a file: `("targets", 0, "value")`.
    """

    of_file: Mapping[str, Mapping[Place, int]] = field(default_factory=dict)

    def line(self, file: str, place: Place) -> int:
        """Return the line of a place, or of the nearest part around it; 0 where not known."""
        lines = self.of_file.get(file, {})
        while place and place not in lines:
            place = place[:-1]
        return lines.get(place, 0) if place else 0
