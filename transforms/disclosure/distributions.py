"""What may be shown of a distribution: shares of a rounded whole, small classes put together.

Statistics and disclosure, 4.2. On an ordered scale ("nooit, soms, vaak") a class that is too small
goes together with its neighbour; where classes have no order it is held back, like anything that is
too small.
"""

from collections.abc import Sequence

import polars as pl

from sources.agreement.model import Edition

JOINED = "+"
"""Between the names of classes that were put together: `nooit+soms`."""


def shares(rounded: pl.DataFrame, rules: Edition, *, scale: Sequence[str]) -> pl.DataFrame:
    """Return the classes as they may be shown: key, numerator, denominator, value, held (bool).

    `rounded`: indicator, version, period, area, partner, breakdown and numerator (a rounded count);
    one row of the whole (breakdown '') and one of each class. `scale`: the classes in their order;
    empty where they have none. Shares are whole percents of the rounded whole. Held back are a
    class below the threshold, one that is nearly all of it, and every class of a whole that is
    smaller than a share asks for.
    """
    whole = rounded.filter(pl.col("breakdown") == "").select(*_FIGURE, denominator="numerator")
    classes = rounded.filter(pl.col("breakdown") != "")
    if scale:
        classes = _put_together(classes, rules, scale=scale)
    x, n = pl.col("numerator"), pl.col("denominator")
    few = pl.min_horizontal(x, n - x) < rules.threshold
    held = (few | (n < rules.share_denominator)).fill_null(True)
    told = classes.join(whole, on=_FIGURE, how="left", validate="m:1", maintain_order="left")
    return told.select(
        *_FIGURE,
        "breakdown",
        "numerator",
        "denominator",
        (x / n).round(2).alias("value"),
        held=held,
    ).with_columns(pl.when(~pl.col("held")).then(pl.col("numerator", "denominator", "value")))


_FIGURE = ["indicator", "version", "period", "area", "partner"]


def _put_together(classes: pl.DataFrame, rules: Edition, *, scale: Sequence[str]) -> pl.DataFrame:
    """Put neighbours together until none is too small; what is left at the end joins the last."""
    place = {name: number for number, name in enumerate(scale)}
    ordered = classes.with_columns(
        pl.col("breakdown").replace_strict(place, return_dtype=pl.Int32).alias("place")
    ).sort(*_FIGURE, "place")
    listed = ordered.group_by(_FIGURE, maintain_order=True).agg("numerator", "breakdown")
    groups = [_grouped(counts, rules.threshold) for counts in listed["numerator"].to_list()]
    joined = listed.with_columns(pl.Series("group", groups, dtype=pl.List(pl.Int32())))
    apart = joined.explode("numerator", "breakdown", "group")
    return apart.group_by(*_FIGURE, "group", maintain_order=True).agg(
        pl.col("breakdown").str.join(JOINED), pl.col("numerator").sum()
    )


def _grouped(counts: Sequence[float], threshold: int) -> list[int]:
    """Return the number of the group that each count falls in."""
    groups: list[int] = []
    group, size = 0, 0.0
    for count in counts:
        groups.append(group)
        size += count
        if size >= threshold:
            group, size = group + 1, 0.0
    # A tail that never grew large enough is part of the group before it.
    return [min(number, group - 1) if group and size < threshold else number for number in groups]
