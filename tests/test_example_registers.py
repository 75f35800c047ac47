"""Benefits, trajecten, debts and money: as many rows as the domain says, and all good."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from intake import KEYS, TOWN, bench

from sources import conform, gate, pseudonyms, readers, scope
from sources.contracts.load import standard
from sources.example import maker
from sources.example.maker import (
    benefits,
    care,
    debts,
    money,
    postcodes,
    registrations,
    residents,
    teams,
    youth,
)
from sources.example.maker.deliveries import City, of_quarter, of_year, sent
from sources.example.maker.quarters import Quarter
from sources.readers import Reading
from sources.store import Connection
from sources.verdict import Level, Outcome

CONTRACTS = {contract.code: contract for contract in standard().values()}
QUARTER = Quarter(2026, 3)
# Rows of a quarter in a municipality of 25,000 (domain.md, section 4); L07 is both parts together.
VOLUMES = {"L04": 720, "L05": 500, "L07a": 250, "L07b": 100, "L11": 60}


@pytest.fixture(scope="module")
def told() -> dict[str, pl.DataFrame]:
    city = City.of(inhabitants=60_000, last=QUARTER, seed=maker.SEED)
    deliveries = [*of_year(city, QUARTER.year, QUARTER), *of_quarter(city, QUARTER)]
    return {one.code: one.rows for one in reversed(deliveries)}


@pytest.mark.parametrize("code", VOLUMES)
def test_there_are_as_many_rows_as_the_domain_says(
    told: dict[str, pl.DataFrame], code: str
) -> None:
    assert told[code].height / 60_000 * 25_000 == pytest.approx(VOLUMES[code], rel=0.2)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    city = City.of(inhabitants=60_000, last=QUARTER, seed=maker.SEED)
    folder = tmp_path_factory.mktemp("registers")
    written = {}
    for one in (*of_year(city, QUARTER.year, QUARTER), *of_quarter(city, QUARTER)):
        file = sent(one)
        written[one.code] = folder / file.name
        written[one.code].write_bytes(file.content)
    return written


def typed(code: str, path: Path, con: Connection) -> Reading:
    reading = readers.read(CONTRACTS[code], path, con)
    scope.derive(CONTRACTS[code], con, period=str(QUARTER))
    pseudonyms.replace(CONTRACTS[code], con, KEYS, municipality=TOWN)
    conform.conform(CONTRACTS[code], con)
    return reading


@pytest.mark.parametrize("code", VOLUMES)
def test_a_good_delivery_has_nothing_to_say_but_notes(files: dict[str, Path], code: str) -> None:
    contract = CONTRACTS[code]
    con = bench(files[code].parent)
    for name in contract.looks_into:
        (other,) = (each for each in CONTRACTS.values() if each.id == name)
        place = bench(files[code].parent)
        typed(other.code, files[other.code], place)
        rows = place.sql("SELECT * EXCLUDE (_reasons) FROM typed")
        con.register("incoming", rows.to_arrow_reader(100_000))
        con.execute(f"CREATE TABLE ref_{name} AS FROM incoming")
        con.unregister("incoming")
    verdict = gate.judge(contract, con, typed(code, files[code], con))
    assert verdict.outcome is Outcome.ACCEPTED
    assert {finding.level for finding in verdict.findings} <= {Level.NOTE}


@pytest.mark.parametrize("code", VOLUMES)
@pytest.mark.parametrize("rows", [7, 3_000])
def test_one_delivery_has_exactly_the_rows_that_are_asked(
    tmp_path: Path, code: str, rows: int
) -> None:
    path = maker.one_delivery(CONTRACTS[code].id, rows=rows, path=tmp_path / "een.csv")
    assert len(path.read_bytes().splitlines()) == rows + 1


def test_what_was_told_of_a_benefit_is_told_again_a_quarter_later() -> None:
    spells = benefits.histories(inhabitants=20_000, last=QUARTER, seed=1)
    before, now = (benefits.delivery(spells, quarter) for quarter in (Quarter(2026, 2), QUARTER))
    still = before.filter(pl.col("einddatum").is_null())
    assert still.join(now, on=["dossier_id", "bsn"], how="anti").height == 0
    same = ["pc6", "begindatum", "datum_besluit", "leefvorm"]
    again = still.join(now, on=["dossier_id", "bsn"], suffix="_now")
    assert all((again[name] == again[f"{name}_now"]).all() for name in same)


def where_need_is(pc6: pl.Series) -> pl.Series:
    """Tell which postcodes lie in a wijk where more people need something than in the city."""
    homes = np.arange(len(postcodes.own()))
    need = residents.NEED[residents.district(homes)] > 1
    return pc6.replace_strict(postcodes.own(), need.tolist(), return_dtype=pl.Boolean)


def test_of_who_left_for_work_some_are_back_within_a_year_and_more_where_need_is() -> None:
    spells = benefits.histories(inhabitants=160_000, last=QUARTER, seed=1)
    again = pl.col("dossier_id").str.ends_with("-2")
    work = pl.col("reden_beeindiging").is_in(["werk_loondienst", "zelfstandig"])
    back = spells.filter(again).select("bsn", again="begindatum")
    left = spells.filter(~again, work).join(back, on="bsn", how="left", validate="1:1")
    told = left.with_columns(
        where_need_is(left["pc6"]).alias("need"),
        days=(pl.col("again") - pl.col("einddatum")).dt.total_days(),
    )
    shares = dict(told.group_by("need").agg(pl.col("again").is_not_null().mean()).iter_rows())

    assert told["days"].drop_nulls().is_between(30, 365).all()
    assert 0.05 < shares[False] < 0.17 < shares[True] < 0.35


def test_of_youngsters_whose_help_ended_some_need_help_again_within_a_year() -> None:
    trajecten = youth.histories(inhabitants=60_000, last=Quarter(2024, 4), seed=1)
    ended = trajecten.sort("person", "datum_start").with_columns(
        latest=pl.col("datum_eind").cum_max().over("person").shift(1).over("person")
    )
    days = (pl.col("datum_start") - pl.col("latest")).dt.total_days()
    again = ended.filter(days.is_between(1, 365))["person"].n_unique()

    assert 0.15 < again / trajecten["person"].n_unique() < 0.3


def test_some_households_with_a_benefit_have_wmo_help_too_and_stay_the_same() -> None:
    told = [_benefits_and_help(last) for last in (Quarter(2026, 2), QUARTER)]
    both = [spells.join(help_, on=["huishouden_nr", "pc6"], how="semi") for spells, help_ in told]
    assert 0.05 < both[0]["dossier_id"].n_unique() / told[0][0]["dossier_id"].n_unique() < 0.2
    assert both[0].join(both[1], on=["dossier_id", "huishouden_nr"], how="anti").height == 0


def test_of_who_already_had_wmo_help_one_in_twenty_has_a_benefit_under_the_same_number() -> None:
    spells, help_ = _benefits_and_help(QUARTER)
    already = help_.filter(pl.col("toewijzing_nr").str.starts_with("T24K1-"))
    both = already.join(spells, on="bsn", how="semi")
    assert both["bsn"].n_unique() == already["bsn"].n_unique() // 20


def _benefits_and_help(last: Quarter) -> tuple[pl.DataFrame, pl.DataFrame]:
    meldingen = registrations.histories(inhabitants=20_000, last=last, seed=1)
    help_ = care.histories(meldingen, inhabitants=20_000, last=last, seed=1)
    spells = benefits.histories(inhabitants=20_000, last=last, seed=1)
    return benefits.with_wmo(spells, help_, inhabitants=20_000, seed=1), help_


def test_a_third_of_the_trajecten_is_of_people_who_reported_for_the_wmo(
    told: dict[str, pl.DataFrame],
) -> None:
    begun = told["L05"].filter(pl.col("datum_hulpvraag") >= QUARTER.first)
    both = begun.join(told["L01"], on="bsn", how="inner").unique("bsn")
    assert 0.15 < both.height / begun.height < 0.4


def test_two_signals_about_one_person_come_in_a_month_now_and_then() -> None:
    rows = debts.signals(QUARTER, inhabitants=60_000, seed=1).drop_nulls("bsn")
    twice = rows.height - rows.unique(["bsn", pl.col("datum").dt.month()]).height
    assert 0 < twice < 0.06 * rows.height


def test_money_only_grows_in_a_year_and_parts_add_up() -> None:
    quarters = [money.delivery(Quarter(2026, n), inhabitants=60_000, seed=1) for n in (1, 2, 3, 4)]
    spent = [rows["besteed"] for rows in quarters]
    assert all((later >= sooner).all() for sooner, later in pairwise(spent))
    parts, whole = quarters[2].drop_nulls("boog"), quarters[2].filter(pl.col("boog").is_null())
    assert parts["toegekend"].sum() == whole["toegekend"].sum()


def test_scores_are_there_twice_only_when_a_month_lies_between(
    told: dict[str, pl.DataFrame],
) -> None:
    twice = told["L05"].filter(pl.col("zrm_eind_datum").is_not_null())
    apart = (twice["zrm_eind_datum"] - twice["zrm_begin_datum"]).dt.total_days()
    assert twice.height > 20
    assert apart.min() >= 30  # type: ignore[operator]
    assert told["L05"].columns == teams.COLUMNS
