"""Small municipalities' histories: few people, few places, days where definitions turn."""

from benchmarks.reference.histories.partners import (
    activiteiten,
    antwoorden,
    boekingen,
    nieuwkomers,
    schuldtrajecten,
    signalen,
    teamtrajecten,
    verhalen,
)
from benchmarks.reference.histories.registrations import (
    meldingen,
    toewijzingen,
    trajecten,
    uitkeringen,
)
from benchmarks.reference.histories.turns import KNOWN_AT, QUARTERS, Draw

__all__ = [
    "KNOWN_AT",
    "QUARTERS",
    "Draw",
    "activiteiten",
    "antwoorden",
    "boekingen",
    "meldingen",
    "nieuwkomers",
    "schuldtrajecten",
    "signalen",
    "teamtrajecten",
    "toewijzingen",
    "trajecten",
    "uitkeringen",
    "verhalen",
]
