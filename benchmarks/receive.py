"""Receiving a delivery as a whole against a pinned load of the same file by DuckDB.

Ours: checksum, read, pseudonyms, types, gate, the raw file sealed, rows kept as received and as
accepted, the answer to the partner; from opening the store to closing it. The floor: one
`read_csv` in which nothing is left to guess, into a table of a file, from opening to closing.
"""

import importlib
from pathlib import Path

import duckdb

from benchmarks.pairs import Ratio, Run, Spent, compare, spent
from benchmarks.place import QUARTER, Place, big_file
from flows.steps.receive import Received
from sources.contracts.model import Contract, FieldType
from sources.verdict import Outcome

CONTRACTS = ("wmo_meldingen", "partner_activiteiten")
TO_REACH = 4.0


def prepare(folder: Path, rows: int) -> None:
    """Make both deliveries, and a store that knows the areas."""
    for contract in CONTRACTS:
        big_file(folder, contract, rows)
    place = Place.at(folder / "receive")
    place.drop_areas(folder / "areas")
    place.receive()


def measure(folder: Path, rows: int, repeat: int) -> list[Ratio]:
    """Return the ratio for each of the two contracts."""
    importlib.import_module("sources.gate.engine")
    place = Place.at(folder / "receive")
    return [
        compare(
            f"receive: {rows:,} rows, {contract}",
            _ours(place, folder, contract, rows),
            _floor(folder, place.town.contracts[contract], rows),
            repeat=repeat,
            to_reach=TO_REACH,
        )
        for contract in CONTRACTS
    ]


def _ours(place: Place, folder: Path, contract: str, rows: int) -> Run:
    def run() -> Spent:
        here = place.copied(folder / "received")
        here.drop_delivery(folder / f"{contract}.csv", contract, QUARTER)
        took = spent(lambda: received.extend(here.receive()))
        one = received.pop()
        assert one.delivery.outcome is Outcome.ACCEPTED, one.told()
        assert one.delivery.records.accepted == rows
        return took

    received: list[Received] = []
    return run


def _floor(folder: Path, contract: Contract, rows: int) -> Run:
    path, target = folder / f"{contract.id}.csv", folder / "floor.duckdb"
    with path.open(encoding="utf-8") as file:
        header = file.readline().rstrip().split(";")
    kinds = {column.header: column.type for column in contract.columns}
    # DuckDB reads no `ja` and `nee`: those stay text here.
    as_text = FieldType.TEXT.stored
    types = {
        name: as_text if kinds[name] is FieldType.BOOLEAN else kinds[name].stored for name in header
    }
    load = f"""CREATE TABLE loaded AS FROM read_csv($path, auto_detect = false, header = true,
        delim = ';', quote = '"', escape = '"', nullstr = '', dateformat = '%d-%m-%Y',
        decimal_separator = ',', columns = {types})"""

    def loaded() -> None:
        with duckdb.connect(target) as con:
            con.execute(load, {"path": str(path)})

    def run() -> Spent:
        target.unlink(missing_ok=True)
        took = spent(loaded)
        with duckdb.connect(target, read_only=True) as con:
            assert con.execute("SELECT count(*) FROM loaded").fetchall() == [(rows,)]
        return took

    return run
