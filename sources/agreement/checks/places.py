"""Areas: every code that is written lies in the municipality of the agreement.

Of the municipality's own groupings: none counts an area twice, and what they add up can be added.
"""

import re
from collections.abc import Collection, Iterator

from sources.agreement.known import Known
from sources.agreement.model import AREA_CODE, AreaGrouping, Areas
from sources.strict_yaml import Fault

_FILE = "areas.yaml"

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
    for key, grouping in known.agreement.areas.groupings.items():
        yield from _grouping(known, key, grouping)
    yield from _asked_of_groupings(known)


def not_there(known: Known, codes: Collection[str]) -> Iterator[Fault]:
    """Yield the areas of groupings that are among `codes`: those that the division lacks."""
    year = known.agreement.general.area_year
    for key, grouping in known.agreement.areas.groupings.items():
        for number, code in enumerate(grouping.areas):
            if code in codes:
                what = f"{code} staat niet in de indeling van {year}"
                to_do = "Kies een code uit die indeling, of lever de indeling opnieuw."
                yield known.fault(_FILE, *_spot(key, number), what=what, to_do=to_do)


def _grouping(known: Known, key: str, grouping: AreaGrouping) -> Iterator[Fault]:
    """Yield what is wrong with one grouping, within itself and beside those before it."""
    if re.match(AREA_CODE, key):
        to_do = "Kies een naam, zoals `team_west`."
        where = ("groupings", key)
        yield known.fault(_FILE, *where, what=f"`{key}` is de code van een gebied", to_do=to_do)
    listed = _before(known, key, grouping.kind)
    for number, code in enumerate(grouping.areas):
        place = _spot(key, number)
        if code.startswith("GM"):
            what = f"{code} is de hele gemeente"
            yield known.fault(_FILE, *place, what=what, to_do="Noem wijken of buurten.")
            continue
        twice = next((one for one in listed if _meet(one, code)), None)
        listed.append(code)
        if twice is not None:
            what = (
                f"{code} telt twee keer mee, want {twice} staat ook in de soort `{grouping.kind}`"
            )
            to_do = "Haal een van beide weg, of geef deze indeling een andere `kind`."
            yield known.fault(_FILE, *place, what=what, to_do=to_do)


def _before(known: Known, key: str, kind: str) -> list[str]:
    """Return the areas of the groupings of a kind that come before this one."""
    groupings = list(known.agreement.areas.groupings.items())
    earlier = groupings[: [name for name, _ in groupings].index(key)]
    return [code for _, one in earlier if one.kind == kind for code in one.areas]


def _meet(one: str, other: str) -> bool:
    """Whether two codes are the same, or a wijk and a buurt in it, as its code tells."""
    short, long = sorted((one[2:], other[2:]), key=len)
    return long.startswith(short)


def _asked_of_groupings(known: Known) -> Iterator[Fault]:
    """Yield the indicators that ask for groupings and cannot be added up to them."""
    for key, one in known.alive().items():
        if Areas.GROUPING not in one.levels:
            continue
        place = (f"indicators/{key}.yaml", "levels", Areas.GROUPING.value)
        if not known.agreement.areas.groupings:
            what = "Er zijn geen eigen indelingen van wijken of buurten"
            to_do = "Beschrijf ze in areas.yaml onder `groupings`."
            yield known.fault(*place, what=what, to_do=to_do)
        if one.protected_at_source:
            what = "Een cijfer dat zijn bron al beschermt, telt niet op"
            yield known.fault(*place, what=what, to_do="Haal dit niveau weg.")


def _spot(key: str, number: int) -> tuple[str | int, ...]:
    return "groupings", key, "areas", number


def _written(known: Known) -> Iterator[Spot]:
    """Yield every area code of the agreement with the place where it is written."""
    agreement = known.agreement
    for key, partner in agreement.partners.items():
        for number, code in enumerate(partner.areas):
            yield f"partners/{key}.yaml", ("areas", number), code
    for key, talk in agreement.conversations.items():
        if talk.area:
            yield f"conversations/{key}.yaml", ("area",), talk.area
    for code in agreement.questions.areas:
        yield "questions.yaml", ("areas", code), code
    for number, campaign in enumerate(agreement.calendar.campaigns):
        for position, code in enumerate(campaign.areas):
            yield "calendar.yaml", ("campaigns", number, "areas", position), code
    yield from _of_indicators(known)
    yield from _of_sheets(known)
    yield from _own_names(known)


def _of_indicators(known: Known) -> Iterator[Spot]:
    for key, indicator in known.agreement.indicators.items():
        for number, target in enumerate(indicator.targets):
            if target.area:
                yield f"indicators/{key}.yaml", ("targets", number, "area"), target.area
        for code in indicator.questions:
            yield f"indicators/{key}.yaml", ("questions", code), code


def _of_sheets(known: Known) -> Iterator[Spot]:
    for key, agreed in known.agreement.agreements.items():
        for number, sheet in enumerate(agreed.result_sheets):
            for position, code in enumerate(sheet.areas):
                yield f"agreements/{key}.yaml", ("result_sheets", number, "areas", position), code


def _own_names(known: Known) -> Iterator[Spot]:
    areas = known.agreement.areas
    for key, grouping in areas.groupings.items():
        for number, code in enumerate(grouping.areas):
            yield _FILE, _spot(key, number), code
    for alias, code in areas.aliases.items():
        yield _FILE, ("aliases", alias), code
