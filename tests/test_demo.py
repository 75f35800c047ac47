"""`praatplaat demo`: a whole round of Voorbeeldstad, twice, as a person sees it."""

import hashlib
import re
from pathlib import Path

import duckdb
import polars as pl
import pytest
from conftest import Command, Demonstration

from flows.steps.demo import RESPONSES, ROUNDS
from sources.example.maker import FAULTS, NOT_DELIVERED
from sources.store import Store
from sources.verdict import Outcome

pytestmark = pytest.mark.slow


def content(home: Path) -> dict[str, str]:
    """Return the checksum of every file, and of every table of the store."""
    found = {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.startswith("store.duckdb")
    }
    with duckdb.connect(home / "store.duckdb") as con:
        for schema, table in sorted(
            con.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        ):
            rows = con.execute(f'SELECT * FROM {schema}."{table}" ORDER BY ALL').fetchall()
            found[f"{schema}.{table}"] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def test_it_ends_well_without_traces_or_warnings(demonstration: Demonstration) -> None:
    told = demonstration.ran
    assert told.code == 0, told.err
    assert not re.search(r"Traceback|Warning|warning|leaked|Error", told.err + told.out)


def made_of(quarter: str) -> list[str]:
    """Return the lines of an edition, as far as the colon."""
    return [
        f"Cijfers van {quarter} worden uitgewerkt",
        f"Cijfers van {quarter}",
        "De bladen worden gemaakt",
        "De editie wordt aangevallen",
        f"Editie {quarter}",
        "De bladen worden gemaakt",
        "De editie wordt aangevallen",
        f"Editie {quarter} is vastgesteld door wethouder N. Voorbeeld",
    ]


def test_it_tells_of_each_step_while_it_works(demonstration: Demonstration) -> None:
    """Lines that only say that the work goes on begin with a space."""
    lines = [one for one in demonstration.ran.err.splitlines() if not one.startswith(" ")]
    assert [line.split(":")[0] for line in lines] == [
        "Voorbeeldstad",
        *("2024K4", "2025K1", "2025K2", "2025K3", "2025K4", "2026K1", "2026K2"),
        *made_of("2026K2"),
        "2026K3",
        *made_of("2026K3"),
    ]


def test_it_ends_by_naming_pages_that_are_there(demonstration: Demonstration) -> None:
    pages = re.findall(r"/\S+/index\.html", demonstration.ran.out)
    assert len(pages) >= 4
    for page in pages:
        assert "Voorbeeldstad" in Path(page).read_text(encoding="utf-8")


def test_a_partner_says_something_beside_its_figure_and_only_there(
    demonstration: Demonstration,
) -> None:
    said = RESPONSES["2026K3"]
    editions = demonstration.home / "editions"
    holding = {
        str(page.relative_to(editions))
        for page in editions.rglob("*.html")
        if said["words"] in page.read_text(encoding="utf-8")
    }
    sheet = "partner/welzijn/index.html"
    readers = ("openbaar", "intern/gemeente", "intern/welzijn")
    assert holding == {f"2026K3/{reader}/{sheet}" for reader in readers}
    page = (editions / "2026K3/openbaar" / sheet).read_text(encoding="utf-8")
    figure, beside = page.index('data-figure="I09|'), page.index(said["words"])
    assert 'data-figure="' not in page[figure + 20 : beside].split("</p>", 2)[2]


def test_it_names_the_answer_to_each_faulty_delivery(demonstration: Demonstration) -> None:
    answers = re.findall(r"antwoord in (\S+)", demonstration.ran.out)
    assert len(answers) == len(FAULTS)
    for answer in answers:
        assert (Path(answer) / "terugkoppeling.html").is_file()


def test_each_fault_got_the_verdict_that_the_maker_meant(demonstration: Demonstration) -> None:
    town = demonstration.town
    with Store.open(town.settings.store, holder="de test", read_only=True) as store:
        known = store.deliveries(ROUNDS["2026K3"]).rows_by_key("file_name", named=True, unique=True)
        for fault in FAULTS:
            if fault.outcome is Outcome.ALREADY_RECEIVED:
                assert fault.name not in known
                continue
            row = known[fault.name]
            codes = [found.code for found in store.findings(row["id"])]
            assert row["outcome"] == fault.outcome, fault.name
            assert not fault.code or any(code.startswith(fault.code) for code in codes), fault.name
            if fault.refused_rows:
                assert row["refused_rows"] == fault.refused_rows, fault.name


def test_everything_else_was_accepted_whole(demonstration: Demonstration) -> None:
    faulty = [fault.name for fault in FAULTS]
    town = demonstration.town
    with Store.open(town.settings.store, holder="de test", read_only=True) as store:
        known = store.deliveries(ROUNDS["2026K3"]).filter(~pl.col("file_name").is_in(faulty))
    assert known["outcome"].unique().to_list() == ["GOEDGEKEURD"]
    assert known.height > 80


def test_what_was_not_delivered_is_told_and_never_a_zero(demonstration: Demonstration) -> None:
    town = demonstration.town
    ((partner, _, period),) = NOT_DELIVERED
    with Store.open(town.settings.store, holder="de test", read_only=True) as store:
        figures = store.figures("2026K3").filter(partner=partner, period=period)
    counted = {
        name
        for name, indicator in town.agreement.indicators.items()
        if indicator.delivery == "partner_activiteiten"
    }
    lacking = figures.filter(pl.col("indicator").is_in(sorted(counted)))
    assert lacking.height
    assert lacking["status"].unique().to_list() == ["not_delivered"]
    assert lacking["numerator"].null_count() == lacking.height


def test_the_correction_changes_its_quarter_in_the_second_edition_only(
    demonstration: Demonstration,
) -> None:
    """Oude Stad (WK990101) was counted twice in 2026K2."""
    place = {"indicator": "I07", "area_code": "WK990101", "partner": "", "breakdown": ""}
    town = demonstration.town
    with Store.open(town.settings.store, holder="de test", read_only=True) as store:
        first, second = (
            store.figures(edition).filter(pl.col("period").str.ends_with("2026K2"), **place)
            for edition in ("2026K2", "2026K3")
        )
    assert first.height == second.height == 1
    assert first["numerator"].item() > second["numerator"].item()


def test_the_same_home_again_changes_nothing_and_makes_what_went_equal_to_the_byte(
    demonstration: Demonstration, praatplaat: Command, tmp_path: Path
) -> None:
    """The first edition is there still; the last one, that builds on it, is made again."""
    copy = demonstration.copy(tmp_path)
    before = content(copy.home)
    first, last = ROUNDS
    (copy.home / "editions" / last).rename(tmp_path / "weg")
    again = praatplaat("demo", "--home", copy.home)

    assert again.code == 0
    assert f"Editie {first} is onveranderd" in again.err
    assert f"Editie {last} is onveranderd" not in again.err
    assert content(copy.home) == before


def test_no_bsn_stands_anywhere_but_in_the_sealed_raw(demonstration: Demonstration) -> None:
    """The maker's BSNs are 9999xxxxx; in every file, and in every row of the store."""
    bsn = re.compile(rb"(?<![0-9a-f])9999\d{5}(?![0-9a-f])")
    home = demonstration.home
    for path in home.rglob("*"):
        if path.is_file() and path.parent.name != "raw":
            assert not bsn.search(path.read_bytes()), path.relative_to(home)
    looked_at = 0
    with duckdb.connect(home / "store.duckdb", read_only=True) as con:
        tables = con.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        for schema, table in tables:
            rows = con.execute(f'SELECT * FROM {schema}."{table}"').fetchall()
            looked_at += len(rows)
            assert not bsn.search(repr(rows).encode()), table
    assert looked_at > 10_000


def test_a_home_with_other_data_is_not_used_for_a_demonstration(
    praatplaat: Command, tmp_path: Path
) -> None:
    with Store.open(tmp_path / "store.duckdb", holder="de test"):
        pass
    told = praatplaat("demo", "--home", tmp_path)
    assert told.code == 2
    assert "niet van de demo" in told.err
