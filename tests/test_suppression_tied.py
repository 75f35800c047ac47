"""Cells that move together are told as one, and that changes nothing for an attacker."""

import numpy as np
import pytest
from suppression_tables import of

from benchmarks.suppress import hierarchical
from transforms.disclosure.suppression.attacker import Attacker
from transforms.disclosure.suppression.cuts import Cut
from transforms.disclosure.suppression.demands import Demand, demands
from transforms.disclosure.suppression.instance import Instance
from transforms.disclosure.suppression.pool import Pool
from transforms.disclosure.suppression.tied import tied

ROW = """
    cell|value|weight|status|lb|ub |lpl|upl|spl
    t   |30   |30    |z     |0 |100|0  |0  |0
    a   |5    |5     |u     |0 |100|2  |3  |0
    b   |10   |10    |s     |4 |100|0  |0  |0
    c   |15   |15    |s     |0 |100|0  |0  |0
"""


def room(instance: Instance, hidden: np.ndarray, one: Demand) -> float:
    asked = Attacker(instance)
    return sum(asked.ask(one, side, hidden.astype(np.float64)).room for side in one.sides)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_attacker_finds_the_same_in_fewer_cells(seed: int) -> None:
    instance = hierarchical([(2, 2), (3,), (2,)], primaries=8, share=0.3, seed=seed)
    hidden = instance.hidden | (np.random.default_rng(seed).random(len(instance)) < 0.4)
    narrow = tied(instance, hidden, needed=instance.primary)
    assert len(narrow.instance) < hidden.sum()
    everything = np.ones(len(narrow.instance), np.bool_)
    short = narrow.demands(demands(instance))
    still = set(demands(instance)) - set(short)
    assert all(room(instance, hidden, one) == pytest.approx(0) for one in still)
    for one, other in short.items():
        reached = room(instance, hidden, one) * one.level
        scale = other.level * abs(narrow.times[one.cell])
        found = min(room(narrow.instance, everything, other) * scale, one.level)
        assert found == pytest.approx(reached, abs=1e-6)


def test_two_cells_in_a_row_are_one_with_the_limits_of_both() -> None:
    instance = of(ROW, [("t", "abc")])
    narrow = tied(instance, np.array([False, True, True, False]), needed=instance.primary)
    assert narrow.place.tolist() == [-1, 0, 0, -1]
    assert len(narrow.instance.equations) == 0
    # The one goes up as the other goes down: a by 6 at most, for b is at least 4.
    room = sorted([float(narrow.instance.ub[0]), -float(narrow.instance.lb[0])])
    assert room == [5.0, 6.0]
    assert narrow.instance.weight.tolist() == [10.0]


def test_a_cell_alone_in_its_row_cannot_move() -> None:
    instance = of(ROW, [("t", "abc")])
    narrow = tied(instance, instance.hidden, needed=instance.primary)
    assert narrow.demands(demands(instance)) == {}
    assert len(narrow.instance) == 0


def test_a_known_cut_tells_which_cells_cannot_be_shown() -> None:
    one = Cut(np.array([0, 1, 2], np.int32), np.array([0.5, 0.5, 0.25]), 1.0)
    pool = Pool(4, [one])
    assert pool.needed(np.array([True, True, False, True])).tolist() == [True, True, False, False]
    assert pool.needed(np.array([True, True, True, True])).tolist() == [True, True, False, False]
    assert pool.lacking(np.array([1.0, 0.5, 0.0, 1.0]), margin=0.1) == [one]
    assert pool.lacking(np.array([1.0, 1.0, 0.0, 0.0]), margin=0.1) == []
