"""The rainbow: arcs told apart, and a mapping to arcs, deliveries and codes that exist."""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import ArcMapping
from sources.strict_yaml import Fault

_FILE = "rainbow.yaml"


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the arcs and with what is mapped to them."""
    rainbow = known.agreement.rainbow
    seen: set[int] = set()
    for number, arc in enumerate(rainbow.arcs):
        if arc.id in seen:
            twice, place = f"Boog {arc.id} staat er twee keer", ("arcs", number, "id")
            yield known.fault(_FILE, *place, what=twice, to_do="Kies een ander nummer.")
        seen.add(arc.id)
    said = set()
    for number, one in enumerate(rainbow.mapping):
        yield from _mapping(known, number, one)
        same = (one.contract, one.column, one.value, one.since)
        if same in said:
            again = f"`{one.value}` heeft vanaf {one.since} al een boog"
            yield known.fault(_FILE, "mapping", number, what=again, to_do="Haal een van beide weg.")
        said.add(same)


def _mapping(known: Known, number: int, one: ArcMapping) -> Iterator[Fault]:
    place = ("mapping", number)
    arcs = [str(arc.id) for arc in known.agreement.rainbow.arcs]
    if str(one.arc) not in arcs:
        yield known.unknown(_FILE, *place, "arc", name=str(one.arc), among=arcs, kind="Boog")
    if one.contract not in known.contracts:
        where, among = (*place, "contract"), known.contracts
        yield known.unknown(_FILE, *where, name=one.contract, among=among, kind="Levering")
        return
    column = known.column(one.contract, one.column)
    if column is None:
        columns = [c.name for c in known.contracts[one.contract].columns]
        where, kind = (*place, "column"), f"Kolom van {one.contract}"
        yield known.unknown(_FILE, *where, name=one.column, among=columns, kind=kind)
    elif column.codes and one.value not in column.codes:
        where, kind = (*place, "value"), f"Code van {one.column}"
        yield known.unknown(_FILE, *where, name=one.value, among=column.codes, kind=kind)
