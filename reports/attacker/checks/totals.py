"""Sums over what is shown: whether they add up, and whether a total is there where it should be."""

from collections.abc import Iterator

import polars as pl

from reports.attacker.checks.rules import found
from reports.attacker.findings import Finding, Kind
from reports.attacker.reading.decoding import Decoded

_GRAIN = {"quarter": 0, "four_quarters": 3, "year": 3}


def missing_totals(decoded: Decoded) -> Iterator[Finding]:
    """Yield parts of which the total is held back or absent, while all of them are shown.

    A total must be there where its level is told at the grain of the parts.
    """
    figures = decoded.figures.filter(pl.col("status").is_in(["published", "protected"]))
    tree = _tree(decoded)
    table = ["indicator", "version", "period", "partner", "breakdown"]
    parts = figures.join(tree, on="area_code", validate="m:1").filter(_adds_up())
    whole = figures.select(*table, parent="area_code", of_total="status")
    beside = tree.group_by("parent").agg(pl.len().alias("areas"))
    sums = (
        parts.join(beside, on="parent", validate="m:1")
        .group_by(*table, "parent", "areas", "variant", "first", "last")
        .agg(
            all_shown=(pl.col("status") == "published").all(),
            there=pl.len(),
            name=pl.col("name").min(),
        )
        .join(whole, on=[*table, "parent"], how="left", validate="1:1")
    )
    shown = pl.col("all_shown") & (pl.col("there") == pl.col("areas"))
    held = sums.filter(shown & (pl.col("of_total") == "protected"))
    how = "het totaal is afgeschermd, maar alle delen staan er."
    yield from found(decoded, Kind.MISSING_TOTAL, held, how)
    absent = sums.filter(pl.col("of_total").is_null()).join(
        _levels(decoded), on=["indicator", "variant", "parent"], validate="m:1"
    )
    due = absent.filter(pl.col("last") - pl.col("first") == pl.col("length"))
    how = "het totaal van deze delen ontbreekt, en volgt uit hun som."
    yield from found(decoded, Kind.MISSING_TOTAL, due, how)


def _adds_up() -> pl.Expr:
    return pl.col("additive").fill_null("").str.split(" ").list.contains("area")


def _tree(decoded: Decoded) -> pl.DataFrame:
    areas = decoded.release.about["areas"]
    rows = sorted((one["code"], one["parent"]) for one in areas if one.get("parent"))
    return pl.DataFrame(
        rows, schema={"area_code": pl.String(), "parent": pl.String()}, orient="row"
    )


def _levels(decoded: Decoded) -> pl.DataFrame:
    """Return indicator, variant, parent, length: the grain at which each area must be told."""
    levels = {one["code"]: one.get("level", "") for one in decoded.release.about["areas"]}
    rows = [
        (one["indicator"], one["variant"], code, _GRAIN.get(grain, 0))
        for one in decoded.release.about["readings"]
        for code, level in sorted(levels.items())
        if (grain := one["levels"].get(level)) is not None
    ]
    schema = {"indicator": pl.String(), "variant": pl.String(), "parent": pl.String()}
    return pl.DataFrame(rows, schema=schema | {"length": pl.Int32()}, orient="row")
