"""Observations → published figures: the only thing that a report may see."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sources.agreement.model import Agreement, Counts, Edition
from transforms.disclosure.composed import COMPOSED, composed, unit
from transforms.disclosure.controlled import controlled
from transforms.disclosure.counts import Catalogue, Counted, catalogue, rows_of
from transforms.disclosure.linked import KEY, Linked, linked
from transforms.disclosure.numbers import NUMBERS, as_shown, converted
from transforms.disclosure.rules import Kind, kind_of, too_small
from transforms.disclosure.settled import settled
from transforms.disclosure.shown import IN_DEVELOPMENT, NOT_DELIVERED, held_back, texts
from transforms.disclosure.tables import tables
from transforms.disclosure.ties import of_counts
from transforms.observations import PUBLISHED
from transforms.readings import Reading, readings_of

MEMORY: dict[str, pl.DataType] = {**dict.fromkeys(KEY, pl.String()), "rounded": pl.Int64()}
"""What the next edition must know of this one: the rounded value of every count."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A public edition.

    `figures`: columns of `PUBLISHED`, sorted. `rounded`: columns of `MEMORY`, of every count that a
    figure may show, held back or not; the next edition's `earlier`. `tables`: columns of `TABLES`,
    per count and period how it was rounded.
    """

    figures: pl.DataFrame
    rounded: pl.DataFrame
    tables: pl.DataFrame


def publish(
    observations: pl.DataFrame,
    agreement: Agreement,
    edition: str,
    *,
    parents: Mapping[str, str],
    earlier: pl.DataFrame | None = None,
) -> Protected:
    """Protect the observations (columns `OBSERVATIONS`) of a public edition.

    `parents`: area code -> the area above it, rest areas included. `earlier`: what the edition
    before rounded (`Protected.rounded`), so that what was shown stays as it was.

    By statistics and disclosure, 4.2 ("openbaar"): counts by controlled rounding, all else from
    rounded counts. A row that is protected, not delivered or in development holds no number. What
    was protected at its source, and money, passes as it is.
    """
    rules = agreement.general.public
    named = catalogue(agreement)
    known = linked(observations, agreement, parents=parents)
    fixed = settled(observations, named)
    before = _told_before(known, earlier, rules) if earlier is not None else None
    found = controlled(known, base=rules.base, earlier=before, fixed=fixed)
    cells = known.cells.join(found, on="cell", how="inner", validate="1:1")
    counts = _judged(cells, named, threshold=rules.threshold)
    rounding = _Rounding(rules, counts, known.broken, frozenset(part for part, _ in named.parts))
    told = {one.reading.key: one for one in named.readings}
    frames = [
        _published(observations, told.get(reading.key, Counted(reading)), rounding)
        for name, indicator in sorted(agreement.indicators.items())
        for reading in readings_of(name, indicator)
    ]
    figures = pl.concat([pl.DataFrame(schema=PUBLISHED), *frames])
    keys = ["indicator", "version", "period", "area_code", "partner", "breakdown"]
    return Protected(
        figures=figures.with_columns(pl.lit(edition).alias("edition")).sort(keys),
        rounded=cells.filter("shown").select(list(MEMORY)),
        tables=tables(cells.filter("shown"), base=rules.base),
    )


@dataclass(frozen=True, slots=True)
class _Rounding:
    """What the figures of every reading are made with.

    `counts`: `KEY`, rounded, few. `broken`: see `Linked`. `parts`: counts that are part of another.
    """

    rules: Edition
    counts: pl.DataFrame
    broken: pl.DataFrame
    parts: frozenset[str]


def _told_before(known: Linked, earlier: pl.DataFrame, rules: Edition) -> pl.DataFrame:
    """Return the earlier rounded counts that readers saw, or that would be seen by another choice.

    A count that is held back whether it goes up or down was never told, and binds nothing. Of
    answers also small counts are told, in the shares that they make.
    """
    above = (pl.col("exact") / rules.base).ceil() * rules.base
    told = (above >= rules.threshold) | (pl.col("counts") == Counts.ANSWERS.value)
    seen = known.cells.filter(told).select(KEY)
    return earlier.join(seen, on=list(KEY), how="semi", maintain_order="left")


def _judged(cells: pl.DataFrame, named: Catalogue, *, threshold: int) -> pl.DataFrame:
    """Return the rounded cells with `few`: the count or what it leaves of another is too small."""
    value = cells.select("cell", "rounded")
    left = (
        of_counts(cells, named.parts)
        .join(value, left_on="small", right_on="cell", validate="m:1")
        .join(value, left_on="large", right_on="cell", suffix="_large", validate="m:1")
        .group_by(cell="small")
        .agg(left=(pl.col("rounded_large") - pl.col("rounded")).min())
    )
    least = pl.min_horizontal("rounded", "left")
    both = cells.join(left, on="cell", how="left", validate="1:1")
    return both.select(*KEY, pl.col("rounded").cast(pl.Float64), few=least < threshold)


def _published(observations: pl.DataFrame, one: Counted, rounding: _Rounding) -> pl.DataFrame:
    """Return the figures of one reading."""
    reading, kind, rules = one.reading, kind_of(one.reading), rounding.rules
    rows = with_inhabitants(rows_of(observations, reading), kind)
    counted = _with_counts(rows, one, rounding.counts)
    if kind in COMPOSED:
        numbers = composed(counted, reading, rules).with_columns(converted())
    else:
        judged = counted.with_columns(_status(kind, reading, rules))
        numbers = judged.with_columns(*as_shown(kind, reading, rules), converted())
    bare = pl.when(pl.col("status") == "published").then(pl.col(*NUMBERS, "converted"))
    figures = numbers.with_columns(bare)
    without_number = {
        "protected": held_back(kind, rules, alone=one.numerator not in rounding.parts),
        "not_delivered": NOT_DELIVERED,
        "in_development": IN_DEVELOPMENT,
    }
    sums = additive(figures["period"], one, rounding.broken)
    told = figures.join(sums, on="period", validate="m:1").with_columns(
        texts(figures, reading, without_number),
        pl.col("area").alias("area_code"),
        pl.lit("").alias("edition"),
        unit(kind, reading).alias("unit"),
        *(pl.lit(text).alias(name) for name, text in described(reading).items()),
    )
    return told.select(pl.col(name).cast(dtype) for name, dtype in PUBLISHED.items())


def with_inhabitants(rows: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    """Leave out a rate of which the inhabitants are not known, as in the rest area: no figure.

    Its count is in what was observed, so that areas add up.
    """
    if kind is not Kind.RATE:
        return rows
    return rows.filter((pl.col("availability") != "observed") | pl.col("denominator").is_not_null())


def _with_counts(rows: pl.DataFrame, one: Counted, counts: pl.DataFrame) -> pl.DataFrame:
    """Put the rounded counts in the place of the exact ones, and add `few`.

    What is known to all stays as it is, and so does what is no count.
    """
    here = ["period", "area", "partner", "class"]
    named = counts.rename({"breakdown": "class"})
    own = pl.lit("") if one.reading.variant else pl.col("breakdown")
    told = rows.with_columns(own.alias("class"))
    few: pl.Expr = pl.lit(False)
    if one.numerator is not None:
        x = named.filter(pl.col("count") == one.numerator).select(*here, "few", numerator="rounded")
        told = told.drop("numerator").join(x, on=here, how="left", validate="m:1")
        few = pl.col("few")
    if one.denominator is not None and not one.constant:
        n = named.filter(pl.col("count") == one.denominator)
        place = ["period", "area"] if one.reading.elsewhere else here
        told = told.drop("denominator").join(
            n.select(*place, denominator="rounded"), on=place, how="left", validate="m:1"
        )
    return told.with_columns(few.alias("few"))


def additive(periods: pl.Series, one: Counted, broken: pl.DataFrame) -> pl.DataFrame:
    """Return period, additive: over which dimensions the counts of a reading do add up."""
    declared = [dimension.value for dimension in one.reading.indicator.additive_over]
    own = broken.filter(pl.col("count").is_in([one.numerator, one.denominator]))
    torn = set(own.select("period", "dimension").iter_rows())
    told = [
        (period, " ".join(name for name in declared if (period, name) not in torn))
        for period in periods.unique().sort()
    ]
    return pl.DataFrame(told, schema={"period": pl.String(), "additive": pl.String()}, orient="row")


def _status(kind: Kind, reading: Reading, rules: Edition) -> pl.Expr:
    observed = pl.col("availability") == "observed"
    return (
        pl.when(~observed)
        .then("availability")
        .when(too_small(kind, reading, rules))
        .then(pl.lit("protected"))
        .otherwise(pl.lit("published"))
        .alias("status")
    )


def described(reading: Reading) -> dict[str, str]:
    """Return what every figure of a reading says of itself, by column."""
    indicator = reading.indicator
    own = "protected_at_source" if indicator.protected_at_source else "own"
    below = reading.denominator
    return {
        "numerator_counts": reading.numerator.counts.value,
        "denominator_counts": below.counts.value if below else "",
        "source": "estimate" if indicator.estimate else own,
    }
