"""Both ways to count beside each other, figure by figure."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache
from typing import Any

import polars as pl

from benchmarks.reference.days import Period, period
from benchmarks.reference.definition import Figures
from benchmarks.reference.figures import Told, Where
from benchmarks.reference.groups import Group
from benchmarks.reference.history import (
    BUURTEN,
    DISTRICTS,
    MUNICIPALITY,
    PARTNERS,
    POSTCODES,
    REST,
    History,
)
from flows.settings import EXAMPLE
from sources.agreement.load import load
from sources.agreement.model import Agreement, ArcMapping
from sources.contracts.load import standard
from transforms.areas import Hierarchy, hierarchy
from transforms.conditions import TYPES
from transforms.indicators import observe
from transforms.needs import needs

YEAR = 2026
KEPT: dict[str, pl.DataType] = {"_partner": pl.String(), "_period": pl.String()}
COLUMNS = {
    "wmo_toewijzingen": "productcategorie",
    "jeugd_trajecten": "hulpvorm",
    "sociaal_team_trajecten": "vorm",
}
"""The column of each contract by which help has an arc."""
PLACES = {
    "municipality": [(MUNICIPALITY, "")],
    "district": [(area, "") for area in (*DISTRICTS, REST)],
    "neighbourhood": [
        (area, "") for area in (*BUURTEN, *(f"{REST}_{wijk}" for wijk in DISTRICTS), REST)
    ],
    "partner": [(MUNICIPALITY, partner) for partner in PARTNERS],
}
"""The areas of a level, the rest areas with them, or the partners: area and partner."""
SINCE = [f"{year}K{n}" for year in range(2018, 2027) for n in range(1, 5)][:-1]
"""The quarters of which everything came: so long that nothing is too early to tell."""
NOTHING = Told(None, None, None)
"""A figure, of a class or a week, of which there is nothing to tell."""


def disagreements(group: Group, history: History) -> list[str]:
    """Return what differs, in words; empty where every figure is the same."""
    return list(_different(observed(group, history), _expected(group, history)))


def observed(group: Group, history: History) -> pl.DataFrame:
    """Return the figures of praatplaat."""
    agreement = _agreement(tuple(group.indicators), history.arcs)
    contracts = sorted(needs(agreement))
    came = [("gemeente", contract, quarter, True) for contract in contracts for quarter in SINCE]
    return observe(
        agreement,
        {contract: _frame(contract, history) for contract in contracts},
        _areas(),
        quarters=history.quarters,
        known_at=history.known_at,
        deliveries=pl.DataFrame(
            came, schema=["partner", "contract", "period", "accepted"], orient="row"
        ),
    )


Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the reference tells; where there are facts (`some`) praatplaat must tell it too."""

    figures: Figures
    some: frozenset[str]


def _expected(group: Group, history: History) -> dict[Key, Expected]:
    """Return what the reference tells of every place, partner and period."""
    expected: dict[Key, Expected] = {}
    for name, definition in group.indicators.items():
        levels = _voorbeeldstad().indicators[name].levels
        for level, grain in ((level.value, grain.value) for level, grain in levels.items()):
            for one in _periods(history, grain):
                facts = definition.facts(history, one)
                for area, partner in PLACES[level]:
                    where = Where(one, area, partner)
                    told = definition.read(facts, history, where)
                    some = frozenset(n for n, there in facts.items() if where.pick(there))
                    expected[name, one.id, area, partner] = Expected(told, some)
    return expected


def _periods(history: History, grain: str) -> list[Period]:
    """Return the quarters asked for, the four quarters that end in each, or the whole years."""
    quarters = [period(id_) for id_ in history.quarters]
    years = [one.year_until for one in quarters]
    if grain == "quarter":
        return quarters
    return (
        years
        if grain == "four_quarters"
        else [period(one.id[:4]) for one in years if one.first.month == 1]
    )


def _different(found: pl.DataFrame, told: dict[Key, Expected]) -> Iterator[str]:
    """Say what differs in a figure, and which figures only one of both has."""
    ours: dict[Key, Figures] = {key: {} for key in told}
    for row in found.iter_rows(named=True):
        key = row["indicator"], row["period"], row["area"], row["partner"]
        ours.setdefault(key, {})[row["breakdown"]] = _told(row)
    for key, figures in ours.items():
        theirs = told.get(key, Expected({}, frozenset()))
        for name in sorted(figures.keys() | theirs.some):
            one, other = figures.get(name, NOTHING), theirs.figures.get(name, NOTHING)
            if not _same(one, other):
                yield f"{key} {name!r}: praatplaat {one}, reference {other}"


def _told(row: dict[str, Any]) -> Told | None:
    if row["availability"] != "observed":
        return None
    return Told(row["numerator"], row["denominator"], row["value"])


def _same(ours: Told | None, theirs: Told | None) -> bool:
    """Return whether two figures are the same; nothing at all is as none of none."""
    if ours is None or theirs is None:
        return ours is theirs
    if NOTHING in (ours, theirs):
        return not any((*astuple(ours), *astuple(theirs)))
    return all(map(_near, astuple(ours), astuple(theirs)))


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-9 * max(1.0, abs(one))


@cache
def _voorbeeldstad() -> Agreement:
    return load(EXAMPLE)


@cache
def _agreement(names: tuple[str, ...], arcs: tuple[tuple[str, str, int, Any], ...]) -> Agreement:
    whole = _voorbeeldstad()
    mapping = tuple(
        ArcMapping(contract=contract, column=COLUMNS[contract], value=code, arc=arc, since=since)
        for contract, code, arc, since in arcs
    )
    return whole.model_copy(
        update={
            "indicators": {name: whole.indicators[name] for name in names},
            "rainbow": whole.rainbow.model_copy(update={"mapping": mapping}),
        }
    )


def _frame(contract: str, history: History) -> pl.DataFrame:
    columns = standard_columns(contract)
    rows = [
        {name: row.get(name) for name in columns}
        | {"_partner": row.get("_partner", "gemeente"), "_period": _told_in(row)}
        for row in history.of(contract)
    ]
    return pl.DataFrame(rows, schema=columns | KEPT)


def _told_in(row: dict[str, Any]) -> str:
    return str(row.get("_period") or row.get("periode") or "2026K3")


@cache
def standard_columns(contract: str) -> dict[str, pl.DataType]:
    """Return the columns of a contract with their types."""
    return {column.name: TYPES[column.type] for column in standard()[contract].columns}


@cache
def _areas() -> Hierarchy:
    division = [(MUNICIPALITY, None), *((wijk, MUNICIPALITY) for wijk in DISTRICTS)]
    division += list(BUURTEN.items())
    names = [(YEAR, code, code, parent) for code, parent in division]
    postcodes = [(YEAR, pc6, buurt, 1.0) for pc6, buurt in POSTCODES.items()]
    return hierarchy(
        pl.DataFrame(names, schema=["jaar", "code", "naam", "ouder"], orient="row"),
        pl.DataFrame(postcodes, schema=["jaar", "pc6", "buurt_code", "aandeel"], orient="row"),
        municipality=MUNICIPALITY,
        year=YEAR,
    )
