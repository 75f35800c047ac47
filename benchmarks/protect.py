"""One quarter protected for the public: 30 tables of 1,136 cells, rounded so that they add up.

A table is one count of 71 areas (a municipality, 10 wijken, 50 buurten and their rest areas) by 15
classes and their total. Most buurten count under three of a class, as in real registrations. The
floor is not another program but the time that it may take.
"""

import statistics
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.pairs import Ratio, spent
from flows.settings import EXAMPLE
from sources.agreement.load import load_with_lines
from sources.agreement.model import Agreement, Dimension
from transforms.areas import rest_of
from transforms.disclosure import Protected, publish
from transforms.observations import conform

TABLES, CLASSES, DISTRICTS, NEIGHBOURHOODS = 30, 15, 10, 5
CELLS = 1_136
SECONDS = 10.0
SEED = 20260930
MEAN = 1.15
"""How much further the rounded counts may lie from the exact ones than with ordinary rounding."""

_MUNICIPALITY, _PERIOD = "GM9901", "2026K3"


def prepare(folder: Path, rows: int) -> None:
    """Make the counts of the buurten and add them up; how many rows was asked does not matter."""
    agreement = asked()
    parents = areas()
    leaves = [area for area in parents if area.startswith(("BU", "onbekend"))]
    counts = np.random.default_rng(SEED).negative_binomial(
        0.35, 0.06, size=(len(agreement.indicators), len(leaves), CLASSES)
    )
    names = [f"k{number:02}" for number in range(CLASSES)]
    cells = [
        {"indicator": name, "area": area, "breakdown": class_, "numerator": int(counts[i, j, k])}
        for i, name in enumerate(sorted(agreement.indicators))
        for j, area in enumerate(leaves)
        for k, class_ in enumerate(names)
    ]
    added_up(pl.DataFrame(cells), parents).write_parquet(folder / "protect.parquet")


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the one ratio, after looking at what came out."""
    observations = pl.read_parquet(folder / "protect.parquet")
    agreement, parents = asked(), areas()
    must_be_sound(publish(observations, agreement, _PERIOD, parents=parents))
    runs = [
        spent(lambda: publish(observations, agreement, _PERIOD, parents=parents))
        for _ in range(repeat)
    ]
    wall = [run.wall for run in runs]
    return [
        Ratio(
            f"protect: {TABLES} tables of {CELLS:,} cells",
            ours=statistics.median(wall),
            floor=SECONDS,
            ratio=statistics.median(wall) / SECONDS,
            to_reach=1.0,
            spread=(min(wall) / SECONDS, max(wall) / SECONDS),
            work=statistics.median(run.work for run in runs) / SECONDS,
        )
    ]


def asked() -> Agreement:
    """Return an agreement of 30 counts with classes, each after the stories of Voorbeeldstad."""
    agreement, _ = load_with_lines(EXAMPLE)
    over = (Dimension.AREA, Dimension.BREAKDOWN)
    one = agreement.indicators["I40"].model_copy(update={"additive_over": over})
    numerator = one.numerator
    indicators = {
        f"T{number:02}": one.model_copy(
            update={"numerator": numerator.model_copy(update={"where": f"boog = {number}"})}
        )
        for number in range(TABLES)
    }
    return agreement.model_copy(update={"indicators": indicators})


def areas() -> dict[str, str]:
    """Return of each area the one above it."""
    above = {_MUNICIPALITY: ""}
    for number in range(1, DISTRICTS + 1):
        district = f"WK9901{number:02}"
        above |= {district: _MUNICIPALITY, rest_of(district): district}
        above |= {f"BU9901{number:02}{own:02}": district for own in range(1, NEIGHBOURHOODS + 1)}
    return above


def added_up(leaves: pl.DataFrame, parents: dict[str, str]) -> pl.DataFrame:
    """Add the cells of buurten up to wijken, the municipality and all classes together."""
    total = pl.col("numerator").sum()
    every = [leaves]
    for _ in range(2):
        above = pl.col("area").replace_strict(parents)
        last = every[-1].with_columns(above.alias("area"))
        every.append(
            last.group_by("indicator", "area", "breakdown", maintain_order=True).agg(total)
        )
    classes = pl.concat(every)
    whole = classes.group_by("indicator", "area", maintain_order=True).agg(total)
    both = pl.concat([classes, whole.with_columns(breakdown=pl.lit(""))], how="diagonal")
    constant = {"period": _PERIOD, "partner": "", "availability": "observed"}
    named = [pl.lit(value).alias(name) for name, value in constant.items()]
    return conform(both.with_columns(*named, version=pl.lit(1), value=pl.col("numerator")))


def must_be_sound(protected: Protected) -> None:
    """Nothing gave way, no count moved further than it may, and all together hardly further."""
    tables = protected.tables
    assert tables["cells"].to_list() == [CELLS] * TABLES, tables
    assert set(tables["fallback"]) == {""}, tables
    assert tables["largest"].max() == 4, tables
    assert float(tables["mean"].sum()) <= MEAN * float(tables["ordinary"].sum()), tables
