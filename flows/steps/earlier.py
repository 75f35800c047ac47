"""What a figure was in earlier editions, and which rows came since."""

from collections.abc import Mapping
from datetime import UTC
from math import isclose
from typing import Any

import polars as pl

from flows.settings import ZONE
from flows.steps.asked import Moment, same_figure
from flows.steps.edition import find
from reports.explained import First, Start
from sources.agreement.model import Agreement
from sources.store import EditionRecord, Store
from transforms.explain import Trail


def first(store: Store, row: Mapping[str, Any], moment: Moment, way: Trail | None) -> First | None:
    """Return a figure as the first established edition told it; None where none was at a moment.

    `way` is how it comes about now: it says which deliveries brought the rows that count.
    """
    before = [one for one in store.editions() if one.known_at < moment.known_at]
    for edition in (one for one in before if one.public(moment.known_at)):
        found = _observed(store, row, edition)
        if found and found["value"] is not None:
            late = _since(store, way, edition, until=moment) if way and way.deliveries else None
            numbers = {name: found[name] for name in ("numerator", "denominator", "value")}
            day = edition.known_at.astimezone(ZONE).date()
            return First(edition=edition.id, day=day, late=late, **numbers)
    return None


def start(store: Store, agreement: Agreement, indicator: str, moment: Moment) -> Start | None:
    """Return the municipality's figure of the baseline's period, as an edition published it.

    None where no baseline was agreed, where it is frozen, or where no edition tells that period.
    """
    agreed = agreement.indicators[indicator].baseline
    if agreed is None or agreed.value is not None or not moment.edition:
        return None
    whole = {"area_code": agreement.general.municipality.code, "partner": "", "breakdown": ""}
    keys = {"indicator": indicator, "period": agreed.period, **whole}
    alike = pl.all_horizontal(pl.col(name) == value for name, value in keys.items())
    columns = ("edition", "period_status", "status", "value", "denominator")
    found = store.figures(moment.edition).filter(alike).select(columns).to_dicts()
    concept = find(store, moment.edition).established is None
    return Start(**found[0], concept=concept) if found else None


def was(store: Store, row: Mapping[str, Any], moment: Moment) -> float | None:
    """Return what was observed for an edition, where the figure is another one by now."""
    editions = [one for one in store.editions() if one.id == moment.edition]
    found = _observed(store, row, editions[0]) if editions else None
    before, now = found["value"] if found else None, row["value"]
    if before is None or (now is not None and isclose(before, now, rel_tol=1e-9)):
        return None
    return float(before)


def _observed(
    store: Store, row: Mapping[str, Any], edition: EditionRecord
) -> dict[str, Any] | None:
    observed = store.observations(edition.quarter, known_at=edition.known_at)
    found = [] if observed is None else observed.filter(same_figure(row)).to_dicts()
    return found[0] if found else None


def _since(store: Store, way: Trail, edition: EditionRecord, *, until: Moment) -> int:
    """Return how many rows that count came in deliveries after an edition."""
    after = edition.known_at.astimezone(UTC).replace(tzinfo=None)
    known = store.deliveries(until.known_at).filter(pl.col("received_at") > after)
    return sum(way.deliveries.get(delivery, 0) for delivery in known["id"])
