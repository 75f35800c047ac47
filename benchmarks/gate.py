"""The gate against one SELECT that counts the same rule violations over the same typed table.

Great Expectations is imported before the clock starts: that happens once in a process.
"""

import importlib
from dataclasses import replace
from pathlib import Path

import polars as pl

from benchmarks.pairs import Ratio, compare, spent
from benchmarks.place import Place, big_file
from sources import conform, gate, pseudonyms, readers
from sources.contracts.expectations import CONFLICT, DUPLICATE, Check, checks
from sources.contracts.model import Contract
from sources.readers import Reading
from sources.store import Connection, staging

CONTRACT = "wmo_meldingen"
TO_REACH = 2.0
_ONE_IN = 200

_KEYS = {
    DUPLICATE: "(SELECT coalesce(sum(n - 1), 0) FROM repeated WHERE same)",
    CONFLICT: "(SELECT coalesce(sum(n), 0) FROM repeated WHERE NOT same)",
}


def prepare(folder: Path, rows: int) -> None:
    """Make the delivery, and the same with a fault in one of 200 rows."""
    path = big_file(folder, CONTRACT, rows)
    table = pl.read_csv(path, separator=";", infer_schema=False)
    place = pl.int_range(pl.len()) % (3 * _ONE_IN)
    table.with_columns(
        pl.when(place == 0).then(pl.lit("fax")).otherwise("kanaal").alias("kanaal"),
        pl.when(place == _ONE_IN)
        .then(pl.lit("01-02-2016"))
        .otherwise("datum_onderzoek_klaar")
        .alias("datum_onderzoek_klaar"),
        pl.when(place == 2 * _ONE_IN)
        .then(pl.lit("-4"))
        .otherwise("opschorting_dagen")
        .alias("opschorting_dagen"),
    ).write_csv(_faulty(folder), separator=";", line_terminator="\r\n")


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the ratio for a faultless delivery, and for one with a fault in one of 200 rows."""
    importlib.import_module("sources.gate.engine")
    place = Place.at(folder / "gate")
    return [
        _compared(f"gate: {rows:,} rows, {kind}", path, place, repeat)
        for kind, path in (
            ("faultless", folder / f"{CONTRACT}.csv"),
            (f"1 in {_ONE_IN} faulty", _faulty(folder)),
        )
    ]


def _faulty(folder: Path) -> Path:
    return folder / "faulty.csv"


def _compared(what: str, path: Path, place: Place, repeat: int) -> Ratio:
    known = place.town.contracts[CONTRACT]
    contract = replace(known.without(known.consults), consults=())  # nothing else came
    with staging(path) as con:
        reading = _staged(contract, path, place, con)
        gate.judge(contract, con, reading)
        select = _one_select(checks(contract), contract)
        _must_agree(con, checks(contract), select)
        return compare(
            what,
            lambda: spent(lambda: gate.judge(contract, con, reading)),
            lambda: spent(lambda: con.execute(select).fetchall()),
            repeat=repeat,
            to_reach=TO_REACH,
        )


def _staged(contract: Contract, path: Path, place: Place, con: Connection) -> Reading:
    reading = readers.read(contract, path, con)
    municipality = place.town.agreement.general.municipality
    pseudonyms.replace(contract, con, place.keys, municipality=municipality)
    conform.conform(contract, con)
    return reading


def _one_select(every: list[Check], contract: Contract) -> str:
    """Return the SELECT that counts, per check, the rows of `typed` that break it."""
    key = ", ".join(f'"{name}"' for name in contract.key)
    filled = " AND ".join(f'"{name}" IS NOT NULL' for name in contract.key)
    contents = ", ".join(f'"{column.name}"' for column in contract.columns)
    counted = ", ".join(_KEYS.get(c.code) or f"count(*) FILTER (WHERE {c.broken})" for c in every)
    return f"""WITH repeated AS MATERIALIZED (
        SELECT count(*) AS n, count(DISTINCT hash({contents}, _reasons)) = 1 AS same
        FROM typed SEMI JOIN (
            SELECT {key} FROM typed WHERE {filled} GROUP BY ALL HAVING count(*) > 1) USING ({key})
        GROUP BY {key})
    SELECT {counted} FROM typed"""


def _must_agree(con: Connection, every: list[Check], select: str) -> None:
    """Hold the floor's counts against the rows that the gate found."""
    counts = con.execute(select).fetchall()[0]
    expected = {check.code: n for check, n in zip(every, counts, strict=True) if n}
    found = con.execute("SELECT code, count(DISTINCT _row) FROM findings GROUP BY 1").fetchall()
    assert dict(found) == expected, (found, expected)
