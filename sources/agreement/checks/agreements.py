"""What was agreed with each partner: openings, budgets, pairs, and never only output.

Source of the budgets and of "not only output": one indicator more and a whole field works for the
accountability; so more is possible, and asks for a reason (`motivation`).
"""

from collections.abc import Iterator

from sources.agreement.checks import openings
from sources.agreement.known import Known
from sources.agreement.model import GoalLevel, Kind, PartnerAgreement, ResultSheet
from sources.strict_yaml import Fault


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the agreement with each partner."""
    for key, one in known.agreement.agreements.items():
        yield from _partner(known, key, one)
        for number, sheet in enumerate(one.result_sheets):
            yield from _goal(known, key, number, sheet)
            yield from _indicators(known, key, number, sheet)
            yield from _balance(known, key, number, sheet)
        yield from _pairs(known, key, one)
        yield from _budget(known, key, one)


def _partner(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    partners = known.agreement.partners
    if one.partner not in partners:
        name, among = one.partner, partners
        yield known.unknown(_file(key), "partner", name=name, among=among, kind="Partner")
    if one.end and one.end < one.begin:
        what = f"Deze overeenkomst eindigt ({one.end}) voordat zij begint ({one.begin})"
        yield known.fault(_file(key), "end", what=what, to_do="Kies een latere dag.")
    others = known.agreement.agreements.items()
    for other in [k for k, o in others if k < key and o.partner == one.partner and _meet(o, one)]:
        what = f"Met `{one.partner}` geldt in dezelfde tijd ook `{other}`"
        to_do = "Laat de ene eindigen voordat de andere begint."
        yield known.fault(_file(key), "begin", what=what, to_do=to_do)


def _meet(one: PartnerAgreement, other: PartnerAgreement) -> bool:
    one_first = other.end is None or one.begin <= other.end
    return one_first and (one.end is None or other.begin <= one.end)


def _goal(known: Known, key: str, number: int, sheet: ResultSheet) -> Iterator[Fault]:
    goals, place = known.agreement.goals, ("result_sheets", number)
    if sheet.goal not in goals:
        where = (*place, "goal")
        yield known.unknown(_file(key), *where, name=sheet.goal, among=goals, kind="Doel")
    elif goals[sheet.goal].level is not GoalLevel.GOAL:
        what = f"`{sheet.goal}` is geen doel maar een {goals[sheet.goal].level}"
        to_do = "Kies een doel met `level: goal`."
        yield known.fault(_file(key), *place, "goal", what=what, to_do=to_do)
    yield from openings.aim(known, _file(key), *place, "aim", text=sheet.aim)
    where = (*place, "result")
    horizon = sheet.horizon
    yield from openings.result(known, _file(key), *where, text=sheet.result, horizon=horizon)


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


def _balance(known: Known, key: str, number: int, sheet: ResultSheet) -> Iterator[Fault]:
    place = ("result_sheets", number, "indicators")
    most = known.agreement.general.budgets.result_sheet
    indicators = known.agreement.indicators
    kinds = {indicators[name].kind for name in sheet.indicators if name in indicators}
    to_do = "Schrap er een, of schrijf bij `motivation` waarom."
    if sheet.motivation:
        return
    if len(sheet.indicators) > most:
        what = f"Dit resultaatblad heeft {len(sheet.indicators)} indicatoren, {most} is het meeste"
        yield known.fault(_file(key), *place, what=what, to_do=to_do)
    if kinds == {Kind.OUTPUT}:
        what = "Dit resultaatblad telt alleen wat er is gedaan"
        to_do = "Zet er een ervaring, een effect of een verhaal bij, of schrijf `motivation`."
        yield known.fault(_file(key), *place, what=what, to_do=to_do)
    if not sheet.indicators:
        what = "Dit resultaatblad heeft geen enkele indicator"
        yield known.fault(_file(key), *place, what=what, to_do="Kies er één, tot drie.")


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


def _budget(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    most = known.agreement.general.budgets.partner
    asked = {name for sheet in one.result_sheets for name in sheet.indicators}
    if len(asked) > most and not one.motivation:
        what = f"Van deze partner vraagt u {len(asked)} indicatoren, {most} is het meeste"
        to_do = "Schrap er een paar, of schrijf bij `motivation` waarom."
        yield known.fault(_file(key), "result_sheets", what=what, to_do=to_do)


def _file(key: str) -> str:
    return f"agreements/{key}.yaml"
