"""Every pollution of the specification behaves as specified, in three carriers each.

The faultless file of a carrier is the measure: what comes in of a polluted one is, cell by cell,
what comes in of the faultless one, less what is said to fall out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from pollution_files import Carrier, Sheet, sheet
from pollutions import Case, Polluted
from pollutions_books import BOOK_CASES
from pollutions_cells import CELL_CASES
from pollutions_text import TEXT_CASES

from flows.settings import EXAMPLE, Settings, Town
from flows.steps import demo
from flows.steps.bench import workbench
from flows.steps.judge import judge
from sources.inbox import parcel
from sources.keys import read_keys
from sources.store import staging
from sources.verdict import Finding, Level, Outcome, Verdict

pytestmark = pytest.mark.slow

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)

CASES = (*TEXT_CASES, *CELL_CASES, *BOOK_CASES)
RUNS = [(case, carrier) for case in CASES for carrier in case.carriers]

WORST = {"R": None, "N": Level.NOTE, "W": Level.WARNING, "J": Level.REFUSE_ROW}
ORDER = (None, Level.NOTE, Level.WARNING, Level.REFUSE_ROW, Level.REFUSE_FILE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and the accepted rows in the order of the file."""

    verdict: Verdict
    rows: pl.DataFrame


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return town_at(tmp_path_factory.mktemp("home"))


def town_at(home: Path) -> Town:
    places = Settings(agreement=EXAMPLE, home=home, key=home.with_name("sleutel"))
    demo.write_key(places.key)
    return places.open()


@pytest.fixture(scope="module")
def faultless(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Carrier], Judged]:
    """Judge the faultless file of a carrier, once."""

    @cache
    def found(carrier: Carrier) -> Judged:
        folder = tmp_path_factory.mktemp("faultless")
        good = judged(town, folder, carrier, Polluted(sheet(carrier).text()))
        assert good.verdict.outcome is Outcome.ACCEPTED, good.verdict.findings
        return good

    return found


def judged(town: Town, folder: Path, carrier: Carrier, polluted: Polluted) -> Judged:
    path = folder / f"levering.{polluted.ending}"
    path.write_bytes(polluted.content)
    sent = parcel(path, contract=carrier.contract)
    keys = read_keys(town.settings.key)
    with workbench() as bench, staging(path, bench) as place:
        told = judge(town, sent, keys=keys, staged=place, store=None, at=NOW)
        rows = pl.DataFrame()
        if told.verdict.outcome is not Outcome.REFUSED:
            rows = place.sql("FROM accepted ORDER BY _row").pl().drop("_row")
    return Judged(told.verdict, rows)


@pytest.mark.parametrize(
    ("case", "carrier"),
    RUNS,
    ids=[f"{case.number} {case.what} - {carrier.told}" for case, carrier in RUNS],
)
def test_a_pollution_does_what_the_specification_says(
    town: Town,
    faultless: Callable[[Carrier], Judged],
    tmp_path: Path,
    case: Case,
    carrier: Carrier,
) -> None:
    good = faultless(carrier)
    dirty = sheet(carrier)
    polluted = case.pollute(dirty)

    found = judged(town, tmp_path, carrier, polluted)

    assert found.verdict.records.balances()
    expected, codes = documented()[str(case.number), case.what]
    assert (expected, new_codes(found, good) - codes) == (case.expected, set()), told(found)
    assert (case.expected == "F") == (found.verdict.outcome is Outcome.REFUSED), told(found)
    if case.expected == "F":
        return
    new = new_findings(found, good)
    assert worst(new) is WORST[case.expected], told(found)
    assert lines(new) == expected_lines(polluted), told(found)
    assert_frame_equal(found.rows, expected_rows(good.rows, dirty, polluted, found.rows))


DOCUMENTED = Path(__file__).resolve().parents[1] / "docs" / "vervuilingen.md"


@cache
def documented() -> dict[tuple[str, str], tuple[str, set[str]]]:
    """Return the rows of the table in docs: what must happen, and the codes that tell of it."""
    rows = {}
    for row in DOCUMENTED.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        if cells[0].isdigit():
            number, what, expected, codes = cells
            rows[number, what] = (expected, set(codes.split()) - {"-"})
    return rows


def told(found: Judged) -> str:
    lines = [f"{f.code} {f.level} {f.row} {f.column}: {f.message}" for f in found.verdict.findings]
    return "\n".join([str(found.verdict.outcome), *lines[:20]])


def new_findings(found: Judged, good: Judged) -> list[Finding]:
    return [each for each in found.verdict.findings if each not in good.verdict.findings]


def new_codes(found: Judged, good: Judged) -> set[str]:
    return {each.code for each in new_findings(found, good)}


def worst(findings: Sequence[Finding]) -> Level | None:
    return max((each.level for each in findings), key=ORDER.index, default=None)


def lines(findings: Sequence[Finding]) -> set[int | None]:
    """Return the lines of the rows that the partner reads are refused."""
    return {each.row for each in findings if each.level is Level.REFUSE_ROW}


def expected_lines(polluted: Polluted) -> frozenset[int]:
    by_row = frozenset(row + 2 for row in polluted.lost)
    return by_row if polluted.refused is None else polluted.refused


def expected_rows(
    good: pl.DataFrame, dirty: Sheet, polluted: Polluted, found: pl.DataFrame
) -> pl.DataFrame:
    """Return the faultless rows less what is lost or blank; a masked cell is as it was found."""
    names = {c.header: c.name for c in dirty.contract.columns}
    kept = [row for row in range(good.height) if row not in polluted.lost]
    expected = good[kept].with_row_index("row")
    for row, header in polluted.blank | polluted.masked:
        name = names[header]
        here = pl.col("row") == kept.index(row)
        value = pl.lit(found[name][kept.index(row)] if (row, header) in polluted.masked else None)
        changed = pl.when(here).then(value).otherwise(pl.col(name)).cast(good.schema[name])
        expected = expected.with_columns(changed.alias(name))
    return expected.drop("row")


def test_every_pollution_of_the_specification_has_a_case_and_a_line_in_the_docs() -> None:
    of_a_round = {56, 57, 58, 59}  # about deliveries before: tests/test_protocol.py
    assert {case.number for case in CASES} | of_a_round == set(range(1, 71))
    assert all(len(case.carriers) == 3 for case in CASES)
    assert list(documented()) == [(str(case.number), case.what) for case in CASES]
