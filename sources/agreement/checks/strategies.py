"""The partnerstrategie: a trail of judgements in order, a direction with its reason, actions."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from sources.agreement.known import Known
from sources.agreement.model import PartnerStrategy
from sources.strict_yaml import Fault


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the strategy for each partner."""
    for key, strategy in _strategies(known):
        file = f"partners/{key}.yaml"
        placements = ("strategy", "placements")
        for number, (before, after) in enumerate(pairwise(strategy.placements), start=1):
            if after.date <= before.date:
                what = f"{after.date} ligt niet na de inschatting die hierboven staat"
                to_do = "Zet de oudste voorop, en één inschatting per dag."
                yield known.fault(file, *placements, number, "date", what=what, to_do=to_do)
        yield from _direction(known, file, strategy)
        for number, action in enumerate(strategy.actions):
            instruments = known.agreement.instruments.steering
            if action.instrument and action.instrument not in instruments:
                place, name = ("strategy", "actions", number, "instrument"), action.instrument
                kind = "Sturingsinstrument"
                yield known.unknown(file, *place, name=name, among=instruments, kind=kind)


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the actions whose day has passed and that are not done."""
    for key, strategy in _strategies(known):
        for number, action in enumerate(strategy.actions):
            if action.by < today and action.status in ("nog niet", "loopt"):
                place = ("strategy", "actions", number, "by")
                what = f"Deze actie zou op {action.by} klaar zijn en staat op `{action.status}`"
                to_do = "Vraag hoe het gaat, en spreek zo nodig iets anders af."
                yield known.fault(f"partners/{key}.yaml", *place, what=what, to_do=to_do)


def _strategies(known: Known) -> list[tuple[str, PartnerStrategy]]:
    partners = known.agreement.partners.items()
    return [(key, partner.strategy) for key, partner in partners if partner.strategy]


def _direction(known: Known, file: str, strategy: PartnerStrategy) -> Iterator[Fault]:
    if strategy.direction and not strategy.motivation:
        what = "Bij deze richting staat niet waarom"
        to_do = "Schrijf bij `motivation` wat u met deze partner wilt bereiken."
        yield known.fault(file, "strategy", "direction", what=what, to_do=to_do)
    if strategy.agreed_on and not strategy.direction:
        what = "Er is een richting afgesproken, maar welke staat er niet"
        yield known.fault(file, "strategy", "agreed_on", what=what, to_do="Kies een `direction`.")
