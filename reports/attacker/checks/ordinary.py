"""Numbers on a page that tell of nobody, and so need no figure behind them: the kinds, listed.

Dates, versions and codes of deliveries; things that are counted and are not people; what everybody
may read in the agreement; what a statistics office tells of an area; and what somebody tells in a
story, which a person signed.
"""

import re
from dataclasses import dataclass

from reports.attacker.reading.numbers import Number, measured, numbers, shorter

ACCOUNT = ("attack", "loss", "origins", "received", "rules")
"""Blocks of the account. They count figures and files, and give invented examples."""

_MONTH = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_THINGS = (
    "wijk(?:en)?|buurt(?:en)?|partners?|doel(?:en)?|vragen|dingen|bogen|resulta(?:at|ten)|"
    "afspra(?:ken|ak)|"
    "leveringen|levering|jaar|andere cijfers|cijfers volgen"
)
_TELLS_NOBODY = re.compile(
    "|".join(
        (
            r"\b\d{4}K[1-4]\b",
            r"\b(?:19|20)\d\d-\d\d-\d\d\b",
            r"\bL\d\d[a-z]?\b",
            r"\bK[1-4]\b",
            r"\b[1-4]e kwartaal\b",
            rf"\b\d{{1,2}} (?:{_MONTH})\b",
            r"(?<![\d.,])\b(?:19|20)\d\d\b(?![.,]?\d)(?! %)",
            r"(?<!\w)’\d\d\b",
            r"\bversie \d+\b",
            r"\bper 1\.000\b",
            r"\b1 figuur is \d[\d.]*",
            rf"\b\d+(?: van de \d+)?(?: eerdere)? (?:{_THINGS})\b"
            r"(?: over samenwerken is \d+ gedaan)?",
            r"\b\d+ cijfers? (?:hoger|lager)(?: en \d+ lager)?\b",
            r"\b\d+ % van (?:het afgesproken geld|de leveringen)\b",
        )
    ),
    re.IGNORECASE,
)
_EDITION = re.compile(r"\b\d{4}K[1-4]-\d+\b")
"""Comes first: the quarter in it may also be a text of the agreement."""

_ROWS = re.compile(r", \d[\d.]* (?:regels?|niet bruikbaar)\b")
"""How much a partner delivered: that is exact, and only for those who may know it."""

_MOMENT = r"[a-z]{3,5}\.? \d{4}"
_PERIOD = rf"(?:\d{{4}}|[1-4]e kwartaal \d{{4}}|{_MOMENT} t/m {_MOMENT})"
_AGREED = re.compile(
    rf"(?:nulmeting {_PERIOD}(?:, gemeente)?: |"
    r"streef \d{4}(?:, gemeente)?: |streefwaarde(?: van de gemeente)? \()([^·)]+)"
)
_MONEY = re.compile(r"€ ?(\d[\d.]*)")


@dataclass(frozen=True, slots=True)
class Ordinary:
    """What may be written in one release.

    `texts`: those with a number in them that everybody may read, the longest first. `agreed`: the
    numbers of the agreement. `public`: whether everybody reads it.
    """

    texts: tuple[str, ...]
    agreed: frozenset[float]
    public: bool

    def without(self, text: str) -> str:
        """Return a text without the numbers that tell of nobody."""
        text = _EDITION.sub(" ", text)
        for quoted in self.texts:
            text = text.replace(quoted, " ")
        for told in (_AGREED, _MONEY):
            text = told.sub(self._unless_agreed, text)
        if not self.public:
            text = _ROWS.sub(" ", text)
        return _TELLS_NOBODY.sub(" ", text)

    def _unless_agreed(self, found: re.Match[str]) -> str:
        return " " if all(map(self._is_agreed, numbers(found.group(1)))) else found.group(0)

    def _is_agreed(self, number: Number) -> bool:
        """Whether the agreement holds a number, perhaps with more decimals than are written."""
        value, unit = number
        each = measured((1.0, unit))
        return any(value in shorter(round(one / each, 4)) for one in self.agreed)


def agreed_values(text: str) -> set[float]:
    """Return the targets and baselines that a text tells, in the unit of files."""
    told = (found.group(1) for found in _AGREED.finditer(text))
    return {measured(number) for one in told for number in numbers(one)}
