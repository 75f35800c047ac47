"""What an attack found, and how: enough to mend it, and never the value that was found."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The ways in which an edition can give people away, or contradict what it says of itself."""

    EXACT = "exact"  # a count is known exactly
    NARROW = "narrow"  # a count is known within less than four
    IMPOSSIBLE = "impossible"  # no counts fit all figures
    BROKEN_SUM = "broken_sum"  # parts do not add up where that is said
    MISSING_TOTAL = "missing_total"  # a total is held back and its parts are shown
    SYMBOLS = "symbols"  # held back in two different ways
    HELD_NUMBER = "held_number"  # held back, and yet there is a number
    NOT_ROUNDED = "not_rounded"  # a count that is no multiple of the base
    TOO_SMALL = "too_small"  # a count below the threshold, or a remainder of a share
    TWO_VALUES = "two_values"  # one figure, told in two ways
    TWO_GRAINS = "two_grains"  # quarters beside four quarters
    VALUE = "value"  # a value that does not follow from the shown counts
    LIMITS = "limits"  # limits that do not follow
    WORD = "word"  # a word that does not follow
    SOURCE = "source"  # not what the statistics office published
    INTERNAL = "internal"  # something internal among what is public
    UNTOLD = "untold"  # a number on a page that no file holds


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One leak or contradiction.

    `figure`: indicator|version|period|area|partner|breakdown, or the count, or the file. `how`: the
    route, in plain Dutch, without the value that it leads to. `player`: who can do it (`openbaar`,
    `gemeente`, a partner).
    """

    edition: str
    player: str
    kind: Kind
    figure: str
    how: str

    def __str__(self) -> str:
        return f"{self.edition} ({self.player}), {self.figure}: {self.how}"
