"""A messy file as clean UTF-8 CSV, read by nothing but its column names.

Every column is asked for, nothing is known of types. Cells stay as they are but for space around
them; each cell that lost some is told of (R318), as is each row that is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sources import readers
from sources.contracts.model import Column, Contract, Dialect, FieldType
from sources.readers import csv
from sources.readers.csv.chunks import over
from sources.readers.csv.encoding import CHUNK
from sources.readers.csv.remarks import unsure
from sources.readers.reading import Refused, quoted
from sources.readers.signature import Kind, kind
from sources.verdict import Finding, Level, Records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DELIMITER = ","
_SPACE = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff"
_WIDE = [sign.encode() for sign in _SPACE if not sign.isascii()]
_OUT = f"FORMAT csv, DELIMITER '{DELIMITER}', QUOTE '\"', ESCAPE '\"'"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of a file: how it was written, its record account, and everything found.

    `dialect` says encoding, delimiter, quote, escape and line end; of a workbook only the sheet.
    """

    records: Records
    findings: tuple[Finding, ...]
    dialect: dict[str, str]
    refused: bool = False


@dataclass(frozen=True, slots=True)
class _Rows:
    """SQL for the rows in the order of the file, its parameters, and the row number of each.

    `cells` is the SQL of each asked column, `number` that of the row number where there is one.
    """

    query: str
    options: dict[str, object]
    cells: list[str]
    number: str
    spaced: bool


def asked(names: Sequence[str]) -> Contract:
    """Return a contract that asks for these columns and says no more of them."""
    columns = tuple(
        Column(f"c{place}", name, FieldType.TEXT, "", required=True)
        for place, name in enumerate(names)
    )
    return Contract(
        "", "", "", "", "", columns, key=(), rules=(), dialect=Dialect(DELIMITER), bare=True
    )


def clean(names: Sequence[str], path: Path, out: Path, con: "DuckDBPyConnection") -> Cleaned:
    """Write the rows of a file under these names to `out`; of a refused file, nothing.

    `con` must be able to reach both files and the folder for temporary files.
    """
    contract = asked(names)
    try:
        if kind(path) in {Kind.TEXT, Kind.JSON}:
            return _text(contract, path, out, con)
        return _sheet(contract, path, out, con)
    except Refused as refusal:
        return Cleaned(refusal.records, refusal.findings, {}, refused=True)


def _text(contract: Contract, path: Path, out: Path, con: "DuckDBPyConnection") -> Cleaned:
    surveyed = csv.survey(contract, path)
    spaced = _spaced(surveyed)
    for prepared in (csv.whole, csv.sorted_rows):
        with prepared(surveyed) as found:
            if found is None:
                continue
            query, options = csv.source(surveyed, found)
            places = [surveyed.header.places[column.name] for column in contract.columns]
            cells = [f"c{place}" for place in places]
            rows = _Rows(f"FROM {query}", options, cells, "row_number() OVER ()", spaced)
            lines = found.count + (not _distinct(contract))
            if csv.counted(con, _copy(contract, rows, out), options) == lines:
                numbers = found.numbers
                trimmed = [
                    (ordinal + found.skip if numbers is None else int(numbers[ordinal - 1]), place)
                    for ordinal, place in _trimmed(rows, con)
                ]
                findings = (*surveyed.notes, *found.findings, *_told(contract, trimmed))
                return Cleaned(found.records, findings, _dialect(surveyed))
    raise unsure()


def _dialect(surveyed: csv.Survey) -> dict[str, str]:
    """Return how the file is written, for a report."""
    grammar, ending = surveyed.grammar, surveyed.lines.ending
    names = {b"\n": "LF", b"\r\n": "CRLF", b"\r": "CR", b"": "mixed"}
    return {
        "encoding": surveyed.text.name,
        "delimiter": grammar.delimiter.decode(),
        "quote": grammar.quote.decode(),
        "escape": grammar.escape.decode(),
        "line_end": names[ending],
    }


def _sheet(contract: Contract, path: Path, out: Path, con: "DuckDBPyConnection") -> Cleaned:
    reading = readers.read(contract, path, con)
    dialect = {"sheet": reading.sheet or ""}
    if reading.refused:
        return Cleaned(reading.records, reading.findings, dialect, refused=True)
    cells = [quoted(column.name) for column in contract.columns]
    rows = _Rows("FROM (FROM text ORDER BY _row)", {}, cells, "_row", spaced=True)
    con.execute(_copy(contract, rows, out)).fetchall()
    findings = (*reading.findings, *_told(contract, _trimmed(rows, con)))
    return Cleaned(reading.records, findings, dialect)


def _copy(contract: Contract, rows: _Rows, out: Path) -> str:
    """Return the SQL that writes the names and the rows.

    DuckDB writes its own header twice as fast as rows under a row of names, because it then has
    one source to divide over its threads; but it renames what it takes for a double.
    """
    names = [column.header for column in contract.columns]
    cells = [_trim(cell) if rows.spaced else cell for cell in rows.cells]
    if _distinct(contract):
        named = (f"{cell} AS {quoted(name)}" for cell, name in zip(cells, names, strict=True))
        written, header = f"SELECT {', '.join(named)} {rows.query}", "true"
    else:
        above, below = ", ".join(map(_literal, names)), ", ".join(cells)
        written, header = f"SELECT {above} UNION ALL SELECT {below} {rows.query}", "false"
    return f"COPY ({written}) TO {_literal(str(out))} ({_OUT}, HEADER {header})"


def _distinct(contract: Contract) -> bool:
    """Return whether no two names are the same to DuckDB, which looks at no case."""
    names = {column.header.casefold() for column in contract.columns}
    return len(names) == len(contract.columns) and all(names)


def _trimmed(rows: _Rows, con: "DuckDBPyConnection") -> list[tuple[int, int]]:
    """Return the row number and the place of each cell that has space around it."""
    if not rows.spaced:
        return []
    flags = ", ".join(f"coalesce({cell} <> {_trim(cell)}, false)" for cell in rows.cells)
    query = f"""SELECT number, flags FROM (SELECT {rows.number} AS number, [{flags}] AS flags
        {rows.query}) WHERE list_contains(flags, true) ORDER BY number"""
    found = con.execute(query, rows.options).fetchall()
    return [(number, place) for number, flags in found for place, flag in enumerate(flags) if flag]


def _told(contract: Contract, trimmed: Sequence[tuple[int, int]]) -> list[Finding]:
    said = "Rond de tekst in deze cel stonden spaties. Die hebben wij weggehaald."
    mend = "Haal de spaties voor en na de tekst weg."
    return [
        Finding("R318", Level.NOTE, said, mend, row=row, column=contract.columns[place].header)
        for row, place in trimmed
    ]


def _spaced(surveyed: csv.Survey) -> bool:
    """Return whether a cell may have space around it; looked at in the bytes, all at once."""
    text, codes = surveyed.text, surveyed.lines.codes
    if not text.ascii and any(text.data.find(sign) >= 0 for sign in _WIDE):
        return True
    signs = b"\r\n" + surveyed.grammar.quote + surveyed.grammar.delimiter.strip(b" \t")

    def beside(start: int) -> bool:
        chunk = codes[start : start + CHUNK + 1]
        space = _any_of(chunk, b" \t")
        edge = _any_of(chunk, signs)
        return bool((space[1:] & edge[:-1]).any() or (space[:-1] & edge[1:]).any())

    begin = int(surveyed.lines.starts[surveyed.top.begin]) - 1
    found = over(beside, range(begin, len(codes), CHUNK))
    return any(found) or text.data[-1:] in {b" ", b"\t"}


def _any_of(chunk: NDArray[np.uint8], signs: bytes) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = chunk == signs[0]
    for sign in signs[1:]:
        found |= chunk == sign
    return found


def _trim(cell: str) -> str:
    return f"trim({cell}, {_literal(_SPACE)})"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
