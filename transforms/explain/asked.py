"""Which figure is asked about."""

from dataclasses import dataclass

from sources.agreement.model import Areas, Quantity, Way
from transforms.periods import Period
from transforms.readings import Reading

_PARTS = (Way.SHARE, Way.RATE, Way.WAIT)
"""Ways in which the numerator is a part of what is counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure: a reading at a level, of a period, an area and, where it has them, more.

    `partner` is '' for all partners together, `part` is a class of the breakdown or '' for all.
    """

    reading: Reading
    period: Period
    level: Areas
    area: str
    partner: str = ""
    part: str = ""

    @property
    def persons(self) -> str | None:
        """The column of the persons, who count once; None where rows count."""
        return self.reading.numerator.distinct

    @property
    def conditions(self) -> tuple[str, ...]:
        """What a row must be to be counted at all; of these the numerator takes some, or all.

        That is the condition of a denominator out of the same rows, and where there is none (or
        where the figure is no part of it) that of the numerator.
        """
        way, above, below = self.reading.indicator.way, *self._quantities
        if self.persons is not None and way is not Way.SHARE:
            return _written(above.where)
        own = "" if below is None or self.reading.elsewhere else below.where
        part = way in _PARTS and self.reading.elsewhere is None
        return _written(own) if part else _written(own, above.where)

    @property
    def _quantities(self) -> tuple[Quantity, Quantity | None]:
        return self.reading.numerator, self.reading.denominator


def _written(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
