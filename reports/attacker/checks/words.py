"""Words of comparison on pages: whether they follow from the numbers that are shown.

A word is an inequality. Worked out from exact counts it would tell more than the rounded ones do.
"""

from collections.abc import Iterator
from typing import Any

import polars as pl

from reports.attacker.findings import Finding, Kind
from reports.attacker.reading.decoding import Decoded
from transforms.comparison import (
    COMPARISON,
    Comparison,
    rate_against_municipality,
    share_against_municipality,
)

_WORDS = {
    "meer dan": Comparison.MORE,
    "minder dan": Comparison.LESS,
    "ongeveer gelijk aan": Comparison.ABOUT_EQUAL,
    "nog niet te zeggen": Comparison.NOT_YET,
}


def wrong_words(decoded: Decoded) -> Iterator[Finding]:
    """Yield words beside figures that are held back, and words that do not follow."""
    release = decoded.release
    said = [(page, name, word) for page, name, word in _said(decoded)]
    words = pl.DataFrame(
        said,
        schema={"page": pl.String(), "name": pl.String(), "said": pl.String()},
        orient="row",
    ).unique()
    figures = decoded.figures.filter(pl.col("status").is_in(["published", "protected"]))
    known = words.join(_following(decoded), on="name", how="left", validate="m:1").join(
        figures.select("name", "status"), on="name", how="left", validate="m:1"
    )
    for row in known.sort("name", "page").iter_rows(named=True):
        if how := _wrong(row):
            yield Finding(release.edition, release.reader, Kind.WORD, row["name"], how)


def _said(decoded: Decoded) -> Iterator[tuple[str, str, str]]:
    remarks = decoded.release.pages.filter(pl.col("part") == "remark")
    for page, name, text in remarks.select("page", "figure", "text").iter_rows():
        for start, word in _WORDS.items():
            if text.casefold().startswith(start):
                yield page, name, word.value


def _wrong(row: dict[str, Any]) -> str | None:
    if row["status"] != "published":
        return f"op {row['page']} staat een woord bij een cijfer dat er niet staat."
    if row["follows"] is not None and row["follows"] != row["said"]:
        return f"het woord op {row['page']} volgt niet uit de cijfers die er staan."
    return None


def _following(decoded: Decoded) -> pl.DataFrame:
    """Return name, follows: the word that the shown numbers lead to; null where it is not known.

    A survey shows no count; the one that fits its share stands in for it.
    """
    place = ["indicator", "version", "period", "breakdown"]
    town = decoded.release.about["municipality"]
    counted = (pl.col("status") == "published") & (pl.col("source") == "own")
    fitting = pl.col("value") * pl.col("denominator") / pl.col("multiplier")
    figures = decoded.figures.filter(counted & (pl.col("partner") == "")).with_columns(
        x=pl.coalesce("numerator", fitting), n=pl.col("denominator")
    )
    whole = figures.filter(pl.col("area_code") == town).select(*place, total_x="x", total_n="n")
    both = figures.join(whole, on=place, validate="m:1")
    x, n, total_x, total_n = (pl.col(one) for one in ("x", "n", "total_x", "total_n"))
    word = (
        pl.when(way="share")
        .then(share_against_municipality(x, n, total_x, total_n))
        .when(way="rate")
        .then(rate_against_municipality(x, n, total_x, total_n))
        .otherwise(pl.lit(None, COMPARISON))
    )
    counts = both.filter(pl.col("numerator").is_not_null())
    return counts.select("name", follows=word.cast(pl.String))
