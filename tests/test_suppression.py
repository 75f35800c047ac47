"""Hidden cells protect the primary ones, at a cost that is proven, whatever the table is."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog
from suppression_tables import of

from benchmarks.suppress import hierarchical
from sources.errors import DisclosureRisk
from transforms.disclosure.suppression import Instance, checked, jj, protect, suppress

SHARED = Path(__file__).parents[2] / "shared" / "data" / "sdc"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared data are absent")


def reached(instance: Instance, pattern: np.ndarray, cell: int) -> tuple[float, float]:
    """Return the least and the most a cell can be, worked out by another solver than ours."""
    count = len(instance)
    told = instance.equations
    sums = np.zeros((len(told), count))
    sums[told.rows, told.cells] = told.coefficients
    bounds = [
        (low, high) if hidden else (value, value)
        for low, high, value, hidden in zip(
            instance.lb, instance.ub, instance.value, pattern, strict=True
        )
    ]
    aim = np.zeros(count)
    aim[cell] = 1.0
    least, most = (
        linprog(sign * aim, A_eq=sums, b_eq=sums @ instance.value, bounds=bounds).x[cell]
        for sign in (1, -1)
    )
    return float(least), float(most)


def assert_protects(instance: Instance, pattern: np.ndarray) -> None:
    assert not pattern[instance.status == "z"].any()
    assert pattern[instance.primary].all()
    for cell in np.flatnonzero(instance.primary):
        least, most = reached(instance, pattern, int(cell))
        assert most >= instance.value[cell] + instance.upl[cell] - 1e-5
        assert least <= instance.value[cell] - instance.lpl[cell] + 1e-5
        assert most - least >= instance.spl[cell] - 1e-5


def known() -> list[dict[str, str]]:
    if not SHARED.exists():
        return []
    with (SHARED / "known_optima.csv").open() as file:
        return list(csv.DictReader(file))


@needs_shared
@pytest.mark.parametrize("row", known(), ids=lambda row: row["instance"])
def test_every_known_optimum_is_met_and_proven(row: dict[str, str]) -> None:
    instance = jj.parse((SHARED / f"{row['instance']}.jj").read_text())
    outcome = suppress(instance)
    assert outcome.cost == float(row["known_opt_cost"])
    assert outcome.lower_bound == outcome.cost
    assert outcome.optimal
    assert_protects(instance, outcome.pattern)


@pytest.mark.parametrize(
    ("fans", "primaries", "share"),
    [
        pytest.param([(5,), (4,)], 3, 0.1, id="two dimensions"),
        pytest.param([(2, 2), (3,)], 5, 0.3, id="one of them a hierarchy"),
        pytest.param([(2, 2), (3,), (2,)], 8, 0.2, id="three dimensions"),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_both_ways_protect_every_primary_cell(
    fans: list[tuple[int, ...]], primaries: int, share: float, seed: int
) -> None:
    instance = hierarchical(fans, primaries=primaries, share=share, seed=seed)
    fast, best = protect(instance), suppress(instance, iterations=30)
    assert_protects(instance, fast.pattern)
    assert_protects(instance, best.pattern)
    assert best.lower_bound <= best.cost <= fast.cost
    assert (fast.unprotected, best.unprotected) == ((), ())


def cheapest(instance: Instance) -> float:
    """Return the least cost by trying every set of secondary cells."""
    free = np.flatnonzero(instance.candidates)
    costs: list[float] = []
    for chosen in range(2 ** len(free)):
        pattern = instance.hidden.copy()
        pattern[free[[bool(chosen >> at & 1) for at in range(len(free))]]] = True
        cost = float(instance.weight[pattern & ~instance.hidden].sum())
        if cost >= min(costs, default=np.inf):
            continue
        try:
            assert_protects(instance, pattern)
        except AssertionError:
            continue
        costs.append(cost)
    return min(costs)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_exact_way_finds_what_trying_everything_finds(seed: int) -> None:
    instance = hierarchical([(2,), (2,)], primaries=1, share=0.4, seed=seed)
    outcome = suppress(instance)
    assert outcome.optimal
    assert outcome.cost == cheapest(instance)


def test_the_same_instance_gives_the_same_pattern() -> None:
    instance = hierarchical([(3, 2), (4,)], primaries=8, share=0.2, seed=3)
    one, other = suppress(instance, iterations=20), suppress(instance, iterations=20)
    assert one.pattern.tobytes() == other.pattern.tobytes()
    assert (one.cost, one.lower_bound) == (other.cost, other.lower_bound)


# One row, t = a + b + c, and one column, t = d + e: the cells with their level up, down, apart.
SQUARE = """
    cell|value|weight|status|lb|ub  |lpl|upl|spl
    t   |30   |30    |z     |0 |1000|0  |0  |0
    a   |5    |5     |u     |0 |1000|0  |0  |4
    b   |10   |10    |s     |0 |1000|0  |0  |0
    c   |15   |15    |s     |0 |1000|0  |0  |0
    d   |20   |20    |s     |0 |1000|0  |0  |0
    e   |10   |10    |s     |0 |1000|0  |0  |0
"""
SUMS = [("t", "abc"), ("t", "de")]


def hides(instance: Instance) -> str:
    return "".join("tabcde"[at] for at in suppress(instance).pattern.nonzero()[0])


@pytest.mark.parametrize(
    ("change", "hidden"),
    [
        pytest.param({}, "ab", id="the cheapest partner"),
        pytest.param({"weight": {"c": 0}}, "ac", id="a cell that costs nothing"),
        pytest.param({"status": {"b": "z"}}, "ac", id="a cell that must stay"),
        pytest.param({"status": {"b": "m"}}, "ab", id="a cell that is missing already"),
        pytest.param({"lb": {"b": 9}, "ub": {"b": 11}}, "ac", id="a partner too narrow"),
        pytest.param({"status": {"a": "s"}}, "", id="no primary cell"),
        pytest.param({"spl": {"a": 0}}, "a", id="a primary cell that asks for nothing"),
        pytest.param({"spl": {"a": 4}, "lb": {"a": 5}}, "ab", id="room on one side only"),
        pytest.param({"lpl": {"a": 2.5}, "upl": {"a": 0.25}}, "ab", id="broken numbers"),
    ],
)
def test_a_small_table_by_hand(change: dict[str, dict[str, float]], hidden: str) -> None:
    assert hides(of(SQUARE, SUMS, change)) == hidden


def test_negative_values_are_cells_like_any_other() -> None:
    change = {"value": {"b": -10.0, "t": 10.0}, "lb": dict.fromkeys("tabcde", -100.0)}
    assert hides(of(SQUARE, [("t", "abc")], change)) == "ab"


def test_an_equation_told_twice_changes_nothing() -> None:
    once, twice = of(SQUARE, SUMS), of(SQUARE, SUMS + SUMS)
    assert suppress(once).pattern.tobytes() == suppress(twice).pattern.tobytes()


def test_a_primary_cell_in_no_equation_needs_nobody() -> None:
    assert hides(of(SQUARE, [("t", "de")])) == "a"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"status": {"b": "z", "c": "z"}}, id="all others must stay"),
        pytest.param({"ub": {"a": 6}, "lb": {"a": 4}}, id="its own limits are too narrow"),
    ],
)
def test_a_cell_that_cannot_be_protected_is_named(change: dict[str, dict[str, float]]) -> None:
    outcome = suppress(of(SQUARE, SUMS, change))
    assert ["tabcde"[cell] for cell in outcome.unprotected] == ["a"]


def test_a_width_is_shared_over_both_sides_where_one_is_too_short() -> None:
    # a can fall by 3 and rise by 3: only together that is 5.
    instance = of(SQUARE, SUMS, {"spl": {"a": 5}, "lb": {"a": 2}, "ub": {"a": 8}})
    assert hides(instance) == "ab"
    assert suppress(replace(instance, spl=instance.spl * 2)).unprotected == (1,)


def test_cells_that_only_move_together_are_paid_together() -> None:
    # Only a and b move in the row, only a and e in the column: hiding one asks for all three.
    change = {"status": {"c": "z", "t": "z", "d": "z"}}
    outcome = suppress(of(SQUARE, [("t", "abc"), ("d", "ae")], change))
    assert outcome.pattern.nonzero()[0].tolist() == [1, 2, 5]
    assert (outcome.cost, outcome.lower_bound, outcome.secondary) == (20.0, 20.0, 2)


@pytest.mark.parametrize("most", [1e9, 1e12])
def test_limits_that_say_nothing_change_nothing(most: float) -> None:
    free = {"lb": dict.fromkeys("tabcde", -most), "ub": dict.fromkeys("tabcde", most)}
    instance = of(SQUARE, SUMS, free)
    outcome = suppress(instance)
    assert "".join("tabcde"[at] for at in outcome.pattern.nonzero()[0]) == "ab"
    assert outcome.optimal


def test_more_iterations_never_make_it_dearer_nor_the_bound_lower() -> None:
    instance = hierarchical([(3, 2), (4,)], primaries=8, share=0.2, seed=3)
    found = [suppress(instance, iterations=many) for many in (0, 2, 6, 15)]
    costs, bounds = ([getattr(one, name) for one in found] for name in ("cost", "lower_bound"))
    assert costs == sorted(costs, reverse=True)
    assert bounds == sorted(bounds)
    assert costs[-1] < costs[0]


@pytest.mark.parametrize(
    ("cell", "hides", "named"),
    [
        pytest.param("b", False, "cel 1.", id="a cell that protects is shown"),
        pytest.param("a", False, "cel 1.", id="the primary cell is shown"),
        pytest.param("t", True, "cel 0.", id="a cell that must stay is hidden"),
    ],
)
def test_a_pattern_that_does_not_protect_is_never_given_out(
    cell: str, hides: bool, named: str
) -> None:
    instance = of(SQUARE, SUMS)
    outcome = suppress(instance)
    assert checked(instance, outcome) is outcome
    broken = outcome.pattern.copy()
    broken["tabcde".index(cell)] = hides
    with pytest.raises(DisclosureRisk) as refused:
        checked(instance, replace(outcome, pattern=broken))
    assert named in str(refused.value)


def test_a_width_over_both_sides_is_checked_as_well() -> None:
    instance = of(SQUARE, SUMS, {"lb": {"b": 9}, "ub": {"b": 11}})
    outcome = suppress(instance)
    narrow = np.isin(np.arange(6), [1, 2])
    with pytest.raises(DisclosureRisk):
        checked(instance, replace(outcome, pattern=narrow))
