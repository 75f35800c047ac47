"""The proof measures what it says: on editions as they should be, and on an attacker that errs."""

import json
from pathlib import Path

import polars as pl

from benchmarks.disclosure.editions import simulation
from benchmarks.disclosure.proof import proof
from benchmarks.disclosure.released import simulated_case
from benchmarks.disclosure.truth import exact, outside
from benchmarks.disclosure.useful import useful
from reports.attacker import intervals

VILLAGE = 8_000


def test_every_target_but_those_in_seconds_is_met_for_a_village() -> None:
    lines = list(proof(simulated_case(simulation(VILLAGE, periods=1), 2)).lines())
    assert len(lines) > 10
    missed = [line for line in lines if not line.met and "seconds" not in line.what]
    assert missed == []


def test_an_interval_that_leaves_the_truth_out_is_seen() -> None:
    case = simulated_case(simulation(VILLAGE, periods=1), 1)
    (one,) = case.editions
    truths = [(one.observed.edition, exact(case, one).cells)]
    found = intervals([one.told], case.known)
    assert not outside(found, truths)["outside"].any()
    shifted = found.with_columns(pl.col("lower", "upper") + 20)
    assert outside(shifted, truths)["outside"].mean() > 0.5  # type: ignore[operator]


def test_a_wijk_with_less_than_eight_of_twelve_figures_is_not_enough(tmp_path: Path) -> None:
    rows = [
        {
            "indicator": f"I{number:02d}",
            "version": 1,
            "partner": "",
            "breakdown": "",
            "area_code": area,
            "period": "2026K3",
            "status": "published" if number < shown else "protected",
        }
        for area, shown in (("WK990101", 8), ("WK990102", 7))
        for number in range(12)
    ]
    data = tmp_path / "openbaar" / "data"
    data.mkdir(parents=True)
    (data / "figures.json").write_text(json.dumps(rows), encoding="utf-8")
    told = useful(tmp_path).select("area_code", "figures", "published", "enough")
    assert told.rows() == [("WK990101", 12, 8, True), ("WK990102", 12, 7, False)]
