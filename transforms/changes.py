"""What changed between two editions: in the world, or only in how a figure of then reads now."""

from enum import StrEnum

import polars as pl

from sources.agreement.model import Agreement
from transforms.areas import is_rest
from transforms.benchmarks import PLACE
from transforms.comparison import Comparison
from transforms.periods import YEAR, parse
from transforms.standing import standing

CHANGES: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "period": pl.String(),
    "area": pl.String(),
    "partner": pl.String(),
    "breakdown": pl.String(),
    "was": pl.String(),
    "now": pl.String(),
    "reason": pl.String(),
}


class Reason(StrEnum):
    """What happened to a figure: the first is about the world, the others about how we count."""

    REAL = "real"  # it clearly differs from a year before, and the previous edition did not say so
    DEFINITION = "definition"  # another version of the indicator
    BOUNDARY = "boundary"  # the area is not in both editions
    NEWLY_PROTECTED = "newly_protected"
    NEWLY_PUBLISHED = "newly_published"
    REVISION = "revision"  # the source was corrected or completed


def changes(
    previous: pl.DataFrame | None, figures: pl.DataFrame, agreement: Agreement
) -> pl.DataFrame:
    """Return what changed since the previous edition: `CHANGES`, sorted.

    Both frames have the columns of `PUBLISHED`: only what was published is compared. A figure is
    the same one when indicator, period, area, partner and breakdown are; `was` and `now` are its
    texts in either edition, '' where it is not in it. Periods, indicators and partners that only
    one edition has are no change of this kind.

    Of a real change `was` is the text of the same figure a year before, as this edition has it.
    """
    if previous is None:
        return pl.DataFrame(schema=CHANGES)
    found = pl.concat([_reread(previous, figures), _real(previous, figures, agreement)])
    return found.sort(*_KEY, "reason")


def _reread(previous: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Return the figures that both editions tell and that read differently now."""
    was, now = _told(previous, "was"), _told(figures, "now")
    both = was.join(now, on=_KEY, how="full", coalesce=True, validate="1:1")
    new = pl.col("was").is_null() & ~pl.col("area").is_in(was["area"].unique().to_list())
    gone = pl.col("now").is_null() & ~pl.col("area").is_in(now["area"].unique().to_list())
    alone = new | gone
    common = both.join(_common(was, now), on=_KEY_WITHOUT_AREA, how="semi")
    differs = alone | (pl.col("was") != pl.col("now")) | _other("status")
    told = common.filter(differs & ~is_rest(pl.col("area"))).with_columns(_reason(alone))
    return _as_changes(told)


def _real(previous: pl.DataFrame, figures: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    """Return the newest settled figures of which only this edition says that they differ.

    The word is that of `transforms.standing`, at 99.8 %, against the same quarter or year one year
    before: quarters of one year differ by season, and periods that overlap are not compared.
    """
    words = _against_year_ago(figures, agreement)
    newest = words.sort("period").group_by(PLACE, maintain_order=True).last()
    earlier = _against_year_ago(previous, agreement).select(*PLACE, "period", before="word")
    same = [*PLACE, "period"]
    differs = pl.col("word").is_in([Comparison.MORE.value, Comparison.LESS.value])
    news = newest.join(earlier, on=same, how="left", validate="1:1").filter(
        differs & (pl.col("word") != pl.col("before").fill_null(""))
    )
    then = figures.select(*PLACE, then="period", was="shown")
    dated = news.with_columns(
        then=pl.col("period").map_elements(_year_before, return_dtype=pl.String)
    )
    told = dated.join(then, on=[*PLACE, "then"], how="left", validate="1:1")
    return _as_changes(
        told.rename({"area_code": "area", "shown": "now"})
        .filter(~is_rest(pl.col("area")))
        .with_columns(reason=pl.lit(Reason.REAL.value))
    )


def _against_year_ago(figures: pl.DataFrame, agreement: Agreement) -> pl.DataFrame:
    known = figures.filter(pl.col("indicator").is_in(list(agreement.indicators)))
    told = standing(known, agreement).filter(pl.col("year_ago").is_not_null())
    return told.select(*PLACE, "period", "shown", word=pl.col("year_ago").cast(pl.String))


def _year_before(period: str) -> str:
    return str(parse(period).shifted(-YEAR))


def _as_changes(told: pl.DataFrame) -> pl.DataFrame:
    texts = told.with_columns(pl.col("was", "now").fill_null(""))
    return texts.select(pl.col(name).cast(dtype) for name, dtype in CHANGES.items())


_KEY = ["indicator", "period", "area", "partner", "breakdown"]
_KEY_WITHOUT_AREA = ["indicator", "period", "partner", "breakdown"]


def _told(figures: pl.DataFrame, edition: str) -> pl.DataFrame:
    return figures.select(
        pl.col("area_code").alias("area"),
        *(name for name in _KEY if name != "area"),
        pl.col("shown").alias(edition),
        *(pl.col(name).alias(f"{name}_{edition}") for name in ("version", "status")),
    )


def _common(was: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Return what both editions tell of, whatever the areas."""
    return (
        was.select(_KEY_WITHOUT_AREA)
        .unique()
        .join(now.select(_KEY_WITHOUT_AREA).unique(), on=_KEY_WITHOUT_AREA, how="semi")
    )


def _reason(alone: pl.Expr) -> pl.Expr:
    reason = (
        pl.when(alone)
        .then(pl.lit(Reason.BOUNDARY.value))
        .when(_other("version"))
        .then(pl.lit(Reason.DEFINITION.value))
        .when(_other("status") & (pl.col("status_now") == "protected"))
        .then(pl.lit(Reason.NEWLY_PROTECTED.value))
        .when(_other("status") & (pl.col("status_now") == "published"))
        .then(pl.lit(Reason.NEWLY_PUBLISHED.value))
        .otherwise(pl.lit(Reason.REVISION.value))
    )
    return reason.alias("reason")


def _other(name: str) -> pl.Expr:
    return pl.col(f"{name}_was") != pl.col(f"{name}_now")
