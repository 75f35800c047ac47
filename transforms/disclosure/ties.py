"""Which cells are parts of which: areas, partners and classes of all, quarters of a year."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from transforms import periods

PAIRS = {"dimension": pl.String(), "total": pl.UInt32(), "part": pl.UInt32()}

AREA, GROUPING, PARTNER, BREAKDOWN, TIME = "area", "grouping", "partner", "breakdown", "time"

_HEIGHT = 3
"""From buurt over wijk to municipality: no area has more above it."""

ADDS_UP_IN_TIME = ("events", "answers")
"""What happens, happens in one quarter; a person may be there in two."""

_TABLE = ("count", "period", "partner", "breakdown")


def pairs(
    cells: pl.DataFrame, *, parents: Mapping[str, str], groups: Mapping[str, Sequence[str]]
) -> pl.DataFrame:
    """Return every total with its parts, per dimension: columns of `PAIRS`.

    `parents`: area -> the area above it. `groups`: a grouping -> the areas that it is made of. An
    area is part of the nearest area above it of which the same is counted.
    """
    found = [*_areas(cells, parents), _groupings(cells, groups)]
    found += [_apart(cells, PARTNER), _apart(cells, BREAKDOWN), _time(cells)]
    return pl.concat(frame.select(pl.col(n).cast(t) for n, t in PAIRS.items()) for frame in found)


def years(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the years that no figure shows, but that follow from four quarters that are shown.

    Only where years of the same count are shown elsewhere: in its buurten, say. Columns as those of
    the cells, none of them shown.
    """
    key = ["count", "period", "area", "partner", "breakdown", "counts"]
    whole = cells.filter(pl.col("counts").is_in(ADDS_UP_IN_TIME))
    asked = whole.select("count", "period").unique()
    named = quarters_of(asked["period"].unique().to_list())
    four = (
        asked.join(named, on="period", validate="m:m")
        .join(whole.rename({"period": "quarter"}), on=["count", "quarter"], how="inner")
        .group_by(key)
        .agg(pl.col("exact").sum(), pl.len().alias("quarters"))
        .filter(pl.col("quarters") == periods.YEAR)
        .join(cells, on=key, how="anti")
    )
    unseen = four.with_columns(shown=pl.lit(False), public=pl.lit(False))
    return unseen.select(cells.columns)


def of_counts(cells: pl.DataFrame, names: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Return small, large: the cells of two counts in one place, for each pair of names."""
    wanted = pl.DataFrame(
        names, schema={"count": pl.String(), "large_count": pl.String()}, orient="row"
    ).unique()
    here = ["period", "area", PARTNER, BREAKDOWN]
    small = cells.select("count", *here, small="cell").join(wanted, on="count", validate="m:m")
    large = cells.select(*here, large_count="count", large="cell")
    return small.join(large, on=["large_count", *here], validate="m:1").select("small", "large")


def _areas(cells: pl.DataFrame, parents: Mapping[str, str]) -> Iterator[pl.DataFrame]:
    """Yield the pairs of areas: first with the area just above, then with the one above that."""
    rows = [(area, above) for area, above in sorted(parents.items()) if above]
    up = pl.DataFrame(rows, schema={"area": pl.String(), "above": pl.String()}, orient="row")
    higher = up.rename({"area": "above", "above": "next"})
    totals = cells.select(*_TABLE, above="area", total="cell")
    left = cells.select(*_TABLE, "area", part="cell").join(up, on="area", validate="m:1")
    for _ in range(_HEIGHT):
        met = left.join(totals, on=[*_TABLE, "above"], how="left", validate="m:1")
        yield met.drop_nulls("total").with_columns(dimension=pl.lit(AREA))
        lonely = met.filter(pl.col("total").is_null()).drop("total")
        left = (
            lonely.join(higher, on="above", validate="m:1").with_columns(above="next").drop("next")
        )


def _groupings(cells: pl.DataFrame, groups: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Return the pairs of groupings of which every area is counted."""
    rows = [(name, area, len(areas)) for name, areas in sorted(groups.items()) for area in areas]
    schema = {"above": pl.String(), "area": pl.String(), "areas": pl.UInt32()}
    members = pl.DataFrame(rows, schema=schema, orient="row")
    totals = cells.select(*_TABLE, above="area", total="cell")
    found = (
        cells.select(*_TABLE, "area", part="cell")
        .join(members, on="area", validate="m:m")
        .join(totals, on=[*_TABLE, "above"], validate="m:1")
    )
    whole = found.filter(pl.len().over("total") == pl.col("areas"))
    return whole.with_columns(dimension=pl.lit(GROUPING))


def _apart(cells: pl.DataFrame, dimension: str) -> pl.DataFrame:
    """Return the pairs of all partners (or classes) together and each of them."""
    same = [name for name in ("count", "period", "area", PARTNER, BREAKDOWN) if name != dimension]
    one = pl.col(dimension) != ""
    parts = cells.filter(one).select(*same, part="cell")
    totals = cells.filter(~one).select(*same, total="cell")
    return parts.join(totals, on=same, validate="m:1").with_columns(dimension=pl.lit(dimension))


def _time(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of a year and its quarters, where all four are there."""
    same = ["count", "area", PARTNER, BREAKDOWN]
    whole = cells.filter(pl.col("counts").is_in(ADDS_UP_IN_TIME))
    four = quarters_of(whole["period"].unique().to_list())
    parts = whole.select(*same, quarter="period", part="cell")
    totals = whole.select(*same, "period", total="cell").join(four, on="period", validate="m:m")
    found = totals.join(parts, on=[*same, "quarter"], validate="m:1")
    complete = found.filter(pl.len().over("total") == periods.YEAR)
    return complete.with_columns(dimension=pl.lit(TIME))


def quarters_of(ids: Sequence[str]) -> pl.DataFrame:
    """Return period, quarter: the four quarters of each period that is a year or K4."""
    parsed = {one: periods.parse(one).quarters for one in sorted(ids)}
    rows = [(one, q) for one, four in parsed.items() if len(four) == periods.YEAR for q in four]
    schema = {"period": pl.String(), "quarter": pl.String()}
    return pl.DataFrame(rows, schema=schema, orient="row")
