"""The lastenmeter kept under its budget: asking more of a partner needs a reason."""

from collections.abc import Iterator

from sources.agreement.burden import loads
from sources.agreement.known import Known
from sources.strict_yaml import Fault


def faults(known: Known) -> Iterator[Fault]:
    """Yield the partners that are asked more minutes a quarter than was agreed."""
    stated = known.agreement.general.burden
    for name in stated.minutes if stated else ():
        if name not in known.contracts:
            place, among = ("agreement.yaml", "burden", "minutes", name), known.contracts
            yield known.unknown(*place, name=name, among=among, kind="Levering")
    for key, load in loads(known.agreement, known.contracts).items():
        if load.over and not known.agreement.partners[key].motivation:
            what = (
                f"Aanleveren kost {load.minutes:g} minuten per kwartaal, {load.most} is het meeste"
            )
            to_do = "Vraag een levering minder, of schrijf bij `motivation` waarom het nodig is."
            yield known.fault(f"partners/{key}.yaml", "deliveries", what=what, to_do=to_do)
