"""Outlines in GeoJSON: the properties of each feature, and its shape as WKT in column `omtrek`.

Row numbers are those of the features, from 1: a GeoJSON file has no rows of its own.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from sources.contracts.model import Contract
from sources.readers.csv import encoding
from sources.readers.header import match, normal
from sources.readers.loaded import finish, select
from sources.readers.reading import Reading, refuse
from sources.verdict import Records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OUTLINE = "omtrek"


def read(contract: Contract, path: Path, con: "DuckDBPyConnection") -> Reading:
    """Return the reading of a FeatureCollection. Raises Refused (B1xx, K2xx, S9xx)."""
    features = _features(path)
    rows = [_cells(feature, contract.dialect.decimal) for feature in features]
    names = list(dict.fromkeys(name for row in rows for name in row))
    header = match(contract, names, row=1)
    columns = {
        f"c{place}": [row.get(names[place]) for row in rows]
        for place in sorted(header.places.values())
    }
    con.register("_cells", pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))
    con.execute(f"CREATE OR REPLACE TABLE loaded AS SELECT {select(contract, header)} FROM _cells")
    con.unregister("_cells")
    empty = finish(con, contract, np.arange(1, len(rows) + 1), 0)
    records = Records(physical=len(rows), blank=empty, accepted=len(rows) - empty)
    return Reading(records, header.findings)


def _features(path: Path) -> list[Mapping[str, Any]]:
    try:
        document = json.loads(encoding.decode(path.read_bytes()).data)
        features = document["features"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        message = "Dit is geen GeoJSON met een lijst van gebieden."
        raise refuse(
            "B112", message, "Voer de grenzen uit als GeoJSON (FeatureCollection)."
        ) from error
    if not features:
        message = "In dit bestand staat geen enkel gebied."
        raise refuse("B108", message, "Kijk of u het goede bestand stuurde.")
    return list(features)


def _cells(feature: Mapping[str, Any], decimal: str) -> dict[str, str | None]:
    properties = feature.get("properties") or {}
    cells = {name: _text(value, decimal) for name, value in properties.items()}
    outlined = {name: value for name, value in cells.items() if normal(name) != OUTLINE}
    return outlined | {OUTLINE: _wkt(feature.get("geometry"))}


def _text(value: Any, decimal: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", decimal)
    return str(value)


def _wkt(geometry: Mapping[str, Any] | None) -> str | None:
    """Return a Polygon or MultiPolygon as WKT; null for what has no surface."""
    if not geometry or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return None
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        return f"POLYGON {_polygon(coordinates)}"
    return f"MULTIPOLYGON ({', '.join(map(_polygon, coordinates))})"


def _polygon(rings: Sequence[Sequence[Sequence[float]]]) -> str:
    texts = (", ".join(f"{point[0]:.15g} {point[1]:.15g}" for point in ring) for ring in rings)
    return f"({', '.join(f'({text})' for text in texts)})"
