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
from sources.contracts.generic import possible
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
    assert {reason["column"] for reason in reasons or []} <= {"c"}
    assert {reason["code"] for reason in reasons or []} <= set(possible(column))
    return value, reasons and " ".join(reason["code"] for reason in reasons), altered


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
    ("14/08/2026", datetime.date(2026, 8, 14), "V429", True),
    ("14.08.2026", datetime.date(2026, 8, 14), "V429", True),
    ("1.2.2026", DAY, "V429", True),
    ("1 feb 2026", DAY, "V429", True),
    ("01-FEB-2026", DAY, "V429", True),
    ("1 februari 2026", DAY, "V429", True),
    ("1-feb.-26", DAY, "V423 V429", True),
    ("31 feb 2026", None, "V403", False),
    ("1 febr 2026", None, "V402", False),
    ("1 Jansen 2026", None, "V402", False),
    ("NaN", None, "V416", False),
    ("2026/02/01", DAY, "V429", True),
    ("8/14/2026 0:00", datetime.date(2026, 8, 14), "V424 V430", True),
    ("08-14-2026", datetime.date(2026, 8, 14), "V430", True),
    ("14/08/26", datetime.date(2026, 8, 14), "V423 V429", True),
    ("01/02/2026", None, "V431", False),
    ("01-02-45", None, "V442", False),
    ("01-02-85", datetime.date(1985, 2, 1), "V423", True),
    ("46054", None, "V433", False),
    ("31/13/2026", None, "V431", False),
    ("05/05/2026", datetime.date(2026, 5, 5), "V429", True),
    ("01/01/1900 00:00:00", None, "V426", False),
    ("1900-01-01 00:00:00", None, "V426", False),
    ("31.12.9999", None, "V426", False),
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
    ("12.0", 12, "V422", True),
    ("€ 12", 12, None, True),
    ("12-", -12, None, True),
    ("(1.234)", -1234, None, True),
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
    ("12,50 €", 12.5, None, True),
    ("EUR 12,50", 12.5, None, True),
    ("€\u00a01.234,50", 1234.5, None, True),
    ("12,50-", -12.5, None, True),
    ("-12,50", -12.5, None, False),
    ("−12,50", -12.5, None, True),
    ("(12,50)", -12.5, None, True),
    ("€ -12,50", -12.5, None, True),
    ("€ 12,-", 12.0, None, True),
    ("(12,50", None, "V405", False),
    ("-(12)", None, "V405", False),
    ("--12", None, "V405", False),
    ("1,234.50", 1234.5, "V422", True),
    ("1,234,567", 1234567.0, "V422", True),
    ("0.125", 0.125, "V422", True),
    ("12.5", 12.5, "V422", True),
    ("1.234", None, "V421", False),
    ("nan", None, "V416", False),
    ("inf", None, "V405", False),
    ("1e5", None, "V405", False),
]
SCALED = [
    ("1.234", 1234.0, None, True),
    ("1,23", 1.23, None, False),
    ("1,234", None, "V421", False),
    ("0,125", 0.125, None, True),
    ("12.5", 12.5, "V422", True),
]
FOUR_DIGITS = [
    ("1234", "1234", "V434", True),
    ("1234AB", "1234AB", None, False),
    ("0123", None, "V407", False),
]
POINT_NUMBERS = [("12.5", 12.5, None, False), ("1,234.5", 1234.5, None, True)]
FLAGS = [
    *((text, True, None, False) for text in ("J", "ja", "1")),
    *((text, False, None, False) for text in ("N", "nee", "0")),
    *((text, True, None, True) for text in ("j", "Ja", "WAAR", "true", "x")),
    *((text, False, None, True) for text in ("n", "NEE", "ONWAAR", "false")),
    (" ja ", True, None, True),
    ("misschien", None, "V406", False),
]
POSTCODES = [
    ("1234AB", "1234AB", None, False),
    ("1234 ab", "1234AB", None, True),
    ("0123 AB", None, "V407", False),
    ("123AB", None, "V407", False),
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
    *((text, None, "V435", False) for text in ("3-jan", "03-jan", "jan-03", "3-mrt-2026")),
    ("2026-01-03", None, "V435", False),
    ("1,23457E+08", None, "V427", False),
]
ACCENTS = {"fin": "Financiële hulp", "ov": "Één op één", "é": "Anders"}
ACCENTED = [
    ("Financiële hulp", "fin", "V414", True),
    ("FinanciÃ«le hulp", "fin", "V439", True),
    ("Ã‰Ã©n op Ã©Ã©n", "ov", "V439", True),
    ("Ã©", "é", "V439", True),
    ("FinanciÃ«le hulpen", None, "V413", False),
]
PADDED = {"0344": "Utrecht", "0010": "Delfzijl", "12": "Twaalf"}
ZEROS = [
    ("0344", "0344", None, False),
    ("344", "0344", None, True),
    ("10", "0010", None, True),
    ("010", "0010", None, True),
    ("12", "12", None, False),
    ("0", None, "V413", False),
    ("345", None, "V413", False),
]
UNLISTED = [("01012345", "01012345", None, False), ("1012345", "01012345", "V418", True)]
TEXTS = [
    ("gewoon", "gewoon", None, False),
    (" rand \t", "rand", None, True),
    ("Émile", "Émile", None, False),
    ("#REF!", None, "V420", False),
    ("1,23457E+08", None, "V427", False),
    ("1e+15", None, "V427", False),
    ("=1+1", "=1+1", "V440", False),
    ("+ extra hulp", "+ extra hulp", None, False),
    ("@home", "@home", None, False),
    ("\u200bonzichtbaar\ufeff", "onzichtbaar", None, True),
    ("\u202fsmal\u3000", "smal", None, True),
    ("cafÃ©", "cafÃ©", "V438", False),
    ("â\u201a¬ 5", "â\u201a¬ 5", "V438", False),
    ("Ãngel Â­ Åsa", "Ãngel Â­ Åsa", "V438", False),
    ("Ångström, Ähnlich", "Ångström, Ähnlich", None, False),
    ("op 01-02-2026 12:30", "op 01-02-2026 12:30", None, False),
    ("#", "#", None, False),
    ("#1 in de wijk", "#1 in de wijk", None, False),
]
MISSING = [
    ("n.v.t.", None, "V415", False),
    ("Nvt", None, "V415", False),
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
    *((column(T.TEXT, codes=ACCENTS), ",", *case) for case in ACCENTED),
    *((column(T.TEXT, codes=PADDED, pad=4), ",", *case) for case in ZEROS),
    *((column(T.TEXT, pad=8), ",", *case) for case in UNLISTED),
    *((column(T.NUMBER, decimals=2), ",", *case) for case in SCALED),
    *((column(T.PC6, pc4=True), ",", *case) for case in FOUR_DIGITS),
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


def test_a_control_character_within_a_text_refuses_the_cell(con: Connection) -> None:
    """A reader of text refuses such a row itself; a workbook can still hold one."""
    con.execute("CREATE TABLE loaded AS SELECT 2::BIGINT AS _row, 'K1' AS k, 'bel' || chr(7) AS c")
    con.execute("CREATE VIEW text AS FROM loaded")

    conform.conform(contract(column(T.TEXT)), con)

    assert rows(con, "SELECT c, _reasons[1].code FROM typed") == [(None, "V441")]


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
    (column(T.TEXT, required=True), "n.v.t.", "V401"),
    (column(T.INTEGER, required=True, missing=("9999",)), "9999", "V401"),
    (column(T.INTEGER, missing=("9999",)), "9999", "V428"),
    (column(T.TEXT, missing=("nvt", "-")), "nvt", "V415"),
    (column(T.TEXT, missing=("nvt", "-")), "-", "V416"),
    (column(T.DATE, required=True), "31-12-9999", "V401"),
    (column(T.TEXT, pattern="^[a-z]+$"), "3-jan", "V435"),
]


@pytest.mark.parametrize(("known", "text", "code"), LIMITS)
def test_a_limit_of_the_contract_is_kept(
    tmp_path: Path, con: Connection, known: Column, text: str, code: str
) -> None:
    assert cell(tmp_path, con, text, known)[1] == code


def test_a_text_that_the_contract_calls_missing_is_null_without_a_word(
    tmp_path: Path, con: Connection
) -> None:
    known = column(T.INTEGER, missing=(".",))

    for text in (".", "       ."):
        assert cell(tmp_path, con, text, known) == (None, None, False)


def test_a_word_for_missing_that_is_a_code_is_that_code(tmp_path: Path, con: Connection) -> None:
    known = column(T.TEXT, codes={"onbekend": "Weten wij niet", "ja": "Ja"})

    assert cell(tmp_path, con, "onbekend", known) == ("onbekend", None, False)


def test_a_word_for_missing_that_is_a_label_is_its_code(tmp_path: Path, con: Connection) -> None:
    known = column(T.TEXT, codes={"9": "Onbekend", "1": "Ja"})

    assert cell(tmp_path, con, "onbekend", known) == ("9", "V414", True)


def test_a_label_of_two_codes_tells_nothing(tmp_path: Path, con: Connection) -> None:
    known = column(T.TEXT, codes={"31": "Overig", "32": "Overig"})

    assert cell(tmp_path, con, "overig", known) == (None, "V413", False)


def test_an_unknown_code_gets_the_codes_that_resemble_it_and_its_own_text_is_kept_nowhere(
    tmp_path: Path, con: Connection
) -> None:
    cell(tmp_path, con, "tellefoon", CODED)

    assert rows(con, "FROM hints") == [(2, "c", "telefoon")]
    kept = [t for (t,) in rows(con, "SELECT table_name FROM duckdb_tables()") if t != "loaded"]
    assert "tellefoon" not in "".join(str(rows(con, f"FROM {table}")) for table in kept)
