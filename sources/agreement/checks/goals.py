"""The doelenboom: one hoofddoel, nothing loose, levels in their order, nowhere too many."""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import Goal, GoalLevel
from sources.strict_yaml import Fault

_ABOVE = {GoalLevel.GOAL: GoalLevel.MAIN, GoalLevel.RESULT: GoalLevel.GOAL}
_DUTCH = {
    GoalLevel.MAIN: "hoofddoel",
    GoalLevel.GOAL: "doel",
    GoalLevel.RESULT: "maatschappelijk resultaat",
}


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the doelenboom and the picture that each goal gives."""
    yield from _root(known)
    for key, goal in known.agreement.goals.items():
        yield from _parent(known, key, goal)
        yield from _picture(known, key, goal)
        yield from _branches(known, key, goal)


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the doelen zonder bewijs: nobody can tell whether they come nearer."""
    for key, goal in known.agreement.goals.items():
        yield from _evidence(known, key, goal)


def _root(known: Known) -> Iterator[Fault]:
    mains = [k for k, goal in known.agreement.goals.items() if goal.level is GoalLevel.MAIN]
    if not mains:
        to_do = "Geef één doel `level: main`."
        yield known.fault("goals", what="Er is geen hoofddoel", to_do=to_do)
    for key in mains if len(mains) > 1 else []:
        what = f"Er zijn {len(mains)} hoofddoelen: {', '.join(mains)}"
        yield known.fault(_file(key), "level", what=what, to_do="Kies er één.")


def _parent(known: Known, key: str, goal: Goal) -> Iterator[Fault]:
    goals, file = known.agreement.goals, _file(key)
    if goal.level is GoalLevel.MAIN:
        if goal.parent is not None:
            what = "Een hoofddoel hangt nergens onder"
            yield known.fault(file, "parent", what=what, to_do="Haal `parent` weg.")
        return
    wanted = _DUTCH[_ABOVE[goal.level]]
    if goal.parent is None:
        what = f"Dit {_DUTCH[goal.level]} hangt nergens onder"
        yield known.fault(file, what=what, to_do=f"Noem bij `parent` het {wanted} erboven.")
    elif goal.parent not in goals:
        yield known.unknown(file, "parent", name=goal.parent, among=goals, kind="Doel")
    elif circle := _circle(known, key):
        what = f"Dit doel hangt onder zichzelf: {' > '.join(circle)}"
        yield known.fault(file, "parent", what=what, to_do=f"Hang het onder een {wanted}.")
    elif goals[goal.parent].level is not _ABOVE[goal.level]:
        above = _DUTCH[goals[goal.parent].level]
        what = f"Een {_DUTCH[goal.level]} kan niet onder een {above} hangen"
        yield known.fault(file, "parent", what=what, to_do=f"Hang het onder een {wanted}.")


def _circle(known: Known, key: str) -> list[str]:
    """Return the goals from this one back to itself, or nothing."""
    way, node = [key], known.agreement.goals[key].parent
    while node in known.agreement.goals and node not in way:
        way.append(node)
        node = known.agreement.goals[node].parent
    return [*way, key] if node == key else []


def _picture(known: Known, key: str, goal: Goal) -> Iterator[Fault]:
    """Hoofddoel and doelen have their beoogde nieuwe werkelijkheid, and a year for it."""
    if goal.level is GoalLevel.RESULT:
        return
    if goal.horizon is None:
        what = "Niemand weet voor wanneer dit beeld is: `horizon` is leeg"
        yield known.fault(_file(key), "horizon", what=what, to_do="Schrijf een jaar, zoals 2030.")
    if not goal.picture:
        what = "Niemand ziet hoe het er straks uitziet: `picture` is leeg"
        to_do = "Beschrijf in een paar zinnen wat mensen merken als het doel is bereikt."
        yield known.fault(_file(key), "picture", what=what, to_do=to_do)


def _branches(known: Known, key: str, goal: Goal) -> Iterator[Fault]:
    """A tree with too much under one goal is one that nobody oversees."""
    most = known.agreement.general.budgets.branches
    below = [name for name, one in known.agreement.goals.items() if one.parent == key]
    below += [name for name, one in known.alive().items() if one.goal == key]
    if len(below) > most and not goal.motivation:
        what = f"Hier hangen {len(below)} takken onder, {most} is het meeste: {', '.join(below)}"
        to_do = "Verdeel ze, of schrijf bij `motivation` waarom zij bij elkaar horen."
        yield known.fault(_file(key), what=what, to_do=to_do)


def _evidence(known: Known, key: str, goal: Goal) -> Iterator[Fault]:
    if goal.level is GoalLevel.RESULT:
        if not any(one.goal == key for one in known.alive().values()):
            what = "Dit is een doel zonder bewijs: er hangt geen indicator of verhaal onder"
            to_do = "Hang er een indicator onder, desnoods `status: in_development`."
            yield known.fault(_file(key), what=what, to_do=to_do)
    elif not any(one.parent == key for one in known.agreement.goals.values()):
        below = "doel" if goal.level is GoalLevel.MAIN else "maatschappelijk resultaat"
        what = f"Dit {_DUTCH[goal.level]} is een doel zonder bewijs: er hangt niets onder"
        yield known.fault(_file(key), what=what, to_do=f"Hang er een {below} onder.")


def _file(key: str) -> str:
    return f"goals/{key}.yaml"
