"""Accepted rows → the figures of a quarter and the ones before it, as known at a moment."""

from datetime import datetime

import polars as pl

from flows.settings import ZONE, Tell, Town
from flows.steps.owed import deliveries
from sources.agreement.checks import places
from sources.agreement.known import Known
from sources.agreement.load import load_with_lines, report
from sources.errors import AgreementError
from sources.store import Store
from transforms import indicators, periods
from transforms.areas import Hierarchy, hierarchy
from transforms.needs import needs

DIVISION, POSTCODES, CONVERSIONS = "gebied_indeling", "pc6_buurt", "gebied_omrekening"


def observe(
    town: Town, store: Store, quarter: str, *, known_at: datetime, tell: Tell
) -> pl.DataFrame:
    """Work out the figures, keep them as observed, and return them (columns `OBSERVATIONS`).

    Raises:
        AgreementError: a grouping names areas that are not in the division.
    """
    general = town.agreement.general
    division = areas(town, store, known_at=known_at)
    _must_exist(town, division)
    rows = {
        name: store.accepted(town.contracts[name], known_at=known_at, columns=columns)
        for name, columns in needs(town.agreement).items()
    }
    known = deliveries(town, store, quarter, known_at=known_at)
    observations = indicators.observe(
        town.agreement,
        rows,
        division,
        quarters=periods.last_quarters(quarter, general.trend_periods),
        known_at=known_at.astimezone(ZONE).date(),
        deliveries=known.select("partner", "contract", "period", "accepted"),
    )
    new = store.save_observations(quarter, observations, known_at=known_at)
    tell(f"Cijfers van {quarter}: {observations.height}" + ("" if new else ", onveranderd"))
    return observations


def areas(town: Town, store: Store, *, known_at: datetime) -> Hierarchy:
    """Return the areas of the municipality, as delivered at a moment."""
    general = town.agreement.general
    return hierarchy(
        store.accepted(town.contracts[DIVISION], known_at=known_at),
        store.accepted(town.contracts[POSTCODES], known_at=known_at),
        store.accepted(town.contracts[CONVERSIONS], known_at=known_at),
        municipality=general.municipality.code,
        year=general.area_year,
        name=general.municipality.name,
        groupings=town.agreement.areas.groupings,
    )


def _must_exist(town: Town, division: Hierarchy) -> None:
    """Refuse groupings of areas that are not there; before a division came nothing is known."""
    codes = division.names["code"].to_list()
    missing = set(division.groups["member"]) - set(codes)
    if missing and len(codes) > 1:
        agreement, lines = load_with_lines(town.settings.agreement)
        faults = places.not_there(Known(agreement, town.contracts, lines), missing)
        raise AgreementError(report([str(fault) for fault in sorted(faults)]))
