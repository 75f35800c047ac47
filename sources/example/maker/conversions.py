"""From the areas of earlier years to those of a year (L12d).

The areas of Voorbeeldstad are the same from 2024 on. Before that three things were different: a
border in Parkrand, a number in Zonneveld, and two buurten of Buitendorpen that were one.
"""

from typing import Final

import polars as pl

from sources.example.maker.areas import all_areas

_FIRST_YEAR: Final = 2024  # the first year with the areas of now
_BEFORE: Final = 2023

# The areas of 2023 that are not simply the same now: from, to, weight, why.
_CHANGED: Final = [
    ("BU99010601", "BU99010601", 0.95, "grens"),
    ("BU99010601", "BU99010602", 0.05, "grens"),
    ("BU99010509", "BU99010504", 1.0, "hernummerd"),
    ("BU99010809", "BU99010803", 0.6, "gesplitst"),
    ("BU99010809", "BU99010804", 0.4, "gesplitst"),
]
_NEW: Final = {"BU99010504", "BU99010803", "BU99010804"}  # not yet there in 2023


def conversions(year: int) -> pl.DataFrame:
    """Return the rows of `gebied_omrekening` to the areas of a year; weights add up to 1."""
    codes = [area[0] for area in all_areas()]
    moved = {code for code, *_ in _CHANGED}
    rows = [
        (code, earlier, code, year, 1.0, "gelijk")
        for earlier in range(_BEFORE, year)
        for code in codes
        if earlier >= _FIRST_YEAR or code not in _NEW | moved
    ]
    rows += [(old, _BEFORE, new, year, weight, why) for old, new, weight, why in _CHANGED]
    columns = ["van_code", "van_jaar", "naar_code", "naar_jaar", "gewicht", "reden"]
    return pl.DataFrame(rows, schema=columns, orient="row").sort(
        "van_jaar", "van_code", "naar_code"
    )
