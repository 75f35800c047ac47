"""What an indicator declares of its counts, so that no one can be found: statistics, 4.1.

Over what they add up, what a statistics office protected or published already, and that one count
is told by quarters or by four quarters at a level, never by both.
"""

from collections.abc import Iterator
from itertools import combinations

from sources.agreement.known import Known
from sources.agreement.model import Counts, Dimension, Indicator, Quantity, Way
from sources.contracts.derived import tables
from sources.strict_yaml import Fault

MORE_THAN_ONE = "meer_dan_een"
"""The class, or partner, of who would be counted in several; with it even people add up."""

_PEOPLE = (Counts.PERSONS, Counts.HOUSEHOLDS)
_COLUMNS = {
    Dimension.PARTNER: "partner_column",
    Dimension.AREA: "area_column",
    Dimension.BREAKDOWN: "breakdown",
}
_IN_SEVERAL = {Dimension.PARTNER: "partners", Dimension.BREAKDOWN: "klassen"}


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is declared and cannot be true."""
    for key, one in known.agreement.indicators.items():
        for number, dimension in enumerate(one.additive_over):
            yield from _adding_up(known, key, one, number=number, dimension=dimension)
        yield from _units(known, key, one)
        yield from _published_as(known, key, one)
    yield from _two_grains(known)


def _adding_up(
    known: Known, key: str, one: Indicator, *, number: int, dimension: Dimension
) -> Iterator[Fault]:
    place, column = ("additive_over", number), getattr(one, _COLUMNS[dimension])
    away = f"Haal `{dimension}` weg."
    if one.protected_at_source or one.way is Way.GIVEN:
        what = "Een cijfer zoals het gegeven is, telt nergens over op"
        yield known.fault(_file(key), *place, what=what, to_do=away)
    elif column is None:
        needed = _COLUMNS[dimension]
        what = f"Optellen over `{dimension}` kan niet zonder `{needed}`"
        to_do = f"Vul `{needed}` in, of haal `{dimension}` weg."
        yield known.fault(_file(key), *place, what=what, to_do=to_do)
    elif dimension in _IN_SEVERAL and _people(one) and not _apart(known, one, column):
        several = _IN_SEVERAL[dimension]
        what = f"Mensen tellen niet op over {several}: wie er twee heeft, telt twee keer"
        to_do = f"Haal `{dimension}` weg, of geef kolom `{column}` een code `{MORE_THAN_ONE}`."
        yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _people(one: Indicator) -> bool:
    """Whether people are counted, in the indicator or in a variant of it."""
    counted = [one.numerator, *(variant.numerator for variant in one.variants.values())]
    return any(quantity.counts in _PEOPLE for quantity in counted)


def _apart(known: Known, one: Indicator, column: str) -> bool:
    """Whether who is in several has a class of its own in a column, or nobody can be in several."""
    there, table = known.column(one.delivery, column), tables().get(one.delivery)
    alone = table is not None and column in table.one_each
    return alone or (there is not None and MORE_THAN_ONE in there.codes)


def _units(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    """Yield the shares that are not a part of their denominator."""
    if one.way is not Way.SHARE:
        return
    whole: list[tuple[tuple[str, ...], Quantity, Quantity | None]] = [
        ((), one.numerator, one.denominator)
    ]
    parts = whole + [
        (("variants", name), variant.numerator, variant.denominator or one.denominator)
        for name, variant in one.variants.items()
    ]
    for place, above, below in parts:
        if below is not None and above.counts is not below.counts:
            what = f"Een aandeel van {below.counts} kan geen {above.counts} tellen"
            to_do = "Laat teller en noemer hetzelfde tellen, of kies `way: rate`."
            yield known.fault(_file(key), *place, "numerator", "counts", what=what, to_do=to_do)
        elif above == below:
            what = "Teller en noemer tellen hetzelfde"
            to_do = "Schrijf bij `where` welke rijen in de teller horen."
            yield known.fault(_file(key), *place, "numerator", what=what, to_do=to_do)


def _published_as(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    if one.published_as is None:
        return
    other, place = known.agreement.indicators.get(one.published_as), "published_as"
    if other is None:
        among = known.agreement.indicators
        yield known.unknown(_file(key), place, name=one.published_as, among=among, kind="Indicator")
    elif not other.protected_at_source or other.way is not Way.GIVEN:
        what = f"{one.published_as} is geen cijfer dat een statistiekbureau al afschermde"
        to_do = "Noem een indicator met `way: given` en `protected_at_source: true`."
        yield known.fault(_file(key), place, what=what, to_do=to_do)
    elif one.way not in (Way.COUNT, Way.RATE):
        what = "Alleen van een aantal kan een ander hetzelfde getal publiceren"
        yield known.fault(_file(key), place, what=what, to_do="Haal `published_as` weg.")
    elif not one.levels.items() & other.levels.items():
        what = f"{one.published_as} bestaat op geen niveau over dezelfde periode"
        to_do = "Geef beide een zelfde niveau met een zelfde periode."
        yield known.fault(_file(key), place, what=what, to_do=to_do)


def _two_grains(known: Known) -> Iterator[Fault]:
    """Yield the counts that two indicators tell by another period at one level."""
    for (first, one), (second, other) in combinations(known.alive().items(), 2):
        if _counted(one) != _counted(other):
            continue
        for level in one.levels.keys() & other.levels.keys():
            if one.levels[level] is not other.levels[level]:
                what = f"{first} telt hetzelfde, op dit niveau per `{one.levels[level]}`"
                to_do = "Kies voor beide dezelfde periode: samen verraden ze kleine aantallen."
                place = (_file(second), "levels", level.value)
                yield known.fault(*place, what=what, to_do=to_do)


def _counted(one: Indicator) -> tuple[object, ...]:
    """Return what an indicator counts, in words that can be compared."""
    moment = (one.date, one.period_column, one.term, one.area_column)
    return (one.delivery, one.numerator, frozenset(one.filters), *moment)


def _file(key: str) -> str:
    return f"indicators/{key}.yaml"
