"""What no cell can tell by itself, its column tells; and one that a program spoiled says it."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import intake
import pytest
from intake import rows, write

from sources import conform, gate, readers
from sources.contracts.model import Column, Contract, FieldType
from sources.store import Connection
from sources.verdict import Level, Outcome, Verdict

T = FieldType


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


def contract(*columns: Column) -> Contract:
    """Return a contract of a key and these columns."""
    key = Column("k", "k", T.TEXT, "", required=True)
    return Contract(
        *("t", "L99", "1.0.0", "T", ""),
        columns=(key, *columns),
        key=("k",),
        rules=(),
        refuse_above=1.0,
    )


def column(kind: FieldType, **more: Any) -> Column:
    return replace(Column("c", "c", kind, ""), **more)


def conformed(
    folder: Path,
    con: Connection,
    known: Contract,
    *cells: str,
    period: str = "",
    received_on: datetime.date | None = None,
) -> Verdict:
    """Judge a file of these rows, each the cells behind the key."""
    names = ";".join(each.name for each in known.columns)
    lines = [f"K{number};{cell}" for number, cell in enumerate(cells)]
    reading = readers.read(known, write(folder, "\n".join([names, *lines, ""])), con)
    conform.conform(known, con, period=period, received_on=received_on)
    return gate.judge(known, con, reading)


def read(con: Connection) -> list[object]:
    return [value for (value,) in rows(con, "SELECT c FROM typed ORDER BY _row")]


def told(con: Connection) -> list[str]:
    """Return the codes of each row, in the order of the file."""
    found = rows(con, "SELECT _reasons FROM typed ORDER BY _row")
    return [" ".join(r["code"] for r in reasons or []) for (reasons,) in found]  # type: ignore[attr-defined]


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2026, month, number)


ORDERS = {
    "slashes that prove the day first": (
        ("02/01/2026", "31/01/2026"),
        [day(1, 2), day(1, 31)],
        ["V429", "V429"],
    ),
    "slashes that prove the month first": (
        ("01/02/2026", "01/31/2026"),
        [day(1, 2), day(1, 31)],
        ["V430", "V430"],
    ),
    "slashes that prove both": (
        ("01/02/2026", "31/01/2026", "01/31/2026"),
        [None, None, None],
        ["V431", "V431", "V431"],
    ),
    "one slash among dashes": (
        ("01-02-2026", "31-01-2026", "01/02/2026"),
        [day(2, 1), day(1, 31), None],
        ["", "", "V431"],
    ),
    "dashes that prove the month first": (
        ("01-02-2026", "01-31-2026", "02-28-2026"),
        [day(1, 2), day(1, 31), day(2, 28)],
        ["V430", "V430", "V430"],
    ),
    "a slip of the pen among Dutch dates": (
        ("01-02-2026", "01-31-2026", "28-02-2026"),
        [day(2, 1), None, day(2, 28)],
        ["", "V403", ""],
    ),
    "one odd date among many that prove nothing": (
        ("01-02-2026", "03-02-2026", "04-02-2026", "05-02-2026", "01-31-2026"),
        [day(2, 1), day(2, 3), day(2, 4), day(2, 5), None],
        ["", "", "", "", "V403"],
    ),
    "a day number among dates": (
        ("01-02-2026", "02-02-2026", "46055", "46055,5"),
        [day(2, 1), day(2, 2), None, None],
        ["", "", "V433", "V433"],
    ),
    "a day number among more dates": (
        ("01-02-2026", "02/13/2026", "46056"),
        [day(2, 1), day(2, 13), day(2, 3)],
        ["", "V430", "V432"],
    ),
    "a day number of another age": (
        ("01-02-2026", "02-02-2026", "40000"),
        [day(2, 1), day(2, 2), None],
        ["", "", "V433"],
    ),
    "a number that is no day": (
        ("01-02-2026", "02-02-2026", "460550"),
        [day(2, 1), day(2, 2), None],
        ["", "", "V402"],
    ),
}


@pytest.mark.parametrize(("cells", "values", "codes"), ORDERS.values(), ids=ORDERS.keys())
def test_a_column_of_dates_is_read_in_the_order_that_its_cells_prove(
    tmp_path: Path,
    con: Connection,
    cells: tuple[str, ...],
    values: list[object],
    codes: list[str],
) -> None:
    conformed(tmp_path, con, contract(column(T.DATE)), *cells)

    assert (read(con), told(con)) == (values, codes)


CROSSES = [
    (("x", "", "X ", ""), [True, False, True, False]),
    (("x", "", "nee", ""), [True, None, False, None]),
    (("ja", "", "", ""), [True, None, None, None]),
    (("x", "", "v", ""), [True, None, None, None]),
]


@pytest.mark.parametrize(("cells", "values"), CROSSES)
def test_empty_is_no_only_where_every_yes_is_a_cross(
    tmp_path: Path, con: Connection, cells: tuple[str, ...], values: list[object]
) -> None:
    conformed(tmp_path, con, contract(column(T.BOOLEAN)), *cells)

    assert read(con) == values


def test_a_required_column_of_crosses_is_full(tmp_path: Path, con: Connection) -> None:
    conformed(tmp_path, con, contract(column(T.BOOLEAN, required=True)), "x", "", "x")

    assert (read(con), told(con)) == ([True, False, True], ["", "", ""])


EXPIRED = {"oud": "Oud", "nieuw": "Nieuw", "altijd": "Altijd"}
SPANS = {"oud": ("", "2025-12-31"), "nieuw": ("2026-01-01", "")}
ON_A_DAY = [
    ("oud;31-12-2025", "oud", ""),
    ("oud;01-01-2026", "oud", "V437"),
    ("nieuw;31-12-2025", "nieuw", "V437"),
    ("Nieuw;01-01-2026", "nieuw", ""),
    ("altijd;01-01-1990", "altijd", ""),
    ("oud;", "oud", ""),
]


@pytest.mark.parametrize(("cells", "value", "code"), ON_A_DAY)
def test_a_code_holds_on_the_day_that_the_contract_names(
    tmp_path: Path, con: Connection, cells: str, value: str, code: str
) -> None:
    known = column(T.TEXT, codes=EXPIRED, validity=SPANS, valid_on="d")

    conformed(tmp_path, con, contract(known, Column("d", "d", T.DATE, "")), cells)

    assert (read(con), told(con)) == ([value], [code])


ON_THE_DAY_OF_THE_DELIVERY = [
    ("14-10-2026", day(10, 14), ""),
    ("14.10.2026", day(10, 14), "V429"),
    ("15-10-2026", None, "V443"),
    ("2026-10-15", None, "V443"),
    ("14 okt 2027", None, "V443"),
    ("14-10-2962", None, "V443"),
    ("31-12-9999", None, "V426"),
    ("31-02-2027", None, "V403"),
    ("", None, ""),
]


@pytest.mark.parametrize(("cell", "value", "code"), ON_THE_DAY_OF_THE_DELIVERY)
def test_what_has_happened_is_not_after_the_day_of_the_delivery(
    tmp_path: Path, con: Connection, cell: str, value: object, code: str
) -> None:
    conformed(tmp_path, con, contract(column(T.DATE, past=True)), cell, received_on=day(10, 14))

    assert (read(con), told(con)) == ([value], [code])


def test_what_is_planned_may_be_after_the_day_of_the_delivery(
    tmp_path: Path, con: Connection
) -> None:
    conformed(tmp_path, con, contract(column(T.DATE)), "15-10-2026", received_on=day(10, 14))

    assert (read(con), told(con)) == ([day(10, 15)], [""])


IN_A_PERIOD = [
    ("2026K1", ["V436", ""]),
    ("2025K4", ["", "V436"]),
    ("2025K4/2026K3", ["", ""]),
    ("2025", ["", "V436"]),
    ("", ["", ""]),
]


@pytest.mark.parametrize(("period", "codes"), IN_A_PERIOD)
def test_without_such_a_day_a_code_holds_in_some_part_of_the_period(
    tmp_path: Path, con: Connection, period: str, codes: list[str]
) -> None:
    known = column(T.TEXT, codes=EXPIRED, validity=SPANS, expired=Level.WARNING)

    verdict = conformed(tmp_path, con, contract(known), "oud", "nieuw", period=period)

    assert told(con) == codes
    assert verdict.outcome is Outcome.ACCEPTED


SPOILED = {
    "powers of ten": (column(T.TEXT), "1,23457E+08", "V427"),
    "powers of ten for codes": (column(T.TEXT, codes={"a": "A"}), "1,23457E+08", "V427"),
    "codes that became dates": (column(T.TEXT, codes={"3-1": "A"}), "3-jan", "V435"),
    "dates of which the order cannot be told": (column(T.DATE), "01/02/2026", "V431"),
}


@pytest.mark.parametrize(("known", "cell", "code"), SPOILED.values(), ids=SPOILED.keys())
def test_a_column_that_a_program_spoiled_refuses_the_file_with_one_finding(
    tmp_path: Path, con: Connection, known: Column, cell: str, code: str
) -> None:
    verdict = conformed(tmp_path, con, contract(known), cell, cell, cell, "", "", "")

    (found,) = verdict.findings
    assert (verdict.outcome, found.code, found.level) == (
        Outcome.REFUSED,
        code,
        Level.REFUSE_FILE,
    )
    assert "3 van de 3 gevulde cellen" in found.message
    assert cell not in found.message
    assert (verdict.records.quarantined, verdict.records.accepted) == (6, 0)


FEW = [("a", "a", "a", "3-jan", "3-jan", "3-jan"), ("3-jan", "3-jan", "a")]


@pytest.mark.parametrize("cells", FEW)
def test_half_of_a_column_or_two_cells_only_refuse_their_rows(
    tmp_path: Path, con: Connection, cells: tuple[str, ...]
) -> None:
    verdict = conformed(tmp_path, con, contract(column(T.TEXT, codes={"a": "A"})), *cells)

    assert verdict.outcome is Outcome.ACCEPTED_WITH_REFUSALS
    assert {found.code for found in verdict.findings} == {"V435"}


def test_a_column_of_own_numbers_that_are_burgerservicenummers_refuses_the_file(
    tmp_path: Path, con: Connection
) -> None:
    known = replace(contract(column(T.TEXT)), key=("c",))
    bsns = ("999900006", "999900018", "9999.00.031", "A12")

    verdict = conformed(tmp_path, con, known, *bsns)

    (found,) = verdict.findings
    assert (found.code, found.level, found.column) == ("S906", Level.REFUSE_FILE, "c")


def test_one_odd_row_leaves_the_others_as_they_were_read(tmp_path: Path, con: Connection) -> None:
    """The slow readings run over the odd row only: it must come back once, and in its place."""
    conformed(tmp_path, con, contract(column(T.INTEGER)), "1", "2 ", "3")

    assert rows(con, "SELECT _row, c, _altered FROM typed ORDER BY _row") == [
        (2, 1, False),
        (3, 2, True),
        (4, 3, False),
    ]
