"""What must hold of every file, however it was damaged: each breach is one sentence.

`read_faults` looks at the reading alone, `judged` at the whole way to the answer of a partner.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.fuzz.carriers import Delivery
from benchmarks.fuzz.mutations import Damaged
from flows.settings import Town
from flows.steps.check import as_json
from flows.steps.judge import judge
from reports import feedback
from sources import conform, pseudonyms, readers
from sources.inbox import parcel
from sources.keys import RANDOM_BYTES, Keys
from sources.readers.reading import Reading, quoted
from sources.store import Connection
from sources.verdict import Level, Records, Verdict

KEYS = Keys(raw=bytes(64), pseudonym=bytes(RANDOM_BYTES - 64), id="k00000000")
AT = datetime(2026, 10, 20, 9, tzinfo=UTC)

_FRAGMENTS = re.compile(r"rij (\d+) tot en met (\d+)")
_NEAR = 20  # lines that a broken row can take with it
_PARTS = {
    "header",
    "preamble",
    "blank",
    "excluded",
    "accepted",
    "quarantined",
}

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of a file in one word, and everything that is wrong about that."""

    outcome: str
    faults: tuple[str, ...]


def read(damaged: Damaged, path: Path, con: Connection) -> Looked:
    """Read a file and hold the reading against what must be true of it."""
    reading = readers.read(damaged.delivery.contract, path, con)
    return Looked(_outcome(reading), tuple(read_faults(damaged, reading, con)))


def typed(damaged: Damaged, path: Path, con: Connection, town: Town) -> Looked:
    """Read a file and give its cells their types too."""
    looked = read(damaged, path, con)
    if not looked.outcome.startswith("refused"):
        contract = damaged.delivery.contract
        kept = con.execute("SELECT _row FROM text ORDER BY _row").fetchall()
        municipality = town.agreement.general.municipality
        pseudonyms.replace(contract, con, KEYS, municipality=municipality)
        conform.conform(contract, con)
        if con.execute("SELECT _row FROM typed ORDER BY _row").fetchall() != kept:
            return Looked(looked.outcome, (*looked.faults, "typed has other rows than text"))
    return looked


def judged(damaged: Damaged, path: Path, town: Town, places: Sequence[Connection]) -> Looked:
    """Judge a file twice, each time in a place of its own, and make the answer to its sender."""
    answers = [_judged(damaged, path, town, con) for con in places]
    (verdict, files), *others = answers
    faults = list(_verdict_faults(damaged, verdict, places[0]))
    faults += ["judged twice is not the same" for other in others if other != answers[0]]
    whole = as_json(verdict).encode() + b"".join(_unpacked(files.values()))
    faults += list(_told(damaged.delivery, whole.decode("utf-8", "replace"), "the answer"))
    return Looked(f"judged: {verdict.outcome.value}", tuple(faults))


def _judged(
    damaged: Damaged, path: Path, town: Town, con: Connection
) -> tuple[Verdict, dict[str, bytes]]:
    contract = damaged.delivery.contract
    sent = parcel(path, partner="welzijn", contract=contract.id, period="2026K3", number=1)
    verdict = judge(town, sent, keys=KEYS, staged=con, store=None, at=AT).verdict
    names = ", ".join(quoted(column.name) for column in contract.columns)
    refused = [
        feedback.RefusedRow(row, tuple(codes), tuple(cells))
        for row, codes, *cells in (
            con.execute(
                f"SELECT _row, codes, {names} FROM quarantine JOIN text USING (_row) ORDER BY _row"
            ).fetchall()
            if _has(con, "quarantine") and _has(con, "text")
            else []
        )
    ]
    answer = feedback.Answer(
        partner="Welzijn",
        contract=contract,
        period="2026K3",
        number=1,
        file_name="GM9901_welzijn_L00_2026K3_v1.csv",
        received_on=date(2026, 10, 20),
        verdict=verdict,
        refused=lambda: refused,
    )
    return verdict, dict(feedback.render(answer))


def _has(con: Connection, table: str) -> bool:
    query = "SELECT count(*) FROM information_schema.tables WHERE table_name = ?"
    return bool(con.execute(query, [table]).fetchall() != [(0,)])


def _outcome(reading: Reading) -> str:
    if reading.refused:
        codes = {f.code for f in reading.findings if f.level is Level.REFUSE_FILE}
        return "refused: " + " ".join(sorted(codes))
    return "read, some rows refused" if reading.records.quarantined else "read, all rows"


def read_faults(damaged: Damaged, reading: Reading, con: Connection) -> Iterator[str]:
    """Yield what is wrong about a reading."""
    yield from _told(damaged.delivery, str(reading.findings), "a finding of the reader")
    yield from _sense(reading.records)
    stops = [f for f in reading.findings if f.level is Level.REFUSE_FILE]
    if reading.refused:
        if not stops:
            yield "refused, and nothing says why"
        return
    if stops:
        yield f"not refused, but {stops[0].code} says so"
    yield from _row_faults(damaged, reading, con)


def _sense(records: Records) -> Iterator[str]:
    if not records.balances():
        yield f"records do not balance: {records}"
    if min(getattr(records, name) for name in _PARTS) < 0:
        yield f"fewer than none: {records}"


def _row_faults(damaged: Damaged, reading: Reading, con: Connection) -> Iterator[str]:
    columns = [column.name for column in damaged.delivery.contract.columns]
    names = ", ".join(map(quoted, columns))
    found = con.execute(f"SELECT _row, {names} FROM text").fetchall()
    numbers = [row for row, *_ in found]
    records = reading.records
    if len(found) != records.accepted:
        yield f"{records.accepted} rows said, {len(found)} there"
    if any(one >= other for one, other in pairwise(numbers)):
        yield "rows not in the order of the file, or twice"
    yield from _place_faults(damaged, reading, numbers)
    yield from _refused_faults(reading)
    if damaged.style and damaged.lines:
        yield from _count_faults(damaged, records, found)
    if damaged.whole:
        wrong = list(_untouched_faults(damaged, reading, columns, found))
        yield from (f"{each}, and {len(wrong) - 1} more" for each in wrong[:1])


def _place_faults(damaged: Damaged, reading: Reading, numbers: list[int]) -> Iterator[str]:
    last = damaged.lines or 1_048_576
    odd = [row for row in numbers if not 1 <= row <= last]
    odd += [f.row for f in reading.findings if f.row is not None and not 1 <= f.row <= last]
    if odd:
        yield f"row {odd[0]} of {last}"


def _refused_faults(reading: Reading) -> Iterator[str]:
    """Hold the number of refused rows against the findings that name them."""
    named: set[int] = set()
    for finding in reading.findings:
        if finding.level is Level.REFUSE_ROW and finding.row:
            broken = _FRAGMENTS.search(finding.message)
            first, last = map(int, broken.groups()) if broken else (finding.row, finding.row)
            named.update(range(first, last + 1))
    if len(named) != reading.records.quarantined:
        yield f"{reading.records.quarantined} rows refused, {len(named)} named"


def _count_faults(damaged: Damaged, records: Records, found: list[Row]) -> Iterator[str]:
    """Hold the records against the lines: a line end within a cell takes a line more."""
    inside = sum(len(_ENDS.findall(str(cell))) for row in found for cell in row[1:] if cell)
    most = damaged.lines
    if not records.physical <= most:
        yield f"{records.physical} records in {most} lines"
    if b'"' not in damaged.data and b"'" not in damaged.data and records.physical != most:
        yield f"{records.physical} records in {most} lines without a quote"
    if records.physical + inside > most:
        yield f"{records.physical} records and {inside} line ends in {most} lines"


_ENDS = re.compile(r"\r\n|\r|\n")


def _untouched_faults(
    damaged: Damaged, reading: Reading, columns: list[str], found: list[Row]
) -> Iterator[str]:
    """Hold every row that was left alone against the same row of the faultless file."""
    if 0 not in damaged.origin:  # another header gives the columns another meaning
        return
    clean = _clean(damaged.delivery)
    header = damaged.origin.index(0) + 1
    there = {row: tuple(cells) for row, *cells in found}
    bad = [f.row for f in reading.findings if f.level is Level.REFUSE_ROW and f.row]
    lost = {n for n, name in enumerate(columns) if all(c[n] is None for c in there.values())}
    decoded = any(f.code == "B109" for f in reading.findings)
    was_cp1252 = damaged.style is not None and damaged.style.encoding == "cp1252"
    for number, origin in enumerate(damaged.origin, start=1):
        if not origin or number < header:  # touched, or a header, or above it
            continue
        cells = there.get(number)
        if cells is None:
            broken = any(row <= number < row + _NEAR for row in bad)
            if not broken and not _inside(number, there):
                yield f"row {number} was left alone, and is not there"
            continue
        for n, (was, now) in enumerate(zip(clean[origin], cells, strict=True)):
            if (
                was != now
                and n not in lost
                and not (decoded and not was_cp1252 and was and not str(was).isascii())
            ):
                yield f"row {number}, {columns[n]}: {was!r} became {now!r}"


def _inside(number: int, there: dict[int, Row]) -> bool:
    """Return whether a line is part of a row that began above it."""
    above = [row for row in there if row < number]
    if not above:
        return False
    cells = there[max(above)]
    return max(above) + sum(len(_ENDS.findall(str(cell))) for cell in cells if cell) >= number


@lru_cache
def _clean(delivery: Delivery) -> list[Row]:
    """Return the rows as the contract's columns, the header's place empty."""
    header = delivery.rows[0]
    places = [
        header.index(c.header) if c.header in header else None for c in delivery.contract.columns
    ]
    return [
        tuple((cells[place] or None) if place is not None else None for place in places)
        for cells in delivery.rows
    ]


def _told(delivery: Delivery, text: str, where: str) -> Iterator[str]:
    folded = text.casefold()
    if any(secret.casefold() in folded for secret in delivery.secrets):
        yield f"{where} quotes a cell about a person"


def _verdict_faults(damaged: Damaged, verdict: Verdict, con: Connection) -> Iterator[str]:
    yield from _sense(verdict.records)
    if verdict.accepted:
        (rows,) = con.execute("SELECT count(*) FROM accepted").fetchall()[0]
        if rows != verdict.records.accepted:
            yield f"{verdict.records.accepted} rows accepted, {rows} there"
    named = {f.row for f in verdict.findings if f.level is Level.REFUSE_ROW}
    if _has(con, "quarantine"):
        silent = {row for (row,) in con.execute("SELECT _row FROM quarantine").fetchall()} - named
        if silent:
            yield f"row {min(silent)} refused, and nothing says why"


def _unpacked(files: Iterable[bytes]) -> Iterator[bytes]:
    """Yield each file of an answer, of a workbook its parts."""
    for content in files:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                yield from map(opened.read, opened.namelist())
        else:
            yield content
