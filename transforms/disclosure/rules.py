"""What is too small to show: the rules of the public edition, one per kind of figure.

Statistics and disclosure, 4.2, column "openbaar". Every rule is an expression that is true of a
figure that must be held back. It looks at the rounded `numerator` and `denominator`, and at `few`:
whether the count, or what is left over of anything that it is a share of, is under the threshold
once rounded. Why a figure is held back is never told: another symbol for another reason would give
the count away.
"""

from enum import StrEnum

import polars as pl

from sources.agreement.model import Counts, Edition, Way
from transforms.disclosure.rounding import rounded
from transforms.readings import Reading


class Kind(StrEnum):
    """The kinds of figure that have a rule of their own."""

    PASSED = "passed"  # settled by who delivered it, or known to all, as contract money is
    COUNT = "count"
    SHARE = "share"
    SURVEY = "survey"
    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"
    WAIT = "wait"
    DISTRIBUTION = "distribution"
    CLOSED = "closed"  # a figure of which the counts are not known


_BY_WAY: dict[Way, Kind] = {way: Kind(way.value) for way in Way if way is not Way.GIVEN}

_PEOPLE = {Counts.PERSONS, Counts.HOUSEHOLDS}
_KNOWN_TO_ALL = {Counts.PUBLIC, Counts.MONEY}


def of_persons(reading: Reading) -> bool:
    """Whether a reading adds up money of persons; other money is that of contracts."""
    above = reading.numerator
    return above.counts is Counts.MONEY and above.distinct is not None


def kind_of(reading: Reading) -> Kind:
    """Return the kind of a reading.

    A given figure that no source has protected stays closed, and so does money of persons: no rule
    of the public edition bounds what one of them brought in.
    """
    if of_persons(reading):
        return Kind.CLOSED
    if reading.indicator.protected_at_source or reading.numerator.counts in _KNOWN_TO_ALL:
        return Kind.PASSED
    if reading.indicator.way is Way.SHARE and reading.numerator.counts is Counts.ANSWERS:
        return Kind.SURVEY
    return _BY_WAY.get(reading.indicator.way, Kind.CLOSED)


def too_small(kind: Kind, reading: Reading, rules: Edition) -> pl.Expr:
    """Return whether a figure must be held back; true where there is nothing to judge by."""
    x, n, few = pl.col("numerator"), pl.col("denominator"), pl.col("few")
    tests = {
        Kind.PASSED: lambda: pl.col("value").is_null(),
        Kind.COUNT: lambda: few,
        Kind.SHARE: lambda: few | (n < _least(rules.share_denominator, reading)),
        Kind.SURVEY: lambda: _small_survey(x, n, reading, rules),
        Kind.RATE: lambda: _small_rate(x, n, reading, rules),
        Kind.MEAN: lambda: n < _least(rules.share_denominator, reading),
        Kind.MEDIAN: lambda: n < _least(rules.share_denominator, reading),
        Kind.CLOSED: lambda: pl.lit(True),
    }
    return tests[kind]().fill_null(True)


def _least(least: int, reading: Reading) -> int:
    """Return the least denominator: what the rules ask, or more if the indicator asks more."""
    return max(least, reading.indicator.min_denominator)


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
    few = pl.col("few") | (n <= 0)
    if reading.numerator.counts in _PEOPLE:
        few = few | (n - x < rules.threshold)
    return few
