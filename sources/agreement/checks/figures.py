"""The figures of a wijk: no more than people can talk over, and none without its other half.

Source of the budget: one indicator more, and a whole field works for the accountability.
"""

from collections.abc import Iterator, Sequence

from sources.agreement.known import Known
from sources.agreement.model import Areas
from sources.strict_yaml import Fault

_FILE = "agreement.yaml"
_PLACE = ("figures", "district")
_CAN_BE_TOLD = {Areas.MUNICIPALITY, Areas.DISTRICT}


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the choice of figures, and with how many there are."""
    chosen = known.agreement.general.figures.district
    for number, name in enumerate(chosen):
        yield from _figure(known, number, name, chosen)
    yield from _budget(known, chosen)


def _figure(known: Known, number: int, name: str, chosen: Sequence[str]) -> Iterator[Fault]:
    alive, place = known.alive(), (*_PLACE, number)
    if name not in alive:
        yield known.unknown(_FILE, *place, name=name, among=alive, kind="Indicator")
        return
    if name in chosen[:number]:
        what = f"{name} staat er al"
        yield known.fault(_FILE, *place, what=what, to_do="Haal een van beide weg.")
    if not _CAN_BE_TOLD & alive[name].levels.keys():
        what = f"{name} is er niet voor een wijk en niet voor de gemeente"
        yield known.fault(_FILE, *place, what=what, to_do="Kies een ander cijfer.")
    for missing in [other for other in alive[name].pairs if other not in chosen]:
        what = f"{name} mag niet zonder {missing} op een plaat"
        to_do = f"Zet {missing} erbij, of haal {name} weg."
        yield known.fault(_FILE, *place, what=what, to_do=to_do)


def _budget(known: Known, chosen: Sequence[str]) -> Iterator[Fault]:
    budgets = known.agreement.general.budgets
    there = [key for key, one in known.alive().items() if Areas.DISTRICT in one.levels]
    count = len(chosen or there)
    if count > budgets.district and not budgets.motivation:
        what = f"Op een wijkplaat staan {count} indicatoren, {budgets.district} is het meeste"
        to_do = "Kies de beste bij `figures`, of schrijf bij `budgets` een `motivation`."
        place = _PLACE if chosen else ("budgets",)
        yield known.fault(_FILE, *place, what=what, to_do=to_do)
