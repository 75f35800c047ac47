"""Input instruments and their blind spots, and the werkwijze that each block and action serves.

Source: monitoring is one of many ways to be informed; the list is open. Which goal is heard in
which way, and where nobody listens, is told by the matrix of goals and input instruments.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import get_args

from sources.agreement.heard import heard
from sources.agreement.known import Known
from sources.agreement.model import GoalLevel, WorkingWay
from sources.contracts.derived import contracts_of
from sources.strict_yaml import Fault

_FILE = "instruments.yaml"
_A_YEAR = timedelta(days=366)


def faults(known: Known) -> Iterator[Fault]:
    """Yield deliveries that do not exist, or that come by two instruments."""
    registry, contracts = known.agreement.instruments.input, known.contracts
    owner: dict[str, str] = {}
    for key, one in registry.items():
        place, names = ("input", key, "deliveries"), one.deliveries
        yield from known.strangers(_FILE, *place, names=names, among=contracts, kind="Levering")
        for number, name in enumerate(names):
            if owner.setdefault(name, key) != key:
                what = f"`{name}` hoort al bij `{owner[name]}`"
                yield known.fault(_FILE, *place, number, what=what, to_do="Kies één instrument.")


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the blind spots per doel, evidence of no instrument, and werkwijzen that rest."""
    if known.agreement.instruments.input:
        yield from _blind_spots(known)
        yield from _unregistered(known)
    if known.agreement.instruments.blocks:
        yield from _untagged(known)
        yield from _untagged_actions(known)
        yield from _resting(known)
        yield from _unchecked(known, today)


def _blind_spots(known: Known) -> Iterator[Fault]:
    matrix, registry = heard(known.agreement), known.agreement.instruments.input
    for key, goal in known.agreement.goals.items():
        silent = [one.name for name, one in registry.items() if (key, name) not in matrix]
        if goal.level is GoalLevel.GOAL and silent:
            what = f"Over dit doel horen wij niets via: {'; '.join(silent)}"
            to_do = "Bespreek of dat zo kan blijven."
            yield known.fault(f"goals/{key}.yaml", what=what, to_do=to_do)


def _unregistered(known: Known) -> Iterator[Fault]:
    registry = known.agreement.instruments.input.values()
    named = {name for one in registry for name in one.deliveries}
    for key, one in known.alive().items():
        for contract in sorted({c for table in one.tables for c in contracts_of(table)} - named):
            what = f"`{contract}` hoort bij geen enkel inputinstrument"
            to_do = f"Noem de levering in {_FILE} bij `input`."
            yield known.fault(f"indicators/{key}.yaml", "delivery", what=what, to_do=to_do)


def _untagged(known: Known) -> Iterator[Fault]:
    tagged, chosen = known.agreement.instruments.blocks, known.agreement.general.blocks
    shown = {block for blocks in chosen.values() for block in blocks}
    for name in tagged:
        if name not in shown:
            what = f"Blok `{name}` staat op geen enkele plaat"
            yield known.fault(_FILE, "blocks", name, what=what, to_do="Haal de regel weg.")
    for kind, blocks in chosen.items():
        for number, name in enumerate(blocks):
            if name not in tagged:
                what = f"Van blok `{name}` staat niet welke werkwijze het dient"
                to_do = f"Noem het in {_FILE} bij `blocks`."
                place = ("blocks", kind, number)
                yield known.fault("agreement.yaml", *place, what=what, to_do=to_do)


def _untagged_actions(known: Known) -> Iterator[Fault]:
    for key, partner in known.agreement.partners.items():
        for number, action in enumerate(partner.strategy.actions if partner.strategy else ()):
            if action.working_way is None:
                what = "Bij deze actie staat niet welke werkwijze zij dient"
                place = ("strategy", "actions", number)
                to_do = "Vul `working_way` in."
                yield known.fault(f"partners/{key}.yaml", *place, what=what, to_do=to_do)


def _resting(known: Known) -> Iterator[Fault]:
    """The werkwijzen that no action of a partner and no afspraak serves: the yearly question."""
    whole = known.agreement
    strategies = [one.strategy for one in whole.partners.values() if one.strategy]
    serving = {action.working_way for one in strategies for action in one.actions}
    talks = whole.conversations.values()
    serving |= {one.working_way for talk in talks for one in talk.appointments}
    resting = [way for way in get_args(WorkingWay) if way not in serving]
    if resting:
        what = f"Geen enkele actie of afspraak dient: {', '.join(resting)}"
        to_do = "Bespreek of deze werkwijze mist."
        yield known.fault(_FILE, "blocks", what=what, to_do=to_do)


def _unchecked(known: Known, today: date) -> Iterator[Fault]:
    looks = known.agreement.instruments.self_checks
    newest = max((one.date for one in looks), default=date.min)
    if newest < today - _A_YEAR:
        what = "Dit jaar keek nog niemand of u alle vijf werkwijzen gebruikt"
        yield known.fault(_FILE, "self_checks", what=what, to_do="Doe dat samen met partners.")
