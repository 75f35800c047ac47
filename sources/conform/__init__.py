"""Text → the types of the contract, every refusal and every repair with its code.

One statement reads every row as agreed; a second one only the rows in which something was not.
What a cell's text cannot say in one way becomes null with a reason; the gate decides what that
means for the row. What only a column as a whole can tell is decided in between.
"""

from datetime import date
from typing import TYPE_CHECKING

from sources.conform import hints
from sources.conform.cells import Order, Sent, Way
from sources.conform.masks import mask
from sources.conform.statement import all_fast, read_fast, slow, wanting
from sources.conform.ways import decide
from sources.contracts.generic import COLUMNS
from sources.contracts.model import Contract
from sources.readers.reading import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["conform"]

_FEW = 3  # cells below which a column is never refused as a whole


def conform(
    contract: Contract,
    con: "DuckDBPyConnection",
    *,
    period: str = "",
    received_on: date | None = None,
) -> None:
    """Make the tables `typed`, `hints` and `spoiled` from the view `text`.

    `typed`: `_row`; every column of the contract in its type (`FieldType.stored`), null where the
    cell is empty or cannot be read; `_reasons`, a list of structs (code, column) of what there is
    to say of each cell, null where there is nothing; `_altered`, whether a cell was repaired:
    trimmed or written in another way. `hints`: `_row`, `column`, `hint`: the allowed codes that
    resemble the unknown one. `spoiled`: `column`, `code`, `cells`, `filled` of a column of which
    most cells went wrong in one way, so that the file cannot be trusted.

    `period` is the delivery's own; codes that hold for a while are held against it ('': not).
    `received_on` is the day it came: what has happened has no later day (None: not looked at).
    No table holds the text of a refused cell, and what a text gave away of a person is masked in
    the view `text` too.
    """
    sent = Sent(period, received_on)
    fast = all_fast(contract, sent=sent)
    con.execute(f"CREATE OR REPLACE TABLE typed AS {fast}").fetchall()
    hints.start(con)
    if con.execute("SELECT count(*) FROM typed WHERE _altered").fetchall() != [(0,)]:
        _look_again(contract, con, sent)
    _find_spoiled(con, contract)


def _look_again(contract: Contract, con: "DuckDBPyConnection", sent: Sent) -> None:
    """Replace in `typed` the rows that the fast readings left open, by their slow readings."""
    _set_apart(contract, con, {}, sent=sent)
    unusual = {n: wanting(contract, n, sent=sent) for n in range(len(contract.columns))}
    unread = _columns(con, {n: f"f{n} IS NULL" for n in unusual})
    ways = decide(contract, con, unread)
    own = {n: way for n, way in ways.items() if way.crosses or way.dashes is Order.MONTH_FIRST}
    if own:
        _widen(contract, con, own, sent=sent)
    mask(contract, con, {n: unusual[n] for n in _columns(con, unusual)})
    con.execute("DELETE FROM typed WHERE _altered").fetchall()
    con.execute(f"INSERT INTO typed {slow(contract, ways, sent=sent)}").fetchall()
    hints.find(contract, con)
    con.execute("DROP TABLE odd")


def _set_apart(
    contract: Contract, con: "DuckDBPyConnection", ways: dict[int, Way], *, sent: Sent
) -> None:
    """Make `odd`: `_row`, and the text `x` and fast reading `f` of each column, of those rows."""
    source = "SELECT _row, {raw} FROM text SEMI JOIN (FROM typed WHERE _altered) USING (_row)"
    con.execute(
        f"CREATE OR REPLACE TABLE odd AS {read_fast(contract, source, ways, sent=sent)}"
    ).fetchall()


def _columns(con: "DuckDBPyConnection", condition: dict[int, str]) -> list[int]:
    """Return the columns with a filled cell in `odd` of which the condition holds."""
    counts = ", ".join(
        f"count(*) FILTER (x{n} IS NOT NULL AND ({holds}))" for n, holds in condition.items()
    )
    found = con.execute(f"SELECT {counts} FROM odd").fetchall()[0]
    return [n for n, cells in zip(condition, found, strict=True) if cells]


def _widen(
    contract: Contract, con: "DuckDBPyConnection", own: dict[int, Way], *, sent: Sent
) -> None:
    """Add to `odd` the rows of columns of which the fast readings mean something else."""
    for n, way in own.items():
        now = "IS NULL" if way.crosses else "IS NOT NULL"
        name = quoted(contract.columns[n].name)
        con.execute(f"UPDATE typed SET _altered = true WHERE {name} {now}").fetchall()
    _set_apart(contract, con, own, sent=sent)


def _find_spoiled(con: "DuckDBPyConnection", contract: Contract) -> None:
    """Make `spoiled`: the columns of which most filled cells have one fault of a program."""
    con.execute(
        'CREATE OR REPLACE TABLE spoiled ("column" VARCHAR, code VARCHAR, cells BIGINT, '
        "filled BIGINT)"
    )
    found = con.execute(
        """SELECT reason."column", reason.code, count(*) FROM (
            SELECT unnest(_reasons) AS reason FROM typed WHERE _reasons IS NOT NULL)
        WHERE list_contains($codes, reason.code)
        GROUP BY ALL HAVING count(*) >= $few ORDER BY ALL""",
        {"codes": list(COLUMNS), "few": _FEW},
    ).fetchall()
    for name, code, cells in found:
        (filled,) = con.execute(f"SELECT count({quoted(name)}) FROM text").fetchall()[0]
        if 2 * cells > filled:
            con.execute("INSERT INTO spoiled VALUES (?, ?, ?, ?)", [name, code, cells, filled])
