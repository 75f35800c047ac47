"""Leaks in the figures of an edition, as a faulty protector would make them."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl
from disclosure_damage import (
    CBS,
    COUNT,
    FIGURE,
    MEAN,
    PROTECTED,
    PUBLISHED,
    RATE,
    SHARE,
    SURVEY,
    Planted,
    Published,
    changed,
    damage,
    first,
    of,
    without,
)

from reports.attacker import Kind, Release

# What follows from the raw count.

_RATE = pl.col("numerator_exact") / pl.col("denominator") * 1000
_EXACT_SHARE = pl.col("numerator_exact") / pl.col("denominator_exact")


def a_rate_from_the_raw_count(published: Published) -> Sequence[Release]:
    raw = _RATE.round(0)
    small = pl.col("denominator") < 10_000
    return damage(published, {"value": raw}, of(RATE), PUBLISHED, small, raw != pl.col("value"))


def one_decimal_too_many(published: Published) -> Sequence[Release]:
    raw = _RATE.round(1)
    small = pl.col("denominator") < 10_000
    return damage(published, {"value": raw}, of(RATE), PUBLISHED, small, raw != raw.round(0))


def a_share_from_the_raw_counts(published: Published) -> Sequence[Release]:
    raw = _EXACT_SHARE.round(2)
    return damage(published, {"value": raw}, of(SHARE), PUBLISHED, raw != pl.col("value"))


def survey_shares_from_the_raw_counts(published: Published) -> Sequence[Release]:
    """All of them, with their limits: a single share could be that of another rounded count."""
    values = {
        "value": (_EXACT_SHARE * 20).round(0) / 20,
        "lower": (pl.col("lower_exact") * 20).floor() / 20,
        "upper": (pl.col("upper_exact") * 20).ceil() / 20,
    }
    surveys = published.beside.filter(of(SURVEY), PUBLISHED).height
    return damage(published, values, of(SURVEY), PUBLISHED, count=surveys)


def limits_from_the_exact_count(published: Published) -> Sequence[Release]:
    exact = {name: pl.col(f"{name}_exact").round(2) for name in ("lower", "upper")}
    return damage(published, exact, of(SHARE), PUBLISHED)


def a_limit_one_step_too_narrow(published: Published) -> Sequence[Release]:
    narrow = (pl.col("upper") - 0.01).round(2)
    return damage(published, {"upper": narrow}, of(SHARE), PUBLISHED, narrow > pl.col("value"))


def a_count_that_is_not_rounded(published: Published) -> Sequence[Release]:
    exact = pl.col("numerator_exact")
    values = {"numerator": exact, "value": exact, "shown": exact.cast(pl.Int64).cast(pl.String)}
    return damage(published, values, of(COUNT), PUBLISHED, exact % 5 != 0)


def a_mean_from_the_raw_sum(published: Published) -> Sequence[Release]:
    raw = {name: pl.col(f"{name}_exact").round(2) for name in ("value", "lower", "upper")}
    return damage(published, raw, of(MEAN), PUBLISHED)


def the_exact_converted_share(published: Published) -> Sequence[Release]:
    assert published.last.more is not None
    victim = first(published.last.more, PUBLISHED, of(COUNT))
    more = changed(published.last, victim, {"status": "published"}).more
    assert more is not None
    hit = pl.concat_str(FIGURE) == pl.concat_str([pl.lit(victim[name][0]) for name in FIGURE])
    told = more.with_columns(pl.when(hit).then(0.0173).otherwise("converted").alias("converted"))
    return published.with_last(replace(published.last, more=told))


# What is shown where it should be held back.


def _shown(published: Published, *conditions: pl.Expr, count: int = 1) -> Sequence[Release]:
    exact = pl.col("numerator_exact")
    rounded = (exact / 5).round(0) * 5
    text = rounded.cast(pl.Int64).cast(pl.String)
    values = {"numerator": rounded, "value": rounded, "shown": text, "status": "published"}
    return damage(published, values, PROTECTED, *conditions, count=count)


def zeros_are_shown(published: Published) -> Sequence[Release]:
    return _shown(published, of("S01"), pl.col("numerator_exact") == 0)


def a_class_without_threshold(published: Published) -> Sequence[Release]:
    few = pl.col("numerator_exact").is_between(4, 6)
    return _shown(published, of("S01"), pl.col("breakdown") != "", few)


def a_small_complement_is_shown(published: Published) -> Sequence[Release]:
    """Nearly everybody is in the numerator: who is not, is one of a few."""
    x, n = ((pl.col(f"{name}_exact") / 5).round(0) * 5 for name in ("numerator", "denominator"))
    values = {"numerator": x, "denominator": n, "value": (x / n).round(2), "status": "published"}
    shares = pl.col("indicator").is_in(["S02", "S05", "S10"])
    return damage(published, values, shares, PROTECTED, n - x < 10, n >= 50)


def a_number_in_a_protected_row(published: Published) -> Sequence[Release]:
    return damage(published, {"value": pl.col("value_exact")}, of("S01"), PROTECTED)


def different_symbols(published: Published) -> Sequence[Release]:
    """One text for what is small itself, another for what would give it away."""
    small = pl.col("numerator_exact") < 10
    return damage(published, {"shown": "geheim"}, of("S01"), PROTECTED, small, count=3)


# What does not hang together.


def one_wijk_rounded_by_itself(published: Published) -> Sequence[Release]:
    other = pl.col("numerator") + 5
    text = other.cast(pl.Int64).cast(pl.String)
    values = {"numerator": other, "value": other, "shown": text}
    wijk = pl.col("area_code").str.starts_with("WK")
    return damage(published, values, of(COUNT), PUBLISHED, wijk, pl.col("breakdown") == "")


def one_revised_sheet(published: Published) -> Sequence[Release]:
    """The last edition is made of the same deliveries, and yet tells another number."""
    assert len(published.editions) > 1
    before = published.editions[-2]
    again = replace(before, edition=published.last.edition)
    other = pl.col("numerator") - 5
    values = {"numerator": other, "value": other, "shown": other.cast(pl.Int64).cast(pl.String)}
    victim = first(before.figures, of(COUNT), PUBLISHED, pl.col("numerator") > 50)
    return (*published.editions[:-1], changed(again, victim, values))


def quarters_beside_four_quarters(published: Published) -> Sequence[Release]:
    """A wijk tells rolling years, and now quarters too."""
    wijk = pl.col("area_code").str.starts_with("WK")
    rows = first(published.last.figures, of(SHARE), PUBLISHED, wijk)
    quarters = rows.with_columns(period=pl.col("period").str.slice(7))
    more = published.last.more
    assert more is not None
    extra = more.join(rows, on=FIGURE, how="semi").with_columns(
        period=pl.col("period").str.slice(7)
    )
    told = replace(
        published.last,
        figures=pl.concat([published.last.figures, quarters]),
        more=pl.concat([more, extra]),
    )
    return published.with_last(told)


def a_total_is_missing(published: Published) -> Sequence[Release]:
    """The municipality is left out, though its wijken add up to it."""
    whole = pl.col("area_code").str.starts_with("GM") & (pl.col("partner") == "")
    victim = first(published.last.figures, of(COUNT), whole, pl.col("breakdown") == "")
    return published.with_last(without(published.last, victim))


def the_rest_area_is_forgotten(published: Published) -> Sequence[Release]:
    """In every edition: who lives nowhere known is in the total, and in no wijk."""
    return [_without_rest(told) for told in published.editions]


def _without_rest(told: Release) -> Release:
    areas = [one for one in told.about["areas"] if one["code"] != "onbekend"]
    rows = told.figures.filter(pl.col("area_code") == "onbekend")
    return without(replace(told, about={**told.about, "areas": areas}), rows)


def a_cbs_figure_is_rounded_again(published: Published) -> Sequence[Release]:
    again = (pl.col("value") * 20).round(0) / 20
    other = (again - pl.col("value")).abs() > 0.005
    return damage(published, {"value": again}, of(CBS), PUBLISHED, other)


# What one place tells and another does not.


def a_figure_in_the_download_only(published: Published) -> Sequence[Release]:
    """The CSV holds back what `figures.json` tells."""
    victim = first(published.beside, of("S01"), PROTECTED)
    exact = pl.col("numerator_exact")
    values = {"numerator": exact, "value": exact, "status": "published"}
    more = changed(published.last, victim, values).more
    return published.with_last(replace(published.last, more=more))


def a_row_in_the_json_only(published: Published) -> Sequence[Release]:
    victim = first(published.last.figures, of(COUNT), PUBLISHED)
    figures = published.last.figures.join(victim, on=FIGURE, how="anti")
    return published.with_last(replace(published.last, figures=figures))


IN_THE_FIGURES = (
    Planted("a rate from the raw count", a_rate_from_the_raw_count, Kind.VALUE),
    Planted("a rate with one decimal too many", one_decimal_too_many, Kind.VALUE),
    Planted("a share from the raw counts", a_share_from_the_raw_counts, Kind.VALUE),
    Planted("survey shares from the raw counts", survey_shares_from_the_raw_counts, Kind.LIMITS),
    Planted("limits from the exact count", limits_from_the_exact_count, Kind.LIMITS),
    Planted("a limit one step too narrow", a_limit_one_step_too_narrow, Kind.LIMITS),
    Planted("a count that is not rounded", a_count_that_is_not_rounded, Kind.NOT_ROUNDED),
    Planted("a mean from the raw sum", a_mean_from_the_raw_sum, Kind.VALUE),
    Planted("the exact converted share", the_exact_converted_share, Kind.NOT_ROUNDED),
    Planted("zeros that are shown", zeros_are_shown, Kind.TOO_SMALL),
    Planted("a class without threshold", a_class_without_threshold, Kind.TOO_SMALL),
    Planted("a small complement that is shown", a_small_complement_is_shown, Kind.TOO_SMALL),
    Planted("a number in a protected row", a_number_in_a_protected_row, Kind.HELD_NUMBER),
    Planted("different symbols", different_symbols, Kind.SYMBOLS),
    Planted("one wijk rounded by itself", one_wijk_rounded_by_itself, Kind.BROKEN_SUM),
    Planted("one revised sheet", one_revised_sheet, Kind.NARROW),
    Planted("quarters beside four quarters", quarters_beside_four_quarters, Kind.TWO_GRAINS),
    Planted("a total that is missing", a_total_is_missing, Kind.MISSING_TOTAL),
    Planted("a rest area that is forgotten", the_rest_area_is_forgotten, Kind.BROKEN_SUM),
    Planted("a CBS figure that is rounded again", a_cbs_figure_is_rounded_again, Kind.SOURCE),
    Planted("a figure in the download only", a_figure_in_the_download_only, Kind.TWO_VALUES),
    Planted("a row in figures.json only", a_row_in_the_json_only, Kind.UNTOLD),
)
"""Damage to the rows of a correct edition."""
