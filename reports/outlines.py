"""Outlines of areas: their corners, their box, and as short a path as draws the same.

An outline in an edition is closed rings of straight lines from place to place: `M0 0L9.5 0L9.5 9Z`.
"""

from dataclasses import dataclass

Point = tuple[float, float]
Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """The smallest upright rectangle around an outline."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        """The middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def around(self, other: "Box") -> "Box":
        """Return the box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def rings(outline: str) -> list[list[Point]]:
    """Return the corners of each closed ring of an outline."""
    every = (ring.rstrip("Z").split("L") for ring in outline.split("M")[1:])
    return [[_point(corner) for corner in ring] for ring in every]


def box(outline: str) -> Box:
    """Return the box around an outline."""
    points = [point for ring in rings(outline) for point in ring]
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def short(outline: str, step: int = 1) -> str:
    """Return the outline in whole units, in steps of so many, without corners that fall together.

    Areas beside each other stay so: what is one corner of both falls on one place.
    """
    every = (_corners(ring, step) for ring in rings(outline))
    return "".join(_path(_turns(corners)) for corners in every if len(corners) > 2)


def _point(corner: str) -> Point:
    x, y = corner.split()
    return float(x), float(y)


def _corners(ring: list[Point], step: int) -> list[Corner]:
    return list(dict.fromkeys((step * round(x / step), step * round(y / step)) for x, y in ring))


def _turns(corners: list[Corner]) -> list[Corner]:
    """Return the corners without those where the line goes straight on."""
    before, after = [corners[-1], *corners[:-1]], [*corners[1:], corners[0]]
    every = zip(before, corners, after, strict=True)
    return [corner for last, corner, then in every if not _straight(last, corner, then)]


def _straight(last: Corner, corner: Corner, then: Corner) -> bool:
    across, down = corner[0] - last[0], corner[1] - last[1]
    on_across, on_down = then[0] - corner[0], then[1] - corner[1]
    return across * on_down == down * on_across and across * on_across + down * on_down > 0


def _path(corners: list[Corner]) -> str:
    """Write a ring as each corner's distance from the last, across and down."""
    x, y = corners[0]
    parts, letter = [f"M{x} {y}"], "M"
    for to_x, to_y in corners[1:]:
        way, told = _way(to_x - x, to_y - y)
        apart = way if way != letter else "" if told.startswith("-") else " "
        parts.append(apart + told)
        x, y, letter = to_x, to_y, way
    return "".join(parts) + "z"


def _way(across: int, down: int) -> tuple[str, str]:
    """Return the letter of a line and how far it goes; a line straight across or down is short."""
    if down == 0:
        return "h", str(across)
    if across == 0:
        return "v", str(down)
    return "l", f"{across}{down}" if down < 0 else f"{across} {down}"
