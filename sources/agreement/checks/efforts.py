"""The inspanningen: who does what for which goal, and tasks that serve none.

Source of the remarks: a team that could not say which goal its tasks serve ("het blijft stil").
"""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import Effort, GoalLevel
from sources.contracts.derived import contracts_of
from sources.strict_yaml import Fault

_FILE = "efforts.yaml"
_ACTIVITIES = ("partner_activiteiten", "activiteit_id")


def faults(known: Known) -> Iterator[Fault]:
    """Yield efforts of partners or for goals that do not exist, and activities told twice."""
    seen: dict[str, str] = {}
    for key, effort in known.agreement.efforts.efforts.items():
        yield from _names(known, key, effort)
        for number, activity in enumerate(effort.activities):
            if activity in seen:
                what = f"Activiteit {activity} hoort al bij `{seen[activity]}`"
                place = ("efforts", key, "activities", number)
                yield known.fault(_FILE, *place, what=what, to_do="Kies één van beide.")
            seen[activity] = key


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the taken zonder doel: efforts, activities and deliveries that serve no goal."""
    efforts = known.agreement.efforts.efforts
    for key, effort in efforts.items():
        if not effort.goals:
            what = f"Dit is een taak zonder doel: waarvoor doen wij `{effort.name}`?"
            to_do = "Noem bij `goals` waar het aan bijdraagt, of stop ermee."
            yield known.fault(_FILE, "efforts", key, what=what, to_do=to_do)
    if efforts:
        yield from _activities(known)
        yield from _unserved(known)
    yield from _deliveries(known)


def _names(known: Known, key: str, effort: Effort) -> Iterator[Fault]:
    partners, goals = known.agreement.partners, known.agreement.goals
    for number, name in enumerate(effort.partners):
        if name not in partners:
            place = ("efforts", key, "partners", number)
            yield known.unknown(_FILE, *place, name=name, among=partners, kind="Partner")
    for name, contribution in effort.goals.items():
        goal = ("efforts", key, "goals", name)
        if name not in goals:
            yield known.unknown(_FILE, *goal, name=name, among=goals, kind="Doel")
        for one in [partners[p] for p in effort.partners if p in partners]:
            apart = one.kind == "partner" and name in goals and name not in one.goals
            if apart and contribution.strength != "-":
                what = f"Hier werkt {one.name} aan `{name}`, en bij die partner staat dat doel niet"
                to_do = "Zet het doel bij de partner onder `goals`, of hier niet."
                yield known.fault(_FILE, *goal, what=what, to_do=to_do)


def _activities(known: Known) -> Iterator[Fault]:
    named = {a for effort in known.agreement.efforts.efforts.values() for a in effort.activities}
    for number, one in enumerate(known.agreement.rainbow.mapping):
        if (one.contract, one.column) == _ACTIVITIES and one.value not in named:
            what = f"Activiteit {one.value} is een taak zonder doel: zij hoort bij geen inspanning"
            to_do = f"Noem haar in {_FILE} bij `activities`."
            yield known.fault("rainbow.yaml", "mapping", number, what=what, to_do=to_do)


def _unserved(known: Known) -> Iterator[Fault]:
    served = {goal for effort in known.agreement.efforts.efforts.values() for goal in effort.goals}
    for key, goal in known.agreement.goals.items():
        if goal.level is GoalLevel.GOAL and key not in served:
            what = "Dit is een doel zonder inspanning: niemand werkt eraan"
            to_do = f"Zet in {_FILE} wat er voor dit doel gebeurt."
            yield known.fault(f"goals/{key}.yaml", what=what, to_do=to_do)


def _deliveries(known: Known) -> Iterator[Fault]:
    """What is asked of a partner serves a goal when some indicator counts from it."""
    counted = {name for one in known.alive().values() for name in one.tables}
    used = {contract for name in counted for contract in contracts_of(name)}
    for key, partner in known.agreement.partners.items():
        for number, owed in enumerate(partner.deliveries):
            if partner.kind == "partner" and owed.contract not in used:
                what = f"`{owed.contract}` is een taak zonder doel: geen indicator telt eruit"
                to_do = "Vraag deze levering niet meer, of hang er een indicator aan."
                place = ("deliveries", number)
                yield known.fault(f"partners/{key}.yaml", *place, what=what, to_do=to_do)
