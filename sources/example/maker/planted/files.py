"""The files with planted faults and their ledger, beside good deliveries of the same quarter."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sources.contracts.load import standard
from sources.contracts.model import Contract
from sources.example.maker import registrations
from sources.example.maker.deliveries import City, Delivery, of_quarter, of_registers, of_year, sent
from sources.example.maker.files import file_name, write
from sources.example.maker.planted import FAULTS, care, plant
from sources.example.maker.planted.plan import Faults, Mark
from sources.example.maker.quarters import Quarter, through

QUARTER: Final = Quarter(2026, 3)
"""The quarter in which faults are planted."""

FOLDER: Final = "met_fouten"
LEDGER: Final = "grootboek.csv"
_HEADER = ("bestand", "rij", "kolom", "code")
_MELDINGEN_SINCE = Quarter(2025, 1)
_LOOK_BACK = ("L02", "L11")  # at their own delivery of the quarter before
_OF_PARTNER = {"L09": "welzijn"}  # of more partners the first, but here the form of this one


def write_faults(folder: Path, *, inhabitants: int, seed: int) -> Path:
    """Write files with faults of every rule as new versions, in `met_fouten/`; return the ledger.

    Earlier deliveries that they are held against are written as well. Raises
    `planted.sheet.Full` where the town is too small for a fault.
    """
    city = City.of(inhabitants=inhabitants, last=QUARTER, seed=seed)
    for delivery in _before(city):
        good = sent(delivery)
        write(folder / str(good.dropped) / good.partner, good.name, good.content)
    marks: list[Mark] = []
    for contract, delivery, faults in _to_spoil(city):
        place = folder / FOLDER / delivery.partner
        marks += _write(place, contract, delivery, faults, seed=seed)
    ledger = folder / FOLDER / LEDGER
    with ledger.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";", lineterminator="\r\n")
        lines.writerow(_HEADER)
        lines.writerows((mark.file, mark.row, mark.column, mark.code) for mark in sorted(marks))
    return ledger


def _before(city: City) -> Iterator[Delivery]:
    """Yield the meldingen of more than a year, and what looks back at itself."""
    before = Quarter.at(QUARTER.index - 1)
    for quarter in through(_MELDINGEN_SINCE, before):
        told = registrations.delivery(city.histories, quarter)
        yield Delivery("gemeente", "L01", str(quarter), quarter, told)
    for delivery in of_registers(city, before):
        if delivery.code in _LOOK_BACK:
            yield delivery


def _to_spoil(city: City) -> Iterator[tuple[Contract, Delivery, Faults]]:
    """Yield one delivery per contract, with the faults to plant in it."""
    everything = [*of_year(city, QUARTER.year, QUARTER), *of_quarter(city, QUARTER)]
    chosen: dict[str, Delivery] = {}
    for delivery in everything:
        if _OF_PARTNER.get(delivery.code, delivery.partner) == delivery.partner:
            chosen.setdefault(delivery.code, delivery)
    reported = set(city.histories["bsn"])
    for name, contract in standard().items():
        delivery = chosen[contract.code]
        faults = FAULTS.get(name) or care.faults(chosen["L01"].rows, reported)
        yield contract, delivery, faults


def _write(
    folder: Path, contract: Contract, delivery: Delivery, faults: Faults, *, seed: int
) -> Iterator[Mark]:
    sheets = plant(contract, delivery.rows, faults, seed=seed)
    for number, sheet in enumerate(sheets, start=2):
        name = file_name(
            delivery.partner, delivery.code, delivery.period, number=number, ending="csv"
        )
        write(folder, name, sheet.content())
        yield from sheet.ledger(name)
