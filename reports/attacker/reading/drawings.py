"""Drawings → numbers: what the marks of a chart say, read back from where they stand.

A chart tells its data as exactly as a file does: a mark is placed to a hundredth of a pixel. An
axis with numbers at it gives the scale; without them the marks are at least to scale with each
other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from reports.attacker.reading.numbers import measured, numbers

_MOVED = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
_POINT = re.compile(r"(-?[\d.]+),(-?[\d.]+)")
_BELOW = 4.0
"""So many pixels below its tick the foot of an axis label stands."""

_FILLED = "full"
_TEN, _ONE, _WIDE = 240.0, 18.0, 0.05 + 1e-9
"""Pixels: ten pictograms of a share, one of a count, and to what their width is written."""

_STEPS = tuple(one * 10**power for power in range(5) for one in (1, 2, 2.5, 5))
"""How many one pictogram may stand for."""

_NEAR = 0.03
"""Pixels: positions are written to a hundredth, and a scale is made of two of them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One element of a drawing."""

    tag: str
    attributes: Mapping[str, str]
    text: str = ""

    def with_text(self, text: str) -> "Shape":
        """Return it with more text."""
        return replace(self, text=self.text + text)

    @property
    def at_axis(self) -> bool:
        """Whether it is a label beside an axis: those end where the axis begins."""
        return self.attributes.get("text-anchor") == "end"

    @property
    def at(self) -> tuple[float, float] | None:
        """Where it stands, if it says so."""
        moved = _MOVED.search(self.attributes.get("transform", ""))
        return (float(moved.group(1)), float(moved.group(2))) if moved else None


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart on a page: its shapes in order, and the figures that are printed around it."""

    page: str
    inside: tuple[str, ...]
    shapes: tuple[Shape, ...]

    def shows_only(self, values: Iterable[float]) -> bool:
        """Whether every mark stands for one of these numbers."""
        if self.shapes[0].attributes.get("class") == _FILLED:
            return self._filled(sorted(values))
        ticks = list(self._ticks())
        if len(ticks) > 1:
            return self._up(ticks, sorted(values))
        return self._along(sorted(values))

    def _filled(self, values: list[float]) -> bool:
        """Whether a row of pictograms is filled up to a share of ten, or to so many of `_STEPS`."""
        wide = float(self.shapes[0].attributes["width"])
        rows = [_TEN, *(_ONE / step for step in _STEPS)]
        return any(abs(value * row - wide) <= _WIDE for value in values for row in rows)

    def labels(self) -> list[str]:
        """Return the texts in it, without the round numbers at its axis."""
        ticks = [number for _, number in self._ticks()]
        regular = _regular(ticks)
        return [one.text for one in self.shapes if one.text and not (regular and one.at_axis)]

    def _ticks(self) -> Iterator[tuple[float, float]]:
        """Yield height and number of each label at the axis."""
        for one in self.shapes:
            told = numbers(one.text)
            if one.at_axis and one.at and len(told) == 1:
                yield one.at[1] - _BELOW, measured(next(iter(told)))

    def _up(self, ticks: list[tuple[float, float]], values: list[float]) -> bool:
        """Whether every mark stands at the height of a known number."""
        (low, least), (high, most) = ticks[0], ticks[-1]
        each = (high - low) / (most - least)
        return _fit((low + (one - least) * each for one in values), self._heights())

    def _heights(self) -> list[float]:
        points = [one.at[1] for one in self._marks() if one.at]
        lines = [one.attributes["d"] for one in self._marks() if not one.at]
        return points + [float(y) for line in lines for _, y in _POINT.findall(line)]

    def _along(self, values: list[float]) -> bool:
        """Whether the marks stand along a line to scale with known numbers."""
        reached = [x for one in self._marks() if one.at for x in _ends(one)]
        if not reached or not any(values):
            return True
        furthest = max(reached)
        scales = (furthest / one for one in values if one > 0)
        return any(_fit((one * scale for one in values), reached) for scale in scales)

    def _marks(self) -> Iterator[Shape]:
        """Yield points, lines and ranges; frames and the lines of an axis are none."""
        for one in self.shapes:
            drawn = one.attributes.get("d", "")
            path = one.tag == "path" and drawn and not re.search("[hv]", drawn.partition("A")[0])
            square = one.tag == "path" and one.at is not None
            ranged = one.tag == "line" and one.attributes.get("stroke-linecap") == "round"
            if path or square or ranged:
                yield one


def _regular(ticks: list[float]) -> bool:
    """Whether numbers are steps of 1, 2 or 5 times a power of ten, as an axis has them."""
    steps = {round(after - before, 6) for before, after in pairwise(ticks)}
    if len(steps) != 1 or not (step := steps.pop()):
        return False
    first = f"{abs(step):e}"[0:2]
    return first in ("1.", "2.", "5.") and all(round(one / step, 6) % 1 == 0 for one in ticks)


def _ends(mark: Shape) -> list[float]:
    assert mark.at is not None
    long = float(mark.attributes.get("x2", 0)) if mark.tag == "line" else 0.0
    return [mark.at[0], mark.at[0] + long]


def _fit(places: Iterable[float], marks: list[float]) -> bool:
    there = sorted(places)
    return all(any(abs(place - mark) <= _NEAR for place in there) for mark in marks)
