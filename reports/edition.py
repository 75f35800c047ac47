"""One frozen edition: all that a sheet may know. Made by flows from what was published."""

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from sources.agreement.model import Agreement
from sources.contracts.model import Contract
from transforms.disclosure.tables import TABLES
from transforms.harvest import HARVEST

RESPONSES = {"partner": pl.String(), "indicator": pl.String(), "text": pl.String()}

MUNICIPALITY = "gemeente"
"""The audience of the whole internal edition; no partner may have this id."""


@dataclass(frozen=True, slots=True)
class Audited:
    """What the attack on an edition came to. It found no one: else there is no edition to tell of.

    `tables` were attacked, with `figures` in them; `editions` were read jointly, this one included.
    `width` is the least width of an interval that the gate lets pass. That is the promise: how
    narrow the narrowest came out is nobody's business.
    """

    tables: int
    figures: int
    editions: int
    width: int


@dataclass(frozen=True, slots=True)
class Established:
    """Who established an edition, and on which day."""

    by: str
    on: date


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
    `audience`: '' for the public edition; who may read it otherwise: `MUNICIPALITY`, or the partner
    whose package it is.
    `protection`: what rounding did, one row per count and period: columns of
    `transforms.disclosure.tables.TABLES`.
    `harvest`: what was said and agreed in the auditorium: columns of `transforms.harvest.HARVEST`.
    `responses`: what partners say beside their figures: columns of `RESPONSES`.
    `established`: who established it; None: it is a concept.
    `form`: the contract by which the auditorium's own form writes its file; None: there is no form.
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
    protection: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TABLES))
    harvest: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=HARVEST))
    responses: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=RESPONSES))
    established: Established | None = None
    form: Contract | None = None
    audience: str = ""

    @property
    def year(self) -> int:
        """The year in which it was known."""
        return self.known_at.year

    @property
    def follows(self) -> bool:
        """Whether an edition came out before this one."""
        return self.previous is not None

    @property
    def confidential(self) -> bool:
        """Whether it is not for the public."""
        return self.audience != ""

    @property
    def own_partner(self) -> str:
        """The partner whose package this is; '' where it is of all of them."""
        return self.audience if self.audience != MUNICIPALITY else ""

    def exact(self, partner: str) -> bool:
        """Whether figures of a partner ('': of all) are the internal ones, not rounded.

        A partner's package tells of others only what everybody may know.
        """
        return self.confidential and self.own_partner in ("", partner)
