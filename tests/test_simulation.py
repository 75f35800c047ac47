"""Simulated municipalities: they add up, are skewed as real ones are, and are repeatable."""

from itertools import pairwise

import polars as pl
import pytest

from benchmarks.disclosure.editions import EDITIONS, Observed, Simulation, simulation
from benchmarks.disclosure.municipality import CODE, DISTRICTS
from transforms.areas import REST, rest_of
from transforms.readings import readings

SMALL = 25_000


@pytest.fixture(scope="module")
def simulated() -> Simulation:
    return simulation(SMALL)


@pytest.fixture(scope="module")
def observed(simulated: Simulation) -> list[Observed]:
    return list(simulated.editions())


def latest(observed: list[Observed], indicator: str) -> pl.DataFrame:
    return observed[-1].observations.filter(pl.col("indicator") == indicator)


def test_the_same_seed_gives_the_same_editions_and_another_seed_does_not(
    simulated: Simulation,
) -> None:
    first, again, other = (
        next(one.editions(1)).observations
        for one in (simulated, simulation(SMALL), simulation(SMALL, seed=2))
    )
    assert first.equals(again)
    assert not first.equals(other)


@pytest.mark.parametrize(("inhabitants", "districts"), DISTRICTS.items())
def test_a_municipality_has_its_inhabitants_in_so_many_wijken(
    inhabitants: int, districts: int
) -> None:
    place = simulation(inhabitants).place
    assert place.inhabitants == inhabitants
    assert place.buurten["district"].n_unique() == districts
    figures = dict(place.key_figures().select("code", "inwoners").iter_rows())
    assert figures[CODE] == inhabitants
    assert sum(n for code, n in figures.items() if code.startswith("WK")) == inhabitants


def test_there_is_a_reading_of_every_kind_over_several_partners(simulated: Simulation) -> None:
    told = readings(simulated.agreement)
    assert len({reading.id for reading in told}) >= 12
    ways = {reading.indicator.way.value for reading in told}
    assert {"count", "share", "rate", "mean", "given"} <= ways
    counted = {reading.numerator.counts.value for reading in told}
    assert counted == {"persons", "households", "events", "answers", "money"}


def test_buurten_and_their_rest_add_up_to_the_wijk(
    simulated: Simulation, observed: list[Observed]
) -> None:
    parents = dict(simulated.place.buurten.select("code", "district").iter_rows())
    wijken = sorted(set(parents.values()))
    parents |= {rest_of(wijk): wijk for wijk in wijken}
    rows = latest(observed, "S01").filter(pl.col("partner") == "")
    parts = (
        rows.with_columns(wijk=pl.col("area").replace_strict(parents, default=None))
        .drop_nulls("wijk")
        .group_by("period", "breakdown", pl.col("wijk").alias("area"))
        .agg(parts=pl.col("numerator").sum())
    )
    both = rows.filter(pl.col("area").is_in(wijken)).join(
        parts, on=["period", "area", "breakdown"], how="left", validate="1:1"
    )
    assert both.height == 5 * 8 * 5
    assert (both["numerator"] == both["parts"]).all()


def test_people_in_wijken_and_rest_add_up_over_the_same_four_quarters(
    observed: list[Observed],
) -> None:
    """The municipality is told per quarter; participation has wijken per quarter as well."""
    rows = latest(observed, "S12").filter((pl.col("partner") == "") & (pl.col("breakdown") == ""))
    wijken = rows.filter(pl.col("area").str.starts_with("WK") | (pl.col("area") == REST))
    quarterly = wijken.filter(~pl.col("period").str.contains("/"))
    added = quarterly.group_by("period").agg(parts=pl.col("numerator").sum())
    whole = rows.filter(pl.col("area") == CODE).join(added, on="period", validate="1:1")
    assert whole.height == 8
    assert (whole["numerator"] == whole["parts"]).all()


def test_most_counts_of_buurten_are_small_and_many_are_zero(observed: list[Observed]) -> None:
    buurten = latest(observed, "S01").filter(
        pl.col("area").str.starts_with("BU") & (pl.col("breakdown") != "")
    )
    assert (buurten["numerator"] < 10).mean() > 0.6  # type: ignore[operator]
    assert (buurten["numerator"] == 0).mean() > 0.1  # type: ignore[operator]


def test_every_edition_corrects_what_the_one_before_told(observed: list[Observed]) -> None:
    keys = ["indicator", "period", "area", "partner", "breakdown"]
    assert len(observed) == EDITIONS
    for before, after in pairwise(observed):
        both = before.observations.join(after.observations, on=keys, validate="1:1")
        change = both["numerator_right"] - both["numerator"]
        assert (change > 0).any(), "late registrations"
        assert (change < 0).any(), "registrations that were taken back"
