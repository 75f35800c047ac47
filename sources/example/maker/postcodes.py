"""Postcodes of Voorbeeldstad: letter pairs SA, SD and SS, which are never issued.

Every buurt has three times three of its own. Eight more lie across a border, as some do
everywhere: most of their addresses are in one buurt, the rest in the next.
"""

import polars as pl

from sources.example.maker.areas import borders, neighbourhoods

_PAIRS = ("SA", "SD", "SS")
_FIRST = 9900
_OWN = 3  # four-digit postcodes per buurt
PER_NEIGHBOURHOOD = _OWN * len(_PAIRS)
_SHARED = 8
_MOST, _REST = 0.7, 0.3


def own() -> list[str]:
    """Return the postcodes that lie in one buurt: nine per buurt, in the order of the buurten."""
    digits = range(_FIRST, _FIRST + _OWN * neighbourhoods().height)
    return [f"{number}{pair}" for number in digits for pair in _PAIRS]


def links(year: int) -> pl.DataFrame:
    """Return the rows of `pc6_buurt` (L12b) of a year; the shares of a postcode sum to 1."""
    codes = neighbourhoods()["code"].to_list()
    rows = [(pc6, codes[i // PER_NEIGHBOURHOOD], 1.0) for i, pc6 in enumerate(own())]
    for pc6, (left, right) in zip(_across(), _neighbours(), strict=True):
        rows += [(pc6, left, _MOST), (pc6, right, _REST)]
    table = pl.DataFrame(rows, schema=["pc6", "buurt_code", "aandeel"], orient="row")
    return table.select(pl.lit(year).alias("jaar"), pl.all()).sort("pc6", "buurt_code")


def _across() -> list[str]:
    first = _FIRST + _OWN * neighbourhoods().height
    return [f"{first + i // len(_PAIRS)}{_PAIRS[i % len(_PAIRS)]}" for i in range(_SHARED)]


def _neighbours() -> list[tuple[str, str]]:
    """Return evenly spread pairs of buurten that share a border."""
    pairs = sorted({(min(a, b), max(a, b)) for a, b, _ in borders() if b})
    return pairs[:: len(pairs) // _SHARED][:_SHARED]
