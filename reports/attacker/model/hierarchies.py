"""Which cells are parts of which, and whether the parts add up to the whole."""

from collections.abc import Iterator, Sequence

import polars as pl

from reports.attacker.model.unpublished import adds_over, parents
from reports.attacker.reading.release import Release
from transforms.periods import YEAR

PAIRS = {
    "because": pl.String(),  # area, grouping, partner, breakdown, time, complement or within
    "sum": pl.String(),  # tells apart several sums of one kind and total, as two rests of one whole
    "total": pl.UInt32(),
    "part": pl.UInt32(),
    "adds_up": pl.Boolean(),
    "inside": pl.Boolean(),  # if not: whether each part is at most the total
    "covers": pl.Boolean(),  # if not: whether the total is at most the sum of the parts
}

_HAPPENS = ("events", "answers")
"""What happens, happens in one quarter and adds up over time; a person may be there in two."""

_SERIES = ("data", "count", "area", "partner", "breakdown")
_PLACE = ("data", "first", "last", "area", "partner", "breakdown")


def pairs(cells: pl.DataFrame, editions: Sequence[Release]) -> pl.DataFrame:
    """Return every total with its parts: columns of `PAIRS`, sorted.

    People in one quarter are among those of the year. Whoever is told per partner or class is among
    all, and all people are in some partner or class, though not in one only. What happens, happens
    once: where it does not add up, some of it is in no partner or class at all.
    """
    lasting = _lasting(cells, editions)
    found = [
        _areas(cells, parents(editions)),
        _groupings(cells, editions),
        _apart(cells, "partner"),
        _apart(cells, "breakdown"),
        _time(lasting),
        *_named(cells, editions),
    ]
    found = [one.with_columns(inside=pl.lit(True)) for one in found]
    found.append(_overlapping(lasting))
    typed = [one.select(pl.col(n).cast(t) for n, t in PAIRS.items()) for one in found]
    one_each = ["because", "sum", "total", "part"]
    return pl.concat(typed).unique(one_each).sort(one_each)


def _lasting(cells: pl.DataFrame, editions: Sequence[Release]) -> pl.DataFrame:
    """Return the cells that hang together over time.

    People count at their last address of a period: of one who moved, the year may stand in another
    area than each of its quarters. Only the municipality as a whole keeps them.
    """
    whole = sorted({release.about["municipality"] for release in editions})
    return cells.filter(pl.col("counts").is_in(_HAPPENS) | pl.col("area").is_in(whole))


def _areas(cells: pl.DataFrame, tree: pl.DataFrame) -> pl.DataFrame:
    table = ["data", "count", "first", "last", "partner", "breakdown"]
    lying = cells.select(*table, "area", part="cell").join(tree, on="area", validate="m:1")
    totals = cells.select(*table, total="cell", parent="area", adds_up=adds_over("area"))
    both = lying.join(totals, on=[*table, "parent"], validate="m:1")
    return both.with_columns(because=pl.lit("area"), sum=pl.lit(""), covers=pl.lit(False))


def _groupings(cells: pl.DataFrame, editions: Sequence[Release]) -> pl.DataFrame:
    """Pair the municipality's own groupings with their areas, where each of those is told."""
    groups = {one["id"]: one["areas"] for release in editions for one in release.about["groupings"]}
    rows = [(name, area, len(areas)) for name, areas in sorted(groups.items()) for area in areas]
    schema = {"group": pl.String(), "area": pl.String(), "areas": pl.UInt32()}
    members = pl.DataFrame(rows, schema=schema, orient="row")
    table = ["data", "count", "first", "last", "partner", "breakdown"]
    totals = cells.select(*table, group="area", total="cell", adds_up=adds_over("area"))
    parts = cells.select(*table, "area", part="cell").join(members, on="area", validate="m:m")
    both = parts.join(totals, on=[*table, "group"], validate="m:1")
    whole = pl.len().over("total") == pl.col("areas")
    return both.with_columns(
        because=pl.lit("grouping"),
        sum=pl.lit(""),
        adds_up=pl.col("adds_up") & whole,
        covers=pl.lit(False),
    )


def _apart(cells: pl.DataFrame, dimension: str) -> pl.DataFrame:
    same = [n for n in ("first", "last", *_SERIES) if n != dimension]
    one = pl.col(dimension) != ""
    covers = ~pl.col("counts").is_in(_HAPPENS)
    totals = cells.filter(~one).select(
        *same, total="cell", adds_up=adds_over(dimension), covers=covers
    )
    both = cells.filter(one).select(*same, part="cell").join(totals, on=same, validate="m:1")
    return both.with_columns(because=pl.lit(dimension), sum=pl.lit(""))


def _time(cells: pl.DataFrame) -> pl.DataFrame:
    """Pair years with the quarters that are there; what happens adds up if all four are."""
    series = list(_SERIES)
    quarters = cells.filter(pl.col("first") == pl.col("last"))
    years = cells.filter(pl.col("last") - pl.col("first") == YEAR - 1)
    each = years.select(*series, "counts", "first", total="cell").join(
        pl.DataFrame({"step": range(YEAR)}, schema={"step": pl.Int32()}), how="cross"
    )
    both = each.with_columns(first=pl.col("first") + pl.col("step")).join(
        quarters.select(*series, "first", part="cell"), on=[*series, "first"], validate="m:1"
    )
    complete = pl.len().over("total") == YEAR
    happens = pl.col("counts").is_in(_HAPPENS)
    return both.with_columns(
        because=pl.lit("time"),
        sum=pl.lit(""),
        adds_up=complete & happens,
        covers=complete & ~happens,
    )


def _overlapping(cells: pl.DataFrame) -> pl.DataFrame:
    """Pair years with the two years, one after the other, that they overlap: at most their sum."""
    series = list(_SERIES)
    years = cells.filter(pl.col("last") - pl.col("first") == YEAR - 1)
    one = years.select(*series, "first", before="cell")
    two = years.select(*series, first=pl.col("first") - YEAR, after="cell")
    beside = one.join(two, on=[*series, "first"], validate="1:1")
    steps = pl.DataFrame({"step": range(1, YEAR)}, schema={"step": pl.Int32()})
    shifted = beside.join(steps, how="cross").with_columns(first=pl.col("first") + pl.col("step"))
    both = shifted.join(years.select(*series, "first", total="cell"), on=[*series, "first"])
    long = both.unpivot(["before", "after"], index=["total", "step"], value_name="part")
    return long.with_columns(
        because=pl.lit("time"),
        sum=pl.lit("over"),
        adds_up=pl.lit(False),
        inside=pl.lit(False),
        covers=pl.lit(True),
    )


def _named(cells: pl.DataFrame, editions: Sequence[Release]) -> Iterator[pl.DataFrame]:
    """Yield what the editions say of their counts: numerator and rest, and what is within what."""
    shares: set[tuple[str, str, str]] = set()
    parts: set[tuple[str, str, str]] = set()
    for release in editions:
        for one in release.about["readings"]:
            if rest := one.get("complement"):
                shares |= {(one["denominator"], part, rest) for part in (one["numerator"], rest)}
        parts |= {(large, small, "") for small, large in release.about["within"]}
    yield _of_names(cells, shares).with_columns(because=pl.lit("complement"), adds_up=pl.lit(True))
    known = {(large, part) for large, part, _ in shares}
    loose = _of_names(cells, {one for one in parts if one[:2] not in known})
    yield loose.with_columns(because=pl.lit("within"), adds_up=pl.lit(False))


def _of_names(cells: pl.DataFrame, names: set[tuple[str, str, str]]) -> pl.DataFrame:
    schema = {"large": pl.String(), "count": pl.String(), "sum": pl.String()}
    wanted = pl.DataFrame(sorted(names), schema=schema, orient="row")
    small = cells.select(*_PLACE, "count", part="cell").join(wanted, on="count", validate="m:m")
    totals = cells.select(*_PLACE, large="count", total="cell")
    both = small.join(totals, on=[*_PLACE, "large"], validate="m:1")
    return both.with_columns(covers=pl.lit(False))
