"""What an indicator counts: columns that exist, in a type that serves.

A published constant comes from somewhere; see statistics and disclosure, 4.1.
"""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import Areas, Counts, Indicator, Quantity, Term, Way
from sources.contracts.model import FieldType
from sources.strict_yaml import Fault

_NUMBERS = {FieldType.INTEGER, FieldType.NUMBER}
_TERM_DATE = "due"
_WEEK = 7

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

_LEVEL_NEEDS = {
    Areas.DISTRICT: "area_column",
    Areas.NEIGHBOURHOOD: "area_column",
    Areas.GROUPING: "area_column",
    Areas.PARTNER: "partner_column",
}


def faults(known: Known) -> Iterator[Fault]:
    """Yield what each indicator asks that its deliveries cannot give."""
    for key, one in known.agreement.indicators.items():
        if one.delivery in known.tables:
            yield from _own_columns(known, key, one, delivery=one.delivery)
            yield from _quantities(known, key, one)
        else:
            place, name, among = "delivery", one.delivery, known.tables
            yield known.unknown(_file(key), place, name=name, among=among, kind="Levering")
        yield from _other_tables(known, key, one)
        yield from _when(known, key, one)
        yield from _way(known, key, one)
        yield from _levels(known, key, one)


def _own_columns(known: Known, key: str, one: Indicator, *, delivery: str) -> Iterator[Fault]:
    for name, types in _OWN_COLUMNS.items():
        asked = getattr(one, name)
        if (name, asked) != ("date", _TERM_DATE):
            yield from _column(known, key, name, contract=delivery, column=asked, types=types)
    yield from _term(known, key, "term", term=one.term, contract=delivery)


def _other_tables(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    """Yield what variants ask that their table cannot give: a term, or all that the whole asks."""
    for name, variant in one.variants.items():
        place, contract = ("variants", name), variant.delivery or one.delivery
        if contract in known.tables:
            yield from _term(known, key, *place, "term", term=variant.term, contract=contract)
            if variant.delivery is not None:
                whole = one.model_copy(update={"breakdown": None})
                yield from _own_columns(known, key, whole, delivery=variant.delivery)
        elif variant.delivery is not None:
            where, among = (*place, "delivery"), known.tables
            yield known.unknown(_file(key), *where, name=contract, among=among, kind="Levering")


def _term(known: Known, key: str, *place: str, term: Term | None, contract: str) -> Iterator[Fault]:
    for name, types in _TERM_COLUMNS.items():
        asked, where = getattr(term, name, None), (*place, name)
        yield from _column(known, key, *where, contract=contract, column=asked, types=types)


def _quantities(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    for place, quantity in quantities(one):
        contract = quantity.delivery or delivery_of(one, place)
        if contract not in known.tables:
            if quantity.delivery is not None:
                where, among = (*place, "delivery"), known.tables
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


def delivery_of(one: Indicator, place: tuple[str, ...]) -> str:
    """Return what is counted at a place in an indicator: its delivery, or that of the variant."""
    variant = one.variants[place[1]] if place[0] == "variants" else None
    return (variant.delivery if variant else None) or one.delivery


def _column(
    known: Known, key: str, *place: str, contract: str, column: str | None, types: set[FieldType]
) -> Iterator[Fault]:
    if column is None:
        return
    there = known.column(contract, column)
    if there is None:
        among, kind = [c.name for c in known.tables[contract].columns], f"Kolom van {contract}"
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
    if one.way in (Way.SHARE, Way.RATE, Way.WAIT) and one.denominator is None:
        what = f"Bij `way: {one.way}` hoort een noemer"
        yield known.fault(_file(key), "way", what=what, to_do="Vul `denominator` in.")


def _way(known: Known, key: str, one: Indicator) -> Iterator[Fault]:
    """Yield what a way to count cannot do without, or not do with."""
    for wrong, place, what, to_do in _asked_by_way(one):
        if wrong:
            told = f"Bij `way: {one.way}` {what}"
            yield known.fault(_file(key), place, what=told, to_do=to_do)


def _asked_by_way(one: Indicator) -> Iterator[tuple[bool, str, str, str]]:
    """Yield whether it is wrong, where, what is asked and what to do."""
    if one.way is Way.WAIT:
        whole = one.term is not None and one.term.days % _WEEK == 0
        to_do = "Vul `term` in, en kies voor `days` een veelvoud van 7."
        yield not whole, "way", "hoort een norm in hele weken", to_do
        to_do = "Maak er een eigen indicator van."
        yield bool(one.variants), "variants", "horen geen varianten", to_do
    if one.way in (Way.WAIT, Way.MEDIAN):
        apart = bool(one.breakdown or one.numerator.distinct)
        to_do = "Haal `breakdown` en `distinct` weg."
        yield apart, "way", "tellen wij niet per klasse of per persoon", to_do
    if one.way is Way.MEDIAN:
        to_do = "Vul bij `numerator` een `sum_of` in."
        yield one.numerator.sum_of is None, "way", "hoort een kolom met getallen", to_do
    if one.way is Way.DISTRIBUTION:
        to_do = "Vul `breakdown` in."
        yield one.breakdown is None, "way", "hoort een kolom met klassen", to_do
    else:
        yield bool(one.scale), "scale", "hoort geen `scale`", "Haal `scale` weg."


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


def _file(key: str) -> str:
    return f"indicators/{key}.yaml"
