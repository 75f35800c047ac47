"""Figures → counted cells: what each published number or text says of the counts behind it.

A cell is one count in one period, area, partner and class, of one state of the deliveries. What is
said of it is twofold. `rounded_low` and `rounded_high` bound the count as the edition rounded it;
`low` and `high` bound the count itself. A shown multiple r of base b means a count from r - (b - 1)
to r + (b - 1), because rounding goes to the multiple just below or just above.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from reports.attacker.reading.decoding import ROLES, Decoded
from reports.attacker.reading.release import Release

KEY = ("data", "count", "first", "last", "area", "partner", "breakdown")
"""What tells one counted cell from all others. `data` stands for the state of the deliveries: one
count and period of two editions is one cell only if both were made of the same deliveries."""

PEOPLE = ("persons", "households")
COUNTED = (*PEOPLE, "events", "answers")

_NONE, _ENDLESS = pl.lit(None, dtype=pl.Float64), pl.lit(float("inf"))


def cells(editions: Sequence[Decoded]) -> pl.DataFrame:
    """Return the counted cells that the editions tell of, sorted by `KEY`.

    Columns beside `KEY`: counts (its unit), edition (the first that tells of it), rounded_low,
    rounded_high, low, high, shown (the rounded count where it is known, else null), base, protected
    (held back wherever it is told), near (whether its rounded value is less than a base away; what
    no figure ever shows only follows from the rest), adds_over (the dimensions over which it is
    said to add up).
    """
    said = pl.concat([_said(decoded) for decoded in editions])
    per_cell = said.group_by(KEY).agg(
        pl.col("counts", "edition", "adds_over").first(),
        pl.col("base").max(),
        pl.col("rounded_low", "low").max(),
        pl.col("rounded_high", "high").min(),
        pl.col("protected").all(),
        pl.col("near").any(),
    )
    one = pl.col("rounded_low") == pl.col("rounded_high")
    return per_cell.with_columns(shown=pl.when(one).then("rounded_low")).sort(KEY)


def _said(decoded: Decoded) -> pl.DataFrame:
    """Return what one edition says, a row per figure and count: numerator, denominator, rest."""
    release = decoded.release
    counts = {one["id"]: one["counts"] for one in release.about["counts"]}
    seen = decoded.figures.filter(pl.col("status").is_in(["published", "protected"]))
    judged = seen.join(decoded.verdict, on="figure", how="left", validate="1:1")
    said = pl.concat([_of_role(judged, role, release) for role in ROLES])
    unit = pl.col("count").replace_strict(counts, default=None, return_dtype=pl.String)
    return said.with_columns(
        unit.alias("counts"),
        _data(release).alias("data"),
        pl.lit(release.edition).alias("edition"),
        pl.lit(release.base, dtype=pl.Int32).alias("base"),
    ).filter(pl.col("counts").is_in(COUNTED))


def _data(release: Release) -> pl.Expr:
    """Return the state of the deliveries behind each indicator: of its contracts, or all."""
    by_contract: dict[str, list[Any]] = {}
    for one in release.about["deliveries"]:
        by_contract.setdefault(one["contract"], []).append(one)
    every = _state(release.about["deliveries"]) if by_contract else release.edition
    named: dict[str, set[str]] = {}
    for one in release.about["readings"]:
        if "contract" in one:
            named.setdefault(one["indicator"], set()).update(one["contract"].split())
    known = {
        indicator: _state([one for name in names for one in by_contract.get(name, [])])
        for indicator, names in named.items()
    }
    return pl.col("indicator").replace_strict(known, default=every, return_dtype=pl.String)


def _state(deliveries: list[Any]) -> str:
    told = sorted(json.dumps(one, sort_keys=True) for one in deliveries)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:12]


def _of_role(figures: pl.DataFrame, role: str, release: Release) -> pl.DataFrame:
    """Return what figures say of one of their counts.

    A number that is no multiple of the base was not rounded: it is the count itself. A number that
    does not follow from the rounded counts says between which exact ones it does.
    """
    number = _NONE if role == "complement" else pl.col(role)
    exact = pl.when(number % release.base != 0).then(number.round())
    low, high = _rounded(role, release)
    named = figures.filter(pl.col(f"{role}_id").is_not_null()).with_columns(
        least=pl.when(exact.is_null()).then(low).fill_null(0.0),
        most=pl.when(exact.is_null()).then(high).fill_null(_ENDLESS),
    )
    slack = release.base - 1
    leads_low, leads_high = _leading(role)
    # Counts that are exact say nothing of what another edition rounded them to.
    rounds = pl.lit(release.base > 1)
    return named.select(
        "indicator",
        pl.col(f"{role}_id").alias("count"),
        "first",
        "last",
        pl.col("area_code").alias("area"),
        "partner",
        pl.col("of_class").alias("breakdown"),
        pl.when(rounds).then("least").otherwise(0.0).alias("rounded_low"),
        pl.when(rounds).then("most").otherwise(_ENDLESS).alias("rounded_high"),
        pl.max_horizontal(exact, leads_low, pl.col("least") - slack, 0.0).alias("low"),
        pl.min_horizontal(exact, leads_high, pl.col("most") + slack).alias("high"),
        (pl.col("status") == "protected").alias("protected"),
        pl.lit(role != "complement").alias("near"),
        pl.col("additive").fill_null("").alias("adds_over"),
    )


def _rounded(role: str, release: Release) -> tuple[pl.Expr, pl.Expr]:
    """Return the least and the most that a count can be as it was rounded; null where unsaid.

    A numerator that is not shown may follow from the share; a count that is held back may be said
    to be less than the threshold.
    """
    if role == "complement":
        return _NONE, _NONE
    if role == "denominator":
        return pl.col(role), pl.col(role)
    said = pl.col("shown").str.extract(r"^minder dan (\d+)$").cast(pl.Float64) - release.base
    few = pl.when(pl.col("status") == "protected").then(said)
    return (
        pl.coalesce(role, "rounded_low"),
        pl.coalesce(pl.col(role), few, pl.col("rounded_high")),
    )


def _leading(role: str) -> tuple[pl.Expr, pl.Expr]:
    if role == "complement":
        return _NONE, _NONE
    letter = "x" if role == "numerator" else "n"
    return pl.col(f"{letter}_low"), pl.col(f"{letter}_high")
