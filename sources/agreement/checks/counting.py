"""What an indicator counts: columns that exist, in a type that serves, and over what it adds up.

Source of the rules on adding up: a person counts once per period, so persons do not add up over
partners; a published constant comes from somewhere; see statistics and disclosure.
"""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import Areas, Counts, Dimension, Indicator, Quantity, Term, Way
from sources.contracts.model import FieldType
from sources.strict_yaml import Fault

_NUMBERS = {FieldType.INTEGER, FieldType.NUMBER}
_PEOPLE = (Counts.PERSONS, Counts.HOUSEHOLDS)
_TERM_DATE = "due"

# By key of the file: the types that a column may have there; empty is any.
_OWN_COLUMNS: dict[str, set[FieldType]] = {
    "date": {FieldType.DATE},
    "period_column": {FieldType.PERIOD, FieldType.INTEGER},
    "area_column": {FieldType.AREA, FieldType.PC6},
    "partner_column": set(),
    "breakdown": set(),
}
_TERM_COLUMNS: dict[str, set[FieldType]] = {
    "start": {FieldType.DATE},
    "end": {FieldType.DATE},
    "suspension": _NUMBERS,
    "suspension_agreed": {FieldType.BOOLEAN},
    "extended_until": {FieldType.DATE},
}
_QUANTITY_COLUMNS: dict[str, set[FieldType]] = {"sum_of": _NUMBERS, "distinct": set()}

_NEEDED = {
    Dimension.PARTNER: "partner_column",
    Dimension.AREA: "area_column",
    Dimension.BREAKDOWN: "breakdown",
}
_LEVEL_NEEDS = {
    Areas.DISTRICT: "area_column",
    Areas.NEIGHBOURHOOD: "area_column",
    Areas.GROUPING: "area_column",
    Areas.PARTNER: "partner_column",
}


def faults(known: Known) -> Iterator[Fault]:
    """Yield what each indicator asks that its deliveries cannot give."""
    for key, one in known.agreement.indicators.items():
        if one.delivery in known.contracts:
            yield from _own_columns(known, key, one)
            yield from _quantities(known, key, one)
        else:
            place, name, among = "delivery", one.delivery, known.contracts
            yield known.unknown(_file(key), place, name=name, among=among, kind="Levering")
        yield from _when(known, key, one)
        yield from _levels(known, key, one)
        yield from _adding_up(known, key, one)


def _own_columns(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    for name, types in _OWN_COLUMNS.items():
        asked = getattr(one, name)
        if (name, asked) != ("date", _TERM_DATE):
            yield from _column(known, key, name, contract=one.delivery, column=asked, types=types)
    yield from _term(known, key, "term", term=one.term)
    for variant, another in one.variants.items():
        yield from _term(known, key, "variants", variant, "term", term=another.term)


def _term(known: Known, key: str, *place: str, term: Term | None) -> Iterator[Fault]:
    contract = known.agreement.indicators[key].delivery
    for name, types in _TERM_COLUMNS.items():
        asked, where = getattr(term, name, None), (*place, name)
        yield from _column(known, key, *where, contract=contract, column=asked, types=types)


def _quantities(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    for place, quantity in quantities(one):
        contract = quantity.delivery or one.delivery
        if contract not in known.contracts:
            where, among = (*place, "delivery"), known.contracts
            yield known.unknown(_file(key), *where, name=contract, among=among, kind="Levering")
            continue
        for name, types in _QUANTITY_COLUMNS.items():
            asked, where = getattr(quantity, name), (*place, name)
            yield from _column(known, key, *where, contract=contract, column=asked, types=types)
        if quantity.counts is Counts.PUBLIC and quantity.delivery is None:
            what = "Een openbaar getal heeft een bron nodig: `delivery` ontbreekt"
            to_do = "Noem de levering waar het in staat, ook als het de eigen levering is."
            yield known.fault(_file(key), *place, "counts", what=what, to_do=to_do)


def quantities(one: Indicator) -> Iterator[tuple[tuple[str, ...], Quantity]]:
    """Yield every numerator and denominator with its place in the file."""
    holders = [((), one), *((("variants", key), v) for key, v in one.variants.items())]
    for before, holder in holders:
        for name in ("numerator", "denominator"):
            quantity: Quantity | None = getattr(holder, name)
            if quantity is not None:
                yield (*before, name), quantity


def _column(
    known: Known, key: str, *place: str, contract: str, column: str | None, types: set[FieldType]
) -> Iterator[Fault]:
    if column is None:
        return
    there = known.column(contract, column)
    if there is None:
        among, kind = [c.name for c in known.contracts[contract].columns], f"Kolom van {contract}"
        yield known.unknown(_file(key), *place, name=column, among=among, kind=kind)
    elif types and there.type not in types:
        what = f"Kolom `{column}` van {contract} heeft het type {there.type}"
        to_do = f"Kies een kolom van het type {' of '.join(sorted(types))}."
        yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _when(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    if one.date and one.period_column:
        what = "Een rij valt op een dag of in een periode, niet allebei"
        to_do = "Kies `date` of `period_column`."
        yield known.fault(_file(key), "period_column", what=what, to_do=to_do)
    if one.date == _TERM_DATE and one.term is None:
        what = "`date: due` vraagt een termijn"
        yield known.fault(_file(key), "date", what=what, to_do="Vul `term` in.")
    if one.way in (Way.SHARE, Way.RATE) and one.denominator is None:
        what = f"Bij `way: {one.way}` hoort een noemer"
        yield known.fault(_file(key), "way", what=what, to_do="Vul `denominator` in.")


def _levels(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    if not one.levels:
        to_do = "Noem minstens één niveau, zoals `municipality: quarter`."
        yield known.fault(_file(key), "levels", what="`levels` is leeg", to_do=to_do)
    for level in one.levels:
        needed = _LEVEL_NEEDS.get(level)
        if needed and getattr(one, needed) is None:
            what = f"Niveau `{level}` kan niet zonder `{needed}`"
            to_do = f"Vul `{needed}` in, of haal het niveau weg."
            yield known.fault(_file(key), "levels", level.value, what=what, to_do=to_do)


def _adding_up(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    for number, dimension in enumerate(one.additive_over):
        needed, place = _NEEDED[dimension], ("additive_over", number)
        if getattr(one, needed) is None:
            what = f"Optellen over `{dimension}` kan niet zonder `{needed}`"
            to_do = f"Vul `{needed}` in, of haal `{dimension}` weg."
            yield known.fault(_file(key), *place, what=what, to_do=to_do)
        elif dimension is Dimension.PARTNER and one.numerator.counts in _PEOPLE:
            what = "Mensen tellen niet op over partners: wie bij twee komt, telt twee keer"
            yield known.fault(_file(key), *place, what=what, to_do="Haal `partner` weg.")


def _file(key: str) -> str:
    return f"indicators/{key}.yaml"
