"""The interval solver: known traps, and small systems against every possibility counted out."""

import json
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.attacker.model.system import System, system_of
from reports.attacker.search.feasibility import feasibility
from reports.attacker.search.fitting import GUESSED, fitting, guessed
from transforms.periods import parse

TRAPS = Path(__file__).parents[2] / "shared" / "data" / "sdc" / "attacker_traps.json"


def build(
    values: dict[str, int | None], sums: list[tuple[str, list[str]]], low: int = 0
) -> tuple[System, list[str]]:
    names = list(values)
    lower = np.array([low if v is None else v for v in values.values()], dtype=float)
    upper = np.array([np.inf if v is None else v for v in values.values()], dtype=float)
    rows = [
        (number, names.index(name), -1.0 if name == total else 1.0)
        for number, (total, parts) in enumerate(sums)
        for name in (total, *parts)
    ]
    row, count, sign = (np.array(one) for one in zip(*rows, strict=True))
    return system_of(lower, upper, (row.astype(int), count.astype(int), sign)), names


def exact(system: System) -> list[tuple[float, float]]:
    nothing = np.full(system.lower.size, np.nan)
    watched = np.ones(system.lower.size, dtype=bool)
    found = feasibility(system, nothing, watched, need=np.inf)
    return list(zip(found.lower.tolist(), found.upper.tolist(), strict=True))


# Per trap: what is published of each cell (None: held back) and which sums everybody knows.
HELD = {
    "issue194_case1_zeros": ({"t": 0, "a": None, "b": None}, [("t", ["a", "b"])], 0),
    "issue194_case2_zeros": ({"t": 5, "c": None, "d": None, "e": 5}, [("t", ["c", "d", "e"])], 0),
    "issue194_case3_ones": ({"t": 2, "c": None, "d": None}, [("t", ["c", "d"])], 1),
    "issue194_case3_ones_lb0": ({"t": 2, "c": None, "d": None}, [("t", ["c", "d"])], 0),
}


def _grid() -> tuple[dict[str, int | None], list[tuple[str, list[str]]]]:
    """Return the table of the trap: sums of what is held back per row and column, as published.

    Rows: w: a b c, x: a c, y: b d, z: b d. Columns: a: w x, b: w y z, c: w x, d: y z.
    """
    rows = {"w": ["wa", "wb", "wc"], "x": ["xa", "xc"], "y": ["yb", "yd"], "z": ["zb", "zd"]}
    sums = {"w": 141, "x": 95, "y": 185, "z": 1676, "a": 120, "b": 1138, "c": 69, "d": 770}
    columns = {
        one: [cell for cells in rows.values() for cell in cells if cell[1] == one] for one in "abcd"
    }
    cells = {cell: None for cells in rows.values() for cell in cells}
    return {**sums, **cells}, [*rows.items(), *columns.items()]


def _trap(name: str) -> tuple[dict[str, int | None], list[tuple[str, list[str]]], int]:
    if name in HELD:
        return HELD[name]
    values, sums = _grid()
    return values, sums, 0


@pytest.mark.shared
@pytest.mark.skipif(not TRAPS.is_file(), reason="the traps lie beside the checkout")
@pytest.mark.parametrize("number", range(5))
def test_every_known_trap_gives_the_intervals_that_it_is_known_for(number: int) -> None:
    trap = json.loads(TRAPS.read_text("utf-8"))[number]
    values, sums, low = _trap(trap["name"])
    system, names = build(values, sums, low)
    found = dict(zip(names, exact(system), strict=True))
    wanted = {_cell(key): tuple(one) for key, one in trap["intervals"].items()}
    assert {cell: found[cell] for cell in wanted} == wanted


def _cell(key: str) -> str:
    return "".join(letter for letter in key if letter.isalpha())


@st.composite
def tables(draw: st.DrawFn) -> System:
    """Draw a table of two by two with its totals, each known within some bounds."""
    cells = [draw(st.integers(0, 4)) for _ in range(4)]
    a, b, c, d = cells
    values = np.array([*cells, a + b, c + d, a + c, b + d, a + b + c + d], dtype=float)
    slack = np.array([draw(st.integers(0, 3)) for _ in values], dtype=float)
    rows = [(4, [0, 1]), (5, [2, 3]), (6, [0, 2]), (7, [1, 3]), (8, [4, 5]), (8, [6, 7])]
    entries = [
        (number, count, -1.0 if count == total else 1.0)
        for number, (total, parts) in enumerate(rows)
        for count in (total, *parts)
    ]
    row, count, sign = (np.array(one) for one in zip(*entries, strict=True))
    bounds = np.maximum(values - slack, 0), values + slack
    return system_of(*bounds, (row.astype(int), count.astype(int), sign))


@settings(max_examples=40, deadline=None)
@given(tables())
def test_every_interval_is_that_of_all_possibilities_counted_out(system: System) -> None:
    ranges = [
        range(int(low), int(high) + 1)
        for low, high in zip(system.lower[:4], system.upper[:4], strict=True)
    ]
    inner = np.array(list(product(*ranges)), dtype=float)
    a, b, c, d = inner.T
    every = np.column_stack([inner, a + b, c + d, a + c, b + d, a + b + c + d])
    fits = every[((every >= system.lower) & (every <= system.upper)).all(axis=1)]
    assert exact(system) == list(zip(fits.min(axis=0), fits.max(axis=0), strict=True))


@settings(max_examples=40, deadline=None)
@given(tables())
def test_cheap_proofs_of_width_are_never_too_wide(system: System) -> None:
    nothing = np.full(system.lower.size, np.nan)
    watched = np.ones(system.lower.size, dtype=bool)
    cheap = feasibility(system, nothing, watched, need=2.0)
    spans = [high - low for low, high in exact(system)]
    assert (cheap.width <= np.array(spans) + 1e-9).all()


def test_counts_that_contradict_each_other_are_said_to_be_impossible() -> None:
    system, _ = build({"t": 9, "a": 3, "b": 4}, [("t", ["a", "b"])])
    nothing = np.full(3, np.nan)
    assert not feasibility(system, nothing, np.ones(3, dtype=bool), need=4.0).possible


def table() -> tuple[System, np.ndarray]:
    """Return a table of 2 by 2 with its sums, each count known to 4, and the counts themselves."""
    values = np.array([6.0, 9.0, 11.0, 4.0, 15.0, 15.0, 17.0, 13.0, 30.0])
    sums = [(4, (0, 1)), (5, (2, 3)), (6, (0, 2)), (7, (1, 3)), (8, (4, 5))]
    rows = [
        (number, count, -1.0 if count == total else 1.0)
        for number, (total, parts) in enumerate(sums)
        for count in (total, *parts)
    ]
    row, count, sign = (np.array(one) for one in zip(*rows, strict=True))
    bounds = np.maximum(values - 4, 0), values + 4
    return system_of(*bounds, (row.astype(int), count.astype(int), sign)), values


@pytest.mark.parametrize("gone", [(), (4, 5, 6, 7, 8), (0, 8)])
def test_a_guess_that_fits_is_the_point_and_what_it_leaves_out_follows(
    gone: tuple[int, ...],
) -> None:
    system, values = table()
    guess, nothing = values.copy(), np.full(values.size, np.nan)
    guess[list(gone)] = np.nan
    found = fitting(system, nothing, [guess])
    assert found is not None
    assert found.tolist() == values.tolist()


def test_a_guess_that_does_not_fit_is_mended_as_little_as_can_be() -> None:
    system, values = table()
    guess = values + np.array([0, 0, 0, 0, 0, 0, 0, 0, 1.0])
    found = fitting(system, np.full(values.size, np.nan), [guess])
    assert found is not None
    assert not (system.matrix @ found).any()
    assert np.abs(found - guess).sum() == 1


@settings(max_examples=40, deadline=None)
@given(tables(), st.lists(st.integers(-50, 50), min_size=9, max_size=9))
def test_no_guess_makes_anything_look_wider(system: System, wild: list[int]) -> None:
    nothing, watched = np.full(system.lower.size, np.nan), np.ones(system.lower.size, dtype=bool)
    guesses = [np.array(wild[: system.lower.size], dtype=float)]
    found = feasibility(system, nothing, watched, need=2.0, guesses=guesses)
    spans = [high - low for low, high in exact(system)]
    assert (found.width <= np.array(spans) + 1e-9).all()


def test_a_class_without_a_guess_is_guessed_as_large_as_the_whole() -> None:
    place = {"edition": "2026K3", "count": "A.numerator", "area": "GM1", "partner": ""}
    quarter = parse("2026K3")
    classes = pl.DataFrame({"breakdown": ["", "norm", "open"]})
    cells = classes.with_columns(
        *(pl.lit(value).alias(name) for name, value in place.items()),
        first=pl.lit(quarter.first, pl.Int32),
        last=pl.lit(quarter.last, pl.Int32),
    )
    told = {"period": "2026K3", "breakdown": ["", "open"], "value": [12.0, 3.0]}
    guess = pl.DataFrame({**place, **told}).select(list(GUESSED))
    assert guessed(cells, guess).tolist() == [12, 12, 3]
    assert np.isnan(guessed(cells.with_columns(area=pl.lit("WK1")), guess)).all()
