"""Outlines of areas as SVG paths: their box, a place for a name, and fewer digits."""

import re
from dataclasses import dataclass

_STEP = re.compile(r"([MmLlHhVvZz])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+(?:[eE]-?\d+)?")

Point = tuple[float, float]


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
    """Return the corners of each closed ring of a path of straight lines."""
    found: list[list[Point]] = []
    x = y = 0.0
    for letter, rest in _STEP.findall(outline):
        numbers = [float(n) for n in _NUMBER.findall(rest)]
        for index, (to_x, to_y) in enumerate(_targets(letter, numbers, (x, y))):
            x, y = to_x, to_y
            if letter in "Mm" and index == 0:
                found.append([])
            found[-1].append((x, y))
        if letter in "Zz" and found:
            x, y = found[-1][0]
    return found


def box(outline: str) -> Box:
    """Return the box around an outline."""
    points = [point for ring in rings(outline) for point in ring]
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))


def short(outline: str, step: int = 1) -> str:
    """Return the outline in whole units, in steps of so many, without corners that fall together.

    Areas beside each other stay so: what is one corner of both falls on one place.
    """
    parts = []
    for ring in rings(outline):
        corners = list(
            dict.fromkeys(f"{step * round(x / step)} {step * round(y / step)}" for x, y in ring)
        )
        if len(corners) > 2:
            parts.append("M" + "L".join(corners) + "Z")
    return "".join(parts)


def _targets(letter: str, numbers: list[float], at: Point) -> list[Point]:
    x, y = at
    relative = letter.islower()
    if letter in "HhVv":
        flat = letter in "Hh"
        targets = []
        for step in numbers:
            x, y = _moved(x, y, step, flat=flat, relative=relative)
            targets.append((x, y))
        return targets
    targets = []
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = (x + step_x, y + step_y) if relative else (step_x, step_y)
        targets.append((x, y))
    return targets


def _moved(x: float, y: float, step: float, *, flat: bool, relative: bool) -> Point:
    if flat:
        return (x + step if relative else step), y
    return x, (y + step if relative else step)
