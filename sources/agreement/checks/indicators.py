"""Every indicator: its place in the doelenboom, its prikkel, its end, its promises, its company."""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import Areas, GoalLevel, Indicator, Way
from sources.strict_yaml import Fault

# An empty text here makes an indicator that nobody can weigh or answer for.
_NEVER_EMPTY = {
    "incentive": "Schrijf hoe dit cijfer mooier kan lijken dan het is (de prikkel).",
    "explanation": "Leg uit wat er wel en niet wordt geteld.",
    "question": "Schrijf de vraag zoals een inwoner haar stelt.",
    "unit": "Schrijf waarin het cijfer wordt uitgedrukt.",
    "owner": "Schrijf welke functie over deze indicator gaat.",
    "sources": "Noem waar de gegevens vandaan komen.",
}

# Pairs must stand on one sheet; buurten have no sheet of their own.
_SHEETS = (Areas.DISTRICT, Areas.MUNICIPALITY)


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with each indicator by itself and among the others."""
    for key, one in known.agreement.indicators.items():
        yield from _goal(known, key, one)
        yield from _said(known, key, one)
        yield from _term(known, key, one)
        yield from _promises(known, key, one)
        yield from _local(known, key, one)
        yield from _company(known, key, one)
        yield from _arcs(known, key, one)


def _goal(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    goals = known.agreement.goals
    if one.goal not in goals:
        yield known.unknown(_file(key), "goal", name=one.goal, among=goals, kind="Doel")
    elif goals[one.goal].level is not GoalLevel.RESULT:
        what = f"`{one.goal}` is geen maatschappelijk resultaat"
        to_do = "Hang de indicator onder een doel met `level: result`."
        yield known.fault(_file(key), "goal", what=what, to_do=to_do)


def _said(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    for name, to_do in _NEVER_EMPTY.items():
        if not getattr(one, name):
            yield known.fault(_file(key), name, what=f"`{name}` is leeg", to_do=to_do)


def _term(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    begin = known.agreement.general.begin
    if one.expires < begin:
        what = f"Deze indicator vervalt ({one.expires}) voordat de overeenkomst begint ({begin})"
        to_do = "Kies een latere `expires`, of haal de indicator weg."
        yield known.fault(_file(key), "expires", what=what, to_do=to_do)
    if one.valid_to and one.valid_to < one.valid_from:
        what = f"`valid_to` ({one.valid_to}) ligt voor `valid_from` ({one.valid_from})"
        yield known.fault(_file(key), "valid_to", what=what, to_do="Kies een latere dag.")


def _promises(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    general, file = known.agreement.general, _file(key)
    if one.targets and one.baseline is None:
        what = "Er is een streefwaarde en geen nulmeting"
        yield known.fault(file, "targets", what=what, to_do="Vul `baseline` in, of haal hem weg.")
    if one.baseline and one.baseline.value is not None:
        yield from _share(known, key, "baseline", "value", value=one.baseline.value)
    promised = set()
    for number, target in enumerate(one.targets):
        place = ("targets", number)
        yield from _share(known, key, *place, "value", value=target.value)
        within = general.begin.year <= target.year <= general.end.year
        if general.begin < general.end and not within:
            what = f"{target.year} valt buiten de overeenkomst"
            to_do = f"Kies een jaar van {general.begin.year} tot en met {general.end.year}."
            yield known.fault(file, *place, "year", what=what, to_do=to_do)
        if (target.year, target.area) in promised:
            what = f"Voor {target.year} is dit al afgesproken"
            yield known.fault(file, *place, what=what, to_do="Haal een van beide weg.")
        promised.add((target.year, target.area))


def _share(known: Known, key: str, *place: str | int, value: float) -> Iterator[Fault]:
    if known.agreement.indicators[key].way is Way.SHARE and not 0 <= value <= 1:
        what = f"Een aandeel ligt tussen 0 en 1, en hier staat {value:g}"
        yield known.fault(_file(key), *place, what=what, to_do="Schrijf 0.75 voor 75 procent.")


def _local(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    """In one wijk there is a target of its own, or a question in its place."""
    for number, target in enumerate(one.targets):
        if target.area in one.questions:
            what = f"Voor {target.area} staat er een streefwaarde en een gespreksvraag"
            to_do = "Kies: een vraag komt in de plaats van een streefwaarde."
            yield known.fault(_file(key), "targets", number, "area", what=what, to_do=to_do)


def _company(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    indicators = known.agreement.indicators
    for name in ("counter_indicators", "pairs"):
        for number, other in enumerate(getattr(one, name)):
            if other not in indicators:
                place = (name, number)
                kind = "Indicator"
                yield known.unknown(_file(key), *place, name=other, among=indicators, kind=kind)
            elif other == key:
                what = "Een indicator kan zichzelf niet in evenwicht houden"
                yield known.fault(_file(key), name, number, what=what, to_do="Kies een andere.")
            elif name == "pairs":
                yield from _sheet_of_pair(known, key, number, other)


def _sheet_of_pair(known: Known, key: str, number: int, other: str) -> Iterator[Fault]:
    """A pair is shown together or not at all: where this one stands, the other must be too."""
    indicators = known.agreement.indicators
    for level in _SHEETS:
        if level in indicators[key].levels and level not in indicators[other].levels:
            what = f"{key} hoort naast {other}, maar {other} is er niet op niveau `{level}`"
            to_do = f"Geef {other} dat niveau, of maak een ander paar."
            yield known.fault(_file(key), "pairs", number, what=what, to_do=to_do)


def _arcs(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    arcs = [str(arc.id) for arc in known.agreement.rainbow.arcs]
    for number, arc in enumerate(one.arcs):
        if str(arc) not in arcs:
            place = ("arcs", number)
            yield known.unknown(_file(key), *place, name=str(arc), among=arcs, kind="Boog")


def _file(key: str) -> str:
    return f"indicators/{key}.yaml"
