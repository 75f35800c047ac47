"""Outlines on a map: a short path goes along the same corners, in whole units."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.indexed import Area
from reports.mapped import MOST_BYTES, Mapped
from reports.outlines import box, rings, short

UNITS = st.integers(-40, 40)
RINGS = st.lists(st.tuples(UNITS, UNITS), min_size=3, max_size=12, unique=True)


@pytest.mark.parametrize(
    ("outline", "path"),
    [
        ("M0 0L9 0L9 9L0 9Z", "M0 0h9v9h-9z"),
        ("M0 0L4 0L9 0L9 4.4L9 9L0 9Z", "M0 0h9v9h-9z"),  # straight on is no corner
        ("M1 1L3 4L2 7L0 9Z", "M1 1l2 3-1 3-2 2z"),
        ("M1.2 1L1.4 1.1L3 4L0 9Z", "M1 1l2 3-3 5z"),  # two corners fall together
        ("M0 0L0.3 0.2L0.4 0Z", ""),  # too small to be seen
        ("M0 0L9 0L0 9ZM20 20L29 20L20 29Z", "M0 0h9l-9 9zM20 20h9l-9 9z"),
        ("", ""),
    ],
)
def test_an_outline_is_written_short(outline: str, path: str) -> None:
    assert short(outline) == path


@given(st.lists(RINGS, min_size=1, max_size=3), st.sampled_from((1, 2, 5)))
def test_a_short_path_goes_along_the_same_places_as_its_corners(
    drawn: list[list[tuple[int, int]]], step: int
) -> None:
    outline = "".join(
        "M" + "L".join(f"{x * step} {y * step}" for x, y in one) + "Z" for one in drawn
    )
    walked = [walk(ring) for ring in re.findall("M[^z]*z", short(outline, step))]
    assert [area(ring) for ring in walked] == [area(ring) for ring in rings(outline)]
    assert [places(ring) for ring in walked] == [places(ring) for ring in rings(outline)]


def test_a_box_is_around_all_rings_of_an_outline() -> None:
    around = box("M0 2L9 0L9 9ZM20 20L29 20L20 29Z")
    assert (around.left, around.top, around.right, around.bottom) == (0, 0, 29, 29)
    assert around.middle == (14.5, 14.5)


@pytest.mark.parametrize("wijken", [21, 300, 1_000])
def test_however_many_wijken_there_are_the_line_of_the_others_stays_small(wijken: int) -> None:
    drawn = Mapped([wijk(number, across=32) for number in range(wijken)])
    others = drawn.others("WK0")
    assert len(others) < 1.1 * MOST_BYTES
    assert others.count("M") == wijken - 1
    width, height = map(int, drawn.view.split()[2:])
    assert (width, height) == (12 + 30 * min(wijken, 32), 12 + 30 * -(-wijken // 32))


def wijk(number: int, *, across: int) -> Area:
    """A round wijk of sixty corners, 30 units wide, among as many in a row."""
    down, right = divmod(number, across)
    turns = [turn * math.tau / 60 for turn in range(60)]
    corners = [
        (15 + 30 * right + 15 * math.cos(a), 15 + 30 * down + 15 * math.sin(a)) for a in turns
    ]
    outline = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
    return Area(f"WK{number}", "Wijk", "district", "GM9901", outline, 2026)


def walk(path: str) -> list[tuple[float, float]]:
    """Follow a path of relative lines, as a browser does."""
    corners, x, y = [], 0, 0
    for letter, told in re.findall("([Mlhv])([^Mlhvz]*)", path):
        numbers = [int(one) for one in re.findall(r"-?\d+", told)]
        steps = {
            "h": [(one, 0) for one in numbers],
            "v": [(0, one) for one in numbers],
        }.get(letter) or list(zip(numbers[::2], numbers[1::2], strict=True))
        for across, down in steps:
            x, y = (across, down) if letter == "M" else (x + across, y + down)
            corners.append((float(x), float(y)))
    return corners


def area(ring: list[tuple[float, float]]) -> float:
    after = [*ring[1:], ring[0]]
    return sum(a * d - c * b for (a, b), (c, d) in zip(ring, after, strict=True)) / 2


def places(ring: list[tuple[float, float]]) -> set[tuple[int, int]]:
    """Return every whole place that a ring goes along."""
    found = set()
    for (x, y), (to_x, to_y) in zip(ring, [*ring[1:], ring[0]], strict=True):
        across, down = int(to_x - x), int(to_y - y)
        parts = math.gcd(across, down)
        found |= {(int(x) + across * n // parts, int(y) + down * n // parts) for n in range(parts)}
    return found
