"""What stands in a cell → its type; what has two readings has none, and every repair has a code."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import intake
import pytest
from intake import KINDS, rows, write

from sources import conform, readers
from sources.contracts.model import Column, Contract, Dialect, FieldType
from sources.store import Connection

T = FieldType
DAY = datetime.date(2026, 2, 1)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


def contract(column: Column, decimal: str = ",") -> Contract:
    """Return a contract of a key and this column."""
    key = Column("k", "k", T.TEXT, "", required=True)
    return Contract(
        *("t", "L99", "1.0.0", "T", ""),
        columns=(key, column),
        key=("k",),
        rules=(),
        dialect=Dialect(decimal=decimal),
    )


def cell(
    folder: Path, con: Connection, text: str, column: Column, decimal: str = ","
) -> tuple[object, str | None, bool]:
    """Return the value of a cell after conforming, the code that it got, and whether altered."""
    known = contract(column, decimal)
    readers.read(known, write(folder, f'k;c\nK1;"{text}"\n'), con)
    conform.conform(known, con)
    value, reasons, altered = con.execute("SELECT c, _reasons, _altered FROM typed").fetchall()[0]
    assert reasons is None or [reason["column"] for reason in reasons] == ["c"]
    return value, reasons and reasons[0]["code"], altered


def column(kind: FieldType, **more: Any) -> Column:
    return replace(Column("c", "c", kind, ""), **more)


CODED = column(T.TEXT, codes=KINDS)
DATES = [
    ("14-08-2026", datetime.date(2026, 8, 14), None, False),
    ("1-2-2026", DAY, None, False),
    ("2026-02-01", DAY, None, False),
    ("20260201", DAY, None, True),
    ("  01-02-2026\u00a0", DAY, None, True),
    ("01-02-26", DAY, "V423", True),
    ("2026-02-01 00:00:00", DAY, "V424", True),
    ("01-02-2026T13:45", DAY, "V424", True),
    ("31-02-2026", None, "V403", False),
    ("32-01-2026", None, "V403", False),
    ("01-02-0026", None, "V403", False),
    ("01-02-2026 13:45 of later", None, "V402", False),
    ("01/02/2026", None, "V402", False),
    ("46054", None, "V402", False),
    ("volgende week", None, "V402", False),
    ("31-12-9999", None, "V426", False),
    ("01-01-1900", None, "V426", False),
]
WHOLE = [
    ("12", 12, None, False),
    ("-3", -3, None, False),
    ("007", 7, None, True),
    (" 12 ", 12, None, True),
    ("1.234", 1234, None, True),
    ("12,0", 12, None, True),
    ("1,5", None, "V404", False),
    ("12.5", None, "V404", False),
    ("1e3", None, "V404", False),
    ("99999999999999999999", None, "V404", False),
    ("#WAARDE!", None, "V420", False),
]
NUMBERS = [
    ("12,5", 12.5, None, False),
    ("12", 12.0, None, False),
    ("1.234,50", 1234.5, None, True),
    ("1.234.567", 1234567.0, None, True),
    ("€ 12,50", 12.5, None, True),
    ("12.5", 12.5, "V422", True),
    ("1.234", None, "V421", False),
    ("nan", None, "V405", False),
    ("1e5", None, "V405", False),
]
POINT_NUMBERS = [("12.5", 12.5, None, False), ("1,234.5", 1234.5, None, True)]
FLAGS = [
    *((text, True, None, False) for text in ("J", "ja", "1", "WAAR", "true", "x")),
    *((text, False, None, False) for text in ("N", "nee", "0", "ONWAAR", "false")),
    (" ja ", True, None, True),
    ("misschien", None, "V406", False),
]
POSTCODES = [
    ("1234AB", "1234AB", None, False),
    ("1234 ab", "1234AB", None, True),
    ("0123AB", None, "V407", False),
    ("1234", None, "V407", False),
]
AREAS = [
    ("BU99010101", "BU99010101", None, False),
    ("wk990101  ", "WK990101", None, True),
    ("GM99", None, "V408", False),
]
PERIODS = [
    ("2026K3", "2026K3", None, False),
    ("2025K4/2026K3", "2025K4/2026K3", None, False),
    ("2026", "2026", None, False),
    ("2026-Q2", "2026K2", None, True),
    ("k2 2025", "2025K2", None, True),
    ("2026K5", None, "V409", False),
]
CODES = [
    ("balie", "balie", None, False),
    (" Balie", "balie", None, True),
    ("aan de balie", "balie", "V414", True),
    ("fax", None, "V413", False),
]
TEXTS = [
    ("gewoon", "gewoon", None, False),
    (" rand \t", "rand", None, True),
    ("Émile", "Émile", None, False),
    ("#REF!", None, "V420", False),
    ("1,23457E+08", None, "V427", False),
    ("#1 in de wijk", "#1 in de wijk", None, False),
]
MISSING = [
    ("n.v.t.", None, "V415", False),
    ("#N/B", None, "V415", False),
    ("onbekend", None, "V416", False),
    (" - ", None, "V416", False),
    ("   ", None, None, False),
]
CASES = [
    *((column(T.DATE), ",", *case) for case in DATES),
    *((column(T.INTEGER), ",", *case) for case in WHOLE),
    *((column(T.NUMBER), ",", *case) for case in NUMBERS),
    *((column(T.NUMBER), ".", *case) for case in POINT_NUMBERS),
    *((column(T.BOOLEAN), ",", *case) for case in FLAGS),
    *((column(T.PC6), ",", *case) for case in POSTCODES),
    *((column(T.AREA), ",", *case) for case in AREAS),
    *((column(T.PERIOD), ",", *case) for case in PERIODS),
    *((CODED, ",", *case) for case in CODES),
    *((column(T.TEXT), ",", *case) for case in TEXTS),
    *((column(kind), ",", *case) for kind in (T.TEXT, T.DATE, T.NUMBER) for case in MISSING),
]


@pytest.mark.parametrize(
    ("known", "decimal", "text", "value", "code", "altered"),
    CASES,
    ids=[f"{case[0].type.value} {case[2]!r}" for case in CASES],
)
def test_a_cell_is_read_in_the_one_way_that_it_can_be_read(
    tmp_path: Path,
    con: Connection,
    known: Column,
    decimal: str,
    text: str,
    value: object,
    code: str | None,
    altered: bool,
) -> None:
    assert cell(tmp_path, con, text, known, decimal) == (value, code, altered)


LIMITS = [
    (column(T.INTEGER, minimum=0), "-1", "V410"),
    (column(T.INTEGER, maximum=10), "11", "V411"),
    (column(T.NUMBER, maximum=0.5), "0,6", "V411"),
    (column(T.TEXT, max_length=3), "vier", "V412"),
    (column(T.TEXT, pattern="^[a-z]+$"), "A1", "V425"),
    (column(T.INTEGER, codes={"1": "een", "2": "twee"}), "3", "V413"),
    (column(T.DATE, required=True), "", "V401"),
    (column(T.DATE, required=True), "onbekend", "V401"),
    (column(T.TEXT, required=True, missing=(".",)), "  .", "V401"),
]


@pytest.mark.parametrize(("known", "text", "code"), LIMITS)
def test_a_limit_of_the_contract_is_kept(
    tmp_path: Path, con: Connection, known: Column, text: str, code: str
) -> None:
    assert cell(tmp_path, con, text, known)[1] == code


def test_a_text_that_the_contract_calls_missing_is_null_without_a_word(
    tmp_path: Path, con: Connection
) -> None:
    known = column(T.INTEGER, missing=(".", "99999"))

    for text in (".", "       .", "99999"):
        assert cell(tmp_path, con, text, known) == (None, None, False)


def test_a_word_for_missing_that_is_a_code_is_that_code(tmp_path: Path, con: Connection) -> None:
    known = column(T.TEXT, codes={"onbekend": "Weten wij niet", "ja": "Ja"})

    assert cell(tmp_path, con, "onbekend", known) == ("onbekend", None, False)


def test_an_unknown_code_gets_the_codes_that_resemble_it_and_its_own_text_is_kept_nowhere(
    tmp_path: Path, con: Connection
) -> None:
    cell(tmp_path, con, "tellefoon", CODED)

    assert rows(con, "FROM hints") == [(2, "c", "telefoon")]
    kept = [t for (t,) in rows(con, "SELECT table_name FROM duckdb_tables()") if t != "loaded"]
    assert "tellefoon" not in "".join(str(rows(con, f"FROM {table}")) for table in kept)
