"""`praatplaat suppress`: what it prints, writes and refuses."""

import json
from pathlib import Path

import pytest
from conftest import Command

from sources.errors import UsageError
from transforms.disclosure.suppression import jj, suppress

# A row of three, t = a + b + c: the primary cell a must be able to move by 2 either way.
TABLE = """0
4
0 30 30 z 0 100 0 0 0
1 5 5 u 0 100 2 2 0
2 10 10 s 0 100 0 0 0
3 15 15 s 0 100 0 0 0
1
0 4 : 0 (-1) 1 (1) 2 (1) 3 (1)
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "tabel.jj"
    path.write_text(TABLE)
    return path


def test_it_prints_cost_cells_bound_and_proof(praatplaat: Command, table: Path) -> None:
    told = praatplaat("suppress", str(table))
    assert told.code == 0
    assert [line.split(":")[0] for line in told.out.splitlines()] == [
        "kosten",
        "extra cellen",
        "ondergrens",
        "iteraties",
        "nagerekend",
        "bewezen",
    ]
    assert "ja, goedkoper kan niet" in told.out


def test_a_program_reads_json_and_the_pattern(praatplaat: Command, table: Path) -> None:
    out = table.with_suffix(".csv")
    told = json.loads(praatplaat("suppress", str(table), "--json", "--out", str(out)).out)
    assert (told["cost"], told["secondary"], told["lower_bound"]) == (10.0, 1, 10.0)
    assert told["optimal"]
    assert out.read_text() == "cell,role\n1,primary\n2,secondary\n"


def test_without_iterations_nothing_is_proven(praatplaat: Command, table: Path) -> None:
    told = praatplaat("suppress", str(table), "--iterations", "0")
    assert "nee, met meer iteraties" in told.out


def test_a_cell_that_cannot_be_protected_is_a_risk_with_its_number(
    praatplaat: Command, table: Path
) -> None:
    table.write_text(TABLE.replace(" s ", " z "))
    told = praatplaat("suppress", str(table))
    assert told.code == 13
    assert "cel 1." in told.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("0\n4\n0 30", "x\n4\n0 30", "Regel 1: hier hoort een heel getal", id="head"),
        pytest.param(
            "5 5 u", "5 5", "Regel 4: een cel heeft 9 velden, hier staan er 8", id="short"
        ),
        pytest.param(" u ", " q ", "Regel 4: de status is u, s, z of m, niet «q»", id="status"),
        pytest.param("10 10 s", "10 tien s", "Regel 5: «tien» is geen getal", id="number"),
        pytest.param("10 10 s", "10 nan s", "Regel 5: «nan» is geen getal", id="not a number"),
        pytest.param("10 10 s", "10 -1 s", "Regel 5: kosten en", id="negative weight"),
        pytest.param("5 5 u 0", "5 5 u 6", "Regel 4: de waarde 5 ligt niet tussen 6", id="limits"),
        pytest.param("3 15", "2 15", "genummerd zijn van 0 tot en met 3", id="a number twice"),
        pytest.param("0 4 :", "0 5 :", "Regel 8: de som belooft 5 cellen, maar", id="promised"),
        pytest.param("3 (1)", "9 (1)", "Regel 8: cel 9 bestaat niet", id="unknown cell"),
        pytest.param("3 (1)", "2 (1)", "Regel 8: een cel staat twee keer", id="a cell twice"),
        pytest.param("3 (1)", "3 1", "Regel 8: een som ziet eruit als", id="a sum unreadable"),
        pytest.param("\n1\n", "\n2\n", "houdt te vroeg op: een som ontbreekt", id="cut off"),
        pytest.param("3 (1)\n", "3 (1)\nnog iets\n", "Regel 9: hier moet het bestand", id="more"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_reason(old: str, new: str, said: str) -> None:
    assert old in TABLE
    with pytest.raises(UsageError) as refused:
        jj.parse(TABLE.replace(old, new))
    assert said in str(refused.value)


def test_a_refusal_names_the_file_and_is_a_matter_of_use(praatplaat: Command, table: Path) -> None:
    table.write_text(TABLE.replace("5 5 u", "5 5"))
    told = praatplaat("suppress", str(table))
    assert told.code == 2
    assert f"{table} is niet te lezen. Regel 4" in told.err


def test_sums_that_do_not_hold_are_told(praatplaat: Command, table: Path) -> None:
    table.write_text(TABLE.replace("0 4 :", "7 4 :"))
    told = praatplaat("suppress", str(table))
    assert told.code == 0
    assert "som 1 klopt niet (1 in totaal)" in told.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("\n", "\r\n", id="line ends of Windows"),
        pytest.param(" ", "\t", id="tabs"),
        pytest.param("\n", "  \n\n", id="blanks and empty lines"),
        pytest.param("100", "1e2", id="powers of ten"),
        pytest.param(" 0 0 0\n", " -0 -0.0 0\n", id="less than nothing is nothing"),
        pytest.param("100", "1e12", id="limits that say nothing"),
        pytest.param("0 30 30 z 0 100", "0 30 30 z 0 0", id="a limit of a cell that stays"),
    ],
)
def test_files_as_programs_write_them_are_read(old: str, new: str) -> None:
    assert old in TABLE
    outcome = suppress(jj.parse(TABLE.replace(old, new)))
    assert (outcome.cost, outcome.optimal) == (10.0, True)


def test_a_mark_at_the_start_of_a_file_is_no_number(praatplaat: Command, table: Path) -> None:
    table.write_text(TABLE, encoding="utf-8-sig")
    assert praatplaat("suppress", str(table)).code == 0


@pytest.mark.parametrize(
    ("old", "new", "cost"),
    [
        pytest.param("2 10 10 s", "2 10 0 s", 0.0, id="a cell that costs nothing"),
        pytest.param("2 2 0", "0 0 0", 0.0, id="nothing asked"),
        pytest.param("2 10 10 s", "2 10 10 m", 0.0, id="missing already"),
        pytest.param("0 100 2 2 0", "0 100 5 0 0", 10.0, id="to the limit itself"),
    ],
)
def test_what_needs_little_costs_little(old: str, new: str, cost: float) -> None:
    assert old in TABLE
    outcome = suppress(jj.parse(TABLE.replace(old, new)))
    assert (outcome.cost, outcome.optimal, outcome.unprotected) == (cost, True, ())


def test_a_primary_cell_that_everybody_knows_is_a_risk(praatplaat: Command, table: Path) -> None:
    table.write_text(TABLE.replace("u 0 100", "u 5 5"))
    assert praatplaat("suppress", str(table)).code == 13
