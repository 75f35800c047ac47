"""One frozen edition: all that a sheet may know. Made by flows from what was published."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from sources.agreement.model import Agreement


@dataclass(frozen=True, slots=True)
class Edition:
    """What is shown, frozen: figures after disclosure control, stories, deliveries, areas.

    `figures`: columns of `transforms.observations.PUBLISHED`: those of `figures.csv`; coverage
    (0-1, the share of the owed deliveries that came; null where nothing was owed); and converted
    (0-1, the share that came from parts of areas of an earlier year, rounded up to 5 points).
    `stories`: story_id, date, kind (verhaal, paneluitspraak, signaal, reactie_uitvoerder), role,
    title, text, change, theme (a goal id), area, partner ('' where none), arc, rubs (bool);
    only those with consent and review.
    `deliveries`: one row per owed or received delivery: partner, contract, period, number (null
    where none came), outcome (a `sources.verdict.Outcome`, or `niet geleverd`), received_on,
    accepted_rows, refused_rows, late (bool); and, where known, title (the contract's, in words).
    `areas`: code, name, level (municipality, district, neighbourhood), parent, outline (an SVG
    path in one common 1000-wide box, '' where unknown), outline_year.
    `context`: area, year, characteristic, value, label, unit: public figures about who lives there.
    `changes`: what differs from `previous` (see `transforms.changes`): indicator, period, area,
    partner, breakdown, was, now, reason.
    """

    id: str
    period: str
    known_at: date
    agreement: Agreement
    figures: pl.DataFrame
    stories: pl.DataFrame
    deliveries: pl.DataFrame
    areas: pl.DataFrame
    context: pl.DataFrame
    changes: pl.DataFrame
    previous: str | None = None
