"""A whole simulated municipality that tells of eight quarters: what a small table never meets."""

import polars as pl

from benchmarks.disclosure.editions import simulation
from transforms.disclosure import publish

TOWN = 25_000


def test_years_that_overlap_in_a_whole_town_are_rounded_and_nothing_gives_way() -> None:
    """The solver has called this one insoluble: see `milp`."""
    simulated = simulation(TOWN, periods=8)
    (observed,) = simulated.editions(1)
    parents = simulated.place.areas.parents()
    found = publish(observed.observations, simulated.agreement, observed.edition, parents=parents)
    assert set(found.tables["fallback"]) == {""}
    apart = found.tables.select(pl.col("mean", "ordinary").dot("cells"))
    assert apart["mean"].item() <= 1.15 * apart["ordinary"].item()
