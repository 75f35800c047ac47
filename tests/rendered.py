"""Editions of a simulated municipality as they lie on disk: protected, rendered and packed."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from benchmarks.disclosure.editions import Simulation, simulation
from benchmarks.disclosure.released import Released, as_edition, knowledge, released
from flows.steps import frames
from flows.steps.audit import stated
from flows.steps.packages import INTERNAL, packages
from reports.attacker import PUBLIC, Knowledge
from reports.charts.trend import FEWEST
from reports.edition import Edition
from reports.render import render
from sources.agreement.model import Agreement, Goal, GoalLevel, Term
from transforms.changes import changes
from transforms.disclosure.internal import Confidential, confidential
from transforms.disclosure.internal.cells import MEMORY

BLOCKS = {
    "index": ("goal", "sheets", "delivered", "reading"),
    "district": ("goal", "context", "goals", "trend", "council", "partners", "questions"),
    "partner": ("partner", "goals", "inventory", "questions", "unknown"),
}

GOALS = {"aantallen": ("S01", "S04"), "aandelen": ("S02", "S05"), "zeldzaam": ("S10", "S09")}
TIMED = "S02"
"""An indicator with a legal term, a target and limits: the council reads it, in a drawing."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Edition folders, oldest first; what everybody knows; and what the last was made of."""

    folders: tuple[Path, ...]
    known: Knowledge
    place: Simulation
    last: Released
    edition: Edition

    @property
    def exact(self) -> pl.DataFrame:
        """The figures of the last edition before they were protected."""
        return self.last.observed.observations

    @property
    def public(self) -> Path:
        """The public half of the last edition."""
        return self.folders[-1] / PUBLIC

    def copy(self, folder: Path, *, packages: bool) -> "OnDisk":
        """Return the same editions in another folder, with their packages or without."""
        left_out = shutil.ignore_patterns(*([] if packages else [INTERNAL]))
        copies = (shutil.copytree(one, folder / one.name, ignore=left_out) for one in self.folders)
        return replace(self, folders=tuple(copies))


def on_disk(folder: Path) -> OnDisk:
    """Bring out the last two editions of a village, the newest with its packages.

    It tells of as many quarters as a chart needs.
    """
    place = simulation(8_000, seed=1, periods=FEWEST)
    before, last = released(place, 2)
    first, second = (sheets(place, one) for one in (before, last))
    second = replace(
        second, previous=first.id, changes=changes(first.figures, second.figures, place.agreement)
    )
    folders = (folder / first.id, folder / second.id)
    write(folders[0], public(first))
    write(folders[1], public(second))
    write(folders[1], packages(second, confidentially(place, last).figures))
    return OnDisk(folders, known(place, second), place, last, second)


def sheets(place: Simulation, one: Released) -> Edition:
    """Return an edition with blocks on its sheets, and all that those tell of."""
    edition = as_edition(place, one.observed, one.protected, None)
    return replace(
        edition,
        agreement=told(place.agreement),
        areas=edition.areas.with_columns(outline=pl.lit(""), outline_year=pl.lit(None, pl.Int64)),
        stories=pl.DataFrame(schema=frames.STORIES),
        context=_context(knowledge(place)),
        deliveries=edition.deliveries.with_columns(
            title=pl.col("contract"),
            received_on=pl.lit(date(2026, 10, 21)),
            accepted_rows=pl.lit(43),
            refused_rows=pl.lit(2),
            late=pl.lit(False),
            outcome=pl.lit("GOEDGEKEURD"),
        ),
    )


def told(agreement: Agreement) -> Agreement:
    """Return the agreement with blocks on its sheets, and what those ask for: goals, and a term."""
    goal = {name: goal for goal, names in GOALS.items() for name in names}
    terms = {TIMED: Term(start="dag", end="dag", days=42)}
    changed = {
        name: one.model_copy(update={"goal": goal.get(name, "doel"), "term": terms.get(name)})
        for name, one in agreement.indicators.items()
    }
    goals = {
        name: Goal(level=GoalLevel.GOAL, name=name.capitalize(), statement="Het gaat beter.")
        for name in GOALS
    }
    general = agreement.general.model_copy(update={"blocks": BLOCKS})
    return agreement.model_copy(
        update={"general": general, "goals": agreement.goals | goals, "indicators": changed}
    )


def confidentially(place: Simulation, one: Released) -> Confidential:
    """Protect the same figures for those who steer."""
    return confidential(
        one.observed.observations,
        place.agreement,
        one.observed.edition,
        parents=place.place.areas.parents(),
        rounded=one.protected.rounded,
        earlier=pl.DataFrame(schema=MEMORY),
    )


def known(place: Simulation, edition: Edition) -> Knowledge:
    numbers, texts = stated(edition.agreement.model_dump(mode="json"))
    facts = edition.context.select("area", "value")
    return replace(knowledge(place), facts=facts, agreed=numbers, texts=texts)


def public(edition: Edition) -> Iterator[tuple[str, bytes]]:
    for name, content in render(edition):
        yield f"{PUBLIC}/{name}", content


def write(folder: Path, files: Iterator[tuple[str, bytes]]) -> None:
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _context(known: Knowledge) -> pl.DataFrame:
    people = known.inhabitants.select(
        "area",
        "year",
        pl.lit("inwoners").alias("characteristic"),
        pl.col("inhabitants").alias("value"),
        pl.lit("inwoners").alias("label"),
        pl.lit("").alias("unit"),
    )
    return people.select(pl.col(name).cast(dtype) for name, dtype in frames.CONTEXT.items())
