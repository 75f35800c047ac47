"""From broken checks to tables: which rows repeat, what was found, which rows stay out."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from sources.contracts.expectations import CONFLICT, DUPLICATE, Check
from sources.contracts.generic import CELLS
from sources.contracts.model import Contract
from sources.readers.reading import quoted
from sources.verdict import Finding, Level

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_COLUMNS = ("_row", "code", "column", "level", "message", "how_to_mend")

SHOWN = 10_000  # occurrences of one code in one column that a verdict holds one by one

_EMPTY = ("V415", "V416", "V426", "V428")  # notes that say why a cell is empty
_WITHOUT_VALUE = f"""list_filter(_reasons, lambda r: list_contains(
    {[code for code, told in CELLS.items() if told.level is Level.REFUSE_ROW or code in _EMPTY]},
    r.code))"""

_KEYS = {
    DUPLICATE: (
        "Deze rij staat er nog een keer, precies zo. Wij tellen haar een keer.",
        "U hoeft niets te doen. Dubbele rijen weghalen: Gegevens, Duplicaten verwijderen.",
    ),
    CONFLICT: (
        "Deze rij heeft dezelfde sleutel ({key}) als een andere rij, maar er staat iets anders in.",
        "Laat van deze rijen alleen de goede staan, of geef ze elk een eigen sleutel.",
    ),
}


def find_doubles(contract: Contract, con: "DuckDBPyConnection") -> None:
    """Make `doubles`: rows of which the key comes back, whether they are the `same`, the `first`.

    A row with an empty key is no double: that it is empty is told of it already. How a value was
    written makes no difference; why a cell has none does.
    """
    keys = ", ".join(map(quoted, contract.key))
    filled = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in contract.key)
    contents = ", ".join(quoted(column.name) for column in contract.columns)
    con.execute(f"""
        CREATE OR REPLACE TABLE doubles AS
        WITH repeated AS (
            SELECT {keys} FROM typed WHERE {filled} GROUP BY ALL HAVING count(*) > 1),
        rows AS (
            SELECT _row, {keys}, hash({contents}, {_WITHOUT_VALUE}) AS contents
            FROM typed SEMI JOIN repeated USING ({keys}))
        SELECT _row, min(contents) OVER same_key = max(contents) OVER same_key AS same,
            _row = min(_row) OVER same_key AS first
        FROM rows WINDOW same_key AS (PARTITION BY {keys})
    """).fetchall()


def start(con: "DuckDBPyConnection") -> None:
    """Make `findings` and `quarantine`, empty.

    `findings`: `_row` (null for the file), `code`, `column`, `level`, `message`, `how_to_mend`.
    """
    _put(con, "findings", _COLUMNS, [])
    con.execute("CREATE OR REPLACE TABLE quarantine (_row BIGINT, codes VARCHAR[])")


def add(con: "DuckDBPyConnection", found: Iterable[Finding]) -> None:
    """Add to `findings` what was found before there were typed rows."""
    rows = [(f.row, f.code, f.column, f.level.value, f.message, f.how_to_mend) for f in found]
    _put(con, "found_early", _COLUMNS, rows)
    con.execute("INSERT INTO findings FROM found_early").fetchall()


def find(contract: Contract, con: "DuckDBPyConnection", checks: Iterable[Check]) -> None:
    """Add to `findings` every row that breaks one of the checks."""
    _put(con, "told", _COLUMNS[1:], _told(contract, checks))
    con.execute("""
        INSERT INTO findings
        SELECT _row, code, "column", level,
            CASE WHEN hint IS NULL THEN message ELSE message || ' Bedoelt u: ' || hint || '?' END,
            how_to_mend
        FROM (SELECT _row, reason.code AS code, reason."column" AS "column"
            FROM (SELECT _row, unnest(_reasons) AS reason FROM typed WHERE _reasons IS NOT NULL)
            ) AS f
        JOIN told USING (code, "column")
        LEFT JOIN hints USING (_row, "column")
        """).fetchall()
    for check in checks:
        if check.code not in CELLS:
            con.execute(
                f"""INSERT INTO findings
                SELECT _row, told.code, told."column", level, message, how_to_mend
                FROM (SELECT _row FROM typed WHERE {check.broken}), told
                WHERE told.code = $code""",
                {"code": check.code},
            ).fetchall()


def _put(
    con: "DuckDBPyConnection", table: str, names: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Make a table of rows: numbers in `_row`, texts in every other column."""
    schema = {name: pl.Int64 if name == "_row" else pl.String for name in names}
    con.register("_rows", pl.DataFrame(rows, schema=schema, orient="row"))
    con.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM _rows").fetchall()
    con.unregister("_rows")


def _told(contract: Contract, checks: Iterable[Check]) -> list[tuple[Any, ...]]:
    """Return code, column, level, message and how to mend it of each check; per column its own."""
    rows: list[tuple[Any, ...]] = []
    for check in checks:
        rule, level = check.rule, check.level.value
        if rule is not None:
            message = f"{rule.message} {rule.why}".strip()
            rows.append((check.code, rule.column, level, message, rule.how_to_mend))
        elif check.code in _KEYS:
            message, mend = _KEYS[check.code]
            key = ", ".join(contract.column(name).header for name in contract.key)
            rows.append((check.code, None, level, message.format(key=key), mend))
        else:
            told = CELLS[check.code]
            rows.extend((check.code, c.name, level, *told.said(c)) for c in contract.columns)
    return rows


def sift(contract: Contract, con: "DuckDBPyConnection") -> tuple[int, int]:
    """Make `quarantine` (`_row`, `codes`) and the view `accepted`; return (refused, left out).

    Left out are the second and later of exactly equal rows.
    """
    names = ", ".join(quoted(column.name) for column in contract.columns)
    con.execute(f"""CREATE OR REPLACE TABLE quarantine AS
        SELECT _row, list(DISTINCT code ORDER BY code) AS codes
        FROM findings WHERE level = '{Level.REFUSE_ROW.value}'
        GROUP BY _row ORDER BY _row""").fetchall()
    con.execute("""CREATE OR REPLACE TABLE left_out AS
        SELECT _row FROM doubles ANTI JOIN quarantine USING (_row) WHERE same AND NOT first
        """).fetchall()
    refused, left_out = con.execute(
        "SELECT (SELECT count(*) FROM quarantine), (SELECT count(*) FROM left_out)"
    ).fetchall()[0]
    kept = "typed"
    if refused:
        kept += " ANTI JOIN quarantine USING (_row)"
    if left_out:
        kept += " ANTI JOIN left_out USING (_row)"
    con.execute(f"CREATE OR REPLACE VIEW accepted AS SELECT _row, {names} FROM {kept}")
    return refused, left_out


def listed(contract: Contract, con: "DuckDBPyConnection", sheet: str | None) -> tuple[Finding, ...]:
    """Return the table `findings` as findings, by row, with columns as the partner calls them.

    What is about the file comes first. Of one code in one column the first `SHOWN` come one by
    one; how many more there are is told in one finding. The table holds them all.
    """
    rows = con.execute(f"""
        SELECT code, level, message, how_to_mend, _row, "column", times, place FROM (
            SELECT *, count(*) OVER one_kind AS times,
                row_number() OVER (one_kind ORDER BY _row NULLS FIRST) AS place
            FROM findings WINDOW one_kind AS (PARTITION BY code, "column"))
        WHERE place <= {SHOWN + 1}
        ORDER BY _row NULLS FIRST, code, "column", message
        """).fetchall()
    headers = {column.name: column.header for column in contract.columns}
    shown = []
    for code, level, message, mend, row, name, times, place in rows:
        column = headers.get(name, name)
        if place > SHOWN:
            more = f"{message} Dit komt nog {times - SHOWN} keer meer voor."
            shown.append(Finding(code, Level(level), more, mend, None, column, sheet))
        else:
            shown.append(Finding(code, Level(level), message, mend, row, column, sheet))
    return tuple(shown)
