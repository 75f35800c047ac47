"""The benchmarks run, on little, and both sides of each give the same: never how fast they are."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest
from sample_edition import sample
from tiny_agreement import table

from benchmarks import indicators, sheets
from benchmarks.filled import filled
from benchmarks.observe import must_agree

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_benchmarks_print_ours_the_floor_and_their_ratio() -> None:
    command = [sys.executable, "-m", "benchmarks", "--rows", "2000", "--repeat", "1"]
    command += ["--only", "scan,intervals"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    measured = re.findall(r"^(\w+): .+?((?: +[\d.]+){8})", done.stdout, re.MULTILINE)
    assert [name for name, _ in measured] == ["scan", *["intervals"] * 4]
    # Some thousands of intervals take less time than is printed.
    assert all(float(number) > 0 for number in measured[0][1].split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("benchmark", "ratios"),
    [
        ("clean", 1),
        ("gate", 2),
        ("receive", 2),
        ("observe", 1),
        ("sheet", 1),
        ("protect", 1),
    ],
)
def test_a_benchmark_measures_ours_beside_the_floor(
    benchmark: str, ratios: int, tmp_path: Path
) -> None:
    """Each holds its own outcome against that of its floor before it takes the time.

    `big` starts the commands themselves, over and over: what they do is tested elsewhere. And
    `indicators` fills a store with five years: beneath, a few quarters do.
    """
    module = import_module(f"benchmarks.{benchmark}")
    module.prepare(tmp_path, 2000)
    measured = module.measure(tmp_path, 2000, 1)

    assert [one.what.partition(":")[0] for one in measured] == [benchmark] * ratios
    for one in measured:
        assert min(one.ours, one.floor, one.ratio, one.work, *one.spread) > 0, one


@pytest.mark.slow
def test_the_indicators_and_sql_by_hand_count_the_same(tmp_path: Path) -> None:
    town = filled(tmp_path / "town", inhabitants=6_000, quarters=6)
    ours, by_hand = indicators.figures(town, 6), indicators.counts(town, 6)
    told = ours.filter(availability="observed")["indicator"].unique()
    assert len(told) > 30
    indicators.must_agree(ours, by_hand)
    another = by_hand.with_columns(numerator=pl.col("numerator") + (pl.col("indicator") == "I28"))
    with pytest.raises(AssertionError, match="I28"):
        indicators.must_agree(ours, another)


@pytest.mark.slow
def test_sheets_are_measured_beside_their_charts_a_full_rendering_and_the_naive_way() -> None:
    many = sheets.multiplied(sample(), sheets.FEW)
    measured = sheets.ratios(many, 1)
    assert many.areas.filter(level="district").height == sheets.FEW
    assert [one.to_reach for one in measured] == [1.7, 0.05, 1.0]
    for one in measured:
        assert min(one.ours, one.floor, one.ratio, *one.spread) > 0, one


FIGURES = """
    indicator|breakdown|period|area    |partner|numerator|denominator|value|lower|upper
    I28      |bruto    |2026K3|GM9901  |welzijn|84.0     |100.0      |0.84 |0.75 |0.91
    I28      |bruto    |2026K3|WK990101|welzijn|9.0      |12.0       |0.75 |0.46 |0.92
"""


def test_figures_by_hand_that_are_the_same_pass() -> None:
    must_agree(table(FIGURES), table(FIGURES))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        pytest.param("84.0 ", "85.0 ", id="another count"),
        pytest.param("0.91", "0.9100001", id="another limit"),
        pytest.param("GM9901  ", "WK990102", id="another area"),
        pytest.param("9.0 ", "0.0 ", id="a figure that only one has"),
    ],
)
def test_a_figure_by_hand_that_differs_stops_the_benchmark(was: str, becomes: str) -> None:
    with pytest.raises(AssertionError):
        must_agree(table(FIGURES), table(FIGURES.replace(was, becomes)))
