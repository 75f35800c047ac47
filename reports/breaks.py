"""Where a figure over time is not one series: another definition, or other borders of its area."""

from collections.abc import Sequence
from itertools import pairwise

from reports.figures import Figure
from transforms.periods import parse


def breaks(series: Sequence[Figure]) -> dict[str, str]:
    """Return the periods with which a new series begins, and why, in the reader's words.

    A break that the agreement names begins with the first period that holds any of it. Borders
    break where more of a figure was converted than can stand beside one that was not.
    """
    found: dict[str, str] = {}
    for before, after in pairwise(figure for figure in series if figure.published):
        words, period = after.words, after.words.period(after.period)
        for one in after.definition.breaks:
            if parse(before.period).last < parse(one.period).first <= parse(after.period).last:
                found[after.period] = words("trend.break.reason", period=period, reason=one.reason)
        if before.foreign != after.foreign:
            found[after.period] = words("trend.break.borders", period=period)
    return found
