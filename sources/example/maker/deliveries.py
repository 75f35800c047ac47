"""Who delivers what in which quarter, as rows and as the file that partner sends."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from sources.example.maker import (
    activities,
    benefits,
    care,
    conversions,
    debts,
    experiences,
    harvests,
    integration,
    money,
    postcodes,
    registrations,
    stories,
    teams,
    youth,
)
from sources.example.maker.areas import division
from sources.example.maker.files import Style, csv_bytes, excel_bytes, file_name
from sources.example.maker.key_figures import key_figures
from sources.example.maker.quarters import Quarter

_STYLES = {
    "gemeente": Style("utf-8-sig"),
    "welzijn": Style("utf-8-sig"),
    "vluchtelingenwerk": Style("utf-8"),
    "sociaal_team": Style("utf-8", newline="\n"),
    "initiatief": Style("cp1252"),
    "cbs": Style("utf-8", newline="\n"),
}
_IN_EXCEL = "bibliotheek"
_CONVERSIONS_SINCE = 2026
_TELL_STORIES = ("welzijn", "vluchtelingenwerk", "sociaal_team", "initiatief")


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one partner owes over one period; `dropped` is the quarter after which it arrives."""

    partner: str
    code: str
    period: str
    dropped: Quarter
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it is dropped: in the folder of `dropped` and the partner."""

    partner: str
    name: str
    dropped: Quarter
    content: bytes


@dataclass(frozen=True, slots=True)
class City:
    """Voorbeeldstad at a size: everything from which deliveries are told."""

    inhabitants: int
    seed: int
    histories: pl.DataFrame
    spots: pl.DataFrame

    @classmethod
    def of(cls, *, inhabitants: int, last: Quarter, seed: int) -> "City":
        """Work out all histories up to a quarter."""
        meldingen = registrations.histories(inhabitants=inhabitants, last=last, seed=seed)
        spots = activities.places(activities.catalogue(), seed=seed)
        return cls(inhabitants, seed, meldingen, spots)


def of_quarter(city: City, quarter: Quarter) -> Iterator[Delivery]:
    """Return everything that partners owe over a quarter."""
    meldingen = registrations.delivery(city.histories, quarter)
    yield Delivery("gemeente", "L01", str(quarter), quarter, meldingen)
    if quarter.number == 1:
        answers = experiences.survey(quarter.year, inhabitants=city.inhabitants, seed=city.seed)
        # Asked once a year, so owed and delivered over the year.
        yield Delivery("gemeente", "L09", str(quarter.year), quarter, answers)
    harvested = harvests.delivery(quarter)
    if harvested.height:
        yield Delivery("gemeente", "L13", str(quarter), quarter, harvested)
    yield from _of_partners(city, quarter)
    yield from of_registers(city, quarter)


def of_registers(city: City, quarter: Quarter) -> Iterator[Delivery]:
    """Return what is told of help, benefits, trajecten, debts and money."""
    period, people, seed = str(quarter), city.inhabitants, city.seed
    granted = care.histories(city.histories, inhabitants=people, last=quarter, seed=seed)
    yield Delivery("gemeente", "L02", period, quarter, care.delivery(granted, quarter))
    youngsters = youth.histories(inhabitants=people, last=quarter, seed=seed)
    yield Delivery("gemeente", "L03", period, quarter, youth.delivery(youngsters, quarter))
    newcomers = integration.histories(inhabitants=people, last=quarter, seed=seed)
    yield Delivery("gemeente", "L08", period, quarter, integration.delivery(newcomers, quarter))
    spells = benefits.histories(inhabitants=people, last=quarter, seed=seed)
    spells = benefits.with_wmo(spells, granted, inhabitants=people, seed=seed)
    yield Delivery("gemeente", "L04", period, quarter, benefits.delivery(spells, quarter))
    trajects = teams.histories(city.histories, inhabitants=people, last=quarter, seed=seed)
    yield Delivery("sociaal_team", "L05", period, quarter, teams.delivery(trajects, quarter))
    signals = debts.signals(quarter, inhabitants=people, seed=seed)
    yield Delivery("gemeente", "L07a", period, quarter, signals)
    debtors = debts.histories(inhabitants=people, last=quarter, seed=seed)
    yield Delivery("gemeente", "L07b", period, quarter, debts.trajects(debtors, quarter))
    amounts = money.delivery(quarter, inhabitants=people, seed=seed)
    yield Delivery("gemeente", "L11", period, quarter, amounts)


def _of_partners(city: City, quarter: Quarter) -> Iterator[Delivery]:
    counted = activities.delivery(city.spots, quarter, inhabitants=city.inhabitants, seed=city.seed)
    for partner in activities.PARTNERS:
        own = counted.filter(pl.col("partner_id") == partner)
        yield Delivery(partner, "L06", str(quarter), quarter, own)
    for partner in experiences.FORMS:
        answers = experiences.form(partner, quarter, inhabitants=city.inhabitants, seed=city.seed)
        yield Delivery(partner, "L09", str(quarter), quarter, answers)
    for partner in _TELL_STORIES:
        told = stories.delivery(partner, quarter, seed=city.seed)
        if told.height:
            yield Delivery(partner, "L10", str(quarter), quarter, told)


def of_year(city: City, year: int, dropped: Quarter) -> Iterator[Delivery]:
    """Return the areas, postcodes and key figures of a year, and its areas in earlier ones."""
    yield Delivery("cbs", "L12a", str(year), dropped, division(year))
    yield Delivery("cbs", "L12b", str(year), dropped, postcodes.links(year))
    yield Delivery("cbs", "L12c", str(year), dropped, key_figures(city.inhabitants, year))
    if year >= _CONVERSIONS_SINCE:
        yield Delivery("cbs", "L12d", str(year), dropped, conversions.conversions(year))


def sent(delivery: Delivery, *, number: int = 1, dropped: Quarter | None = None) -> SentFile:
    """Return the file of a delivery as its partner's system writes it, without faults."""
    partner = delivery.partner
    excel = partner == _IN_EXCEL
    content = excel_bytes(delivery.rows) if excel else csv_bytes(delivery.rows, _STYLES[partner])
    ending = "xlsx" if excel else "csv"
    name = file_name(partner, delivery.code, delivery.period, number=number, ending=ending)
    return SentFile(partner, name, dropped or delivery.dropped, content)
