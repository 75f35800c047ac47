"""The figures of a wijk and of the council: no more than people can talk over, none without a pair.

Source of the budget: one indicator more, and a whole field works for the accountability.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sources.agreement.known import Known
from sources.agreement.model import Areas
from sources.strict_yaml import Fault

_FILE = "agreement.yaml"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of sheet of which the agreement chooses the figures; `levels` it has of its own."""

    key: str
    dutch: str
    levels: frozenset[Areas]
    nowhere: str


_KINDS = (
    _Kind(
        "district",
        "een wijkplaat",
        frozenset({Areas.DISTRICT}),
        "niet voor een wijk en niet voor de gemeente",
    ),
    _Kind("council", "de raadsplaat", frozenset({Areas.MUNICIPALITY}), "niet voor de gemeente"),
)


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the choice of figures, and with how many there are."""
    for kind in _KINDS:
        chosen = getattr(known.agreement.general.figures, kind.key)
        for number, name in enumerate(chosen):
            yield from _figure(known, kind, number, name, chosen)
        yield from _budget(known, kind, chosen)


def _figure(
    known: Known, kind: _Kind, number: int, name: str, chosen: Sequence[str]
) -> Iterator[Fault]:
    alive, place = known.alive(), ("figures", kind.key, number)
    if name not in alive:
        yield known.unknown(_FILE, *place, name=name, among=alive, kind="Indicator")
        return
    if name in chosen[:number]:
        what = f"{name} staat er al"
        yield known.fault(_FILE, *place, what=what, to_do="Haal een van beide weg.")
    if not (kind.levels | {Areas.MUNICIPALITY}) & alive[name].levels.keys():
        what = f"{name} is er {kind.nowhere}"
        yield known.fault(_FILE, *place, what=what, to_do="Kies een ander cijfer.")
    for missing in [other for other in alive[name].pairs if other not in chosen]:
        what = f"{name} mag niet zonder {missing} op een plaat"
        to_do = f"Zet {missing} erbij, of haal {name} weg."
        yield known.fault(_FILE, *place, what=what, to_do=to_do)


def _budget(known: Known, kind: _Kind, chosen: Sequence[str]) -> Iterator[Fault]:
    """Count what is chosen; where nothing is, all that there is: where there is such a sheet."""
    general = known.agreement.general
    there = [key for key, one in known.alive().items() if kind.levels & one.levels.keys()]
    count, most = len(chosen or there), getattr(general.budgets, kind.key)
    told = chosen or kind.key in general.blocks
    if told and count > most and not general.budgets.motivation:
        what = f"Op {kind.dutch} staan {count} indicatoren, {most} is het meeste"
        to_do = "Kies de beste bij `figures`, of schrijf bij `budgets` een `motivation`."
        place = ("figures", kind.key) if chosen else ("budgets",)
        yield known.fault(_FILE, *place, what=what, to_do=to_do)
