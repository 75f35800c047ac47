"""Areas: every code that is written lies in the municipality of the agreement."""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.strict_yaml import Fault

Spot = tuple[str, tuple[str | int, ...], str]


def faults(known: Known) -> Iterator[Fault]:
    """Yield the area codes that cannot be right."""
    general = known.agreement.general
    if not general.municipality.code.startswith("GM"):
        what = f"`{general.municipality.code}` is geen code van een gemeente"
        where = ("agreement.yaml", "municipality", "code")
        yield known.fault(*where, what=what, to_do="Schrijf GM en 4 cijfers.")
    for file, place, code in _written(known):
        if not known.is_ours(code):
            what = f"{code} ligt niet in {general.municipality.name}"
            to_do = f"Kies een code die bij {general.municipality.code} hoort."
            yield known.fault(file, *place, what=what, to_do=to_do)


def _written(known: Known) -> Iterator[Spot]:
    """Yield every area code of the agreement with the place where it is written."""
    agreement = known.agreement
    for key, indicator in agreement.indicators.items():
        for number, target in enumerate(indicator.targets):
            if target.area:
                yield f"indicators/{key}.yaml", ("targets", number, "area"), target.area
    for key, partner in agreement.partners.items():
        for number, code in enumerate(partner.areas):
            yield f"partners/{key}.yaml", ("areas", number), code
    for key, talk in agreement.conversations.items():
        if talk.area:
            yield f"conversations/{key}.yaml", ("area",), talk.area
    for code in agreement.questions.areas:
        yield "questions.yaml", ("areas", code), code
    yield from _own_names(known)


def _own_names(known: Known) -> Iterator[Spot]:
    areas = known.agreement.areas
    for key, grouping in areas.groupings.items():
        for number, code in enumerate(grouping.areas):
            yield "areas.yaml", ("groupings", key, "areas", number), code
    for alias, code in areas.aliases.items():
        yield "areas.yaml", ("aliases", alias), code
