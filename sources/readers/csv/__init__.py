"""Delimited text: an own look at the bytes first, then DuckDB with nothing left to guess.

The contract says which columns there are; the pre-flight (`survey`) finds where they stand and how
the file is written, and accounts for every line. A file in which each line is a row goes to DuckDB
as it is; of another the good records are written to a private copy. DuckDB never detects, and its
row count is held against our own: if they differ, nothing is read.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sources.contracts.model import Contract
from sources.readers import rows, totals
from sources.readers.csv import below, body, encoding, layout, lines, top
from sources.readers.csv.choice import DELIMITERS
from sources.readers.csv.decimals import refuse_decimal_commas
from sources.readers.csv.grammar import Grammar
from sources.readers.csv.lines import Lines, Numbers
from sources.readers.csv.remarks import no_good_rows, no_rows, unsure
from sources.readers.header import Header, match, resembles
from sources.readers.loaded import finish, select
from sources.readers.reading import MAX_CELL, MAX_COLUMNS, Reading, note, refuse
from sources.verdict import Finding, Records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MANY = 40 * MAX_COLUMNS  # fields in one row
_SIGNS = [sign.encode() for sign in DELIMITERS]


@dataclass(frozen=True, slots=True)
class Survey:
    """A text file after the pre-flight: what is in it, before anything is loaded.

    `last` is the line after the last row; lines count from 0. `notes` are about the file.
    """

    contract: Contract
    path: Path
    text: encoding.Text
    lines: Lines
    top: top.Top
    header: Header
    below: below.Below
    last: int
    notes: tuple[Finding, ...]

    @property
    def grammar(self) -> Grammar:
        """How the rows are written."""
        return self.top.grammar


@dataclass(frozen=True, slots=True)
class Rows:
    """The good rows as DuckDB can read them: a file, and how many of its lines to skip.

    `count` records must come out; `numbers` is the line of each (from 1), None where they follow
    each other from line `skip` on. `records` is the account of the whole file.
    """

    path: Path
    skip: int
    count: int
    numbers: Numbers | None
    records: Records
    findings: tuple[Finding, ...]


def read(contract: Contract, path: Path, con: "DuckDBPyConnection") -> Reading:
    """Return the reading of a delimited text file. Raises Refused (B1xx, K2xx, S9xx)."""
    surveyed = survey(contract, path)
    for prepared in (whole, sorted_rows):
        with prepared(surveyed) as found:
            if found is not None and _load(surveyed, found, con):
                return _reading(surveyed, found, con)
    raise unsure()


def survey(contract: Contract, path: Path) -> Survey:
    """Return what a file holds, by our own look at its bytes. Raises Refused."""
    text = encoding.open_file(path)
    found = lines.find(text)
    _refuse_long(found)
    above = top.find(contract, found)
    above, header, positional = _matched(contract, above)
    last = max(found.last_filled(), above.begin)
    if last == above.begin:
        raise no_rows()
    refuse_decimal_commas(header, above, found)
    special = below.find(contract, header, above, found, last)
    notes = (*text.findings, *above.notes, *header.findings, *positional)
    return Survey(contract, path, text, found, above, header, special, last, notes)


def _refuse_long(found: Lines) -> None:
    """Raise Refused (B105) at a line longer, or with far more fields, than any row of a table."""
    sizes = np.diff(found.starts)
    for line in np.flatnonzero(sizes > _MANY).tolist():
        if sizes[line] > MAX_CELL or max(map(found[line].count, _SIGNS)) > _MANY:
            message, mend = "In deze rij staat te veel tekst.", "Maak de tekst korter."
            raise refuse("B105", message, mend, row=line + 1)


def _matched(contract: Contract, above: top.Top) -> tuple[top.Top, Header, list[Finding]]:
    """Return the header; by position where the contract allows that and there are no names."""
    asked = [column for column in contract.columns if not column.derived]
    unnamed = not resembles(contract, above.cells)
    if not (contract.positional and unnamed and len(above.cells) == len(asked)):
        return above, match(contract, above.cells, row=above.line + 1, broken=above.broken), []
    places = {column.name: place for place, column in enumerate(asked)}
    said = "Er staan geen kolomnamen in. Wij lezen de kolommen op volgorde."
    told = note("B147", said, "Zet de kolomnamen op de eerste rij.")
    first = replace(above, begin=above.line, header=0)
    return first, Header(places, len(asked), ()), [told]


@contextmanager
def whole(surveyed: Survey) -> Iterator[Rows | None]:
    """Give the file itself where each of its lines below the header is a row; else None."""
    one = surveyed
    found = None if one.below.any else layout.whole(one.lines, one.top, one.last)
    if found is None:
        yield None
        return
    blank = found.blank + len(one.lines) - one.last
    account = _account(one, kept=found.records, blank=blank)
    with _file(one) as place:
        yield Rows(place, one.top.begin, found.records, found.numbers, account, ())


@contextmanager
def sorted_rows(surveyed: Survey) -> Iterator[Rows]:
    """Give a private copy of the good rows. Raises Refused (B110) where there are none."""
    one = surveyed
    found = body.sort(one.contract, one.header, one.top, one.lines, one.below, one.last)
    numbers = found.lines()
    kinds = found.kinds
    account = _account(
        surveyed,
        kept=len(numbers),
        blank=kinds["blank"] + len(one.lines) - one.last,
        excluded=kinds["excluded"],
        quarantined=kinds["quarantined"],
    )
    special = one.below
    told = (
        *rows.total_notes([line + 1 for line in sorted(found.excluded & special.totals.keys())]),
        *rows.footnote_notes([line + 1 for line in sorted(found.excluded & special.notes)]),
    )
    if not found.kinds["quarantined"] and not len(numbers):
        raise no_rows(account)
    if not len(numbers):
        told = (*one.notes, *found.findings)
        raise no_good_rows(*told, records=account, names=one.header.width, fields=one.top.usual)
    with tempfile.TemporaryDirectory(prefix="praatplaat-") as folder:
        copy = Path(folder) / "levering.csv"
        with copy.open("wb") as file:
            file.writelines(found.written(one.lines))
        yield Rows(copy, 0, len(numbers), numbers, account, (*told, *found.findings))


@contextmanager
def _file(surveyed: Survey) -> Iterator[Path]:
    """Give the file itself, or a private copy for as long as it is read."""
    if not surveyed.text.altered:
        yield surveyed.path
        return
    with tempfile.TemporaryDirectory(prefix="praatplaat-") as folder:
        copy = Path(folder) / "levering.csv"
        copy.write_bytes(surveyed.text.data)
        yield copy


def _account(
    surveyed: Survey, *, kept: int, blank: int, excluded: int = 0, quarantined: int = 0
) -> Records:
    above = surveyed.top
    return Records(
        physical=above.preamble
        + above.blank
        + above.header
        + kept
        + blank
        + excluded
        + quarantined,
        header=above.header,
        preamble=above.preamble,
        blank=above.blank + blank,
        excluded=excluded,
        accepted=kept,
        quarantined=quarantined,
    )


def source(surveyed: Survey, found: Rows) -> tuple[str, dict[str, object]]:
    """Return the SQL that reads the rows as `c0`, `c1`, …, and its parameters."""
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(surveyed.header.width))
    query = f"""read_csv($path, auto_detect = false, header = false, skip = $skip,
        delim = $delimiter, quote = $quote, escape = $quote, nullstr = '',
        columns = {{{columns}}}, strict_mode = true, null_padding = false,
        ignore_errors = false, max_line_size = {2 * MAX_CELL})"""
    grammar = surveyed.grammar
    return query, {
        "path": str(found.path),
        "skip": found.skip,
        "delimiter": grammar.delimiter.decode(),
        "quote": grammar.quote.decode(),
    }


def _load(surveyed: Survey, found: Rows, con: "DuckDBPyConnection") -> bool:
    """Load the rows as text into `loaded`; return whether as many came as were counted."""
    query, options = source(surveyed, found)
    picked = select(surveyed.contract, surveyed.header)
    statement = f"CREATE OR REPLACE TABLE loaded AS SELECT {picked} FROM {query}"
    return counted(con, statement, options) == found.count


def counted(con: "DuckDBPyConnection", statement: str, options: dict[str, object]) -> int | None:
    """Run a statement over a text file; return how many rows it took, None where one is broken."""
    try:
        ((number,),) = con.execute(statement, options).fetchall()
    except Exception as error:
        # Only the store imports duckdb; this is what it calls a file that does not parse. Its
        # message quotes the row, so it goes nowhere.
        if type(error).__name__ != "InvalidInputException":
            raise
        return None
    return int(number)


def _reading(surveyed: Survey, found: Rows, con: "DuckDBPyConnection") -> Reading:
    empty = finish(con, surveyed.contract, found.numbers, found.skip + 1)
    counted = replace(
        found.records,
        blank=found.records.blank + empty,
        accepted=found.records.accepted - empty,
    )
    odd = totals.compare(surveyed.contract, surveyed.header, surveyed.below.totals, con)
    return Reading(counted, (*surveyed.notes, *found.findings, *odd))
