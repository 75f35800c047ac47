"""One indicator on one sheet: its newest figure, the newest that is settled, and what they say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sources.agreement.model import Agreement, Direction
from transforms.comparison import Comparison
from transforms.periods import parse
from transforms.standing import AGAINST

DEFINITE = (Comparison.MORE, Comparison.LESS)
"""The words of a difference that is certain."""

_BETTER = {Direction.HIGHER: Comparison.MORE, Direction.LOWER: Comparison.LESS}


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure beside what it is compared with.

    `advantage` is the difference in widths of the figure's own limits, so that units can be
    compared: above 0 on the better side, below 0 on the other. Of an indicator without a better
    side, higher is above 0. `period`: that of the figure.
    """

    indicator: str
    period: str
    against: str
    word: Comparison
    value: float
    benchmark: float
    advantage: float

    @property
    def definite(self) -> bool:
        """Whether the difference is certain."""
        return self.word in DEFINITE

    @property
    def better(self) -> bool:
        """Whether the figure lies on the better side."""
        return self.advantage > 0


class Series:
    """The figures of one indicator on one sheet: rows of `transforms.standing.standing`."""

    def __init__(self, figures: Iterable[dict[str, Any]], agreement: Agreement) -> None:
        rows = sorted(figures, key=lambda row: parse(row["period"]).last)
        settled = [row for row in rows if row["period_status"] != "voorlopig"]
        self.id: str = rows[0]["indicator"]
        self.indicator = agreement.indicators[self.id]
        self._newest: dict[str, Any] = rows[-1]
        self._settled: dict[str, Any] = settled[-1] if settled else {}
        self._agreement = agreement

    @property
    def sided(self) -> bool:
        """Whether the indicator has a better side."""
        return self.indicator.direction in _BETTER

    @property
    def aimless(self) -> bool:
        """Whether nobody agreed here what is good: no target holds, and no question replaces it."""
        newest = self._newest
        place = {"area": newest["area_code"], "partner": newest["partner"]}
        place["day"] = parse(newest["period"]).end
        known = self._agreement
        return not (known.targets_of(self.id, **place) or known.asked_instead(self.id, **place))

    @property
    def status(self) -> str:
        """The status of the newest figure, as in `FIGURES`."""
        return str(self._newest["status"])

    def word(self, against: str) -> Comparison | None:
        """Return the word of a comparison; over time that of the newest settled figure."""
        word = self._row(against).get(against)
        return Comparison(word) if word else None

    def better(self, word: Comparison | None) -> bool | None:
        """Return whether a word is on the better side; None where there is no saying."""
        good = _BETTER.get(self.indicator.direction)
        return word is good if good and word in DEFINITE else None

    def differences(self) -> Iterator[Difference]:
        """Yield every comparison with another number.

        Not of a figure without limits: how much its difference says, nobody knows.
        """
        for against in AGAINST:
            row, word = self._row(against), self.word(against)
            if word is None or None in (row["lower"], row["upper"]):
                continue
            value, benchmark = row["value"], row[f"{against}_value"]
            width = row["upper"] - row["lower"]
            lower_is_better = self.indicator.direction is Direction.LOWER
            gain = benchmark - value if lower_is_better else value - benchmark
            yield Difference(
                self.id, row["period"], against, word, value, benchmark, gain / (width or 1.0)
            )

    def _row(self, against: str) -> dict[str, Any]:
        return self._settled if against == "year_ago" else self._newest
