"""The map of Voorbeeldstad: outlines that share their borders, without gap or overlap."""

from collections import Counter
from itertools import pairwise

import pytest

from sources.example.maker.areas import (
    DISTRICTS,
    MUNICIPALITY,
    Line,
    all_areas,
    borders,
    district_of,
    neighbourhoods,
    outline,
    well_known_text,
)

BUURTEN = neighbourhoods()["code"].to_list()


def edges(code: str) -> Counter[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the directed edges of an outline."""
    pairs: Counter[tuple[tuple[int, int], tuple[int, int]]] = Counter()
    for ring in outline(code):
        pairs.update(pairwise(ring))
    return pairs


def twice_area(ring: Line) -> int:
    """Return twice the area within a ring (shoelace); positive counter-clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def area(code: str) -> int:
    return sum(twice_area(ring) for ring in outline(code))


def crosses(a: Line, b: Line) -> bool:
    """Return whether two edges cut each other between their ends."""

    def side(p: tuple[int, int], q: tuple[int, int], r: tuple[int, int]) -> int:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return (
        side(a[0], a[1], b[0]) * side(a[0], a[1], b[1]) < 0
        and side(b[0], b[1], a[0]) * side(b[0], b[1], a[1]) < 0
    )


def test_there_are_eight_wijken_of_four_buurten() -> None:
    per_wijk = Counter(district_of(code) for code in BUURTEN)
    assert per_wijk == dict.fromkeys(DISTRICTS, 4)
    assert len(all_areas()) == 1 + 8 + 32


@pytest.mark.parametrize("code", [row[0] for row in all_areas()])
def test_every_outline_is_one_closed_ring_that_turns_left(code: str) -> None:
    (ring,) = outline(code)
    assert ring[0] == ring[-1]
    assert len(set(ring)) == len(ring) - 1
    assert twice_area(ring) > 0


def test_every_edge_between_two_buurten_is_walked_once_in_each_direction() -> None:
    all_edges = sum((edges(code) for code in BUURTEN), Counter())
    assert set(all_edges.values()) == {1}
    alone = {edge for edge in all_edges if edge[::-1] not in all_edges}
    assert alone == set(edges(MUNICIPALITY))


def test_no_two_borders_cut_each_other() -> None:
    pieces = [pair for _, _, line in borders() for pair in pairwise(line)]
    assert [(a, b) for i, a in enumerate(pieces) for b in pieces[:i] if crosses(a, b)] == []


def test_areas_of_the_parts_add_up_to_the_whole() -> None:
    assert sum(area(code) for code in BUURTEN) == area(MUNICIPALITY)
    for wijk in DISTRICTS:
        parts = [code for code in BUURTEN if district_of(code) == wijk]
        assert sum(area(code) for code in parts) == area(wijk), wijk


def test_an_outline_is_written_as_well_known_text() -> None:
    square = ((0, 0), (2, 0), (2, 2), (0, 0))
    assert well_known_text((square,)) == "POLYGON ((0 0, 2 0, 2 2, 0 0))"
    assert well_known_text((square, square)) == (
        "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 0)), ((0 0, 2 0, 2 2, 0 0)))"
    )
