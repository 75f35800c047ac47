"""Observations → the figures of the internal edition, for named administrators.

Exact from three on; held back is what is less, with whatever would give that away. A partner gets
its own of these figures only: what is hidden is hidden for every reader, so that no two packages
together tell what one of them hides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sources.agreement.model import Agreement, Internal
from transforms.disclosure import waits
from transforms.disclosure.composed import unit
from transforms.disclosure.counts import Catalogue, Counted, catalogue, rows_of
from transforms.disclosure.edition import additive, described, with_inhabitants
from transforms.disclosure.internal.cells import MEMORY, table
from transforms.disclosure.internal.hiding import held_back, hide
from transforms.disclosure.internal.money import with_contributions
from transforms.disclosure.internal.rules import as_shown, texts, too_small
from transforms.disclosure.linked import KEY, Linked, linked
from transforms.disclosure.numbers import NUMBERS, converted
from transforms.disclosure.rules import Kind, kind_of
from transforms.measures.wait import OPEN
from transforms.observations import PUBLISHED
from transforms.readings import Reading, readings_of


@dataclass(frozen=True, slots=True)
class Confidential:
    """The internal edition: `figures` (columns `PUBLISHED`), and `cells` (columns `MEMORY`).

    The cells come back as `earlier` when the next edition is made.
    """

    figures: pl.DataFrame
    cells: pl.DataFrame


def confidential(
    observations: pl.DataFrame,
    agreement: Agreement,
    edition: str,
    *,
    parents: Mapping[str, str],
    rounded: pl.DataFrame,
    earlier: pl.DataFrame | None = None,
) -> Confidential:
    """Protect the observations (columns `OBSERVATIONS`) of the internal edition.

    By statistics and disclosure, 4.2 ("intern"). `parents`: area code -> the area above it.
    `rounded`: the counts of the public edition, which is beside this one (columns `ROUNDED`).
    `earlier`: the cells of the internal edition before this one (columns `MEMORY`).
    """
    rules, named = agreement.general.internal, catalogue(agreement)
    every = _readings(agreement, named)
    rows = _judged(with_contributions(observations), every, rules)
    links = linked(waits.without_weeks(observations, agreement), agreement, parents=parents)
    known = table(
        links,
        _shows(rows, every, links),
        parts=named.parts,
        threshold=rules.threshold,
        rounded=rounded,
        base=agreement.general.public.base,
        earlier=pl.DataFrame(schema=MEMORY) if earlier is None else earlier,
    )
    held = rows["held"].to_numpy()
    hidden = hide(known, held, threshold=rules.threshold)
    settled = rows.with_columns(held=pl.Series(held_back(known, held, hidden)))
    figures = [_figures(settled, one, rules, broken=links.broken) for one in every]
    keys = ["indicator", "version", "period", "area_code", "partner", "breakdown"]
    return Confidential(
        figures=pl.concat([pl.DataFrame(schema=PUBLISHED), *figures])
        .with_columns(pl.lit(edition).alias("edition"))
        .sort(keys),
        cells=links.cells.select(*KEY, "exact", hidden=pl.Series(hidden)),
    )


def _readings(agreement: Agreement, named: Catalogue) -> list[Counted]:
    """Return every reading with the names of its counts; one that is not active has none."""
    counted = {one.reading.key: one for one in named.readings}
    return [
        counted.get(reading.key, Counted(reading))
        for name, indicator in sorted(agreement.indicators.items())
        for reading in readings_of(name, indicator)
    ]


def _judged(observations: pl.DataFrame, every: list[Counted], rules: Internal) -> pl.DataFrame:
    """Return the figures of all readings: observations with row, and held: by their own rule."""
    frames = []
    for reading in (one.reading for one in every):
        kind, rows = kind_of(reading), rows_of(observations, reading)
        if kind is Kind.WAIT:
            norm = reading.term.days if reading.term else 0
            frames.append(waits.internal(rows, rules, norm=norm))
            continue
        held = (pl.col("availability") == "observed") & too_small(kind, reading, rules)
        frames.append(with_inhabitants(rows, kind).with_columns(held=held))
    return pl.concat(frames).with_row_index("row")


def _shows(rows: pl.DataFrame, told: list[Counted], links: Linked) -> pl.DataFrame:
    """Return row, cell: the counts that each figure shows. A known constant tells nothing."""
    cells = links.cells.filter(~pl.col("public")).select("cell", *KEY)
    frames = [
        _placed(rows, one.reading).with_columns(count=pl.lit(name))
        for one in told
        for name in (one.numerator, one.denominator)
        if name is not None and (kind_of(one.reading) is not Kind.WAIT or name == one.denominator)
    ]
    frames += [_still_open(rows, one) for one in told if kind_of(one.reading) is Kind.WAIT]
    places = pl.DataFrame(schema={"row": pl.UInt32(), **dict.fromkeys(KEY, pl.String())})
    every = pl.concat([places, *frames], how="diagonal")
    return every.join(cells, on=KEY, validate="m:1").select("row", "cell").sort("row", "cell")


def _still_open(rows: pl.DataFrame, one: Counted) -> pl.DataFrame:
    """Return the rows that tell who still waits: what is left of all who asked."""
    own = _placed(rows, one.reading).filter(pl.col("breakdown") == OPEN)
    return own.with_columns(breakdown=pl.lit(""), count=pl.lit(one.complement))


def _placed(rows: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Return the figures of a reading by the places of their cells; a variant is no class."""
    own = rows_of(rows, reading).filter(pl.col("availability") == "observed")
    if reading.variant:
        own = own.with_columns(breakdown=pl.lit(""))
    return own.select("row", *KEY[1:])


def _figures(
    settled: pl.DataFrame, one: Counted, rules: Internal, *, broken: pl.DataFrame
) -> pl.DataFrame:
    """Return the figures of one reading as they are told; `broken`: see `Linked`."""
    reading, kind = one.reading, kind_of(one.reading)
    status = pl.when("held").then(pl.lit("protected")).otherwise(pl.lit("published"))
    observed = pl.col("availability") == "observed"
    judged = rows_of(settled, reading).with_columns(
        pl.when(observed).then(status).otherwise("availability").alias("status"),
        *as_shown(kind, rules),
        converted(),
    )
    bare = pl.when(pl.col("status") == "published").then(pl.col(*NUMBERS, "converted"))
    figures = judged.with_columns(bare)
    sums = additive(figures["period"], one, broken)
    told = figures.join(sums, on="period", validate="m:1").with_columns(
        texts(figures, reading, kind, rules),
        pl.col("area").alias("area_code"),
        pl.lit("").alias("edition"),
        unit(kind, reading).alias("unit"),
        *(pl.lit(text).alias(name) for name, text in described(reading).items()),
    )
    return told.select(pl.col(name).cast(dtype) for name, dtype in PUBLISHED.items())
