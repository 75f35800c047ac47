"""Damaged deliveries by the thousand: each is refused with words, or accounted for row by row.

`python -m benchmarks.fuzz` does the same for a hundred thousand, and shows one by its number.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

import binary_workbooks
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import account, giants, work
from benchmarks.fuzz.books import damaged_book
from benchmarks.fuzz.carriers import PLANTED, STYLES, Style, delivery
from benchmarks.fuzz.mutations import Damaged, damaged, flipped, shuffled
from benchmarks.fuzz.work import Bench
from sources import readers
from sources.readers.reading import Reading, note
from sources.verdict import Level, Records

pytestmark = pytest.mark.slow

SEED = 31
MEMORY = 1 << 30  # bytes that a giant may take above what a small file takes
SECONDS = 3.0


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with work.bench() as here:
        yield here


@pytest.mark.parametrize("first", range(0, 1_000, 250))
def test_every_damaged_file_is_refused_or_accounted_for(first: int, bench: Bench) -> None:
    tally = work.Tally()
    for number in range(first, first + 250):
        work.look_at(bench, tally, SEED, number)

    assert tally.breaches == []
    assert tally.outcomes.total() == 250


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.randoms(use_true_random=False))
def test_no_choice_of_damage_to_a_text_file_breaks_the_account(
    bench: Bench, random: Random
) -> None:
    looked = bench.look(damaged(random), way="read")

    assert looked.faults == ()


def test_the_same_number_is_the_same_file() -> None:
    for number in range(20):
        assert work.made(SEED, number).data == work.made(SEED, number).data
    assert work.made(SEED, 1).data != work.made(SEED + 1, 1).data


BINARY: dict[str, Callable[[Path, binary_workbooks.Lines], Path]] = {
    "xls": binary_workbooks.xls,
    "xlsb": binary_workbooks.xlsb,
    "ods": binary_workbooks.ods,
}


@pytest.mark.parametrize("kind", BINARY)
def test_an_old_or_odd_workbook_with_other_bytes_never_breaks_the_reader(
    kind: str, bench: Bench
) -> None:
    found = delivery("financien", planted=False)
    path = BINARY[kind](bench.folder / f"levering.{kind}", found.rows)
    whole = path.read_bytes()
    assert not readers.read(found.contract, path, bench.con).refused

    for number in range(150):
        random = Random(f"{kind} {number}")
        data = flipped(whole, random) if number % 3 else shuffled(whole, random)
        file = Damaged(found, None, data, (), 0, (), whole=False)
        assert bench.look(file, way="read").faults == (), number


# That the account can find something: what it must see is done to a reading that was good.


def _good(bench: Bench) -> tuple[Damaged, Reading]:
    found = delivery("partner_activiteiten", planted=True)
    lines = found.lines(STYLES[0])
    origin = tuple(range(len(lines)))
    file = Damaged(found, STYLES[0], b"".join(lines), (), len(lines), origin, whole=True)
    path = bench.folder / "goed.csv"
    path.write_bytes(file.data)
    return file, readers.read(found.contract, path, bench.con)


def _faults(file: Damaged, reading: Reading, bench: Bench) -> list[str]:
    return list(account.read_faults(file, reading, bench.con))


def test_a_good_reading_has_no_faults(bench: Bench) -> None:
    assert _faults(*_good(bench), bench) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            "DELETE FROM loaded WHERE rowid = 4", "12 rows said, 11 there", id="a row lost"
        ),
        pytest.param(
            "UPDATE loaded SET bijeenkomsten = '7' WHERE rowid = 4",
            "row 6, bijeenkomsten: '19' became '7', and 0 more",
            id="another value",
        ),
        pytest.param(
            "UPDATE loaded SET locatie = 'hal' WHERE rowid = 11",
            "row 13, locatie: None became 'hal', and 0 more",
            id="a value from nowhere",
        ),
    ],
)
def test_a_row_that_is_silently_wrong_is_seen(change: str, told: str, bench: Bench) -> None:
    file, reading = _good(bench)
    bench.con.execute(change)

    assert told in _faults(file, reading, bench)


def test_a_finding_with_a_text_about_a_person_is_seen(bench: Bench) -> None:
    file, good = _good(bench)
    told = (note("R315", f"Er staat {PLANTED.lower()}.", "Haal het weg.", row=3),)

    assert _faults(file, Reading(good.records, told), bench) == [
        "a finding of the reader quotes a cell about a person"
    ]


def test_a_refused_row_that_no_finding_names_is_seen(bench: Bench) -> None:
    file, good = _good(bench)
    records = Records(physical=13, header=1, accepted=11, quarantined=1)

    assert "1 rows refused, 0 named" in _faults(file, Reading(records, ()), bench)
    assert all(f.level is not Level.REFUSE_ROW for f in good.findings)


def test_a_line_of_which_nothing_became_is_seen(bench: Bench) -> None:
    file, _ = _good(bench)
    records = Records(physical=12, header=1, accepted=11)

    faults = _faults(file, Reading(records, ()), bench)
    assert "12 records in 13 lines without a quote" in faults


# Giants: the outcome, with the processor time and the memory that it took.

SCALE = {"zip bomb": 0.5, "zip bomb that lies": 0.5, "rows too wide": 0.1}
REFUSED = {
    "one line": {"B105"},
    "a header and one line": {"B105"},
    "one field": {"B105"},
    "columns in the header": {"B105"},
    "a line of quotes": {"B105"},
    "no header": {"K206"},
    "zip bomb": {"B105"},
    "zip bomb that lies": {"B105"},
    "a big cell": {"B105"},
    "a wide sheet": {"B105"},
}


@pytest.fixture(scope="module")
def apart() -> Iterator[ProcessPoolExecutor]:
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as pool:
        yield pool


@pytest.mark.parametrize("name", giants.GIANTS)
def test_a_giant_is_refused_or_read_at_once_in_little_memory(
    name: str, tmp_path: Path, apart: ProcessPoolExecutor
) -> None:
    path = giants.write(name, tmp_path / "reus", SCALE.get(name, 0.25))
    codes, seconds, memory = apart.submit(_giant, path).result()

    assert REFUSED.get(name, codes) <= codes
    assert seconds < SECONDS
    assert memory < MEMORY


def _giant(path: Path) -> tuple[set[str], float, int]:
    """Read a giant; return the codes that refuse it, and what it took."""
    contract = delivery(giants.CONTRACT, planted=False).contract
    with work.bench() as here:
        place = path.rename(here.folder / path.name)
        before, begin = _peak(), time.process_time()
        reading = readers.read(contract, place, here.con)
        took, after = time.process_time() - begin, _peak()
    stops = {f.code for f in reading.findings if f.level is Level.REFUSE_FILE}
    assert bool(stops) is reading.refused
    return stops, took, after - before


def _peak() -> int:
    """Return the most bytes in memory since the last call, and forget that (Linux)."""
    [line] = [x for x in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in x]
    Path("/proc/self/clear_refs").write_text("5")
    return int(line.split()[1]) << 10


def test_a_workbook_with_other_cells_keeps_the_rows_that_were_left_alone(bench: Bench) -> None:
    held = 0
    for number in range(60):
        file = damaged_book(Random(f"cells {number}"))
        looked = bench.look(file, way="read")
        assert looked.faults == (), number
        held += file.whole and not looked.outcome.startswith("refused")

    assert held > 10


# Defects that damaged files brought to light.


def _read(bench: Bench, *lines: bytes) -> Reading:
    path = bench.folder / "levering.csv"
    path.write_bytes(b"".join(lines))
    return readers.read(delivery(giants.CONTRACT, planted=False).contract, path, bench.con)


def test_a_total_with_fewer_cells_than_columns_is_a_total(bench: Bench) -> None:
    lines = delivery(giants.CONTRACT, planted=False).lines(STYLES[0])
    reading = _read(bench, *lines, b"Subtotaal: 2026\n")

    assert (reading.records.accepted, reading.records.excluded) == (12, 1)
    assert [finding.code for finding in reading.findings] == ["R321"]


def test_a_row_glued_to_the_column_names_is_not_quoted(bench: Bench) -> None:
    header, first, *lines = delivery("partner_activiteiten", planted=True).lines(STYLES[0])
    reading = _read(bench, header.rstrip(), b";Jansen;999900006;", first, *lines)

    assert "K203" in {finding.code for finding in reading.findings}
    said = str(reading.findings)
    assert "999900006" not in said
    assert "jansen" not in said.casefold()


def test_other_columns_are_named_where_they_are_names(bench: Bench) -> None:
    header, *lines = delivery("partner_activiteiten", planted=True).lines(STYLES[0])
    reading = _read(bench, header.rstrip() + b";kleur\n", *(x.rstrip() + b";\n" for x in lines))

    [said] = [finding.message for finding in reading.findings if finding.code == "K203"]
    assert "`kleur`" in said


def test_empty_lines_are_all_counted_and_keep_the_row_numbers(bench: Bench) -> None:
    header, *lines = delivery("partner_activiteiten", planted=True).lines(STYLES[0])
    reading = _read(bench, header, b"\n" * 9, lines[0], b"\n \n\r\n", b"1;2\n\n", *lines[1:])

    assert (reading.records.blank, reading.records.quarantined) == (13, 1)
    numbers = bench.con.execute("SELECT _row FROM text ORDER BY _row").fetchall()
    assert [row for (row,) in numbers] == [11, *range(17, 28)]
    assert [f.row for f in reading.findings if f.code == "R302"] == [15]


@pytest.mark.parametrize("odd", [b'""\n', b'""\n\n', b'"";""\n', b"x\n"])
def test_very_many_lines_that_are_no_row_cost_little_each(odd: bytes, bench: Bench) -> None:
    lines = delivery(giants.CONTRACT, planted=False).lines(STYLES[0])
    many = 40_000

    begin = time.process_time()
    reading = _read(bench, *lines[:5], odd * many, *lines[5:])
    took = time.process_time() - begin

    records = reading.records
    assert records.blank + records.quarantined == many * odd.count(b"\n")
    assert (records.header, records.accepted) == (1, 12)
    assert took < SECONDS


def test_empty_lines_within_the_column_names_are_counted_too(bench: Bench) -> None:
    header, *lines = delivery("partner_activiteiten", planted=True).lines(STYLES[0])
    reading = _read(bench, header.replace(b";", b"\n\n\n;", 1), *lines)

    assert (reading.records.header, reading.records.blank, reading.records.physical) == (2, 2, 16)


def test_a_piece_of_a_row_behind_damaged_column_names_is_not_quoted(bench: Bench) -> None:
    header, *lines = delivery("partner_activiteiten", planted=True).lines(STYLES[0])
    names = header.rstrip().split(b";")
    reading = _read(bench, b";".join((*names[:-2], b"uitko", b"", b"Jansen")) + b"\n", *lines)

    assert {"K203", "K208"} <= {finding.code for finding in reading.findings}
    assert "jansen" not in str(reading.findings).casefold()


TABLES = [
    ("in another delimiter", STYLES[2], 1, 1),
    ("with fewer columns", STYLES[0], 1, 0),
]


@pytest.mark.parametrize(
    ("style", "fewer_above", "fewer"),
    [case[1:] for case in TABLES],
    ids=[case[0] for case in TABLES],
)
def test_a_table_above_another_one_is_no_text_above_the_column_names(
    style: Style, fewer_above: int, fewer: int, bench: Bench
) -> None:
    ours = delivery(giants.CONTRACT, planted=False)
    above = replace(ours, rows=tuple(row[: len(row) - fewer_above] for row in ours.rows))
    below = replace(
        ours, rows=tuple(row[: len(row) - fewer] for row in (*ours.rows, *ours.rows[1:]))
    )
    reading = _read(bench, *above.lines(STYLES[0]), *below.lines(style))

    assert [f.code for f in reading.findings if f.level is Level.REFUSE_FILE] == ["B157"]
