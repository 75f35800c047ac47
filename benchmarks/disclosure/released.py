"""Simulated editions, protected one after the other, as the attacker would find them."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from benchmarks.disclosure.editions import EDITIONS, Observed, Simulation
from reports.attacker import PUBLIC, Knowledge, Release
from reports.downloads import edition_json
from reports.edition import Edition
from sources.agreement.model import Agreement
from sources.verdict import Outcome
from transforms.disclosure import Protected, publish
from transforms.observations import FIGURES, PUBLISHED

_STORIES = {"story_id": pl.String()}
_CONTEXT = {"area": pl.String()}
_CHANGES = {"indicator": pl.String()}


@dataclass(frozen=True, slots=True)
class Released:
    """One edition: what was observed (exact), what was made of it, and what the attacker reads."""

    observed: Observed
    protected: Protected
    told: Release
    seconds: float


@dataclass(frozen=True, slots=True)
class Case:
    """A municipality with its editions, oldest first, and what everybody knows of it.

    `parents`: area code -> the area above it.
    """

    agreement: Agreement
    parents: Mapping[str, str]
    editions: tuple[Released, ...]
    known: Knowledge


def simulated_case(simulated: Simulation, count: int = EDITIONS) -> Case:
    """Return the last editions of a simulated municipality."""
    return Case(
        agreement=simulated.agreement,
        parents=simulated.place.areas.parents(),
        editions=tuple(released(simulated, count)),
        known=knowledge(simulated),
    )


def released(simulated: Simulation, count: int = EDITIONS) -> Iterator[Released]:
    """Protect the last editions of a municipality, each with what the one before had rounded."""
    earlier: Released | None = None
    for observed in simulated.editions(count):
        begin = time.perf_counter()
        protected = publish(
            observed.observations,
            simulated.agreement,
            observed.edition,
            parents=simulated.place.areas.parents(),
            earlier=earlier.protected.rounded if earlier else None,
        )
        seconds = time.perf_counter() - begin
        previous = earlier.observed.edition if earlier else None
        told = _told(as_edition(simulated, observed, protected, previous), protected)
        earlier = Released(observed, protected, told, seconds)
        yield earlier


def knowledge(simulated: Simulation) -> Knowledge:
    """Return what everybody knows of a municipality: its inhabitants, and CBS's figures."""
    people = simulated.place.key_figures()
    given = simulated.rows["cbs"].drop_nulls("waarde")
    return Knowledge(
        inhabitants=people.select(
            pl.col("code").alias("area"),
            pl.col("jaar").cast(pl.Int32).alias("year"),
            pl.col("inwoners").cast(pl.Int64).alias("inhabitants"),
        ),
        sources=given.select(
            pl.lit("S11").alias("indicator"),
            pl.col("periode").alias("period"),
            pl.col("plaats").alias("area_code"),
            pl.lit("").alias("breakdown"),
            pl.col("waarde").alias("value"),
        ),
    )


def as_edition(
    simulated: Simulation, observed: Observed, protected: Protected, previous: str | None
) -> Edition:
    """Return what the sheets of an edition may know."""
    return Edition(
        id=observed.edition,
        period=observed.edition,
        known_at=observed.known_at,
        agreement=simulated.agreement,
        figures=protected.figures,
        stories=pl.DataFrame(schema=_STORIES),
        deliveries=observed.deliveries.with_columns(
            number=pl.lit(1), outcome=pl.lit(Outcome.ACCEPTED.value)
        ),
        areas=simulated.place.areas.names,
        context=pl.DataFrame(schema=_CONTEXT),
        changes=pl.DataFrame(schema=_CHANGES),
        previous=previous,
    )


def _told(edition: Edition, protected: Protected) -> Release:
    return Release(
        edition=edition.id,
        reader=PUBLIC,
        about=json.loads(edition_json(edition)),
        figures=protected.figures.select(list(FIGURES)),
        more=protected.figures.select(list(PUBLISHED)),
    )
