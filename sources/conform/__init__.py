"""Text → the types of the contract, every refusal and every repair with its code.

Everything is one SQL statement, generated from the contract. What a cell's text cannot say in one
way becomes null with a reason; the gate decides what that means for the row.
"""

import difflib
from typing import TYPE_CHECKING

from sources.conform.cells import (
    NOT_APPLICABLE,
    UNKNOWN,
    Cell,
    among,
    cell,
    clean,
    literal,
)
from sources.contracts.model import Column, Contract, FieldType

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MANY = 1_000  # different unknown codes for which we look for one that resembles it


def conform(contract: Contract, con: "DuckDBPyConnection") -> None:
    """Make the table `typed` from the view `text`, and `hints` for unknown codes.

    `typed`: `_row`; every column of the contract in its type (`FieldType.stored`), null where the
    cell is empty or cannot be read; `_reasons`, a list of structs (code, column) for each cell
    with something to say, null where there is none; `_altered`, whether a cell was repaired:
    trimmed or written in another listed way. `hints`: `_row`, `column`, `hint`: the allowed codes
    that resemble the unknown one. No table holds the text of a refused cell.
    """
    columns = contract.columns
    decimal = contract.dialect.decimal
    cells = [cell(column, f"x{n}", decimal=decimal) for n, column in enumerate(columns)]
    numbers = range(len(columns))
    raw = ", ".join(f'"{column.name}" AS x{n}' for n, column in enumerate(columns))
    fast = ", ".join(_fast(columns[n], cells[n], n) for n in numbers)
    value = ", ".join(_value(columns[n], cells[n], n) for n in numbers)
    reason = ", ".join(f"{_reason(columns[n], cells[n], n)} AS r{n}" for n in numbers)
    typed = ", ".join(f'v{n} AS "{column.name}"' for n, column in enumerate(columns))
    con.execute(f"""
        CREATE OR REPLACE TABLE typed AS
        SELECT _row, {typed}, {_reasons(columns)} AS _reasons, {_altered(columns)} AS _altered
        FROM (SELECT *, {reason}
            FROM (SELECT *, {value}
                FROM (SELECT *, {fast}
                    FROM (SELECT _row, {raw} FROM text))))
    """).fetchall()
    _hint(contract, con)


def _fast(column: Column, found: Cell, n: int) -> str:
    """Return the fast reading, which leaves every text that means "missing" to the slow one."""
    missing = _missing(column)
    if column.type is FieldType.TEXT and not column.codes:
        missing = (*missing, *NOT_APPLICABLE, *UNKNOWN)
    if missing:
        said = among(f"x{n}", missing)
        return f"CASE WHEN {said} THEN NULL ELSE {found.fast} END AS f{n}"
    return f"{found.fast} AS f{n}"


def _missing(column: Column) -> tuple[str, ...]:
    """Return the texts by which the contract says that this column is empty."""
    return tuple(text for text in column.missing if text not in column.codes)


def _value(column: Column, found: Cell, n: int) -> str:
    missing = among(clean(f"x{n}"), ("", *_missing(column), *_general(column)))
    slow = f"CASE WHEN {missing} THEN NULL ELSE {found.slow} END"
    return f"CASE WHEN x{n} IS NULL OR f{n} IS NOT NULL THEN f{n} ELSE {slow} END AS v{n}"


def _general(column: Column) -> tuple[str, ...]:
    """Return the general words for missing, less those that are a code of this column."""
    return tuple(text for text in (*NOT_APPLICABLE, *UNKNOWN) if text not in column.codes)


def _reason(column: Column, found: Cell, n: int) -> str:
    """Return the code of what there is to say of a cell, or null."""
    empty = "'V401'" if column.required else "NULL"
    c = clean(f"x{n}")
    general = _general(column)
    unknown = among(c, tuple(text for text in general if text in UNKNOWN))
    not_applicable = among(c, tuple(text for text in general if text in NOT_APPLICABLE))
    notes = " ".join(f"WHEN {condition} THEN '{code}'" for condition, code in found.notes)
    noted = f"CASE {notes} END" if notes else "NULL"
    return f"""CASE
        WHEN x{n} IS NULL THEN {empty}
        WHEN v{n} IS NULL THEN CASE
            WHEN {among(c, ("", *_missing(column)))} THEN {empty}
            WHEN {not_applicable} THEN {_or(empty, "'V415'")}
            WHEN {unknown} THEN {_or(empty, "'V416'")}
            {_sentinel(column, c, _or(empty, "'V426'"))}
            WHEN starts_with({c}, '#') THEN 'V420'
            ELSE {found.failure} END
        {_limits(column, n)}
        WHEN f{n} IS NULL THEN {noted} END"""


def _or(code: str, other: str) -> str:
    return other if code == "NULL" else code


def _sentinel(column: Column, c: str, code: str) -> str:
    if column.type is not FieldType.DATE:
        return ""
    first = ("01-01-1900", "1-1-1900", "1900-01-01", "19000101")
    days = (*first, "31-12-9999", "9999-12-31", "99991231")
    return f"WHEN {among(c, days)} THEN {code}"


def _limits(column: Column, n: int) -> str:
    """Return the conditions of the contract on a value that could be read."""
    tests = []
    if column.minimum is not None:
        tests.append(f"WHEN v{n} < {column.minimum:.15g} THEN 'V410'")
    if column.maximum is not None:
        tests.append(f"WHEN v{n} > {column.maximum:.15g} THEN 'V411'")
    if column.max_length is not None:
        tests.append(f"WHEN length(v{n}) > {column.max_length} THEN 'V412'")
    if column.pattern:
        tests.append(f"WHEN NOT regexp_matches(v{n}, {literal(column.pattern)}) THEN 'V425'")
    if column.codes and column.type is not FieldType.TEXT:
        allowed = among(f"v{n}::VARCHAR", tuple(column.codes))
        tests.append(f"WHEN NOT {allowed} THEN 'V413'")
    return " ".join(tests)


def _reasons(columns: tuple[Column, ...]) -> str:
    structs = ", ".join(
        f"""CASE WHEN r{n} IS NOT NULL
            THEN {{'code': r{n}, 'column': {literal(column.name)}}} END"""
        for n, column in enumerate(columns)
    )
    some = " OR ".join(f"r{n} IS NOT NULL" for n in range(len(columns)))
    return f"CASE WHEN {some} THEN list_filter([{structs}], lambda r: r IS NOT NULL) END"


def _altered(columns: tuple[Column, ...]) -> str:
    def one(n: int, column: Column) -> str:
        differs = f" AND v{n} <> x{n}" if column.type is FieldType.TEXT else ""
        return f"(f{n} IS NULL AND v{n} IS NOT NULL{differs})"

    return " OR ".join(one(n, column) for n, column in enumerate(columns))


def _hint(contract: Contract, con: "DuckDBPyConnection") -> None:
    con.execute('CREATE OR REPLACE TABLE hints (_row BIGINT, "column" VARCHAR, hint VARCHAR)')
    for column in contract.columns:
        if column.codes:
            _hint_column(column, con)


def _hint_column(column: Column, con: "DuckDBPyConnection") -> None:
    """Find for each unknown code the allowed ones that resemble it; its own text is not kept."""
    wrong = f"""SELECT _row, "{column.name}" AS said FROM text SEMI JOIN (
        SELECT _row FROM typed WHERE _reasons IS NOT NULL AND list_contains(_reasons,
            {{'code': 'V413', 'column': {literal(column.name)}}})) USING (_row)"""
    different = con.execute(
        f"SELECT DISTINCT said FROM ({wrong}) ORDER BY said LIMIT {_MANY}"
    ).fetchall()
    for (said,) in different:
        near = difflib.get_close_matches(said.strip().lower(), list(column.codes), n=2, cutoff=0.6)
        if near:
            con.execute(
                f"INSERT INTO hints SELECT _row, $column, $hint FROM ({wrong}) WHERE said = $said",
                {"column": column.name, "hint": ", ".join(near), "said": said},
            ).fetchall()
