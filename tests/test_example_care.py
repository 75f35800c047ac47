"""Help, youth care, integration and areas: made for any city, and good enough for the gate."""

from pathlib import Path

import intake
import polars as pl
import pytest

from sources import conform, gate, pseudonyms, readers, scope
from sources.contracts.load import load
from sources.contracts.model import Contract
from sources.example import maker
from sources.example.maker import care, integration, registrations, youth
from sources.example.maker.conversions import conversions
from sources.example.maker.files import csv_bytes
from sources.example.maker.quarters import Quarter
from sources.verdict import Level, Outcome, Verdict

CONTRACTS = load(Path("sources/example/voorbeeldstad"))
QUARTER, NEXT = Quarter(2026, 3), Quarter(2026, 4)
TOLD = {"wmo_toewijzingen", "jeugd_trajecten", "inburgering_trajecten", "gebied_omrekening"}
# Rows in a quarterly delivery of 25,000 inhabitants (domain.md, section 4).
VOLUMES = {"wmo_toewijzingen": 2_900, "jeugd_trajecten": 750, "inburgering_trajecten": 110}


def delivered(inhabitants: int, quarter: Quarter) -> dict[str, pl.DataFrame]:
    """Return the registers of a city as told over a quarter, and its meldingen to their end."""
    seed = maker.SEED
    meldingen = registrations.histories(inhabitants=inhabitants, last=quarter, seed=seed)
    granted = care.histories(meldingen, inhabitants=inhabitants, last=quarter, seed=seed)
    youngsters = youth.histories(inhabitants=inhabitants, last=quarter, seed=seed)
    newcomers = integration.histories(inhabitants=inhabitants, last=quarter, seed=seed)
    return {
        "wmo_meldingen": meldingen,
        "wmo_toewijzingen": care.delivery(granted, quarter),
        "jeugd_trajecten": youth.delivery(youngsters, quarter),
        "inburgering_trajecten": integration.delivery(newcomers, quarter),
    }


def judged(
    path: Path, contract: Contract, *, period: str, earlier: dict[str, pl.DataFrame]
) -> tuple[Verdict, pl.DataFrame]:
    """Take a file through every room; `earlier` are the accepted rows that its rules look into."""
    con = intake.bench(path)
    for name in contract.looks_into:
        known = earlier.get(name)
        if known is None:
            columns = ", ".join(
                f'NULL::{c.type.stored} AS "{c.name}"' for c in CONTRACTS[name].columns
            )
            con.execute(f"CREATE TABLE ref_{name} AS SELECT '' AS _period, {columns} LIMIT 0")
        else:
            con.register("known", known)
            con.execute(f"CREATE TABLE ref_{name} AS FROM known")
    reading = readers.read(contract, path, con)
    scope.derive(contract, con, period=period)
    pseudonyms.replace(contract, con, intake.KEYS, municipality=intake.TOWN)
    conform.conform(contract, con)
    verdict = gate.judge(contract, con, reading)
    rows: pl.DataFrame = con.sql(f"SELECT '{period}' AS _period, * FROM accepted").pl()
    return verdict, rows


def of_code(folder: Path, code: str, period: Quarter) -> Path:
    (path,) = (folder / str(period)).glob(f"*/GM9901_*_{code}_*.csv")
    return path


def above_a_note(verdict: Verdict) -> list[str]:
    return [f"{f.code} {f.row}" for f in verdict.findings if f.level is not Level.NOTE]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voorbeeldstad")
    maker.make(folder, quarters=[str(QUARTER), str(NEXT)])
    return folder


@pytest.fixture(scope="module")
def earlier(city: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """The meldingen of the quarter without their five faults, and the areas."""
    histories = delivered(maker.INHABITANTS, QUARTER)["wmo_meldingen"]
    rows = registrations.delivery(histories, QUARTER)
    path = tmp_path_factory.mktemp("meldingen") / "meldingen.csv"
    path.write_bytes(csv_bytes(rows))
    _, meldingen = judged(path, CONTRACTS["wmo_meldingen"], period=str(QUARTER), earlier={})
    areas = of_code(city, "L12a", QUARTER)
    _, division = judged(areas, CONTRACTS["gebied_indeling"], period="2026", earlier={})
    return {"wmo_meldingen": meldingen, "gebied_indeling": division}


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_delivery_of_sixty_thousand_inhabitants_is_accepted_without_a_word(
    city: Path, earlier: dict[str, pl.DataFrame], name: str
) -> None:
    contract = CONTRACTS[name]
    period = "2026" if contract.frequency == "year" else str(QUARTER)

    verdict, rows = judged(
        of_code(city, contract.code, QUARTER), contract, period=period, earlier=earlier
    )

    assert (verdict.outcome, above_a_note(verdict)) == (Outcome.ACCEPTED, [])
    assert rows.height == verdict.records.accepted > 100


def test_the_next_quarter_is_accepted_beside_what_was_delivered_before(
    city: Path, earlier: dict[str, pl.DataFrame]
) -> None:
    contract = CONTRACTS["wmo_toewijzingen"]
    first, second = (of_code(city, "L02", quarter) for quarter in (QUARTER, NEXT))
    _, known = judged(first, contract, period=str(QUARTER), earlier=earlier)
    before = earlier | {contract.id: known}

    again, _ = judged(first, contract, period=str(QUARTER), earlier=before)
    as_new, _ = judged(first, contract, period=str(NEXT), earlier=before)
    following, _ = judged(second, contract, period=str(NEXT), earlier=before)

    assert above_a_note(again) == []
    new = known.filter(pl.col("status_aanlevering") == "1").height
    assert [f.code for f in as_new.findings if f.level is not Level.NOTE] == ["X565"] * new
    assert [found for found in above_a_note(following) if not found.startswith("X562")] == []


@pytest.mark.parametrize("inhabitants", [25_000, 160_000])
@pytest.mark.parametrize("name", VOLUMES)
def test_volumes_follow_the_inhabitants(name: str, inhabitants: int) -> None:
    rows = delivered(inhabitants, QUARTER)[name].height
    assert rows == pytest.approx(VOLUMES[name] * inhabitants / 25_000, rel=0.15)


def test_help_follows_a_besluit_that_granted_it_to_the_same_person() -> None:
    told = delivered(60_000, QUARTER)
    granted = told["wmo_meldingen"].filter(pl.col("besluit").is_in(["toegekend", "deels"]))
    new = told["wmo_toewijzingen"].filter(pl.col("status_aanlevering") == "1")

    assert new.height > 200
    assert set(new["bsn"]) - set(granted["bsn"]) == set()
    first = granted.group_by("bsn").agg(pl.col("datum_besluit").min())
    follows = new.join(first, on="bsn", validate="m:1")
    assert (follows["ingangsdatum"] >= follows["datum_besluit"]).all()


def test_help_goes_on_changes_stops_and_is_taken_back() -> None:
    rows = delivered(60_000, QUARTER)["wmo_toewijzingen"]
    assert set(rows["status_aanlevering"]) == {"1", "2", "9"}
    assert {"04", "02", "07", "13"} <= set(rows["reden_wijziging"].drop_nulls())
    assert {"19", "20", "02", "31"} <= set(rows["reden_beeindiging"].drop_nulls())
    assert rows["budget"].count() == (rows["leveringsvorm"] == "PGB").sum() > 100


def test_youngsters_wait_get_help_and_some_say_what_it_brought() -> None:
    rows = delivered(60_000, QUARTER)["jeugd_trajecten"]
    waiting = rows.filter(pl.col("datum_start").is_null())
    ended = rows.filter(pl.col("datum_eind").is_not_null())
    both = ended.group_by("bsn", "hulpvorm").agg(pl.col("informant").n_unique() > 1)
    assert 0.03 < waiting.height / rows.height < 0.15
    assert waiting["reden_eind"].null_count() == waiting.height
    assert set(ended["informant"].drop_nulls()) == {"jeugdige", "ouder"}
    assert both["informant"].any()


def test_newcomers_are_asked_after_a_year_and_a_half() -> None:
    rows = delivered(60_000, QUARTER)["inburgering_trajecten"]
    asked = rows.drop_nulls("meting_18m_datum")
    after = asked.select((pl.col("meting_18m_datum") - pl.col("datum_huisvesting")).dt.total_days())
    assert asked.height > 50
    assert 515 < after.to_series().min() < after.to_series().max() < 580  # type: ignore[operator]
    able = asked.filter(pl.all_horizontal(pl.col(integration.SCORES) >= 4)).height
    assert {score for name in integration.SCORES for score in asked[name]} == {1, 2, 3, 4, 5}
    assert 0.6 < able / asked.height < 0.9


def test_earlier_areas_go_over_into_those_of_now_whole() -> None:
    rows = conversions(2026)
    weights = rows.group_by("van_code", "van_jaar").agg(pl.col("gewicht").sum())
    assert (weights["gewicht"] - 1).abs().max() < 1e-9  # type: ignore[operator]
    assert set(rows["reden"]) == {"gelijk", "grens", "hernummerd", "gesplitst"}
    now = set(rows.filter(pl.col("van_jaar") == 2025)["naar_code"])
    assert set(rows["naar_code"]) == now


@pytest.mark.parametrize("name", sorted(TOLD))
def test_one_delivery_has_the_rows_that_are_asked_for_and_keeps_its_key(
    name: str, tmp_path: Path
) -> None:
    path = maker.one_delivery(name, rows=4_000, path=tmp_path / "groot.csv")
    rows = pl.read_csv(path, separator=";", infer_schema=False)
    key = [
        column.header for column in CONTRACTS[name].columns if column.name in CONTRACTS[name].key
    ]
    told = [header for header in key if header in rows.columns]
    more = ["datum_start", "informant"] if name == "jeugd_trajecten" else []
    assert rows.height == 4_000
    assert rows.select(*told, *more).is_duplicated().sum() == 0
