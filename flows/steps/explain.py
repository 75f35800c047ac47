"""How a figure came about: the same rows and rules as `observe`, for one figure, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isclose
from typing import Any

import polars as pl

from flows.settings import Town
from flows.steps import earlier, exact
from flows.steps.asked import (
    Moment,
    Question,
    alone,
    chosen,
    level_of,
    reading_of,
)
from flows.steps.observe import areas
from flows.steps.owed import deliveries
from reports.explained import Delivery, Explanation, Looked
from sources.agreement.model import Agreement
from sources.contracts.derived import contracts_of
from sources.contracts.model import Snapshot
from sources.store import Store
from transforms import indicators, periods
from transforms.areas import Hierarchy
from transforms.derived import Derivation
from transforms.explain import Asked, Made, Trail, derivation, trail
from transforms.measures import ORDERED
from transforms.needs import needs
from transforms.readings import Reading


@dataclass(frozen=True, slots=True)
class _Known:
    """All that the figures of one indicator are made of, and those figures."""

    agreement: Agreement
    moment: Moment
    rows: Mapping[str, pl.DataFrame]
    areas: Hierarchy
    deliveries: pl.DataFrame
    figures: pl.DataFrame


def explain(town: Town, store: Store, question: Question, moment: Moment) -> Explanation:
    """Tell how the figure came about that a question asks for, as known at a moment.

    Raises:
        UsageError: there is no such indicator or figure; the message says which there are.
    """
    known = _known(town, store, question.indicator, moment)
    told = Explanation(
        name=question.indicator,
        indicator=town.agreement.indicators[question.indicator],
        agreement=town.agreement,
        known_at=moment.day,
        edition=moment.edition,
        titles={name: contract.title for name, contract in town.contracts.items()},
    )
    row = chosen(known.figures, question, town.agreement.general.municipality.code)
    return told if row is None else _filled(town, store, known, row, told=told)


def _filled(
    town: Town, store: Store, known: _Known, row: Mapping[str, Any], *, told: Explanation
) -> Explanation:
    """Return an explanation with all that belongs to one figure."""
    reading = reading_of(known.agreement, row)
    way, made = _way(known, reading, row)
    return replace(
        told,
        reading=reading,
        figure=exact.figure(town, row),
        area=_area(town, known.areas, row["area"]),
        partner=_partner(town, row["partner"]),
        beside=exact.beside(town, known.figures, row),
        deliveries=_deliveries(known, reading),
        looked=_looked(known, reading) if way else (),
        made=made,
        way=way,
        agrees=way is not None and _agrees(reading, way, row),
        compared=exact.compared(known.agreement, known.figures, row),
        first=earlier.first(store, row, known.moment, way),
        was=earlier.was(store, row, known.moment),
        start=earlier.start(store, known.agreement, told.name, known.moment),
    )


def _known(town: Town, store: Store, indicator: str, moment: Moment) -> _Known:
    one = alone(town.agreement, indicator)
    rows = {
        name: store.accepted(
            town.contracts[name], known_at=moment.known_at, columns=[*columns, *_tells(town, name)]
        )
        for name, columns in needs(one).items()
    }
    division = areas(town, store, known_at=moment.known_at)
    came = deliveries(town, store, moment.quarter, known_at=moment.known_at)
    figures = indicators.observe(
        one,
        rows,
        division,
        quarters=periods.last_quarters(moment.quarter, one.general.trend_periods),
        known_at=moment.day,
        deliveries=came.select("partner", "contract", "period", "accepted"),
    )
    return _Known(one, moment, rows, division, came, figures)


def _tells(town: Town, contract: str) -> tuple[str, ...]:
    """Return the column by which a row says which delivery brought it.

    Not of a contract that tells the state of things: there it is the last one that told it again.
    """
    return () if town.contracts[contract].snapshot is Snapshot.STATE else ("_delivery",)


def _way(
    known: _Known, reading: Reading, row: Mapping[str, Any]
) -> tuple[Trail | None, tuple[Made, ...]]:
    """Return the way from rows to the figure; None where nothing was counted."""
    if row["availability"] != "observed":
        return None, ()
    lazy = {name: frame.lazy() for name, frame in known.rows.items()}
    made: tuple[Made, ...] = ()
    own = reading.indicator.delivery
    if reading.table is not None:
        quarters = periods.last_quarters(
            known.moment.quarter, known.agreement.general.trend_periods
        )
        given = Derivation(
            tuple(quarters), known.moment.reference, known.agreement.rainbow, known.areas
        )
        lazy[own], made = derivation(own, lazy, given)
    if own not in lazy:
        return None, made
    whole = row["breakdown"] == reading.variant or reading.indicator.way in ORDERED
    asked = Asked(
        reading,
        periods.parse(row["period"]),
        level_of(known.areas, row),
        row["area"],
        row["partner"],
        "" if whole else row["breakdown"],
    )
    return trail(lazy[own], asked, reference=known.moment.reference, hierarchy=known.areas), made


def _agrees(reading: Reading, way: Trail, row: Mapping[str, Any]) -> bool:
    """Return whether a way ends in the counts of the figure itself, wherever it has them."""
    ends = {"numerator": way.numerator, "denominator": way.denominator}
    if reading.indicator.way in ORDERED and row["breakdown"] != reading.variant:
        return True
    return all(
        found is None or row[name] is None or isclose(found, row[name], abs_tol=1e-6)
        for name, found in ends.items()
    )


def _deliveries(known: _Known, reading: Reading) -> list[Delivery]:
    """Return the deliveries of the contracts that a figure is counted from, in order."""
    contracts = contracts_of(reading.indicator.delivery)
    if reading.elsewhere is not None:
        contracts = (*contracts, str(reading.elsewhere.delivery))
    rows = known.deliveries.filter(pl.col("contract").is_in(contracts))
    ordered = rows.sort("period", "partner", maintain_order=True).iter_rows(named=True)
    every = [
        Delivery(
            contract=one["contract"],
            partner=one["partner"],
            period=one["period"],
            number=one["number"],
            received_on=one["received_on"],
            outcome=one["outcome"],
            counts=one["accepted"],
            late=one["late"],
            accepted_rows=one["accepted_rows"] or 0,
            refused_rows=one["refused_rows"] or 0,
        )
        for one in ordered
    ]
    return sorted(every, key=lambda one: contracts.index(one.contract))


def _looked(known: _Known, reading: Reading) -> list[Looked]:
    counted = known.deliveries.filter("accepted")
    return [
        Looked(
            name,
            int(counted.filter(pl.col("contract") == name)["accepted_rows"].sum()),
            known.rows[name].height,
        )
        for name in contracts_of(reading.indicator.delivery)
        if name in known.rows
    ]


def _area(town: Town, known: Hierarchy, code: str) -> str:
    groupings = town.agreement.areas.groupings
    if code in groupings:
        return groupings[code].name
    named = known.names.filter(pl.col("code") == code)["name"].to_list()
    return f"{named[0]} ({code})" if named else code


def _partner(town: Town, name: str) -> str:
    partner = town.agreement.partners.get(name)
    return partner.name if partner else name
