"""Risks that are accepted knowingly: few in view, looked at again, and answered by talking.

Source: against the risicoregelreflex. A signal that was seen asks for a gesprek; there is no place
in which a new rule could stand.
"""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import Risk
from sources.strict_yaml import Fault

_FILE = "risks.yaml"
_MOST = 3


def faults(known: Known) -> Iterator[Fault]:
    """Yield more risks than people can keep in view, and names that do not exist."""
    risks = known.agreement.risks.risks
    viewed = [key for key, risk in risks.items() if risk.in_view]
    for key in viewed[_MOST:]:
        what = f"Er zijn {len(viewed)} risico’s in beeld, {_MOST} is het meeste"
        to_do = "Kies waar u nu op let, en zet de rest op `in_view: false`."
        yield known.fault(_FILE, "risks", key, what=what, to_do=to_do)
    for key, risk in risks.items():
        yield from _names(known, key, risk)


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield signals that nobody has talked about, and risks whose day to look again has passed."""
    for key, risk in known.agreement.risks.risks.items():
        for number, sighting in enumerate(risk.sightings):
            if sighting.conversation is None:
                what = f"Op {sighting.date} was dit signaal te zien, en er is niet over gepraat"
                to_do = "Plan een gesprek. Maak er geen regel van."
                place = ("risks", key, "sightings", number)
                yield known.fault(_FILE, *place, what=what, to_do=to_do)
        if risk.review_by < today:
            what = f"Dit risico zou op {risk.review_by} opnieuw bekeken zijn"
            to_do = "Bespreek of u het nog steeds aanvaardt, en kies een nieuwe dag."
            yield known.fault(_FILE, "risks", key, "review_by", what=what, to_do=to_do)


def _names(known: Known, key: str, risk: Risk) -> Iterator[Fault]:
    whole = known.agreement
    for place, name, among, kind in (
        ("goal", risk.goal, whole.goals, "Doel"),
        ("indicator", risk.indicator, whole.indicators, "Indicator"),
    ):
        if name and name not in among:
            yield known.unknown(_FILE, "risks", key, place, name=name, among=among, kind=kind)
    for number, sighting in enumerate(risk.sightings):
        talk, talks = sighting.conversation, whole.conversations
        if talk and talk not in talks:
            where = ("risks", key, "sightings", number, "conversation")
            yield known.unknown(_FILE, *where, name=talk, among=talks, kind="Gesprek")
