"""What a file leaves unsaid is derived; what it says of other municipalities stays out."""

from dataclasses import replace

import duckdb
import pytest

from sources import scope
from sources.contracts.model import Column, Contract, FieldType
from sources.readers import Reading
from sources.verdict import Level, Records

WIJKEN = Contract(
    id="wijken",
    code="L12a",
    version="1.0.0",
    title="Wijken",
    purpose="",
    columns=(
        Column("jaar", "jaar", FieldType.INTEGER, "", derived="left(_period, 4)"),
        Column("code", "code", FieldType.AREA, ""),
        Column("ouder", "ouder", FieldType.AREA, "", derived="'GM' || substr(code, 3, 4)"),
    ),
    key=("code",),
    rules=(),
    scope="code",
)


def staged(*codes: str | None) -> duckdb.DuckDBPyConnection:
    """Return a staging connection in which a file with these codes was read, from line 2 on."""
    con = duckdb.connect()
    con.execute("CREATE TABLE loaded (_row BIGINT, jaar VARCHAR, code VARCHAR, ouder VARCHAR)")
    rows = [(line, None, code, None) for line, code in enumerate(codes, start=2)]
    con.executemany("INSERT INTO loaded VALUES (?, ?, ?, ?)", rows)
    con.execute("CREATE VIEW text AS SELECT * FROM loaded")
    return con


def read(rows: int) -> Reading:
    return Reading(Records(physical=rows + 1, header=1, accepted=rows))


def test_a_column_that_no_file_holds_follows_from_the_period_and_from_other_columns() -> None:
    con = staged("WK990101")

    scope.derive(WIJKEN, con, period="2022K4")

    assert con.execute("FROM text").fetchall() == [(2, "2022", "WK990101", "GM9901")]


def test_what_a_file_does_say_is_not_derived() -> None:
    con = staged("WK990101")
    con.execute("UPDATE loaded SET jaar = '2019'")

    scope.derive(WIJKEN, con, period="2022")

    assert con.execute("SELECT jaar FROM text").fetchall() == [("2019",)]


@pytest.mark.parametrize(
    ("code", "stays"),
    [
        ("GM9901", True),
        ("  WK990101  ", True),
        ("BU99010101", True),
        ("wk990101", True),
        ("WK99", True),  # names no municipality: to be refused with its reason
        ("", True),
        (None, True),
        ("WK990201", False),
        ("BU12340101", False),
        ("WK1234--", False),  # ELAN's "unknown wijk" of a neighbour
        ("NL00", False),
        ("PV20", False),
    ],
)
def test_only_rows_about_another_municipality_stay_out(code: str | None, stays: bool) -> None:
    con = staged("WK990102", code)

    reading = scope.narrow(WIJKEN, con, read(2), municipality="GM9901")

    rows = con.execute("SELECT _row FROM text").fetchall()
    assert rows == [(2,), (3,)] if stays else rows == [(2,)]
    assert reading.records.excluded == (0 if stays else 1)
    assert reading.records.balances()


def test_rows_that_stay_out_are_told_of_in_one_melding() -> None:
    con = staged("WK990101", *["WK123401"] * 1200)

    reading = scope.narrow(WIJKEN, con, read(1201), municipality="GM9901")

    (finding,) = reading.findings
    assert (finding.code, finding.level, finding.row) == ("R320", Level.NOTE, None)
    assert finding.message.startswith("1.200 rijen gaan niet over onze gemeente")
    assert (reading.records.excluded, reading.records.accepted) == (1200, 1)


def test_a_file_about_others_alone_is_refused() -> None:
    con = staged("WK123401")

    reading = scope.narrow(WIJKEN, con, read(1), municipality="GM9901")

    assert reading.refused
    assert [finding.code for finding in reading.findings] == ["B119"]
    assert reading.records.balances()


def test_a_contract_without_scope_takes_every_row() -> None:
    con = staged("WK990101", "WK123401")

    reading = scope.narrow(replace(WIJKEN, scope=None), con, read(2), municipality="GM9901")

    assert reading == read(2)
