"""Great Expectations' verdict decides; the same predicates name the rows, with the same counts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import intake
import pytest
from intake import HEADER, VISITS, judged, rows, visits, write

from sources import conform, gate, pseudonyms, readers
from sources.contracts.expectations import CONFLICT, DUPLICATE, checks, suite
from sources.contracts.load import standard
from sources.contracts.model import Column, Contract, FieldType, Rule
from sources.gate import Previous, Profile
from sources.gate.engine import Broken, count
from sources.gate.sieve import SHOWN, find_doubles
from sources.store import Connection
from sources.verdict import Level, Outcome, Records


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


FAULTY = (
    "F1;31-02-2026;balie;3;WK990101",  # line 102
    "F2;14-08-2026;fax;x;WK990101",
    "F3;14-08-2026;balie;101;WK990101",
    "F4;14-08-2026;Per telefoon;0;wk990101 ",
    "D1;14-08-2026;balie;3;WK990101",
    "D1;14-08-2026;balie;3;WK990101",
    "C1;14-08-2026;balie;3;WK990101",
    "C1;14-08-2026;balie;4;WK990101",
    "teweinig",
    ";14-08-2026;balie;3;WK990101",  # line 111
)


def test_a_faultless_delivery_is_accepted_whole(tmp_path: Path, con: Connection) -> None:
    verdict = judged(write(tmp_path, visits(5)), con)

    assert (verdict.outcome, verdict.findings) == (Outcome.ACCEPTED, ())
    assert verdict.records == Records(physical=6, header=1, accepted=5)
    assert rows(con, "SELECT count(*), min(_row), max(_row) FROM accepted") == [(5, 2, 6)]


def test_refused_rows_stand_in_quarantine_with_their_line_and_codes(
    tmp_path: Path, con: Connection
) -> None:
    verdict = judged(write(tmp_path, visits(100, *FAULTY)), con, replace(VISITS, refuse_above=0.5))

    assert rows(con, "FROM quarantine") == [
        (102, ["V403"]),
        (103, ["V404", "V413"]),
        (104, ["X550"]),
        (108, ["R305"]),
        (109, ["R305"]),
        (111, ["V401"]),
    ]
    told = {(f.code, f.level, f.row, f.column) for f in verdict.findings}
    assert told == {
        ("V403", Level.REFUSE_ROW, 102, "datum"),
        ("V413", Level.REFUSE_ROW, 103, "kanaal"),
        ("V404", Level.REFUSE_ROW, 103, "aantal"),
        ("X550", Level.REFUSE_ROW, 104, None),
        ("V414", Level.NOTE, 105, "kanaal"),
        ("P650", Level.WARNING, 105, "aantal"),
        ("R304", Level.NOTE, 107, None),
        ("R305", Level.REFUSE_ROW, 108, None),
        ("R305", Level.REFUSE_ROW, 109, None),
        ("R302", Level.REFUSE_ROW, 110, None),
        ("V401", Level.REFUSE_ROW, 111, "nr"),
        ("R311", Level.REFUSE_FILE, None, None),
    }


def test_the_account_of_records_adds_up_and_accepted_holds_the_rest(
    tmp_path: Path, con: Connection
) -> None:
    fewer = FAULTY[:7]

    verdict = judged(write(tmp_path, visits(100, *fewer, "teweinig")), con)

    assert verdict.outcome is Outcome.ACCEPTED_WITH_REFUSALS
    assert verdict.records == Records(
        physical=109, header=1, excluded=1, accepted=103, quarantined=4, repaired=1
    )
    kept = rows(con, "SELECT nr FROM accepted WHERE _row > 101 ORDER BY _row")
    assert kept == [("F4",), ("D1",), ("C1",)]


def test_great_expectations_counts_for_every_rule_what_the_findings_table_holds(
    tmp_path: Path, con: Connection
) -> None:
    judged(write(tmp_path, visits(100, *FAULTY)), con, replace(VISITS, refuse_above=0.5))

    counted = count(con, suite(VISITS))

    assert set(counted) == {check.code for check in checks(VISITS)}
    in_typed = "FROM findings SEMI JOIN typed USING (_row)"
    query = f"SELECT code, count(DISTINCT _row) {in_typed} GROUP BY code"
    held = dict(con.execute(query).fetchall())
    assert {code: number for code, number in counted.items() if number} == held
    assert held == {
        **{"V401": 1, "V403": 1, "V404": 1, "V413": 1, "V414": 1},
        **{"X550": 1, "P650": 1, DUPLICATE: 1, CONFLICT: 2},
    }


TRICKY = {
    "a brace": r"regexp_matches(nr, '^N{1}[0-9]{1,2}$')",
    "a colon and a word": "nr = 'a:nr' OR nr LIKE 'N%'",
    "a cast": "nr::VARCHAR = 'N1' AND '12:30'::TIME IS NOT NULL",
    "a list": "list_contains(['N1', 'N2'], nr)",
    "another table": "nr IN (SELECT r.nr FROM ref_andere r JOIN typed t ON t.nr = r.nr)",
    "quotes": "nr <> 'it''s' AND \"nr\" = 'N3'",
}


@pytest.mark.parametrize("broken", TRICKY.values(), ids=TRICKY.keys())
def test_a_predicate_means_the_same_in_great_expectations_as_in_duckdb(
    tmp_path: Path, con: Connection, broken: str
) -> None:
    con.execute("CREATE TABLE ref_andere AS SELECT 'N4' AS nr")
    rule = Rule("X560", Level.WARNING, broken, "Fout.", "Verbeter.")

    judged(write(tmp_path, visits(5)), con, replace(VISITS, rules=(rule,)))

    (expected,) = con.execute(f"SELECT count(*) FROM typed WHERE {broken}").fetchall()[0]
    assert expected > 0
    assert rows(con, "SELECT count(*) FROM findings WHERE code = 'X560'") == [(expected,)]


def test_a_rule_that_cannot_run_is_our_failure_and_not_bad_data(
    tmp_path: Path, con: Connection
) -> None:
    rule = Rule("X560", Level.WARNING, "nergens = 1", "Fout.", "Verbeter.")

    with pytest.raises(Broken, match=r"X560.*nergens"):
        judged(write(tmp_path, visits(3)), con, replace(VISITS, rules=(rule,)))


def test_a_table_of_another_shape_is_our_failure_and_not_bad_data(
    tmp_path: Path, con: Connection
) -> None:
    judged(write(tmp_path, visits(3)), con)
    con.execute("ALTER TABLE typed ALTER COLUMN datum TYPE TIMESTAMP")

    with pytest.raises(Broken, match="typed is not as the contract says"):
        count(con, suite(VISITS))


@pytest.mark.parametrize("name", standard())
def test_every_rule_of_a_standard_contract_runs(name: str, con: Connection) -> None:
    contract = standard()[name]
    columns = ", ".join(f'NULL::{c.type.stored} AS "{c.name}"' for c in contract.columns)
    reasons = 'NULL::STRUCT(code VARCHAR, "column" VARCHAR)[] AS _reasons'
    con.execute(
        f"CREATE TABLE typed AS SELECT 2::BIGINT AS _row, {columns}, {reasons}, false AS _altered"
    )
    for reference in contract.looks_into:
        other = standard()[reference]
        cells = ", ".join(f'NULL::{c.type.stored} AS "{c.name}"' for c in other.columns)
        own = "NULL::INTEGER AS _delivery, '' AS _partner, '' AS _period, NULL::BIGINT AS _row"
        con.execute(f"CREATE TABLE ref_{reference} AS SELECT {own}, {cells}")
    find_doubles(contract, con)

    counted = count(con, suite(contract))

    assert {rule.code for rule in contract.rules} <= set(counted)


@pytest.mark.parametrize(
    ("came", "told"),
    [("WK990101", ["X551"]), ("WK990102", []), ("", []), (None, [])],
    ids=["another", "this one", "none", "never"],
)
def test_a_rule_about_what_is_consulted_is_silent_until_something_of_it_came(
    tmp_path: Path, con: Connection, came: str | None, told: list[str]
) -> None:
    rule = Rule("X551", Level.WARNING, "gebied NOT IN (SELECT r.g FROM ref_wijken r)", "", "")
    contract = replace(VISITS, consults=("wijken",), rules=(*VISITS.rules, rule))
    if came is not None:
        con.execute(f"CREATE TABLE ref_wijken AS SELECT '{came}' AS g WHERE g <> ''")

    verdict = judged(write(tmp_path, f"{HEADER}\nA1;14-08-2026;balie;3;WK990102\n"), con, contract)

    assert intake.codes(verdict.findings) == told


def test_equal_rows_count_once_and_equal_keys_with_other_contents_not_at_all(
    tmp_path: Path, con: Connection
) -> None:
    twice, thrice = ["D1;14-08-2026;balie;3;"] * 2, ["E1;14-08-2026;balie;3;"] * 2
    other, empty = "E1;14-08-2026;balie;4;", ["D2;;balie;3;", "D2;14-08-2026;balie;3;"]

    judged(
        write(tmp_path, visits(100, *twice, *thrice, other, *empty)),
        con,
        replace(VISITS, refuse_above=0.5),
    )

    told = rows(con, "SELECT _row, code FROM findings WHERE code LIKE 'R%' ORDER BY ALL")
    assert told == [(103, "R304"), *((line, "R305") for line in (104, 105, 106, 107, 108))]


TWICE = [
    ("D;01-02-2026;balie;3;", "D;01-02-26;Aan de balie; 3;", "R304"),
    ("D;01-02-2026;balie;n.v.t.;", "D;01-02-2026;balie;onbekend;", "R305"),
    ("D;01-02-2026;balie;n.v.t.;", "D;01-02-2026;balie;nvt;", "R304"),
]


@pytest.mark.parametrize(("first", "second", "code"), TWICE)
def test_how_a_value_is_written_does_not_make_rows_differ_but_why_it_is_missing_does(
    tmp_path: Path, con: Connection, first: str, second: str, code: str
) -> None:
    verdict = judged(write(tmp_path, visits(300, first, second)), con)

    assert code in intake.codes(verdict.findings)
    assert {"R304", "R305"} - {code} - set(intake.codes(verdict.findings))


SHARES = [
    (20, 100, Outcome.ACCEPTED_WITH_REFUSALS, []),
    (21, 100, Outcome.REFUSED, ["R310"]),
]


@pytest.mark.parametrize(("bad", "rows_in_all", "outcome", "told"), SHARES)
def test_above_its_limit_of_refused_rows_a_file_is_refused_whole(
    tmp_path: Path, con: Connection, bad: int, rows_in_all: int, outcome: Outcome, told: list[str]
) -> None:
    lines = [f"F{n};geen datum;balie;3;" for n in range(bad)]

    verdict = judged(write(tmp_path, visits(rows_in_all - bad, *lines)), con)

    assert verdict.outcome is outcome
    assert [f.code for f in verdict.findings if f.level is Level.REFUSE_FILE] == told
    assert verdict.records.balances()
    assert (verdict.records.accepted == 0) is (outcome is Outcome.REFUSED)


def test_faults_in_the_key_have_a_lower_limit(tmp_path: Path, con: Connection) -> None:
    keyless = [";14-08-2026;balie;3;"] * 2

    accepted = judged(write(tmp_path, visits(198, *keyless)), con)
    refused = judged(write(tmp_path, visits(197, *keyless)), con)

    assert accepted.outcome is Outcome.ACCEPTED_WITH_REFUSALS
    assert [f.code for f in refused.findings if f.level is Level.REFUSE_FILE] == ["R311"]


def test_a_reference_that_did_not_come_yet_is_said_instead_of_refusing_every_row(
    tmp_path: Path, con: Connection
) -> None:
    con.execute("CREATE TABLE ref_gebieden (code VARCHAR)")

    verdict = judged(write(tmp_path, visits(3)), con, replace(VISITS, references=("gebieden",)))

    assert (verdict.outcome, intake.codes(verdict.findings)) == (Outcome.REFUSED, ["X501"])


def test_a_file_that_could_not_be_read_keeps_the_reason(tmp_path: Path, con: Connection) -> None:
    verdict = judged(write(tmp_path, "nr;naam\n"), con)

    assert verdict.outcome is Outcome.REFUSED
    assert rows(con, "SELECT code FROM findings ORDER BY 1") == [("K201",), ("S901",)]
    assert rows(con, "FROM quarantine") == []


def test_of_what_comes_back_very_often_the_table_holds_all_and_the_verdict_the_first(
    tmp_path: Path, con: Connection
) -> None:
    often = SHOWN + 7
    lines = [f"F{n};14-08-2026;balie;0;" for n in range(often)]

    verdict = judged(write(tmp_path, visits(1, *lines)), con)

    assert rows(con, "SELECT count(*) FROM findings") == [(often,)]
    assert [f.row for f in verdict.findings if f.row][:2] == [3, 4]
    assert len(verdict.findings) == SHOWN + 1
    (more,) = [f.message for f in verdict.findings if f.row is None]
    assert more.endswith("Dit komt nog 7 keer meer voor.")


def test_no_finding_shows_a_value_from_the_file(tmp_path: Path, con: Connection) -> None:
    secret = "xyzzy"
    line = f"{secret}1;{secret}2;{secret}3;{secret}4;{secret}5"

    verdict = judged(write(tmp_path, visits(20, line, line)), con)

    assert intake.codes(verdict.findings)
    assert secret not in str(verdict) + str(rows(con, "FROM findings"))


# --- Rule 59: does it resemble the delivery before? ---

FULL = {"nr": 0.0, "datum": 0.0, "kanaal": 0.0, "aantal": 0.0, "gebied": 0.0}
VOLUMES = [
    (100, 71, []),
    (100, 70, ["P601"]),
    (100, 149, []),
    (100, 150, ["P601"]),
    (12, 6, []),  # six rows fewer is chance
]


@pytest.mark.parametrize(("before", "now", "told"), VOLUMES)
def test_far_fewer_or_far_more_rows_than_before_wait_for_a_yes(
    tmp_path: Path, con: Connection, before: int, now: int, told: list[str]
) -> None:
    previous = Previous("2026K2", Profile(before, FULL))

    verdict = judged(write(tmp_path, visits(now)), con, previous=previous)

    assert intake.codes(verdict.findings) == told
    assert verdict.outcome is (Outcome.ON_HOLD if told else Outcome.ACCEPTED)
    assert verdict.records.accepted == now


GAPS = [
    (0.0, 19, []),
    (0.0, 20, ["P602"]),
    (0.5, 69, []),
    (0.5, 70, ["P602"]),
    (0.5, 100, ["P603"]),
    (0.95, 100, []),
]


@pytest.mark.parametrize(("before", "empty", "told"), GAPS)
def test_a_column_that_empties_waits_for_a_yes(
    tmp_path: Path, con: Connection, before: float, empty: int, told: list[str]
) -> None:
    lines = [f"E{n};14-08-2026;balie;;WK990101" for n in range(empty)]
    previous = Previous("2026K2", Profile(100, FULL | {"aantal": before}))

    verdict = judged(write(tmp_path, visits(100 - empty, *lines)), con, previous=previous)

    assert [(f.code, f.column) for f in verdict.findings] == [(code, "aantal") for code in told]


def test_another_period_under_the_same_name_is_recognised_by_its_values(
    tmp_path: Path, con: Connection
) -> None:
    judged(write(tmp_path, visits(50)), con)
    con.execute("CREATE TABLE previous_rows AS FROM accepted")
    profile = gate.profile(VISITS, con)
    other = visits(50).replace(";3;", ";7;").replace("balie", "telefoon").replace("14-08", "15-08")
    little = visits(50).replace(";3;", ";7;")

    def told(content: str, *, announced: bool) -> list[str]:
        previous = Previous("2026K3", profile, same_period=True, announced=announced)
        return intake.codes(judged(write(tmp_path, content), con, previous=previous).findings)

    assert told(other, announced=False) == ["P604"]
    assert told(other, announced=True) == []
    assert told(little, announced=False) == []


def test_a_delivery_that_waits_says_why_in_words_and_asks(tmp_path: Path, con: Connection) -> None:
    previous = Previous("2026K2", Profile(100, FULL))

    (doubt,) = judged(write(tmp_path, visits(40)), con, previous=previous).findings

    assert doubt.message == (
        "Deze levering heeft 40 rijen. Dat is 60% minder dan de levering over 2026K2: "
        "die had er 100."
    )
    assert doubt.how_to_mend.startswith("Klopt het bestand?")


def test_a_person_is_judged_under_a_pseudonym(tmp_path: Path, con: Connection) -> None:
    contract = Contract(
        *("mensen", "L97", "1.0.0", "Mensen", ""),
        columns=(Column("bsn", "bsn", FieldType.PERSON, "", required=True, bsn=True),),
        key=("bsn",),
        rules=(),
        law="Wmo",
        refuse_above=1.0,
    )
    readers.read(contract, write(tmp_path, "bsn\n999900006\n999900007\n9999\n"), con)
    pseudonyms.replace(contract, con, intake.KEYS, municipality=intake.TOWN)
    conform.conform(contract, con)

    counted = count_with_doubles(contract, con)

    assert counted["V417"] == 2
    (kept,) = rows(con, "SELECT bsn FROM typed WHERE bsn IS NOT NULL")
    assert re.fullmatch(r"k\w{8}:[0-9a-f]{32}", str(kept[0]))


def count_with_doubles(contract: Contract, con: Connection) -> Counter[str]:
    find_doubles(contract, con)
    return Counter(count(con, suite(contract)))


def test_each_level_is_a_severity_of_great_expectations() -> None:
    severities = {e["meta"]["code"]: e["severity"] for e in suite(VISITS)}

    assert (severities["X550"], severities["P650"], severities["V414"]) == (
        "critical",
        "warning",
        "info",
    )


def test_a_finding_of_the_reader_stands_in_the_table_too(tmp_path: Path, con: Connection) -> None:
    content = "\n".join(f"{line};" for line in visits(20).splitlines()) + "\nteweinig\n"

    judged(write(tmp_path, content.replace("gebied;", "gebied;hobby")), con)

    assert rows(con, "SELECT code, level, _row FROM findings ORDER BY code") == [
        ("K203", Level.NOTE.value, None),
        ("R302", Level.REFUSE_ROW.value, 22),
    ]
