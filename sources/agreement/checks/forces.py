"""The krachtenveld: of goals and partners that exist; what people think of it is theirs."""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.strict_yaml import Fault

_FILE = "krachtenveld.yaml"


def faults(known: Known) -> Iterator[Fault]:
    """Yield goals and partners that do not exist."""
    goals, partners = known.agreement.goals, known.agreement.partners
    for key, actor in known.agreement.forces.actors.items():
        place = ("actors", key)
        yield from known.strangers(
            _FILE, *place, "goals", names=actor.goals, among=goals, kind="Doel"
        )
        if actor.partner and actor.partner not in partners:
            where, name = (*place, "partner"), actor.partner
            yield known.unknown(_FILE, *where, name=name, among=partners, kind="Partner")
