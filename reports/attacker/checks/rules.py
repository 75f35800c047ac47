"""What an edition says of itself, and where its own rows break it."""

from collections.abc import Iterator

import polars as pl

from reports.attacker.findings import Finding, Kind
from reports.attacker.model.cells import COUNTED
from reports.attacker.reading.decoding import FIGURE, Decoded
from reports.attacker.reading.formulas import kind
from reports.attacker.reading.release import Knowledge

_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_OF_ITS_SOURCE = "protected_at_source"


def broken_rules(decoded: Decoded, known: Knowledge) -> Iterator[Finding]:
    """Yield what a reader sees in the rows of one edition, without working anything out."""
    figures = decoded.figures.sort("name")
    yield from _held_back(decoded, figures)
    yield from _does_not_follow(decoded)
    yield from _grains(decoded, figures)
    yield from _sources(decoded, figures, known)
    if decoded.release.public:
        yield from _bare_counts(decoded, figures)


def found(decoded: Decoded, kind_: Kind, figures: pl.DataFrame, how: str) -> Iterator[Finding]:
    """Yield one finding for each of the figures."""
    release = decoded.release
    for name in figures["name"].unique().sort():
        yield Finding(release.edition, release.reader, kind_, name, how)


def _held_back(decoded: Decoded, figures: pl.DataFrame) -> Iterator[Finding]:
    """Yield what tells apart why a figure is held back, or tells what was held back."""
    held = figures.filter(pl.col("status") == "protected")
    numbers = pl.any_horizontal(pl.col(name).is_not_null() for name in _NUMBERS)
    said = pl.col("shown").str.contains(r"\d") & ~_under(decoded)
    how = "dit cijfer is afgeschermd, maar er staat toch een getal."
    yield from found(decoded, Kind.HELD_NUMBER, held.filter(numbers | said), how)
    ordinary = pl.col("shown").mode().sort().first().over("indicator", "variant")
    how = "afgeschermd met een ander teken dan de rest. Dat verraadt waarom."
    yield from found(decoded, Kind.SYMBOLS, held.filter(pl.col("shown") != ordinary), how)


def _under(decoded: Decoded) -> pl.Expr:
    return pl.col("shown").str.starts_with(f"minder dan {decoded.release.threshold}") & (
        pl.col("shown").str.count_matches(r"\d+") == 1
    )


def _bare_counts(decoded: Decoded, figures: pl.DataFrame) -> Iterator[Finding]:
    """Yield counts that were not rounded, or that are too small to show."""
    base, threshold, rules = decoded.release.base, decoded.release.threshold, decoded.release.rules
    seen = figures.with_columns(kind=kind()).filter(
        (pl.col("status") == "published") & (pl.col("source") != _OF_ITS_SOURCE)
    )
    x, n = pl.col("numerator"), pl.col("denominator")
    counts_x, counts_n = (
        pl.col(f"{of}_counts").is_in(COUNTED) for of in ("numerator", "denominator")
    )
    bare = (counts_x & (x % base != 0)) | (counts_n & (n % base != 0))
    how = f"een aantal is geen veelvoud van {base}. Het is dus niet afgerond."
    yield from found(decoded, Kind.NOT_ROUNDED, seen.filter(bare), how)
    least = pl.when(kind="survey").then(int(rules.get("survey_answers", 0)))
    share = pl.col("kind").is_in(["share", "survey"]) & counts_n
    few = (counts_x & (x < threshold)) | (share & (n - x < threshold))
    low = share & (n < least.otherwise(int(rules.get("share_denominator", 0))))
    all_alike = (pl.col("kind") == "survey") & ~pl.col("value").is_between(0.0, 1.0, closed="none")
    how = "een aantal, of wat ervan overblijft, is te klein om te tonen."
    yield from found(decoded, Kind.TOO_SMALL, seen.filter(few | low | all_alike), how)
    yield from _converted(decoded)


def _converted(decoded: Decoded) -> Iterator[Finding]:
    more = decoded.release.more
    if more is None or "converted" not in more.columns:
        return
    share = pl.col("converted")
    fine = more.filter(((share * 20).round(6) % 1) != 0)
    named = fine.with_columns(name=pl.concat_str(FIGURE, separator="|"))
    how = "het omgerekende deel staat er te precies."
    yield from found(decoded, Kind.NOT_ROUNDED, named, how)


def _does_not_follow(decoded: Decoded) -> Iterator[Finding]:
    """Yield numbers that do not follow from the counts beside them."""
    wrong = decoded.verdict.join(decoded.figures.select("figure", "name"), on="figure")
    how = "deze waarde volgt niet uit de afgeronde aantallen. Zij verraadt de echte."
    yield from found(decoded, Kind.VALUE, wrong.filter(~pl.col("value_follows")), how)
    limits = pl.col("value_follows") & ~pl.col("limits_follow")
    how = "deze grenzen volgen niet uit de afgeronde aantallen. Zij verraden de echte."
    yield from found(decoded, Kind.LIMITS, wrong.filter(limits), how)


def _grains(decoded: Decoded, figures: pl.DataFrame) -> Iterator[Finding]:
    """Yield figures told per quarter and per four quarters at one level.

    A rest area lies at two levels, and may have the grain of both.
    """
    levels = {one["code"]: one.get("level", "") for one in decoded.release.about["areas"]}
    level = pl.col("area_code").replace_strict(levels, default="", return_dtype=pl.String)
    at = pl.when(pl.col("partner") != "").then(pl.lit("partner")).otherwise(level)
    length = pl.col("last") - pl.col("first")
    graded = figures.with_columns(at=at, length=length).filter(
        ~pl.col("area_code").str.starts_with("onbekend") & (pl.col("source") != _OF_ITS_SOURCE)
    )
    mixed = graded.filter(pl.col("length").n_unique().over("indicator", "variant", "at") > 1)
    usual = pl.col("length").mode().sort().last().over("indicator", "variant", "at")
    how = "kwartalen en vier kwartalen samen staan op één niveau."
    yield from found(decoded, Kind.TWO_GRAINS, mixed.filter(pl.col("length") != usual), how)


def _sources(decoded: Decoded, figures: pl.DataFrame, known: Knowledge) -> Iterator[Finding]:
    """Yield figures of a statistics office that are not as that office published them."""
    keys = ["indicator", "period", "area_code", "breakdown"]
    theirs = known.sources.select(*keys, theirs="value")
    passed = figures.filter(
        (pl.col("source") == _OF_ITS_SOURCE) & (pl.col("status") == "published")
    )
    ours = passed.join(theirs, on=keys, how="inner", validate="m:1")
    other = (pl.col("value") - pl.col("theirs")).abs() > 1e-9
    how = "dit cijfer is anders dan de bron het zelf publiceert."
    yield from found(decoded, Kind.SOURCE, ours.filter(other), how)
