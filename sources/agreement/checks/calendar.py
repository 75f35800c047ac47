"""The meetkalender: every delivery has its rhythm, and what is old says why it still stands."""

from collections.abc import Iterator
from datetime import date, timedelta

from sources.agreement.known import Known
from sources.agreement.model import Measurement
from sources.contracts.derived import contracts_of
from sources.strict_yaml import Fault

_FILE = "calendar.yaml"
_MONTHS = {"quarter": 3, "half_year": 6, "year": 12, "two_years": 24, "four_years": 48}


def faults(known: Known) -> Iterator[Fault]:
    """Yield names that do not exist, a rhythm that is not the one agreed, and upside-down days."""
    for number, one in enumerate(known.agreement.calendar.measurements):
        yield from _names(known, number, one)
        yield from _rhythm(known, number, one)
    for number, campaign in enumerate(known.agreement.calendar.campaigns):
        place, goals = ("campaigns", number), known.agreement.goals
        yield from known.strangers(
            _FILE, *place, "goals", names=campaign.goals, among=goals, kind="Doel"
        )
        if campaign.end and campaign.end < campaign.begin:
            what = "Deze campagne eindigt voordat zij begint"
            yield known.fault(_FILE, *place, "end", what=what, to_do="Kies een latere dag.")


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield deliveries that are in no calendar, and measurements that are old without a note."""
    calendar = known.agreement.calendar
    planned = {one.delivery for one in calendar.measurements}
    counted = {name for one in known.alive().values() for name in one.tables}
    for name in sorted({contract for table in counted for contract in contracts_of(table)}):
        if planned and name not in planned:
            what = f"Van `{name}` staat niet wanneer er wordt gemeten"
            yield known.fault(_FILE, "measurements", what=what, to_do="Zet er een regel voor bij.")
    for number, one in enumerate(calendar.measurements):
        months = age(one, today)
        if months is not None and months >= calendar.old_after and not one.note:
            what = f"Het nieuwste cijfer uit `{one.delivery}` is {months} maanden oud"
            to_do = "Schrijf bij `note` waarom het er nog staat."
            yield known.fault(_FILE, "measurements", number, what=what, to_do=to_do)


def age(one: Measurement, today: date) -> int | None:
    """Return how many whole months old the newest figures are: since the end of their period.

    None where not even the first period is there. A period is there `weeks` after its end.
    """
    known_until = today - timedelta(weeks=one.weeks)
    periods = _months(one.first, known_until) // _MONTHS[one.every]
    return _months(one.first, today) - periods * _MONTHS[one.every] if periods > 0 else None


def _months(first: date, last: date) -> int:
    """Return the whole months between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _names(known: Known, number: int, one: Measurement) -> Iterator[Fault]:
    place = ("measurements", number)
    if one.delivery not in known.contracts:
        where, among = (*place, "delivery"), known.contracts
        yield known.unknown(_FILE, *where, name=one.delivery, among=among, kind="Levering")
    if one.partner and one.partner not in known.agreement.partners:
        where, partners = (*place, "partner"), known.agreement.partners
        yield known.unknown(_FILE, *where, name=one.partner, among=partners, kind="Partner")


def _rhythm(known: Known, number: int, one: Measurement) -> Iterator[Fault]:
    """A calendar that says a year where a file is owed every quarter is read by nobody."""
    partner = known.agreement.partners.get(one.partner or "")
    if partner is None:
        return
    asked = (owed.since for owed in partner.deliveries if owed.contract == one.delivery)
    if one.every not in {"year" if len(since) == 4 else "quarter" for since in asked}:
        what = f"`{one.partner}` levert `{one.delivery}` in een ander ritme dan `{one.every}`"
        to_do = "Laat de kalender zeggen wat bij de partner is afgesproken."
        yield known.fault(_FILE, "measurements", number, "every", what=what, to_do=to_do)
