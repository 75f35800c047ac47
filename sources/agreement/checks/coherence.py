"""Sturen op samenhang: the chain of each doel, the steering instruments, and the two sides."""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import Areas, GoalLevel, Kind, Signal
from sources.strict_yaml import Fault

_FILE = "coherence.yaml"
_INSTRUMENTS = "instruments.yaml"
_LINKS = {
    "access": "toegang",
    "plan": "plan",
    "arrangement": "arrangement",
    "help": "inzet van hulp",
    "funding": "bekostiging",
}


def faults(known: Known) -> Iterator[Fault]:
    """Yield signals of things that do not exist or fit, and sides that are not sides."""
    goals = known.agreement.goals
    for key, chain in known.agreement.coherence.chains.items():
        if key not in goals:
            yield known.unknown(_FILE, "chains", key, name=key, among=goals, kind="Doel")
        elif goals[key].level is not GoalLevel.GOAL:
            what = f"`{key}` is geen doel maar een {goals[key].level}"
            to_do = "Kies een doel met `level: goal`."
            yield known.fault(_FILE, "chains", key, what=what, to_do=to_do)
        for link in _LINKS:
            if signal := getattr(chain, link):
                yield from _signal(known, key, link, signal)
    yield from _sides(known)
    for key, instrument in known.agreement.instruments.steering.items():
        yield from _indicators(
            known, _INSTRUMENTS, "steering", key, "indicators", names=instrument.indicators
        )


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield per doel the links of which nothing is known, and the instruments without evidence."""
    for key, goal in known.agreement.goals.items():
        if goal.level is GoalLevel.GOAL:
            yield from _dark(known, key)
            yield from _bare(known, key)


def _dark(known: Known, key: str) -> Iterator[Fault]:
    chains = known.agreement.coherence.chains
    dark = [dutch for link, dutch in _LINKS.items() if not getattr(chains.get(key), link, None)]
    if chains and dark:
        what = f"Van de keten is niets bekend over {', '.join(dark)}"
        to_do = f"Zoek een signaal voor {_FILE}, of laat zien dat wij het niet weten."
        yield known.fault(f"goals/{key}.yaml", what=what, to_do=to_do)


def _bare(known: Known, key: str) -> Iterator[Fault]:
    here = {name for name in known.alive() if known.doel_of(name) == key}
    steering = known.agreement.instruments.steering.values()
    told = [one for one in steering if one.indicators]
    bare = [one.name for one in told if here.isdisjoint(one.indicators)]
    if bare:
        what = f"Geen cijfer laat zien of dit werkt: {'; '.join(bare)}"
        to_do = f"Noem een indicator in {_INSTRUMENTS}, of bespreek of het mist."
        yield known.fault(f"goals/{key}.yaml", what=what, to_do=to_do)


def _signal(known: Known, key: str, link: str, signal: Signal) -> Iterator[Fault]:
    place, indicators = ("chains", key, link), known.agreement.indicators
    given = [name for name in ("indicator", "story", "text") if getattr(signal, name)]
    if len(given) != 1:
        what = f"Deze schakel heeft {len(given)} signalen"
        to_do = "Kies er één, of laat de schakel weg: dan is er niets bekend."
        yield known.fault(_FILE, *place, what=what, to_do=to_do)
    name = signal.indicator
    if name and name not in indicators:
        where = (*place, "indicator")
        yield known.unknown(_FILE, *where, name=name, among=indicators, kind="Indicator")
    elif name and indicators[name].kind is not Kind.STORY and known.doel_of(name) != key:
        what = f"{name} hoort bij doel `{known.doel_of(name)}`, deze keten bij `{key}`"
        to_do = "Kies een indicator van dit doel."
        yield known.fault(_FILE, *place, "indicator", what=what, to_do=to_do)
    if signal.story and signal.story not in known.agreement.goals:
        where, goals = (*place, "story"), known.agreement.goals
        yield known.unknown(_FILE, *where, name=signal.story, among=goals, kind="Doel")


def _sides(known: Known) -> Iterator[Fault]:
    """Draagkracht and draaglast stand side by side on a wijk sheet: both there, nothing on both."""
    two = known.agreement.coherence
    for side, names in (("strength", two.strength), ("load", two.load)):
        yield from _indicators(known, _FILE, side, names=names)
        for number, name in enumerate(names):
            there = known.agreement.indicators.get(name)
            if there and Areas.DISTRICT not in there.levels:
                what = f"{name} is er niet per wijk, en deze twee kanten staan op een wijkplaat"
                to_do = "Kies een cijfer met niveau `district`."
                yield known.fault(_FILE, side, number, what=what, to_do=to_do)
    for number, name in enumerate(two.load):
        if name in two.strength:
            what = f"{name} staat bij wat mensen draagt en bij wat zij dragen"
            yield known.fault(_FILE, "load", number, what=what, to_do="Kies één kant.")
    if bool(two.strength) != bool(two.load):
        what = "Van draagkracht en draaglast staat er maar één"
        to_do = "Noem ze allebei: zij staan naast elkaar, of niet."
        yield known.fault(_FILE, "load" if two.load else "strength", what=what, to_do=to_do)


def _indicators(known: Known, file: str, *place: str, names: tuple[str, ...]) -> Iterator[Fault]:
    indicators = known.agreement.indicators
    for number, name in enumerate(names):
        if name not in indicators:
            kind = "Indicator"
            yield known.unknown(file, *place, number, name=name, among=indicators, kind=kind)
