"""What is too small to show: the rules of the public edition, one per kind of figure.

Statistics and disclosure, 4.2, column "openbaar". Every rule is an expression over the exact
numerator and denominator that is true of a figure that must be held back. Why it is held back is
never told: another symbol for another reason would give the count away.
"""

from enum import StrEnum

import polars as pl

from sources.agreement.model import Counts, Edition, Way
from transforms.disclosure.rounding import rounded
from transforms.readings import Reading


class Kind(StrEnum):
    """The kinds of figure that have a rule of their own."""

    PASSED = "passed"  # settled by who delivered it, or contract money, which is public
    COUNT = "count"
    SHARE = "share"
    SURVEY = "survey"
    RATE = "rate"
    MEAN = "mean"
    CLOSED = "closed"  # a figure of which the counts are not known


_BY_WAY = {Way.COUNT: Kind.COUNT, Way.SHARE: Kind.SHARE, Way.RATE: Kind.RATE, Way.MEAN: Kind.MEAN}

_PEOPLE = {Counts.PERSONS, Counts.HOUSEHOLDS}


def kind_of(reading: Reading) -> Kind:
    """Return the kind of a reading. A given figure that no source has protected stays closed."""
    if reading.indicator.protected_at_source or reading.numerator.counts is Counts.MONEY:
        return Kind.PASSED
    if reading.indicator.way is Way.SHARE and reading.numerator.counts is Counts.ANSWERS:
        return Kind.SURVEY
    return _BY_WAY.get(reading.indicator.way, Kind.CLOSED)


def too_small(kind: Kind, reading: Reading, rules: Edition) -> pl.Expr:
    """Return whether a figure must be held back; true where there is nothing to judge by."""
    x, n = pl.col("numerator"), pl.col("denominator")
    tests = {
        Kind.PASSED: lambda: pl.col("value").is_null(),
        Kind.COUNT: lambda: _few(x, rules),
        Kind.SHARE: lambda: _small_share(x, n, reading, rules),
        Kind.SURVEY: lambda: _small_survey(x, n, reading, rules),
        Kind.RATE: lambda: _small_rate(x, n, reading, rules),
        Kind.MEAN: lambda: n < _least(rules.share_denominator, reading),
        Kind.CLOSED: lambda: pl.lit(True),
    }
    return tests[kind]().fill_null(True)


def _few(count: pl.Expr, rules: Edition) -> pl.Expr:
    """Return whether a count is under the threshold once rounded; zero is."""
    return rounded(count, rules.base) < rules.threshold


def _least(least: int, reading: Reading) -> int:
    """Return the least denominator: what the rules ask, or more if the indicator asks more."""
    return max(least, reading.indicator.min_denominator)


def _small_share(x: pl.Expr, n: pl.Expr, reading: Reading, rules: Edition) -> pl.Expr:
    """Return whether the count, its complement or the rounded denominator is too small.

    The complement as it is, and as a reader would work it out from the two rounded counts.
    """
    shown_x, shown_n = rounded(x, rules.base), rounded(n, rules.base)
    few = _few(x, rules) | _few(n - x, rules) | (shown_n - shown_x < rules.threshold)
    return few | (shown_n < _least(rules.share_denominator, reading))


def _small_survey(x: pl.Expr, n: pl.Expr, reading: Reading, rules: Edition) -> pl.Expr:
    """Return whether too few answered, or (nearly) all gave the same answer.

    A share that rounds to 0 or 100 % tells of everyone who answered what they said.
    """
    share = rounded(x / n * 100, rules.survey_step)
    return (n < _least(rules.survey_answers, reading)) | ~share.is_between(1, 99)


def _small_rate(x: pl.Expr, n: pl.Expr, reading: Reading, rules: Edition) -> pl.Expr:
    """Return whether the count is too small, or (of people) nearly all inhabitants are in it.

    Nothing can be worked out per inhabitant where nobody lives: that is held back as well.
    """
    few = _few(x, rules) | (n <= 0)
    if reading.numerator.counts in _PEOPLE:
        few = few | (n - x < rules.threshold)
    return few
