"""The town cut into many wijken holds the same people; the notebook beside ours tells the truth."""

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from benchmarks import filled
from benchmarks.notebook import CONTRACTS, belongs, on_their_sheets, opened
from benchmarks.quarter import PARTNERS
from benchmarks.truth import FIGURES, Count, truth
from benchmarks.wide import Wide, dropped
from sources.example.maker.deliveries import City, Delivery
from sources.example.maker.quarters import Quarter

ROOT = Path(__file__).parents[1]
FIRST, LAST = Quarter.of("2025K4"), Quarter.of("2026K3")


@cache
def town() -> tuple[Delivery, ...]:
    """What is owed in four quarters in the town of the maker."""
    return tuple(filled.told(City.of(inhabitants=20_000, last=LAST, seed=1), FIRST, LAST))


def of(told: Iterator[Delivery], code: str) -> pl.DataFrame:
    return pl.concat([one.rows for one in told if one.code == code], how="vertical_relaxed")


@pytest.mark.parametrize("wijken", [60, 100])
def test_so_many_wijken_hold_the_same_people_and_the_same_answers(wijken: int) -> None:
    wide = Wide.of(wijken=wijken)
    people = of(wide.deliveries(iter(town())), "L12c").filter(jaar=2026)
    told = people.filter(pl.col("code").str.starts_with("WK"))

    assert told["code"].n_unique() == told.height == wijken
    assert told["inwoners"].sum() == 20_000
    buurten = people.filter(pl.col("code").str.starts_with("BU"))
    assert buurten["inwoners"].sum() == 20_000
    answers = of(wide.deliveries(iter(town())), "L09")
    assert answers.height == of(iter(town()), "L09").height
    assert set(answers["gebied_code"].drop_nulls()) <= set(told["code"])


def test_forty_partners_share_the_work_of_one_and_the_agreement_knows_them(tmp_path: Path) -> None:
    wide = Wide.of(wijken=60, partners=PARTNERS)
    wide.agreement(tmp_path / "agreement")
    known = opened(tmp_path).agreement

    assert len(known.partners) == 40
    assert set(wide.partners) <= set(known.agreements)
    alone, shared = (
        of(each.deliveries(iter(town())), "L06").drop("partner_id")
        for each in (Wide.of(wijken=60), wide)
    )
    assert shared.sort(pl.all()).equals(alone.sort(pl.all()))


@pytest.mark.parametrize(
    ("figure", "said", "right"),
    [
        ("I28", "160.0/188.0", True),
        ("I28", "161.0/188.0", False),
        ("I28", "Cijfer160 van de 190 · 84 %", True),
        ("I28", "70 %", False),
        ("I07", "851", True),
        ("I07", "Cijfer851 deelnames per 1.000 inwoners", True),
        ("I07", "300", False),
    ],
)
def test_a_figure_of_another_wijk_shows(figure: str, said: str, right: bool) -> None:
    assert belongs(figure, said, Count(160, 188)) is right


@pytest.mark.slow
@pytest.mark.skipif(find_spec("papermill") is None, reason="papermill is not installed")
def test_the_notebook_tells_of_each_wijk_what_the_maker_knows(tmp_path: Path) -> None:
    wide = Wide.of(wijken=8)
    told = [one for one in wide.deliveries(iter(town())) if one.code in CONTRACTS]
    for one in told:
        dropped(one, tmp_path / "deliveries")
    wijken = ["WK990102", "WK990103"]
    out = tmp_path / "sheets"
    command = [sys.executable, "-m", "benchmarks.papermilled", str(tmp_path), str(out), "once"]
    subprocess.run([*command, *wijken], cwd=ROOT, check=True, capture_output=True)

    known = truth(told, dict(wide.wijk_of_postcode().iter_rows()), str(LAST))
    found = on_their_sheets(out)
    assert set(found) == {(figure, wijk) for figure in FIGURES for wijk in wijken}
    assert [key for key, said in found.items() if not belongs(key[0], said, known[key])] == []
