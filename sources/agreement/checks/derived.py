"""Derived tables: of what is delivered, by the right period, and linked on a legal basis only."""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.lines import Place
from sources.agreement.linking import may_count
from sources.agreement.model import Agreement, Grain, Indicator
from sources.contracts.derived import Derived, tables
from sources.strict_yaml import Fault


def faults(known: Known) -> Iterator[Fault]:
    """Yield what an indicator over a derived table asks that cannot be."""
    for name in sorted(tables().keys() & known.contracts.keys()):
        what = f"`{name}` is de naam van een tabel die wij zelf maken"
        to_do = "Geef de levering een andere naam."
        yield known.fault(f"deliveries/{name}.odcs.yaml", what=what, to_do=to_do)
    for key, one in known.alive().items():
        made = [(place, tables()[name]) for place, name in _counted(one) if name in tables()]
        for place, table in made:
            yield from _made_of(known, key, place, table)
        for table in [table for _, table in made if table.rolling][:1]:
            yield from _grain(known, key, one, table)
    for file, where, key in _asked(known.agreement):
        yield from _without_basis(known, file, where, key)


def remarks(known: Known, _today: date) -> Iterator[Fault]:
    """Yield the figures that are off, because they link laws without a legal basis. No faults."""
    for key, one in known.alive().items():
        for place, name in _counted(one):
            if not may_count(known.agreement, name):
                what = (
                    f"Dit cijfer staat uit: voor het koppelen van {_laws(name)} is geen grondslag"
                )
                to_do = "Leg de grondslag vast bij `linking` in agreement.yaml, of laat het zo."
                yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _counted(one: Indicator) -> Iterator[tuple[Place, str]]:
    """Yield every delivery that an indicator counts, with its place in the file."""
    yield ("delivery",), one.delivery
    for name, variant in one.variants.items():
        if variant.delivery is not None:
            yield ("variants", name, "delivery"), variant.delivery


def _made_of(known: Known, key: str, place: Place, table: Derived) -> Iterator[Fault]:
    partners = known.agreement.partners.values()
    owed = {delivery.contract for partner in partners for delivery in partner.deliveries}
    for contract, columns in table.made_of.items():
        if contract not in owed:
            what = f"Niemand levert `{contract}`, en daarvan wordt `{table.id}` gemaakt"
            to_do = "Zet de levering bij een partner onder `deliveries`."
            yield known.fault(_file(key), *place, what=what, to_do=to_do)
        for name in columns:
            if not name.startswith("_") and known.column(contract, name) is None:
                what = f"`{table.id}` wordt gemaakt van `{contract}`, en die mist kolom `{name}`"
                to_do = "Voeg de kolom toe aan de levering, of kies een andere tabel."
                yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _grain(known: Known, key: str, one: Indicator, table: Derived) -> Iterator[Fault]:
    for level, grain in one.levels.items():
        if grain is not Grain.FOUR_QUARTERS:
            what = f"`{table.id}` gaat over vier kwartalen samen, en niet over `{grain}`"
            to_do = "Schrijf `four_quarters`."
            yield known.fault(_file(key), "levels", level.value, what=what, to_do=to_do)


def _asked(agreement: Agreement) -> Iterator[tuple[str, Place, str]]:
    """Yield every place in a file where a sheet asks for an indicator."""
    for kind, chosen in agreement.general.figures:
        for number, key in enumerate(chosen):
            yield "agreement.yaml", ("figures", kind, number), key
    for name, agreed in agreement.agreements.items():
        for number, sheet in enumerate(agreed.result_sheets):
            for position, key in enumerate(sheet.indicators):
                place = ("result_sheets", number, "indicators", position)
                yield f"agreements/{name}.yaml", place, key


def _without_basis(known: Known, file: str, place: Place, key: str) -> Iterator[Fault]:
    one = known.agreement.indicators.get(key)
    if one is not None and not may_count(known.agreement, one.delivery):
        what = f"{key} koppelt {_laws(one.delivery)}, en daarvoor is geen grondslag"
        to_do = "Leg die vast bij `linking` in agreement.yaml, of kies iets anders."
        yield known.fault(file, *place, what=what, to_do=to_do)


def _laws(table: str) -> str:
    *most, last = tables()[table].links
    return f"{', '.join(most)} en {last}"


def _file(key: str) -> str:
    return f"indicators/{key}.yaml"
