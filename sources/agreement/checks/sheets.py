"""The resultaatbladen: goal and words, one to five indicators, pairs, and never only output.

Source: the resultaatblad of Rijssen-Holten states doelstelling, maatschappelijk resultaat and
indicators; "niet meer om het aantal overlegsessies, maar om het resultaat".
"""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import GoalLevel, Kind, PartnerAgreement, ResultSheet
from sources.strict_yaml import Fault

_MOST = 5


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the resultaatbladen of each agreement."""
    for key, one in known.agreement.agreements.items():
        for number, sheet in enumerate(one.result_sheets):
            yield from _goal(known, key, number, sheet)
            yield from _indicators(known, key, number, sheet)
            yield from _size(known, key, number, sheet)
            yield from _balance(known, key, number, sheet)
        yield from _twice(known, key, one)
        yield from _pairs(known, key, one)


def _goal(known: Known, key: str, number: int, sheet: ResultSheet) -> Iterator[Fault]:
    goals, place = known.agreement.goals, ("result_sheets", number)
    if sheet.goal not in goals:
        where = (*place, "goal")
        yield known.unknown(_file(key), *where, name=sheet.goal, among=goals, kind="Doel")
    elif goals[sheet.goal].level is not GoalLevel.GOAL:
        what = f"`{sheet.goal}` is geen doel maar een {goals[sheet.goal].level}"
        to_do = "Kies een doel met `level: goal`."
        yield known.fault(_file(key), *place, "goal", what=what, to_do=to_do)


def _indicators(known: Known, key: str, number: int, sheet: ResultSheet) -> Iterator[Fault]:
    indicators = known.agreement.indicators
    for position, name in enumerate(sheet.indicators):
        place = ("result_sheets", number, "indicators", position)
        if name not in indicators:
            kind = "Indicator"
            yield known.unknown(_file(key), *place, name=name, among=indicators, kind=kind)
        # A story has a theme of its own and may tell of any goal.
        elif indicators[name].kind is not Kind.STORY and known.doel_of(name) != sheet.goal:
            what = f"{name} hoort bij doel `{known.doel_of(name)}`, dit blad bij `{sheet.goal}`"
            to_do = "Zet de indicator op een ander blad."
            yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _size(known: Known, key: str, number: int, sheet: ResultSheet) -> Iterator[Fault]:
    place = ("result_sheets", number, "indicators")
    budget, count = known.agreement.general.budgets.result_sheet, len(sheet.indicators)
    if not count:
        what = "Dit resultaatblad heeft geen enkele indicator"
        yield known.fault(_file(key), *place, what=what, to_do=f"Kies er één tot {budget}.")
    elif count > _MOST:
        what = f"Dit resultaatblad heeft {count} indicatoren: meer dan {_MOST} kan nooit"
        yield known.fault(_file(key), *place, what=what, to_do="Maak er twee bladen van.")
    elif count > budget and not sheet.motivation:
        what = f"Dit resultaatblad heeft {count} indicatoren, {budget} is het meeste"
        to_do = "Schrap er een, of schrijf bij `motivation` waarom."
        yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _balance(known: Known, key: str, number: int, sheet: ResultSheet) -> Iterator[Fault]:
    """Never only output; and the kinds of evidence that were asked for can be there."""
    place, indicators = ("result_sheets", number), known.agreement.indicators
    kinds = {indicators[name].kind for name in sheet.indicators if name in indicators}
    if kinds == {Kind.OUTPUT} and not sheet.motivation:
        what = "Dit resultaatblad telt alleen wat er is gedaan"
        to_do = "Zet er een ervaring, een effect of een verhaal bij, of schrijf `motivation`."
        yield known.fault(_file(key), *place, "indicators", what=what, to_do=to_do)
    if "beleving" in sheet.evidence and kinds and Kind.EXPERIENCE not in kinds:
        what = "Dit blad belooft beleving, en geen van zijn indicatoren vraagt ernaar"
        to_do = "Zet er een ervaring bij, of haal `beleving` weg."
        yield known.fault(_file(key), *place, "evidence", what=what, to_do=to_do)


def _twice(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    """Money, agenda and deliveries name a sheet by its key: no two may share one."""
    seen: set[str] = set()
    for number, sheet in enumerate(one.result_sheets):
        if sheet.key in seen:
            what = f"Er is al een resultaatblad `{sheet.key}`"
            to_do = "Geef dit blad een eigen `id`."
            yield known.fault(_file(key), "result_sheets", number, what=what, to_do=to_do)
        seen.add(sheet.key)


def _pairs(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    indicators = known.agreement.indicators
    shown = [name for sheet in one.result_sheets for name in sheet.indicators]
    for number, sheet in enumerate(one.result_sheets):
        for position, name in enumerate(sheet.indicators):
            pairs = indicators[name].pairs if name in indicators else ()
            for missing in [other for other in pairs if other not in shown]:
                place = ("result_sheets", number, "indicators", position)
                what = f"{name} mag niet zonder {missing} op een plaat"
                to_do = f"Zet {missing} erbij, of haal {name} weg."
                yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _file(key: str) -> str:
    return f"agreements/{key}.yaml"
