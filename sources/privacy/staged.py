"""Stories in a delivery that is being read: what gives people away is taken out before all else."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from sources.contracts.model import Contract, FieldType
from sources.privacy.stories import without_people
from sources.readers.reading import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def take_out(contract: Contract, con: "DuckDBPyConnection", *, known: Iterable[str]) -> None:
    """Replace in `loaded`, in every column with words of a person, what a `Trace` can stand for.

    `known` are names that are of no person. `sources.conform` says of each mask what it is.
    """
    known = sorted(set(known))
    for column in contract.columns:
        if not column.personal or column.type is not FieldType.TEXT:
            continue
        name = quoted(column.name)
        texts = con.execute(f"SELECT DISTINCT {name} FROM loaded WHERE {name} IS NOT NULL")
        told = [(text, without_people(text, known=known)) for (text,) in texts.fetchall()]
        changed = [pair for pair in told if pair[0] != pair[1]]
        if changed:
            _put(con, name, changed)


def _put(con: "DuckDBPyConnection", name: str, changed: list[tuple[str, str]]) -> None:
    frame = pl.DataFrame(changed, schema={"before": pl.String, "after": pl.String}, orient="row")
    con.register("_told", frame)
    con.execute(f"UPDATE loaded SET {name} = after FROM _told WHERE {name} = before").fetchall()
    con.unregister("_told")
