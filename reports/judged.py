"""What people judged from 1 to 5 on two sides, as places in a square; nothing here is computed."""

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 5
CELL, MARGIN = 44, 26
SIZE = STEPS * CELL + 2 * MARGIN
_REACH, _CLEAR, _HEAD = 36, 10, 7

_WAYS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}

Spot = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Square:
    """A square of five by five with spots in it: x, y and kind, what is drawn last on top.

    `trail` leads from the first spot to the last; `arrow` from the last one where it should go.
    """

    spots: tuple[Spot, ...]
    trail: str = ""
    arrow: str = ""

    @property
    def size(self) -> int:
        """How wide and high it is, with room for an arrow that leaves it."""
        return SIZE

    @property
    def cells(self) -> str:
        """The lines of the square."""
        ends = range(MARGIN, SIZE - MARGIN + 1, CELL)
        wide = SIZE - 2 * MARGIN
        return "".join(f"M{MARGIN} {one}h{wide}M{one} {MARGIN}v{wide}" for one in ends)


def spot(*, right: int, up: int, kind: str, aside: int = 0) -> Spot:
    """Return the middle of a cell, or a place beside it where more than one thing stands in it."""
    x = MARGIN + (right - 1) * CELL + CELL // 2 + aside
    return x, SIZE - MARGIN - (up - 1) * CELL - CELL // 2, kind


def path(spots: Sequence[Spot]) -> str:
    """Return the way from spot to spot; '' where nothing moved."""
    places = [f"{x} {y}" for x, y, _ in spots]
    return f"M{'L'.join(places)}" if len(set(places)) > 1 else ""


def arrow(start: Spot, direction: str) -> str:
    """Return an arrow from beside a spot in one of the four directions."""
    (x, y, _), (right, down) = start, _WAYS[direction]
    tip = x + right * _REACH, y + down * _REACH
    sides = [
        (tip[0] - _HEAD * (right + side * down), tip[1] - _HEAD * (down + side * right))
        for side in (1, -1)
    ]
    head = "L".join(f"{a} {b}" for a, b in (sides[0], tip, sides[1]))
    return f"M{x + right * _CLEAR} {y + down * _CLEAR}L{tip[0]} {tip[1]}M{head}"
