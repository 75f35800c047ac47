"""The maker of deliveries: same bytes, any size, files that keep their contract or break it."""

import io
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import duckdb
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from sources.contracts.load import standard
from sources.contracts.model import Contract, FieldType
from sources.example import maker
from sources.example.maker.quarters import Quarter, through
from sources.example.maker.stories import bank, dealt
from sources.gate.plausibility import Previous, Profile, doubts, profile
from sources.readers import read
from sources.verdict import Level, Outcome

CONTRACTS = {contract.code: contract for contract in standard().values()}
TYPES = {
    FieldType.INTEGER: pl.Int64,
    FieldType.NUMBER: pl.Float64,
    FieldType.BOOLEAN: pl.Boolean,
}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voorbeeldstad")
    maker.make(folder)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def code_of(path: Path) -> str:
    return next(part for part in path.stem.split("_") if part.startswith("L"))


def text_of(path: Path) -> pl.DataFrame:
    """Read a faultless file as text, as its contract says that it is written."""
    if path.suffix == ".xlsx":
        header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        cells = [[_written(value) for value in row] for row in rows]
        return pl.DataFrame(cells, schema=dict.fromkeys(map(str, header), pl.String), orient="row")
    encoding = "cp1252" if "initiatief" in path.name else "utf-8-sig"
    text = path.read_bytes().decode(encoding)
    return pl.read_csv(io.StringIO(text), separator=";", infer_schema=False)


def _written(value: object) -> str | None:
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return f"{value:%d-%m-%Y}" if hasattr(value, "year") else str(value) or None


def typed(text: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Convert text to the contract's types; raises where a cell cannot be read."""
    text = derived(text, contract)
    columns = []
    for column in contract.columns:
        cell = pl.col(column.header)
        match column.type:
            case FieldType.DATE:
                cell = cell.str.to_date("%d-%m-%Y", strict=True)
            case FieldType.BOOLEAN:
                cell = cell.replace_strict({"ja": True, "nee": False}, return_dtype=pl.Boolean)
            case FieldType.INTEGER | FieldType.NUMBER:
                cell = cell.str.replace(",", ".", literal=True).cast(TYPES[column.type])
        columns.append(cell.alias(column.name))
    return text.select(columns)


def derived(text: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Add the columns that the contract derives from the others and from the period."""
    told = [c for c in contract.columns if c.derived]
    names = {c.header: c.name for c in contract.columns if c not in told}
    cells = ", ".join(f'({c.derived})::VARCHAR AS "{c.header}"' for c in told)
    if not told:
        return text
    with duckdb.connect() as con:
        con.register("read", text.rename(names).with_columns(_period=pl.lit("2026K3")))
        more: pl.DataFrame = con.sql(f"SELECT {cells} FROM read").pl()
    return pl.concat([text, more], how="horizontal")


def of_partner(paths: list[Path], partner: str, code: str) -> Iterator[pl.DataFrame]:
    faulty = {fault.name for fault in maker.FAULTS}
    for path in paths:
        if path.parent.name == partner and code_of(path) == code and path.name not in faulty:
            yield typed(text_of(path), CONTRACTS[code])


def test_two_runs_give_the_same_bytes_and_another_seed_others(city: Path, tmp_path: Path) -> None:
    maker.make(tmp_path / "again")
    maker.make(tmp_path / "other", seed=1)
    assert files(tmp_path / "again") == files(city)
    assert files(tmp_path / "other").keys() == files(city).keys()
    assert files(tmp_path / "other") != files(city)


def test_a_quarter_made_alone_is_the_quarter_made_among_others(city: Path, tmp_path: Path) -> None:
    alone = files(tmp_path) if maker.make(tmp_path, quarters=["2025K3"]) else {}
    among = files(city)
    same = {name for name in alone if "/cbs/" not in name}
    assert same == {name for name in among if name.startswith("2025K3/")}
    assert {name for name in same if alone[name] != among[name]} == set()
    assert "2025K3/cbs/GM9901_cbs_L12a_2025_v1.csv" in alone


@pytest.mark.parametrize("inhabitants", [5_000, 60_000])
def test_the_number_of_meldingen_follows_the_inhabitants(tmp_path: Path, inhabitants: int) -> None:
    paths = maker.make(tmp_path, inhabitants=inhabitants, quarters=["2026K2"])
    (meldingen,) = of_partner(paths, "gemeente", "L01")
    begun = meldingen.filter(pl.col("datum_melding") >= Quarter.of("2026K2").first)
    assert 0.007 < begun.height / inhabitants < 0.013


def test_eight_quarters_of_sixty_thousand_are_made_in_seconds(tmp_path: Path) -> None:
    begin = time.perf_counter()
    maker.make(tmp_path)
    assert time.perf_counter() - begin < 8


def test_quarters_before_the_first_history_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="begin with 2024K4, not 2024K3"):
        maker.make(tmp_path, quarters=["2024K3"])


def test_rounds_hold_every_file_once_and_what_others_refer_to_first(city: Path) -> None:
    first = maker.round_files(city, maker.QUARTERS[:-1])
    second = maker.round_files(city, maker.QUARTERS[-1:])
    assert sorted(first + second) == sorted(path for path in city.rglob("*") if path.is_file())
    assert first[0].name == "GM9901_cbs_L12a_2024_v1.csv"
    assert "GM9901_welzijn_L06_2026K2_v1.csv" in {path.name for path in first}
    assert "GM9901_welzijn_L06_2026K2_v2.csv" in {path.name for path in second}


def test_every_file_without_fault_keeps_its_contract(city: Path) -> None:
    good = {Outcome.ACCEPTED, Outcome.ALREADY_RECEIVED}
    faulty = {fault.name for fault in maker.FAULTS if fault.outcome not in good}
    areas: list[pl.DataFrame] = []
    with duckdb.connect() as con:
        for path in maker.round_files(city, maker.QUARTERS):
            if path.name in faulty:
                continue
            contract = CONTRACTS[code_of(path)]
            rows = typed(text_of(path), contract)
            if contract.id == "gebied_indeling":
                areas.append(rows)
            con.register("ref_gebied_indeling", pl.concat(areas))
            con.register("typed", rows)
            broken = {
                rule.code: con.execute(
                    f"SELECT count(*) FROM typed WHERE {rule.broken}"
                ).fetchall()[0][0]
                for rule in contract.rules
                if rule.level is not Level.NOTE
                and not any(f"ref_{name}" in rule.broken for name in _elsewhere(contract))
            }
            assert {code: n for code, n in broken.items() if n} == {}, path.name
            assert rows.select(contract.key).is_duplicated().sum() == 0, path.name
            _keeps_columns(rows, contract, path.name)


def _elsewhere(contract: Contract) -> set[str]:
    """Return what else a contract looks into; those rules are tried where help and debts are."""
    return set(contract.looks_into) - {"gebied_indeling"}


def _keeps_columns(rows: pl.DataFrame, contract: Contract, name: str) -> None:
    """Check what a column says of itself: required, codes, limits and length."""
    for column in contract.columns:
        cells = rows[column.name]
        assert not (column.required and cells.null_count()), (name, column.name)
        filled = cells.drop_nulls()
        if column.codes:
            assert set(filled) <= set(column.codes), (name, column.name)
        if column.max_length:
            assert (filled.str.len_chars() <= column.max_length).all(), (name, column.name)
        if column.minimum is not None:
            assert (filled >= column.minimum).all(), (name, column.name)
        if column.maximum is not None:
            assert (filled <= column.maximum).all(), (name, column.name)


def test_no_delivery_without_fault_differs_so_much_from_the_one_before_that_it_waits(
    city: Path,
) -> None:
    paths = maker.round_files(city, maker.QUARTERS)
    for partner, code in {(path.parent.name, code_of(path)) for path in paths}:
        contract = CONTRACTS[code]
        for before, now in pairwise(of_partner(paths, partner, code)):
            period = Previous("before", profile_of(contract, before))
            with duckdb.connect() as con:
                con.register("accepted", now)
                assert doubts(contract, con, period) == [], (partner, code)


def profile_of(contract: Contract, rows: pl.DataFrame) -> Profile:
    with duckdb.connect() as con:
        con.register("accepted", rows)
        return profile(contract, con)


def test_every_fault_is_a_file_that_is_dropped(city: Path) -> None:
    dropped = {path.name for path in city.rglob("*")}
    assert {fault.name for fault in maker.FAULTS} - dropped == set()
    assert [
        missing
        for partner, code, period in maker.NOT_DELIVERED
        for missing in dropped
        if missing.startswith(f"GM9901_{partner}_{code}_{period}_")
    ] == []


def test_the_reader_finds_something_in_faulty_files_only(city: Path) -> None:
    found: dict[str, set[tuple[str, bool]]] = {}
    for path in maker.round_files(city, maker.QUARTERS):
        with duckdb.connect() as con:
            reading = read(CONTRACTS[code_of(path)], path, con)
        if reading.findings:
            found[path.name] = {(finding.code[:2], reading.refused) for finding in reading.findings}
    refused = {fault for fault in maker.FAULTS if fault.outcome is Outcome.REFUSED}
    noted = {fault for fault in maker.FAULTS if fault.name.startswith("GM9901_initiatief")}
    assert found == {fault.name: {(fault.code, fault in refused)} for fault in refused | noted}


def sent(city: Path, name: str) -> bytes:
    return next(city.rglob(name)).read_bytes()


def test_faulty_files_are_wrong_in_the_way_that_is_told(city: Path) -> None:
    wrong = sent(city, "GM9901_sociaal_team_L06_2026K3_v1.csv")
    right = sent(city, "GM9901_sociaal_team_L06_2026K3_v2.csv")
    assert wrong.replace(b"bijeenkomstn", b"bijeenkomsten") == right != wrong
    assert b";naam;" in sent(city, "GM9901_vluchtelingenwerk_L10_2026K3_v1.csv")
    assert b";naam;" not in sent(city, "GM9901_vluchtelingenwerk_L10_2026K3_v2.csv")
    assert sent(city, "GM9901_bibliotheek_L09_2026K3_v1.xls").startswith(b"<html>")
    assert sent(city, "GM9901_sociaal_team_L10_2026K3_v1.csv") == sent(
        city, "GM9901_sociaal_team_L10_2026K3_v2.csv"
    )
    with pytest.raises(UnicodeDecodeError):
        sent(city, "GM9901_initiatief_L10_2026K3_v1.csv").decode()
    assert "€ 40" in sent(city, "GM9901_initiatief_L10_2026K3_v1.csv").decode("cp1252")


def test_the_meldingen_of_the_last_quarter_hold_five_wrong_rows(city: Path) -> None:
    text = text_of(next(city.rglob("GM9901_gemeente_L01_2026K3_v1.csv")))
    dates = {
        c: pl.col(c).str.to_date("%d-%m-%Y", strict=False) for c in text.columns if "datum" in c
    }
    impossible = pl.any_horizontal(
        pl.col(name).is_not_null() & date.is_null() for name, date in dates.items()
    )
    too_early = (dates["datum_onderzoek_klaar"] < dates["datum_melding"]) | (
        dates["datum_besluit"] < dates["datum_aanvraag"]
    )
    wrong_number = pl.col("bsn") == "999900007"
    assert text.select(impossible.sum(), too_early.sum(), wrong_number.sum()).row(0) == (2, 2, 1)


def test_the_correction_halves_oude_stad_and_leaves_the_rest(city: Path) -> None:
    contract = CONTRACTS["L06"]
    first, second = (
        typed(text_of(next(city.rglob(f"GM9901_welzijn_L06_2026K2_v{n}.csv"))), contract)
        for n in (1, 2)
    )
    there = pl.col("gebied_code").str.starts_with("BU990101")
    assert first.filter(~there).equals(second.filter(~there))
    assert first.filter(there)["contacten"].sum() == 2 * second.filter(there)["contacten"].sum()


def test_a_wijk_has_more_than_fifty_participants_of_the_partners_together(city: Path) -> None:
    paths = maker.round_files(city, maker.QUARTERS)
    partners = ("welzijn", "bibliotheek", "vluchtelingenwerk", "sociaal_team")
    rows = pl.concat(rows for p in partners for rows in of_partner(paths, p, "L06"))
    wijk = pl.lit("WK") + pl.col("gebied_code").str.slice(2, 6)
    counted = rows.group_by("periode", wijk=wijk).agg(
        pl.col("unieke_deelnemers").sum(), pl.col("vrijwilligers").sum()
    )
    assert counted["unieke_deelnemers"].min() > 50  # type: ignore[operator]


def shares(rows: pl.DataFrame, question: str, yes: list[str], no: list[str]) -> dict[str, float]:
    """Return the share of favourable answers per wijk."""
    asked = rows.filter((pl.col("vraag_id") == question) & pl.col("antwoord_code").is_in(yes + no))
    share = asked.group_by("gebied_code").agg(pl.col("antwoord_code").is_in(yes).mean())
    return dict(share.drop_nulls().iter_rows())


def test_people_say_in_the_survey_that_molenwijk_waits(city: Path) -> None:
    paths = maker.round_files(city, maker.QUARTERS)
    before, after = of_partner(paths, "gemeente", "L09")
    agree, other = ["eens", "helemaal_eens"], ["neutraal", "oneens", "helemaal_oneens"]
    assert 800 < after["respondent_nr"].n_unique() < 1000
    assert after["uitgezet"].unique().to_list() == [2400]
    fast = [shares(rows, "CEO-2", agree, other) for rows in (before, after)]
    assert fast[1]["WK990103"] < fast[0]["WK990103"] - 0.15
    assert min(fast[1], key=fast[1].__getitem__) == "WK990103"


def test_people_in_waterkwartier_belong_more_since_the_meeting_place(city: Path) -> None:
    answers = list(of_partner(maker.round_files(city, maker.QUARTERS), "welzijn", "L09"))
    early, late = pl.concat(answers[:2]), pl.concat(answers[-3:])
    before, after = (shares(rows, "ACT-1", ["ja"], ["nee"]) for rows in (early, late))
    assert after["WK990102"] > before["WK990102"] + 0.1
    assert abs(after["WK990101"] - before["WK990101"]) < 0.1


def test_stories_are_sixty_or_more_different_ones_of_at_most_120_words() -> None:
    assert bank().height >= 60
    assert bank()["titel"].n_unique() == bank()["tekst"].n_unique() == bank().height
    assert bank()["tekst"].str.split(" ").list.len().max() <= 120  # type: ignore[operator]


def test_no_story_comes_twice_in_three_quarters_and_each_wijk_has_one_per_goal() -> None:
    quarters = list(through(Quarter(2025, 3), Quarter(2026, 2)))
    for number, quarter in enumerate(quarters):
        texts = dealt(quarter)
        recent = [dealt(earlier)["titel"] for earlier in quarters[max(number - 2, 0) : number]]
        assert [t for t in texts["titel"] if any(t in earlier for earlier in recent)] == []
        assert texts.select("doel", "gebied_code").n_unique() == 24
    both = dealt(quarters[0]).join(dealt(quarters[3]), on="titel", how="inner", validate="1:1")
    free = both.filter(pl.col("wijk").is_null())
    assert free.height > 10
    assert (free["gebied_code"] != free["gebied_code_right"]).all()


@pytest.mark.parametrize("contract_id", ["wmo_meldingen", "partner_activiteiten"])
def test_one_delivery_has_the_rows_that_are_asked_for(contract_id: str, tmp_path: Path) -> None:
    (contract,) = [c for c in CONTRACTS.values() if c.id == contract_id]
    path = maker.one_delivery(contract_id, rows=4_000, path=tmp_path / "big.csv")
    rows = typed(text_of(path), contract)
    assert rows.height == 4_000
    assert rows.select(contract.key).is_duplicated().sum() == 0
    _keeps_columns(rows, contract, path.name)
