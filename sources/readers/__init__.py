"""Ways in which a delivery arrives, one module each: a file → a table of text with row numbers."""

from pathlib import Path
from typing import TYPE_CHECKING

from sources.contracts.model import Contract
from sources.readers import csv, excel, geojson
from sources.readers.reading import Reading, Refused, refuse
from sources.readers.signature import AS_TABLE, Kind, kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Reading", "read"]


def read(contract: Contract, path: Path, con: "DuckDBPyConnection") -> Reading:
    """Read a delivery as its contract describes it; what it really is, its bytes say.

    Leaves in `con` the view `text`: `_row` (BIGINT, physical row) and every column of the contract
    as VARCHAR, null where empty. Cells are as in the file: nothing is trimmed or repaired here.
    A file that cannot be read comes back as `refused`, with findings that say what, where and how
    to mend it; then there is no `text`.
    """
    con.execute("DROP VIEW IF EXISTS text")
    try:
        found = kind(path)
        if contract.reader == "geojson":
            return geojson.read(contract, path, con)
        if found is Kind.JSON:
            raise refuse("B102", "Dit is een JSON-bestand, geen tabel.", AS_TABLE)
        if found is not Kind.TEXT:
            return excel.read(contract, path, found, con)
        return csv.read(contract, path, con)
    except Refused as refusal:
        return Reading(refusal.records, refusal.findings, refused=True)
