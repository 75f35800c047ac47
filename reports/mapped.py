"""The map of all wijken of an edition, worked out once for all its sheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, reduce

from markupsafe import Markup

from reports.indexed import Area
from reports.outlines import Box, Point, box, short

CROWDED = 20
"""Wijken above which the others are one line on the sheet of a wijk: each leads nowhere."""

STEPS = (1, 2, 3, 5, 8, 12)
MOST_BYTES = 40_000
"""What the outlines of all other wijken may take of a sheet, of which 250 kB is the most."""

_MARGIN = 6
_TRIED = 100


@dataclass(frozen=True, slots=True)
class Shape:
    """An area with an outline, and its number on the map."""

    area: Area
    number: int

    @property
    def path(self) -> str:
        """The outline in whole units."""
        return short(self.area.outline)

    @property
    def middle(self) -> Point:
        """Where the number is written."""
        return box(self.area.outline).middle


def shapes(areas: Iterable[Area]) -> list[Shape]:
    """Return the areas with an outline, numbered among all."""
    return [Shape(area, number) for number, area in enumerate(areas, start=1) if area.outline]


class Mapped:
    """Every wijk with a known outline, and how far they reach together."""

    def __init__(self, districts: Iterable[Area]) -> None:
        self.shapes = shapes(districts)

    @property
    def crowded(self) -> bool:
        """Whether the wijken are so many that the others are one line."""
        return len(self.shapes) > CROWDED

    @cached_property
    def view(self) -> str:
        """The part of the plane that is shown, with a margin."""
        around = reduce(Box.around, (box(shape.area.outline) for shape in self.shapes))
        left, top = round(around.left), round(around.top)
        width, height = round(around.right) - left, round(around.bottom) - top
        margins = 2 * _MARGIN
        return f"{left - _MARGIN} {top - _MARGIN} {width + margins} {height + margins}"

    def others(self, but: str) -> Markup:
        """Return the outlines of all wijken but one as one path of numbers and letters."""
        return Markup("".join(path for code, path in self._coarse.items() if code != but))  # noqa: S704

    @cached_property
    def _coarse(self) -> dict[str, str]:
        """The outline of each wijk, the coarser the more there are: a unit is 0.05 mm."""
        step = self._step()
        return {shape.area.code: short(shape.area.outline, step) for shape in self.shapes}

    def _step(self) -> int:
        """Return the finest step that takes few enough bytes, as some of the wijken tell it."""
        apart = max(len(self.shapes) // _TRIED, 1)
        some = [shape.area.outline for shape in self.shapes[::apart]]
        sizes = {step: sum(len(short(one, step)) for one in some) for step in STEPS}
        return next((step for step in STEPS if sizes[step] * apart <= MOST_BYTES), STEPS[-1])
