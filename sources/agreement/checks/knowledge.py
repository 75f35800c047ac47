"""Weten we genoeg? What people say of it, beside the evidence that there is.

Source: who names results without knowing what is needed, institutionalises again. The level is a
judgement and stays one: the evidence is put beside it, and never takes its place.
"""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import GoalLevel, Kind
from sources.strict_yaml import Fault

_DUTCH = {Kind.OUTCOME: "effect", Kind.EXPERIENCE: "beleving", Kind.STORY: "verhaal"}


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield doelen of which nobody says how much is known, or says what the evidence does not."""
    goals = known.agreement.goals.items()
    doelen = {key: goal for key, goal in goals if goal.level is GoalLevel.GOAL}
    judged = any(goal.knowledge for goal in doelen.values())
    for key, goal in doelen.items():
        place, kinds = f"goals/{key}.yaml", _kinds(known, key)
        if goal.knowledge is None:
            if judged:
                what = "Weten wij genoeg over dit doel? Dat staat er niet"
                yield known.fault(place, what=what, to_do="Vul `knowledge` in, samen.")
        elif goal.knowledge.level == "solid" and len(kinds) < 2:
            what = f"Hier staat `solid`, en het bewijs is van deze soort: {_told(kinds)}"
            to_do = "Bespreek of wij het echt weten."
            yield known.fault(place, "knowledge", "level", what=what, to_do=to_do)
        elif goal.knowledge.level == "none" and kinds:
            what = f"Hier staat `none`, en er is bewijs van deze soort: {_told(kinds)}"
            to_do = "Bespreek wat dat bewijs waard is."
            yield known.fault(place, "knowledge", "level", what=what, to_do=to_do)


def _kinds(known: Known, goal: str) -> set[Kind]:
    """Return which kinds of evidence of people there are under a doel, of active indicators."""
    active = {key: one for key, one in known.alive().items() if one.status == "active"}
    return {one.kind for key, one in active.items() if known.doel_of(key) == goal} & _DUTCH.keys()


def _told(kinds: set[Kind]) -> str:
    return ", ".join(sorted(_DUTCH[kind] for kind in kinds)) or "geen"
