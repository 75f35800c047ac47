"""Delimited text: an own look at the bytes first, then DuckDB with nothing left to guess.

The contract says how its CSV is written (`Dialect`). DuckDB never detects; its row count is held
against our own count of the records. Where they differ, or a row does not parse, the malformed
rows are set apart by `lines.sort` and the rest is loaded again; if the counts differ even then,
nothing is read.
"""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sources.contracts.model import Contract
from sources.readers import encoding, lines
from sources.readers.header import Header, match, resembles
from sources.readers.loaded import finish, select
from sources.readers.reading import MAX_CELL, Reading, refuse
from sources.verdict import Finding, Level, Records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_DELIMITERS = {";": "puntkomma's", ",": "komma's", "\t": "tabs", "|": "rechte strepen"}
_MAX_HEADER_LINES = 20
_AGAIN = "Open het bestand in Excel en bewaar het opnieuw als CSV UTF-8 of als .xlsx."


@dataclass(frozen=True, slots=True)
class _Top:
    """The header's cells and line, where the rows begin (byte, line), and what came before."""

    cells: list[str]
    line: int
    start: int
    first_line: int
    preamble: int
    blank: int


@dataclass(frozen=True, slots=True)
class _Source:
    """A file for DuckDB: how many lines to skip, and how many records must come out."""

    path: Path
    skip: int
    records: int


def read(contract: Contract, path: Path, con: "DuckDBPyConnection") -> Reading:
    """Return the reading of a delimited text file. Raises Refused (B1xx, K2xx, S9xx)."""
    text = encoding.decode(path.read_bytes())
    top = _top(contract, text.data)
    header = match(contract, top.cells, row=top.line)
    grammar = lines.Grammar(contract.dialect.delimiter, contract.dialect.quote)
    layout = lines.layout(text.data, top.start, top.first_line, grammar)
    if layout is not None and layout.records == 0:
        message = "Onder de kolomnamen staan geen rijen."
        raise refuse("B108", message, "Kijk of u het goede bestand stuurde.")
    notes = (*text.findings, *header.findings)
    if layout is not None:
        with _file(path, text.data if text.altered else None) as place:
            source = _Source(place, top.first_line - 1, layout.records)
            whole = _load(contract, header, source, con)
        if whole:
            blank = finish(con, contract, layout.lines, top.first_line)
            counted = _records(top, layout.records, layout.blank, blank)
            return Reading(counted, notes)
    return _sorted(contract, header, top, text.data, notes, path, con)


def _sorted(
    contract: Contract,
    header: Header,
    top: _Top,
    data: bytes,
    notes: tuple[Finding, ...],
    path: Path,
    con: "DuckDBPyConnection",
) -> Reading:
    """Return the reading of a file in which some rows do not parse."""
    grammar = lines.Grammar(contract.dialect.delimiter, contract.dialect.quote)
    found = lines.sort(data, top.start, top.first_line, grammar, fields=header.width)
    if not len(found.lines):
        message = "Geen enkele rij heeft evenveel velden als er kolomnamen zijn."
        raise refuse("B110", message, _AGAIN)
    with _file(path, found.text) as place:
        if not _load(contract, header, _Source(place, 0, len(found.lines)), con):
            message = "Wij kunnen de rijen van dit bestand niet zeker uit elkaar houden."
            raise refuse("B110", message, _AGAIN)
    blank = finish(con, contract, found.lines, 0)
    malformed = _malformed(found)
    records = len(found.lines)
    counted = _records(top, records, found.blank, blank, quarantined=len(malformed))
    return Reading(counted, (*notes, *malformed))


def _records(top: _Top, records: int, blank: int, empty: int, *, quarantined: int = 0) -> Records:
    """Return the account: `empty` of the loaded records hold nothing but delimiters."""
    return Records(
        physical=top.preamble + top.blank + 1 + records + blank + quarantined,
        header=1,
        preamble=top.preamble,
        blank=top.blank + blank + empty,
        accepted=records - empty,
        quarantined=quarantined,
    )


def _malformed(found: lines.Sorted) -> tuple[Finding, ...]:
    many = "Deze rij heeft meer velden dan er kolommen zijn."
    few = "Deze rij heeft minder velden dan er kolommen zijn."
    broken = "Een aanhalingsteken in deze rij gaat open en niet goed dicht."
    quote = "Zet tekst met een scheidingsteken of een regeleinde tussen aanhalingstekens."
    fill = "Zet voor elke lege cel een scheidingsteken, of lever de rij in Excel."
    close = "Schrijf een aanhalingsteken in de tekst dubbel, of haal het weg."
    kinds = (
        ("R301", many, quote, found.many),
        ("R302", few, fill, found.few),
        ("R303", broken, close, found.broken),
    )
    findings = [
        Finding(code, Level.REFUSE_ROW, message, mend, row=row)
        for code, message, mend, rows in kinds
        for row in rows
    ]
    return tuple(sorted(findings, key=lambda each: each.row or 0))


def _top(contract: Contract, data: bytes) -> _Top:
    """Return what stands above the rows. Raises Refused where another delimiter fits better."""
    start, line, preamble, blank = 0, 1, 0, 0
    while start < len(data):
        end = _next(data, start)
        text = data[start:end]
        if text.strip() == b"":
            blank += 1
        elif line == 1 and text.strip().lower().startswith(b"sep="):
            preamble += 1  # what Excel writes to say which delimiter follows
        else:
            cells, end, below = _header_cells(contract, data, start)
            return _Top(cells, line, end, line + below, preamble, blank)
        start, line = end, line + 1
    raise refuse("B101", "Dit bestand is leeg.", "Kijk of u het goede bestand stuurde.")


def _next(data: bytes, start: int) -> int:
    return (data.find(b"\n", start) + 1) or len(data)


def _header_cells(contract: Contract, data: bytes, start: int) -> tuple[list[str], int, int]:
    """Return the header's cells, the byte after it, and its number of lines."""
    grammar = lines.Grammar(contract.dialect.delimiter, contract.dialect.quote)
    end = start
    for below in range(1, _MAX_HEADER_LINES + 1):
        end = _next(data, end)
        record = data[start:end]
        if len(record) > MAX_CELL:
            break
        if grammar.fields(record):
            cells = _split(record, contract.dialect.delimiter, contract.dialect.quote)
            _check_delimiter(contract, record, cells)
            return cells, end, below
    message = "De regel met kolomnamen is niet te lezen."
    raise refuse("B110", message, _AGAIN)


def _split(record: bytes, delimiter: str, quote: str) -> list[str]:
    text = record.decode().rstrip("\r\n").split("\n") if quote not in record.decode() else None
    source = text if text is not None else record.decode().splitlines(keepends=True)
    return next(csv.reader(source, delimiter=delimiter, quotechar=quote), [])


def _check_delimiter(contract: Contract, record: bytes, cells: list[str]) -> None:
    used = contract.dialect.delimiter
    here = resembles(contract, cells)
    for other, name in _DELIMITERS.items():
        found = _split(record, other, contract.dialect.quote)
        if other != used and resembles(contract, found) > here:
            expected = _DELIMITERS.get(used, used)
            raise refuse(
                "B111",
                f"De velden staan met {name} uit elkaar. Bij deze levering horen {expected}.",
                f"Bewaar het bestand met {expected} als scheidingsteken, of als .xlsx.",
                row=1,
            )


@contextmanager
def _file(path: Path, data: bytes | None) -> Iterator[Path]:
    """Give the file itself, or a private copy that holds `data` for as long as it is read."""
    if data is None:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="praatplaat-") as folder:
        copy = Path(folder) / "levering.csv"
        copy.write_bytes(data)
        yield copy


def _load(contract: Contract, header: Header, source: _Source, con: "DuckDBPyConnection") -> bool:
    """Load the file as text into `loaded`; return whether as many rows came as were counted."""
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(header.width))
    query = f"""CREATE OR REPLACE TABLE loaded AS SELECT {select(contract, header)}
        FROM read_csv($path, auto_detect = false, header = false, skip = $skip,
            delim = $delimiter, quote = $quote, escape = $quote, nullstr = '',
            columns = {{{columns}}}, strict_mode = true, null_padding = false,
            ignore_errors = false, max_line_size = {2 * MAX_CELL})"""
    options = {
        "path": str(source.path),
        "skip": source.skip,
        "delimiter": contract.dialect.delimiter,
        "quote": contract.dialect.quote,
    }
    try:
        con.execute(query, options).fetchall()
    except Exception as error:
        # Only the store imports duckdb; this is what it calls a file that does not parse. Its
        # message quotes the row, so it goes nowhere.
        if type(error).__name__ != "InvalidInputException":
            raise
        return False
    return con.execute("SELECT count(*) FROM loaded").fetchall() == [(source.records,)]
