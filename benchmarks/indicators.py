"""All indicators of Voorbeeldstad over eight quarters, at the size of a large city.

Five years of deliveries for 650,000 inhabitants, about 3,000,000 rows, are in a store; figures are
worked out from there, at every level of the agreement, and kept. Three things are measured: beside
the same counts in SQL by hand (that they are the same is checked first), beside a minute, and
beside a quarter of the inhabitants.
"""

from dataclasses import replace
from pathlib import Path

import polars as pl

from benchmarks import by_hand
from benchmarks.filled import filled, last_quarter, moment, opened
from benchmarks.pairs import Ratio, compare, spent
from flows.settings import Town
from flows.steps.observe import observe
from sources.store import Store

QUARTERS = 20
SIZES = {"large": 1, "small": 4}
SECONDS = 60.0
TO_REACH = 2.0

_PER_ROW = 0.65  # inhabitants: 650,000 where other benchmarks have 1,000,000 rows
_KEYS = ["indicator", "breakdown", "period", "area", "partner"]


def prepare(folder: Path, rows: int) -> None:
    """Fill the stores of a city, and of one with a quarter of its inhabitants."""
    for name, part in SIZES.items():
        filled(folder / name, inhabitants=_inhabitants(rows) // part, quarters=QUARTERS)


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the ratios to SQL by hand, to a minute, and to the small city."""
    large, small = (opened(folder / name) for name in SIZES)
    must_agree(figures(large, QUARTERS), counts(large, QUARTERS))
    people = f"{_inhabitants(rows):,} inhabitants"
    beside = compare(
        f"indicators: {people}, beside SQL",
        lambda: spent(lambda: figures(large, QUARTERS)),
        lambda: spent(lambda: counts(large, QUARTERS)),
        repeat=repeat,
        to_reach=TO_REACH,
    )
    growth = compare(
        f"indicators: {people}, beside a quarter",
        lambda: spent(lambda: figures(large, QUARTERS)),
        lambda: spent(lambda: figures(small, QUARTERS)),
        repeat=repeat,
        to_reach=SIZES["small"],
    )
    minute = replace(beside, what=f"indicators: {people}, in a minute")
    return [beside, replace(minute, to_reach=SECONDS / beside.floor), growth]


def figures(town: Town, quarters: int) -> pl.DataFrame:
    """Return all figures of the last eight of so many quarters, out of the store."""
    last = str(last_quarter(quarters))
    with Store.open(town.settings.store, holder="bench") as store:
        return observe(town, store, last, known_at=moment(quarters), tell=lambda _: None)


def counts(town: Town, quarters: int) -> pl.DataFrame:
    """Return what SQL by hand counts for the same figures."""
    return by_hand.counts(town, str(last_quarter(quarters)), known_at=moment(quarters))


def must_agree(ours: pl.DataFrame, by_hand_: pl.DataFrame) -> None:
    """Every figure that was counted is in both, with the same counts; waits are in ours only.

    SQL knows nothing of deliveries that never came: what ours does not tell of is left out.
    """
    told = ours.filter(
        pl.col("availability") == "observed", ~pl.col("indicator").is_in(by_hand.WAITS)
    )
    of = told.select("indicator", "breakdown", "period", "partner").unique()
    counted = told.filter(pl.col("numerator") > 0)
    expected = by_hand_.filter(pl.col("numerator") > 0).join(of, on=of.columns, how="semi")
    both = counted.join(expected, on=_KEYS, how="inner", validate="1:1", suffix="_by_hand")
    assert both.height == counted.height == expected.height, _alone(counted, expected)
    for name in ("numerator", "denominator"):
        other = pl.col(f"{name}_by_hand")
        wrong = both.filter((pl.col(name) - other).abs() > 1e-9 * other.abs())
        assert wrong.is_empty(), (name, wrong)


def _alone(counted: pl.DataFrame, expected: pl.DataFrame) -> list[pl.DataFrame]:
    pairs = ((counted, expected), (expected, counted))
    return [one.join(other, on=_KEYS, how="anti") for one, other in pairs]


def _inhabitants(rows: int) -> int:
    return int(rows * _PER_ROW)
