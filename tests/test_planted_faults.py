"""Faults that are planted, with a ledger: all are found, and hardly anything else is."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from conftest import Command
from intake import KEYS, TOWN, bench

from sources import conform, gate, pseudonyms, readers, scope
from sources.contracts.expectations import CONFLICT, DUPLICATE
from sources.contracts.generic import CELLS, possible
from sources.contracts.load import standard
from sources.contracts.model import Contract
from sources.example import maker
from sources.example.maker.planted import EXEMPT, FAULTS, care, files
from sources.example.maker.planted.lines import BREAKS
from sources.example.maker.planted.plan import Faults
from sources.example.maker.registrations import delivery, histories
from sources.privacy.staged import take_out
from sources.readers import Reading
from sources.store import Connection
from sources.verdict import Level, Outcome

pytestmark = pytest.mark.slow

CONTRACTS = standard()
INHABITANTS = 160_000
NOW = "2026K3"
RECEIVED_ON = date(2026, 11, 2)
ALARMS = (Level.WARNING, Level.REFUSE_ROW)

Place = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Planted:
    """The folder with good deliveries and files with faults, and per file what is planted."""

    folder: Path
    ledger: dict[str, set[Place]]

    def faulty(self, contract: Contract) -> list[Path]:
        return sorted((self.folder / files.FOLDER).rglob(f"*_{contract.code}_*"))

    def good(self, contract: Contract) -> dict[str, Path]:
        """Return the good deliveries of a contract by period."""
        paths = sorted(self.folder.rglob(f"*_{contract.code}_*"))
        good = [path for path in paths if files.FOLDER not in path.parts]
        return {path.stem.split("_")[-2]: path for path in good}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("planted")
    maker.make(folder, inhabitants=INHABITANTS, quarters=[NOW])
    ledger = files.write_faults(folder, inhabitants=INHABITANTS, seed=maker.SEED)
    return Planted(folder, read(ledger))


def read(ledger: Path) -> dict[str, set[Place]]:
    marks = defaultdict(set)
    with ledger.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            marks[row["bestand"]].add((int(row["rij"]), row["kolom"], row["code"]))
    return marks


def typed(contract: Contract, path: Path, con: Connection, *, period: str) -> Reading:
    """Take a file as far as its typed rows, as `receive` does."""
    reading = readers.read(contract, path, con)
    if not reading.refused:
        scope.derive(contract, con, period=period)
        pseudonyms.replace(contract, con, KEYS, municipality=TOWN)
        if contract.own_words:
            take_out(contract, con, known=())
        conform.conform(contract, con, period=period, received_on=RECEIVED_ON)
    return reading


def refer(contract: Contract, planted: Planted, con: Connection) -> None:
    """Make the tables that a contract looks into: of itself, what came before."""
    for name in contract.looks_into:
        for period, path in planted.good(CONTRACTS[name]).items():
            if (name, period) != (contract.id, NOW):
                rows = accepted(CONTRACTS[name], path, period)
                con.register("incoming", rows)
                con.execute(f"CREATE TABLE IF NOT EXISTS ref_{name} AS FROM incoming LIMIT 0")
                con.execute(f"INSERT INTO ref_{name} FROM incoming")
                con.unregister("incoming")


def accepted(contract: Contract, path: Path, period: str) -> pl.DataFrame:
    other = bench(path.parent)
    typed(contract, path, other, period=period)
    columns = f"* EXCLUDE (_reasons), '{period}' AS _period"
    rows = other.sql(f"SELECT {columns} FROM typed WHERE _reasons IS NULL")
    return pl.DataFrame(rows.to_arrow_table())


@pytest.mark.parametrize("name", CONTRACTS)
def test_all_planted_faults_are_found_and_hardly_anything_else(planted: Planted, name: str) -> None:
    contract = CONTRACTS[name]
    rows, alarms, missed = 0, [], []
    for path in planted.faulty(contract):
        con = bench(planted.folder)
        refer(contract, planted, con)
        verdict = gate.judge(contract, con, typed(contract, path, con, period=NOW))
        found = {(f.row or 0, f.column or "", f.code): f.level for f in verdict.findings}
        there = planted.ledger[path.name]
        missed += [(path.name, *place) for place in there - found.keys()]
        alarms += [place for place, level in found.items() if level in ALARMS if place not in there]
        rows += verdict.records.physical
        assert verdict.outcome in {Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_REFUSALS}, path.name
    assert missed == []
    assert len(alarms) <= 0.005 * rows, alarms


def test_every_rule_of_every_contract_is_planted_or_cannot_be(planted: Planted) -> None:
    for name, contract in CONTRACTS.items():
        never = FAULTS[name].never if name in FAULTS else {}
        rules = {rule.code for rule in contract.rules} - set(never)
        assert rules | {DUPLICATE, CONFLICT, *BREAKS} <= codes(planted, contract), name


def codes(planted: Planted, contract: Contract) -> set[str]:
    paths = planted.faulty(contract)
    return {code for path in paths for _, _, code in planted.ledger[path.name]}


def test_every_code_that_a_cell_can_get_is_planted_somewhere_or_cannot_be(planted: Planted) -> None:
    everywhere = set().union(*(codes(planted, contract) for contract in CONTRACTS.values()))
    can_be = {
        code
        for contract in CONTRACTS.values()
        for column in contract.columns
        for code in possible(column)
    }
    assert can_be - everywhere == set(EXEMPT)
    assert can_be <= set(CELLS)


def test_each_rule_is_planted_in_several_rows(planted: Planted) -> None:
    few: dict[tuple[str, str], int] = {}
    for name, contract in CONTRACTS.items():
        own = {rule.code for rule in contract.rules}
        times = Counter(
            code
            for path in planted.faulty(contract)
            for _, _, code in planted.ledger[path.name]
            if code in own
        )
        few |= {(name, code): count for code, count in times.items() if count < 3}
    assert few == {}


def test_no_planter_is_for_a_rule_that_is_not_there() -> None:
    for name, faults in known().items():
        written = {rule.code for rule in CONTRACTS[name].rules} | {CONFLICT}
        assert set(faults.rules) <= written, name


def known() -> dict[str, Faults]:
    quarter = files.QUARTER
    told = delivery(histories(inhabitants=20_000, last=quarter, seed=1), quarter)
    return {**FAULTS, "wmo_toewijzingen": care.faults(told, set())}


def test_the_command_makes_the_same_files_again_and_says_where_the_list_of_faults_is(
    praatplaat: Command, planted: Planted, tmp_path: Path
) -> None:
    ran = praatplaat("example", tmp_path, "--inhabitants", str(INHABITANTS), "--faults")
    ledger = tmp_path / files.FOLDER / files.LEDGER
    assert (ran.code, str(ledger) in ran.out) == (0, True), ran.err
    assert read(ledger) == planted.ledger
    assert content(tmp_path) == content(planted.folder)


def content(folder: Path) -> dict[Path, bytes]:
    """Return every file below a folder by its place in it."""
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--faults", "--inhabitants", 20_000), "Kies minstens --inhabitants 150000."),
        (("--quarters", "2024K3"), "vanaf 2024K4."),
        (("--quarters", "lente"), "Schrijf een kwartaal als 2026K3"),
    ],
)
def test_the_command_says_what_it_cannot_make(
    praatplaat: Command, tmp_path: Path, asked: tuple[object, ...], told: str
) -> None:
    ran = praatplaat("example", tmp_path, *map(str, asked))
    assert ran.code != 0
    assert told in ran.err
