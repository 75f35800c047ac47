"""Known faults of every rule of every contract, planted in good deliveries, with a ledger of them.

Every fault is put there by code that breaks one rule and nothing else, in a row that has no other
fault; where one cannot go without the other, both are in the ledger. So the ledger is what the
intake must find, and all that it may find.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final

import polars as pl

from sources.contracts.expectations import CONFLICT, DUPLICATE
from sources.contracts.model import Contract, FieldType
from sources.example.maker.planted import (
    activities,
    areas,
    benefits,
    debts,
    experiences,
    harvests,
    integration,
    money,
    registrations,
    stories,
    teams,
    youth,
)
from sources.example.maker.planted.cells import EXEMPT, deformed, empties, planted
from sources.example.maker.planted.lines import BREAKS
from sources.example.maker.planted.plan import Faults, Mark, Planter, Where, put
from sources.example.maker.planted.sheet import Full, Sheet

__all__ = ["EXEMPT", "FAULTS", "Mark", "plant"]

FAULTS: Final[Mapping[str, Faults]] = {
    "auditorium_oogst": harvests.FAULTS,
    "clientervaring": experiences.FAULTS,
    "financien": money.FAULTS,
    "gebied_indeling": areas.DIVISION,
    "gebied_kerncijfers": areas.KEY_FIGURES,
    "gebied_omrekening": areas.CONVERSION,
    "inburgering_trajecten": integration.FAULTS,
    "jeugd_trajecten": youth.FAULTS,
    "partner_activiteiten": activities.FAULTS,
    "pc6_buurt": areas.POSTCODES,
    "pwet_uitkeringen": benefits.FAULTS,
    "schuldhulp_signalen": debts.SIGNALS,
    "schuldhulp_trajecten": debts.TRAJECTS,
    "sociaal_team_trajecten": teams.FAULTS,
    "verhalen_signalen": stories.FAULTS,
    "wmo_meldingen": registrations.FAULTS,
}
"""How the rules of each contract are broken, by its id; of L02 see `care.faults`."""

_TIMES = 3  # how often each rule is broken; each code of a cell once per column
_ENOUGH = 1_500  # rows; of a contract without persons smaller deliveries are repeated
_REPEATED: Final = Planter(put(), where=Where.COPY)


def plant(contract: Contract, rows: pl.DataFrame, faults: Faults, *, seed: int) -> Iterator[Sheet]:
    """Yield files with the faults of a contract planted in a good delivery, as many as it takes.

    A file holds no more refused rows than its contract allows. Raises `Full` where the delivery is
    too small for a fault, or has no row that suits.
    """
    good = _enough(contract, rows)
    sheets: list[Sheet] = []
    for job in _jobs(contract, faults):
        if not any(_done(job, sheet) for sheet in sheets):
            sheets.append(Sheet(contract, good, seed=seed))
            job(sheets[-1])
    yield from sheets
    for code, planter in faults.rules.items():
        if planter.where is Where.EVERYWHERE:
            whole = Sheet(contract, good, seed=seed)
            whole.everywhere(code, _columns(contract)[code], planter)
            yield whole


def _done(job: Callable[[Sheet], None], sheet: Sheet) -> bool:
    """Return whether a fault found its place in a file."""
    try:
        job(sheet)
    except Full:
        return False
    return True


def _jobs(contract: Contract, faults: Faults) -> Iterator[Callable[[Sheet], None]]:
    """Yield everything to plant, one fault at a time; what needs a rare row comes first."""
    columns = _columns(contract)
    for code, planter in {**faults.rules, DUPLICATE: _REPEATED}.items():
        if planter.where is not Where.EVERYWHERE:
            for _ in range(_TIMES):
                yield partial(Sheet.rule, code=code, column=columns[code], planter=planter)
    for column, code, write in planted(contract):
        if (column.header, code) in faults.never:
            continue
        suits = faults.host(column.header, code, empties=empties(code))
        also = faults.broken_by(column.header, code, empties=empties(code))
        also = (*also, *deformed(column, code))
        yield partial(Sheet.cell, column=column, code=code, write=write, suits=suits, also=also)
    for code in BREAKS:
        for _ in range(_TIMES):
            yield partial(Sheet.broken, code=code, suits=faults.lost)


def _columns(contract: Contract) -> dict[str, str]:
    """Return the header under which each rule is told, empty where it is about the whole row."""
    headers = {column.name: column.header for column in contract.columns}
    own = {rule.code: headers[rule.column] if rule.column else "" for rule in contract.rules}
    return own | {DUPLICATE: "", CONFLICT: ""}


def _enough(contract: Contract, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows, repeated under other keys where a small file has no room for faults.

    Rows about persons are never repeated: a person comes back nowhere in a good delivery.
    """
    if contract.law or rows.height >= _ENOUGH:
        return rows
    keys = [contract.column(name) for name in contract.key]
    years = [column.header for column in keys if column.name.endswith("jaar")]
    text = next(column.header for column in keys if column.type is not FieldType.INTEGER)
    copies = [rows]
    for number in range(1, _ENOUGH // rows.height + 1):
        other = [pl.col(name) + number for name in years] or [pl.format(f"{{}}-{number}", text)]
        copies.append(rows.with_columns(other))
    return pl.concat(copies)
