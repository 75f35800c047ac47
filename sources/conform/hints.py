"""For a code that is not in the list: which ones resemble it."""

import difflib
from typing import TYPE_CHECKING

from sources.contracts.model import Column, Contract

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MANY = 1_000  # different unknown codes for which we look for one that resembles it


def start(con: "DuckDBPyConnection") -> None:
    """Make the table `hints`, empty: `_row`, `column`, `hint`."""
    con.execute('CREATE OR REPLACE TABLE hints (_row BIGINT, "column" VARCHAR, hint VARCHAR)')


def find(contract: Contract, con: "DuckDBPyConnection") -> None:
    """Find for each unknown code in `odd` the allowed ones that resemble it.

    Its own text is not kept.
    """
    for n, column in enumerate(contract.columns):
        if column.codes:
            _find(column, n, con)


def _find(column: Column, n: int, con: "DuckDBPyConnection") -> None:
    wrong = f"""SELECT _row, x{n} AS said FROM odd SEMI JOIN (
        SELECT _row FROM typed WHERE _reasons IS NOT NULL AND list_contains(_reasons,
            {{'code': 'V413', 'column': $column}})) USING (_row)"""
    different = con.execute(
        f"SELECT DISTINCT said FROM ({wrong}) ORDER BY said LIMIT {_MANY}",
        {"column": column.name},
    ).fetchall()
    for (said,) in different:
        if near := _near(column, said):
            con.execute(
                f"INSERT INTO hints SELECT _row, $column, $hint FROM ({wrong}) WHERE said = $said",
                {"column": column.name, "hint": ", ".join(near), "said": said},
            ).fetchall()


def _near(column: Column, said: str) -> list[str]:
    """Return at most two codes that resemble a text, by themselves or by their label."""
    known = {label.casefold(): code for code, label in column.codes.items()}
    known |= {code.casefold(): code for code in column.codes}
    near = difflib.get_close_matches(said.strip().casefold(), list(known), n=2, cutoff=0.6)
    return list(dict.fromkeys(known[text] for text in near))
