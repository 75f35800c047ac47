"""Accepted rows → the figures of a quarter and the ones before it, as known at a moment."""

from datetime import datetime
from weakref import WeakKeyDictionary

import polars as pl

from flows.settings import ZONE, Tell, Town
from flows.steps.owed import deliveries
from sources.agreement.checks import places
from sources.agreement.known import Known
from sources.agreement.linking import mark
from sources.agreement.load import load_with_lines, report
from sources.contracts.model import FieldType
from sources.errors import AgreementError
from sources.store import Store
from transforms import indicators, periods
from transforms.areas import Hierarchy, hierarchy
from transforms.needs import needs

DIVISION, POSTCODES, CONVERSIONS = "gebied_indeling", "pc6_buurt", "gebied_omrekening"

_LAST: WeakKeyDictionary[Store, tuple[object, Hierarchy]] = WeakKeyDictionary()
"""Of each open store the areas that were asked for last, and what they followed from."""


def observe(
    town: Town,
    store: Store,
    quarter: str,
    *,
    known_at: datetime,
    tell: Tell,
    at: datetime | None = None,
) -> pl.DataFrame:
    """Work out the figures, keep them as observed, and return them (columns `OBSERVATIONS`).

    `at` is the moment at which that is done, where it is not the one of which it is told.

    Raises:
        AgreementError: a grouping names areas that are not in the division, or rows were received
            when other laws were linked.
    """
    tell(f"Cijfers van {quarter} worden uitgewerkt")
    general = town.agreement.general
    division = areas(town, store, known_at=known_at)
    _must_exist(town, division)
    rows = {
        name: store.accepted(town.contracts[name], known_at=known_at, columns=columns)
        for name, columns in needs(town.agreement).items()
    }
    for name, frame in rows.items():
        _of_one_purpose(town, name, frame)
    known = deliveries(town, store, quarter, known_at=known_at)
    observations = indicators.observe(
        town.agreement,
        rows,
        division,
        quarters=periods.last_quarters(quarter, general.trend_periods),
        known_at=known_at.astimezone(ZONE).date(),
        deliveries=known.select("partner", "contract", "period", "accepted"),
    )
    new = store.save_observations(quarter, observations, known_at=known_at, at=at or known_at)
    tell(f"Cijfers van {quarter}: {observations.height}" + ("" if new else ", onveranderd"))
    return observations


def areas(town: Town, store: Store, *, known_at: datetime) -> Hierarchy:
    """Return the areas of the municipality, as delivered at a moment.

    Every delivery asks for them: they are worked out anew only where others count than before.
    """
    general, groupings = town.agreement.general, town.agreement.areas.groupings
    counting = store.counting((DIVISION, POSTCODES, CONVERSIONS), known_at=known_at)
    asked = (counting, general, groupings)
    before, known = _LAST.get(store, (None, None))
    if known is None or before != asked:
        known = hierarchy(
            store.accepted(town.contracts[DIVISION], known_at=known_at),
            store.accepted(town.contracts[POSTCODES], known_at=known_at),
            store.accepted(town.contracts[CONVERSIONS], known_at=known_at),
            municipality=general.municipality.code,
            year=general.area_year,
            name=general.municipality.name,
            groupings=groupings,
        )
        _LAST[store] = asked, known
    return known


def _must_exist(town: Town, division: Hierarchy) -> None:
    """Refuse groupings of areas that are not there; before a division came nothing is known."""
    codes = division.names["code"].to_list()
    missing = set(division.groups["member"]) - set(codes)
    if missing and len(codes) > 1:
        agreement, lines = load_with_lines(town.settings.agreement)
        faults = places.not_there(Known(agreement, town.contracts, lines), missing)
        raise AgreementError(report([str(fault) for fault in sorted(faults)]))


def _of_one_purpose(town: Town, contract: str, rows: pl.DataFrame) -> None:
    """Refuse pseudonyms that were made for another purpose: of one person there would be two."""
    known = town.contracts[contract]
    people = [c.name for c in known.columns if c.type is FieldType.PERSON and c.name in rows]
    if not people:
        return
    asked = mark(town.agreement.general.linking, str(known.law))
    made_for = pl.col(people).str.extract(r"^\w+-(\w+):").fill_null("")
    other = (pl.col(people).is_not_null() & (made_for != asked)).any()
    if any(rows.select(other).row(0)):
        raise AgreementError(
            f"{contract}: een deel van deze rijen is ontvangen toen `linking` in agreement.yaml "
            "anders was. Dezelfde inwoner heeft daarin een andere code. Zet `linking` terug, of "
            "begin met een lege map en ontvang alle leveringen opnieuw."
        )
