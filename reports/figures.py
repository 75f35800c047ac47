"""One published figure, and the words and numbers by which a sheet shows it."""

from dataclasses import dataclass
from functools import cached_property

from reports.words.catalogue import HARD_SPACE, Words
from sources.agreement.model import Counts, Direction, Indicator, Way
from transforms.comparison import Comparison
from transforms.conversion import BREAKS_ABOVE
from transforms.disclosure.shown import PERCENT, mean_decimals, rate_decimals
from transforms.measures.wait import DAYS

_KINDS = {"WK": "district", "BU": "neighbourhood"}


@dataclass(frozen=True, slots=True)
class Remark:
    """What a comparison says: a word, and a tone that decides shape and colour.

    `tone` is good, bad, equal, unknown, or plain where the indicator has no better side.
    """

    word: Comparison
    tone: str

    @property
    def stands(self) -> str:
        """How it stands, as a key: good or bad where that is sure, else the comparison."""
        return self.tone if self.tone in ("good", "bad") else self.word.name.lower()

    @classmethod
    def of(cls, word: Comparison, direction: Direction) -> "Remark":
        """Give a word the tone that the indicator's better side gives it."""
        if word is Comparison.NOT_YET:
            return cls(word, "unknown")
        if word is Comparison.ABOUT_EQUAL:
            return cls(word, "equal")
        if direction is Direction.NONE:
            return cls(word, "plain")
        better = Comparison.MORE if direction is Direction.HIGHER else Comparison.LESS
        return cls(word, "good" if word is better else "bad")


@dataclass(frozen=True)
class Figure:
    """One row of `transforms.observations.PUBLISHED`, with its definition and where it stands.

    `municipality`, `year_ago` and `baseline` are the words of `transforms.standing`, null where
    there is nothing to compare with. `area_year` is the year of the edition's areas.
    `exact`: of the internal edition. A share of few people has counts there, and no value.
    """

    indicator: str
    version: int
    period: str
    period_status: str
    area_code: str
    partner: str
    breakdown: str
    denominator_counts: str | None
    numerator: float | None
    denominator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    source: str
    shown: str
    status: str
    definition: Indicator
    words: Words
    area_year: int
    coverage: float | None = None
    converted: float | None = None
    municipality: str | None = None
    year_ago: str | None = None
    baseline: str | None = None
    exact: bool = False

    @property
    def key(self) -> str:
        """What tells it from all other figures, as pages say which one they print."""
        place = (self.area_code, self.partner, self.breakdown)
        return "|".join((self.indicator, str(self.version), self.period, *place))

    @property
    def published(self) -> bool:
        """Whether there is a number to show."""
        return self.status == "published" and self.value is not None

    @property
    def provisional(self) -> bool:
        """Whether later deliveries may still change it."""
        return self.period_status == "voorlopig"

    @property
    def foreign(self) -> bool:
        """Whether too much of it was converted to stand beside a figure of another area year."""
        return (self.converted or 0.0) > BREAKS_ABOVE

    @property
    def is_share(self) -> bool:
        """Whether the value is a share between 0 and 1."""
        return self.definition.way is Way.SHARE or self.definition.unit == PERCENT

    @property
    def remark(self) -> Remark | None:
        """What the comparison with the whole municipality says; None where there is none.

        Nor of a figure without limits, of which no comparison can ever be sure: then the two
        numbers stand beside each other.
        """
        if self.municipality is None or self.lower is None:
            return None
        return Remark.of(Comparison(self.municipality), self.definition.direction)

    @property
    def progress(self) -> Remark | None:
        """What the comparison with the baseline says; None where there is none."""
        if self.baseline is None:
            return None
        return Remark.of(Comparison(self.baseline), self.definition.direction)

    @cached_property
    def headline(self) -> str:
        """The figure itself, large: 84 %, 1.240, or in words why there is none."""
        if not self.published:
            return self._absence()
        return self.written(self.value)

    @cached_property
    def counted(self) -> str:
        """Count beside share: 415 van de 495, of a survey 120 antwoorden; empty for the rest."""
        if not (self.published and self.is_share) or self.denominator is None:
            return ""
        total = self.words.number(self.denominator)
        if self.numerator is not None:
            return self.words("figure.of", count=self.words.number(self.numerator), total=total)
        answers = self.denominator_counts == Counts.ANSWERS
        return self.words("figure.answers" if answers else "figure.among", total=total)

    @cached_property
    def unit(self) -> str:
        """What the headline counts, where the headline does not say it itself."""
        if self.is_share or not self.published:
            return ""
        return (
            self.words("figure.half") if self.definition.way is Way.WAIT else self.definition.unit
        )

    @cached_property
    def between(self) -> str:
        """The numeric range: tussen 80 en 88 %; empty where the way of counting has none."""
        if not self.published or self.lower is None or self.upper is None:
            return ""
        low, high = self.written(self.lower), self.written(self.upper)
        if low == high:
            return ""
        if self.is_share:
            low = self.words.number(self.lower * 100, 0)
        return self.words("figure.between", low=low, high=high)

    @cached_property
    def when(self) -> str:
        """The period in words, and that it may still change."""
        period = self.words.period(self.period)
        return self.words("figure.provisional", period=period) if self.provisional else period

    @cached_property
    def covered(self) -> str:
        """How much of what was owed came, where it is not all: 80 % van de leveringen is binnen."""
        if not self.published or self.coverage is None or self.coverage >= 1:
            return ""
        return self.words("figure.covered", share=self.words.share(self.coverage))

    @cached_property
    def moved(self) -> str:
        """That it was converted: omgerekend naar de wijken van 2026; empty where it was not.

        What its own source protects was not converted: it is told within the borders of then.
        """
        if not self.published or not self.converted:
            return ""
        if self.definition.protected_at_source:
            return self.words("figure.former")
        kind = _KINDS.get(self.area_code[:2], "other")
        return self.words(f"figure.converted.{kind}", year=self.area_year)

    @cached_property
    def standing(self) -> str:
        """Version, how settled it is, and coverage if short or conversion if any, on one line."""
        settled = self.words(f"settled.{self.period_status}")
        version = self.words("figure.version", version=self.version)
        parts = [version, settled, self.covered, self.moved]
        return " · ".join(part for part in parts if part)

    @cached_property
    def told(self) -> str:
        """Everything of the figure on one line, for a table: 415 van de 495 · 84 %."""
        parts = [self.counted, f"{self.headline} {self.unit}".strip()]
        return f"{HARD_SPACE}· ".join(part for part in parts if part)

    def _absence(self) -> str:
        if self.status in ("protected", "published") and self.shown:
            return self.shown
        return self.words(f"status.{self.status}")

    def written(self, value: float | None) -> str:
        """Return any value of this indicator (a limit, a target) as its headline is written."""
        if value is None:
            return ""
        if self.is_share:
            return self.words.share(value)
        if self.definition.way is Way.WAIT:
            weeks, left = divmod(value, DAYS)
            if left:
                return self.words.one_or_more("wait.days", round(value))
            return self.words.one_or_more("wait.weeks", round(weeks))
        if self.definition.way in (Way.COUNT, Way.DISTRIBUTION):
            money = self.definition.numerator.counts is Counts.MONEY
            return (
                f"€{HARD_SPACE}{self.words.number(value, 0)}"
                if money
                else self.words.number(value, 0)
            )
        if self.definition.way is Way.RATE:
            own = self.exact and self.source == "own"
            return self.words.number(value, 1 if own else rate_decimals(self.denominator))
        return self.words.number(value, mean_decimals(value))
