"""Text files written otherwise than agreed: what is read, what falls out, and what is said."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import intake
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from intake import HEADER, VISITS, codes, read, rows, write

from sources.contracts.model import Column, Contract, FieldType
from sources.store import Connection
from sources.verdict import Level, Records

A = "A1;14-08-2026;balie;3;WK990101"
B = "B2;15-08-2026;telefoon;4;WK990102"


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


def text(*lines: str, end: str = "\n") -> str:
    return "".join(line + end for line in lines)


def commas(line: str) -> str:
    return line.replace(";", ",")


def quoted(line: str) -> str:
    return '"' + line.replace(";", '";"') + '"'


REPAIRED = {
    # name: (content, rows that come out, codes that are told)
    "UTF-16": (text(HEADER, A).encode("utf-16"), [2], ["B142"]),
    "an old Mac": (text(HEADER, A, B, end="\r").encode(), [2, 3], []),
    "line ends mixed": (f"{HEADER}\r\n{A}\n{B}\r{A}".encode(), [2, 3, 4], []),
    "a Ctrl-Z and NULs at the end": (text(HEADER, A).encode() + b"\x1a\0\0", [2], []),
    "commas": (text(*map(commas, (HEADER, A, B))).encode(), [2, 3], ["B111"]),
    "tabs": (text(HEADER, A).replace(";", "\t").encode(), [2], ["B111"]),
    "upright strokes": (text(HEADER, A).replace(";", "|").encode(), [2], ["B111"]),
    "sep= and commas": (text("sep=,", commas(HEADER), commas(A)).encode(), [3], ["B111"]),
    "a preamble": (text("Bezoeken", "K3 2026;;;;", "", HEADER, A).encode(), [5], ["B155"]),
    "a header on two rows": (
        text("nr;datum;kanaal;;", ";;;aantal;gebied", A).encode(),
        [3],
        ["K215"],
    ),
    "the names twice": (text(HEADER, HEADER, A).encode(), [3], ["K211"]),
    "a unit in the header": (text(HEADER.replace("aantal", "Aantal (st)"), A).encode(), [2], []),
    "a name too near another": (text("nr;datm;kanaal;aantal;gebied", A).encode(), None, ["K201"]),
    "an empty name between": (
        text("nr;;datum;kanaal;aantal;gebied", A).encode(),
        [2],
        ["K208"],
    ),
    "columns without a name": (text(f"{HEADER};;", f"{A};;").encode(), [2], []),
    "delimiters after each row": (text(HEADER, f"{A};;", f"{B};;").encode(), [2, 3], []),
    "a total row": (text(HEADER, A, B, "Totaal;;;7;").encode(), [2, 3], ["R321"]),
    "a total row that is off": (
        text(HEADER, A, B, "Totaal;;;8;").encode(),
        [2, 3],
        ["B148", "R321"],
    ),
    "a footnote": (text(HEADER, A, "", "Bron: eigen registratie").encode(), [2], ["R322"]),
    "a second table": (text(HEADER, A, "", HEADER, B).encode(), None, ["B157"]),
    "a comma for everything": (
        text(*map(commas, (HEADER, A.replace(";3", ";3,5"), B.replace(";4", ";4,5")))).encode(),
        None,
        ["B141"],
    ),
    "a forbidden column": (text(f"{HEADER};Straat", f"{A};Dorpsweg").encode(), None, ["S901"]),
    "too many fields": (text(HEADER, A, f"{B};x").encode(), [2], ["R301"]),
    "an empty field too many in one row": (text(HEADER, A, f"{B};").encode(), [2], ["R301"]),
    "optional cells left out": (text(HEADER, A, "B2;15-08-2026").encode(), [2, 3], []),
    "required cells left out": (text(HEADER, A, "B2").encode(), [2], ["R302"]),
    "a loose quote": (
        text(HEADER, A, 'B2;15-08-2026;"te "lang" wachten";4;').encode(),
        [2, 3],
        ["R315"],
    ),
    "an open quote": (text(HEADER, 'A1;"14-08-2026;balie;3;', B).encode(), [3], ["R303"]),
    "a row in pieces": (text(HEADER, "A1;14-08-2026;ba", "lie;3;", B).encode(), [4], ["R313"]),
    "a row with commas": (text(HEADER, commas(A), B).encode(), [3], ["R314"]),
    "a NUL in a cell": (text(HEADER, A, "B2;\0;;;").encode(), [2], ["R312"]),
    "a byte of no character": (
        text(HEADER, "é;14-08-2026;;;", "B2;\x81;;;").encode("latin-1"),
        [2],
        ["B109", "R312"],
    ),
    "an empty field among quoted ones": (
        text(*map(quoted, (HEADER, A)), quoted(B).replace('";"', '";;"', 1)).encode(),
        [2, 3],
        ["R316"],
    ),
    "a delimiter too few among names": (
        text(HEADER.replace(";", '";"', 1).replace('";"', '"""', 1), A).encode(),
        [2],
        ["K208"],
    ),
    "another table below in another delimiter": (
        text(HEADER, A, B, *map(commas, (HEADER, A, B, A, B))).encode(),
        None,
        ["B157"],
    ),
    "only rows of another width": (text(HEADER, "A1", "B2;;;;;;").encode(), None, ["B110"]),
}


@pytest.mark.parametrize(("content", "numbers", "told"), REPAIRED.values(), ids=REPAIRED.keys())
def test_a_messy_file_is_read_where_there_is_one_reading_and_says_so(
    tmp_path: Path, con: Connection, content: bytes, numbers: list[int] | None, told: list[str]
) -> None:
    reading = read(write(tmp_path, content), con)

    assert reading.refused == (numbers is None)
    assert set(told) <= set(codes(reading.findings))
    assert reading.refused or sorted(codes(reading.findings)) == sorted(told)
    assert all(finding.how_to_mend for finding in reading.findings)
    if numbers is not None:
        found = rows(con, "SELECT _row, datum, kanaal FROM text ORDER BY _row")
        assert [number for number, *_ in found] == numbers
        assert reading.records.accepted == len(numbers)


def test_one_broken_letter_makes_no_other_file_of_it(tmp_path: Path, con: Connection) -> None:
    whole = text(HEADER, "é;14-08-2026;balie;3;", "ë;14-08-2026;balie;3;").encode()

    reading = read(write(tmp_path, whole + b"caf\xe9;14-08-2026;balie;3;\n"), con)

    assert [(each.code, each.row) for each in reading.findings] == [("R312", 4)]
    assert rows(con, "SELECT _row, nr FROM text ORDER BY _row") == [(2, "é"), (3, "ë")]


def test_both_pieces_of_a_broken_row_fall_out_and_are_told_of_once(
    tmp_path: Path, con: Connection
) -> None:
    reading = read(write(tmp_path, text(HEADER, A, "B2;15-08-2026;te", "lang;4;", A)), con)

    assert reading.records == Records(physical=5, header=1, accepted=2, quarantined=2)
    assert [(f.code, f.row) for f in reading.findings] == [("R313", 3)]
    assert "rij 3 tot en met 4" in reading.findings[0].message


def test_a_loose_quote_stays_in_the_cell_and_the_column_is_named(
    tmp_path: Path, con: Connection
) -> None:
    line = 'B2;15-08-2026;"de "oude" haven";4;'

    reading = read(write(tmp_path, text(HEADER, line)), con)

    assert rows(con, "SELECT kanaal FROM text") == [('de "oude" haven',)]
    assert [(f.code, f.row, f.column) for f in reading.findings] == [("R315", 2, "kanaal")]


def test_a_loose_quote_in_a_row_of_two_lines_takes_both_lines(
    tmp_path: Path, con: Connection
) -> None:
    odd = 'B2;15-08-2026;de"haven;4;"twee\nregels"'

    reading = read(write(tmp_path, text(f"{HEADER};", odd, A)), con)

    assert rows(con, "SELECT _row FROM text") == [(2,), (4,)]
    assert [(f.code, f.row) for f in reading.findings if f.level is not Level.NOTE] == []
    assert (reading.records.physical, reading.records.accepted) == (3, 2)


def test_a_contract_with_overflow_keeps_what_is_too_much_in_its_last_column(
    tmp_path: Path, con: Connection
) -> None:
    contract = replace(VISITS, overflow=True)

    reading = read(write(tmp_path, text(HEADER, f"{A};en;meer")), con, contract)

    assert codes(reading.findings) == ["R317"]
    assert rows(con, "SELECT gebied FROM text") == [("WK990101;en;meer",)]


def test_a_contract_may_accept_a_file_without_names_by_position(
    tmp_path: Path, con: Connection
) -> None:
    reading = read(write(tmp_path, text(A, B)), con, replace(VISITS, positional=True))

    assert codes(reading.findings) == ["B147"]
    assert rows(con, "SELECT _row, nr, gebied FROM text ORDER BY _row") == [
        (1, "A1", "WK990101"),
        (2, "B2", "WK990102"),
    ]
    assert reading.records == Records(physical=2, accepted=2)


def test_two_delimiters_that_fit_equally_well_are_no_reading(
    tmp_path: Path, con: Connection
) -> None:
    column = Column("hapje", "hapje", FieldType.TEXT, "")
    contract = replace(VISITS, columns=(column,), key=("hapje",), rules=())

    reading = read(write(tmp_path, text("hapje", "koffie; thee", "brood, kaas")), con, contract)

    assert codes(reading.findings) == ["B140"]
    assert "koffie" not in str(reading.findings)


def test_a_file_of_a_thousand_columns_or_a_giant_cell_is_refused_before_it_is_parsed(
    tmp_path: Path, con: Connection
) -> None:
    wide = text(f"{HEADER};" + ";".join(f"k{n}" for n in range(600)), A)
    giant = text(HEADER, f'A1;14-08-2026;"{"x" * 2_000_000}";3;')

    assert codes(read(write(tmp_path, wide), con).findings) == ["B105"]
    assert codes(read(write(tmp_path, giant), con).findings) == ["B105"]


SEEDS = (text(HEADER, A, B), text(*map(quoted, (HEADER, A, B))), text(*map(commas, (HEADER, A, B))))
MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, 200), st.sampled_from(['"', ";", ",", "\n", "\r", "\0", "é", "", "'"])
    ),
    max_size=5,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(SEEDS), MUTATIONS)
def test_every_line_of_a_mutated_file_is_accounted_for(
    tmp_path: Path, con: Connection, seed: str, mutations: list[tuple[int, str]]
) -> None:
    for place, sign in mutations:
        seed = seed[:place] + sign + seed[place + 1 :]

    reading = read(write(tmp_path, seed), con)

    assert reading.records.balances()
    if not reading.refused:
        assert rows(con, "SELECT count(*) FROM text") == [(reading.records.accepted,)]
        refused = {f.row for f in reading.findings if f.level is Level.REFUSE_ROW}
        assert bool(refused) == bool(reading.records.quarantined)


def bare(*names: str) -> Contract:
    columns = tuple(Column(name, name, FieldType.TEXT, "", required=True) for name in names)
    return Contract("", "", "", "", "", columns, key=(), rules=(), bare=True)


def test_names_alone_are_enough_and_no_name_is_forbidden(tmp_path: Path, con: Connection) -> None:
    path = write(tmp_path, text("naam:straat:leeftijd", "x:y:3", "z:w"))

    reading = read(path, con, bare("naam", "leeftijd"))

    assert rows(con, "FROM text") == [(2, "x", "3")]
    assert sorted(codes(reading.findings)) == ["K203", "R302"]
