"""Meldingen of Voorbeeldstad: one history each, seen again in every quarter that it lasts."""

from itertools import pairwise

import polars as pl
import pytest

from sources.example.maker import QUARTERS
from sources.example.maker.key_figures import key_figures, population
from sources.example.maker.people import person_numbers
from sources.example.maker.postcodes import links
from sources.example.maker.quarters import Quarter
from sources.example.maker.registrations import delivery, histories

LAST = Quarter.of(QUARTERS[-1])
DATES = ("datum_melding", "datum_onderzoek_klaar", "datum_aanvraag", "datum_besluit")


@pytest.fixture(scope="module")
def whole() -> pl.DataFrame:
    return histories(inhabitants=60_000, last=LAST, seed=9901)


@pytest.fixture(scope="module")
def seen(whole: pl.DataFrame) -> dict[str, pl.DataFrame]:
    return {quarter: delivery(whole, Quarter.of(quarter)) for quarter in QUARTERS}


def passes(number: int) -> bool:
    """Return whether nine digits pass the 11-proef: weights 9 to 2, and -1 for the last."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(d) for w, d in zip(weights, f"{number:09d}", strict=True)) % 11 == 0


def test_every_number_is_of_the_test_range_and_passes_the_11_proef(whole: pl.DataFrame) -> None:
    numbers = [int(bsn) for bsn in whole["bsn"].unique()]
    assert [n for n in numbers if not 999_900_006 <= n <= 999_999_990] == []
    assert [n for n in numbers if not passes(n)] == []


def test_more_people_than_the_test_range_holds_get_other_numbers_that_pass() -> None:
    numbers = person_numbers(20_000, seed=1).tolist()
    assert len(set(numbers)) == 20_000
    assert [n for n in numbers if not passes(n)] == []
    assert 0 < sum(n < 999_900_006 for n in numbers) < 20_000


def test_who_still_waits_is_delivered_again(seen: dict[str, pl.DataFrame]) -> None:
    waits = (pl.col("uitkomst") == "open") | (
        (pl.col("uitkomst") == "aanvraag") & pl.col("besluit").is_null()
    )
    for now, later in pairwise(QUARTERS):
        waiting = seen[now].filter(waits)
        gone = waiting.join(seen[later], on="melding_id", how="anti")
        assert waiting.height > 50
        assert gone.height == 0, f"{gone.height} open in {now} are missing in {later}"


def test_what_is_known_once_does_not_change_later(seen: dict[str, pl.DataFrame]) -> None:
    for now, later in pairwise(QUARTERS):
        both = seen[now].join(
            seen[later], on="melding_id", how="inner", validate="1:1", suffix="_later"
        )
        for date in DATES:
            known = both.filter(pl.col(date).is_not_null())
            assert (known[date] == known[f"{date}_later"]).all(), (now, date)
        assert (both["bsn"] == both["bsn_later"]).all()
        assert (both["opschorting_dagen"] <= both["opschorting_dagen_later"]).all()


def test_a_delivery_knows_nothing_of_after_its_quarter(seen: dict[str, pl.DataFrame]) -> None:
    for quarter, rows in seen.items():
        latest = rows.select(pl.max_horizontal(pl.col(DATES).max())).item()
        assert latest <= Quarter.of(quarter).last


def test_a_melding_runs_from_melding_to_onderzoek_to_aanvraag_to_besluit(
    whole: pl.DataFrame,
) -> None:
    applied = whole.filter(pl.col("uitkomst") == "aanvraag")
    for earlier, later in pairwise(DATES):
        assert (applied[earlier] <= applied[later]).all(), (earlier, later)
    others = whole.filter(pl.col("uitkomst") != "aanvraag")
    assert others["datum_aanvraag"].is_between(pl.date(1970, 1, 1), pl.date(2099, 1, 1)).sum() == 0


def test_some_are_suspended_some_move_and_some_come_back(seen: dict[str, pl.DataFrame]) -> None:
    rows = pl.concat(seen.values())
    suspended = rows.filter(pl.col("opschorting_dagen") > 0)
    assert suspended["melding_id"].n_unique() > 100
    assert suspended["opschorting_akkoord"].all()
    assert rows.filter(pl.col("opschorting_dagen") == 0)["opschorting_akkoord"].null_count() > 100
    homes = rows.group_by("melding_id").agg(pl.col("pc6").n_unique())
    assert homes.filter(pl.col("pc6") > 1).height > 10
    meldingen = rows.group_by("bsn").agg(pl.col("melding_id").n_unique())
    assert meldingen.filter(pl.col("melding_id") > 1).height > 100


def in_time(whole: pl.DataFrame, *, wijk: str, first: str, last: str) -> float:
    """Return the share of meldingen in a wijk whose onderzoek was done within the term."""
    homes = links(2026).filter(pl.col("aandeel") == 1)
    letters = homes.filter(pl.col("buurt_code").str.slice(2, 6) == wijk[2:])["pc6"].implode()
    days = (pl.col("datum_onderzoek_klaar") - pl.col("datum_melding")).dt.total_days()
    made = pl.col("datum_melding").is_between(Quarter.of(first).first, Quarter.of(last).last)
    here = whole.filter(made & pl.col("pc6").is_in(letters))
    return float(here.select((days - pl.col("opschorting_dagen") <= 42).mean()).item())


# Molenwijk's team was ill from 2025K3 on; elsewhere it went a little faster every quarter.
@pytest.mark.parametrize(
    ("wijk", "before", "after"),
    [
        ("WK990103", (0.75, 0.92), (0.45, 0.65)),
        ("WK990101", (0.75, 0.92), (0.80, 0.95)),
        ("WK990104", (0.75, 0.92), (0.80, 0.95)),
    ],
)
def test_waits_differ_between_wijken_for_a_reason(
    whole: pl.DataFrame, wijk: str, before: tuple[float, float], after: tuple[float, float]
) -> None:
    assert before[0] <= in_time(whole, wijk=wijk, first="2024K3", last="2025K2") <= before[1]
    assert after[0] <= in_time(whole, wijk=wijk, first="2025K4", last="2026K3") <= after[1]


@pytest.mark.parametrize("inhabitants", [5_000, 60_000, 160_001])
def test_inhabitants_are_as_asked_and_add_up(inhabitants: int) -> None:
    assert population(inhabitants, 2026)["inwoners"].sum() == inhabitants
    for year in (2025, 2026):
        figures = key_figures(inhabitants, year)
        counts = pl.col(figures.columns[2:-1]).sum()
        level = pl.col("code").str.slice(0, 2)
        sums = figures.group_by(level).agg(counts).drop("code").unique()
        assert sums.height == 1
        parts = figures.select(pl.sum_horizontal(r"^inwoners_.*$"))
        assert (parts.to_series() == figures["inwoners"]).all()


def test_the_shares_of_each_postcode_add_up_to_one() -> None:
    shares = links(2026).group_by("pc6").agg(pl.col("aandeel").sum(), buurten=pl.len())
    assert (shares["aandeel"] - 1).abs().max() < 1e-9  # type: ignore[operator]
    assert shares.filter(pl.col("buurten") == 2).height == 8
    assert shares["pc6"].str.slice(4).unique().sort().to_list() == ["SA", "SD", "SS"]
