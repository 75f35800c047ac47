"""The areas of Voorbeeldstad: 1 gemeente, 8 wijken, 32 buurten, and their outlines.

`areas.csv` names the buurten; `borders.csv` holds every border line once, with the buurt on its
left and on its right (empty: outside the municipality), in metres on a plane; `water` marks the
river. Outlines are put together from those lines, so two neighbours cannot overlap or leave a
gap, and the outline of a wijk is the border lines between its buurten and the rest.
"""

from functools import cache
from importlib.resources import files

import polars as pl

MUNICIPALITY = "GM9901"
DISTRICTS = {
    "WK990101": "Oude Stad",
    "WK990102": "Waterkwartier",
    "WK990103": "Molenwijk",
    "WK990104": "Oude Tuinen",
    "WK990105": "Zonneveld",
    "WK990106": "Parkrand",
    "WK990107": "Stationskwartier",
    "WK990108": "Buitendorpen",
}

Point = tuple[int, int]
Line = tuple[Point, ...]


def district_of(neighbourhood: str) -> str:
    """Return the wijk in which a buurt lies: CBS puts its number in the code."""
    return "WK" + neighbourhood[2:8]


@cache
def neighbourhoods() -> pl.DataFrame:
    """Return the buurten: code, naam, wijk, inwoners (at 60,000, 2026), and shares of inhabitants.

    `groei` is the growth per year; `jong` and `oud` the shares under 18 and from 65; `alleen`,
    `eenouder` and `laag_inkomen` shares of households. All shares are fractions.
    """
    with files("sources.example").joinpath("areas.csv").open("rb") as source:
        table = pl.read_csv(source, separator=";")
    return table.with_columns(wijk=pl.lit("WK") + pl.col("code").str.slice(2, 6))


@cache
def borders() -> tuple[tuple[str, str, Line], ...]:
    """Return every border line once: the buurt on its left, on its right, and its points."""
    with files("sources.example").joinpath("borders.csv").open("rb") as source:
        table = pl.read_csv(source, separator=";").fill_null("")
    return tuple(
        (left, right, _points(text))
        for left, right, text in table.select("left", "right", "points").iter_rows()
    )


def _points(text: str) -> Line:
    pairs = (point.split() for point in text.split(","))
    return tuple((int(x), int(y)) for x, y in pairs)


def outline(code: str) -> tuple[Line, ...]:
    """Return the closed rings of an area, counter-clockwise, in metres."""
    mark = {"GM": 2, "WK": 8, "BU": 10}[code[:2]]
    inside = code[2:mark] if mark > 2 else "9901"
    sides = (
        line if within_left else line[::-1]
        for left, right, line in borders()
        if (within_left := left[2:].startswith(inside)) != right[2:].startswith(inside)
    )
    return _rings({line[0]: line for line in sides})


def _rings(by_start: dict[Point, Line]) -> tuple[Line, ...]:
    """Chain lines end to start until each ring closes."""
    rings: list[Line] = []
    while by_start:
        ring = by_start.pop(min(by_start))
        while ring[-1] != ring[0]:
            ring += by_start.pop(ring[-1])[1:]
        rings.append(ring)
    return tuple(rings)


def well_known_text(rings: tuple[Line, ...]) -> str:
    """Return rings that do not lie within one another as WKT."""
    texts = ["((" + ", ".join(f"{x} {y}" for x, y in ring) + "))" for ring in rings]
    return f"POLYGON {texts[0]}" if len(texts) == 1 else f"MULTIPOLYGON ({', '.join(texts)})"


def all_areas() -> list[tuple[str, str, str, str | None]]:
    """Return code, naam, soort and ouder of every area, the largest first."""
    rows: list[tuple[str, str, str, str | None]] = [
        (MUNICIPALITY, "Voorbeeldstad", "gemeente", None)
    ]
    rows += [(code, name, "wijk", MUNICIPALITY) for code, name in DISTRICTS.items()]
    buurten = neighbourhoods().select("code", "naam").iter_rows()
    return rows + [(code, name, "buurt", district_of(code)) for code, name in buurten]


def division(year: int) -> pl.DataFrame:
    """Return the rows of `gebied_indeling` (L12a) of a year."""
    rows = [(year, *area, well_known_text(outline(area[0]))) for area in all_areas()]
    return pl.DataFrame(
        rows, schema=["jaar", "code", "naam", "soort", "ouder", "omtrek"], orient="row"
    )
