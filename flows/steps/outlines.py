"""Outlines of areas: WKT in metres → SVG paths in one common box, north up."""

import re

import polars as pl

WIDTH = 1000.0

_RING = re.compile(r"\(([^()]+)\)")

Ring = list[tuple[float, float]]


def paths(outlines: pl.Series) -> pl.Series:
    """Return WKT polygons as SVG paths that share one box of `WIDTH` wide; '' where there is none.

    Units are a `WIDTH`th of the width of all outlines together, with one decimal.
    """
    areas = [_rings(text or "") for text in outlines]
    corners = [corner for rings in areas for ring in rings for corner in ring]
    if not corners:
        return pl.Series(outlines.name, [""] * outlines.len(), dtype=pl.String)
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top = max(y for _, y in corners)
    scale = WIDTH / (right - left or 1.0)
    drawn = [
        "".join(_path([((x - left) * scale, (top - y) * scale) for x, y in ring]) for ring in rings)
        for rings in areas
    ]
    return pl.Series(outlines.name, drawn, dtype=pl.String)


def _rings(wkt: str) -> list[Ring]:
    """Return the rings of a POLYGON or MULTIPOLYGON, without the last corner that closes each."""
    return [
        [(float(x), float(y)) for x, y in (pair.split()[:2] for pair in ring.split(","))][:-1]
        for ring in _RING.findall(wkt)
    ]


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z"
