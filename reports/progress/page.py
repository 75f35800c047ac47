"""`hoe-het-gaat.html`: how it goes as one page, that opens from disk and asks no host anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from reports.charts import owed
from reports.progress.progress import STANDINGS, Progress
from reports.sealed import marked, sealed
from reports.words.catalogue import words

_SAID = {"in_time": "op tijd", "late": "te laat", "missing": "nog niet", "open": "nog tijd"}


@dataclass(frozen=True, slots=True)
class Stuck:
    """One code at one partner: for each period what was refused for it, in words."""

    partner: str
    title: str
    periods: list[str]


def page(progress: Progress) -> bytes:
    """Return how it goes as an HTML page; the same progress gives the same bytes."""
    say = words("nl")
    periods = progress.periods
    labels = {period: say.period(period) for period in periods["period"]}
    chart = owed.svg(periods, labels, "leveringen", language="nl") if labels else None
    return sealed(
        "progress.html.j2",
        styles=("partner.css", "feedback.css", "progress.css"),
        municipality=progress.municipality,
        day=say.day(progress.day),
        waits=progress.waits,
        chart=chart,
        said=_SAID,
        periods=[(labels[row["period"]], row) for row in periods.to_dicts()],
        labels=labels,
        partners=_partners(progress.deliveries),
        codes=_codes(progress.refusals),
        rounds=[_round(row) for row in progress.rounds.to_dicts()],
        number=say.number,
        marked=marked,
    )


def _partners(deliveries: pl.DataFrame) -> list[tuple[str, dict[str, list[str]]]]:
    """Return each partner by name, with per period how many deliveries came when."""
    told: dict[str, dict[str, list[str]]] = {}
    for row in deliveries.sort("name", "partner", "period").to_dicts():
        said = [f"{row[kind]} {_SAID[kind]}" for kind in STANDINGS if row[kind]]
        told.setdefault(row["name"], {})[row["period"]] = said
    return list(told.items())


def _codes(refusals: pl.DataFrame) -> list[tuple[str, str, list[Stuck]]]:
    """Return each code with its title, and at whom it happened."""
    groups = refusals.sort("code", "name", "title", "period").group_by(
        "code", "meaning", maintain_order=True
    )
    return [(str(code), str(meaning), list(_stuck(rows))) for (code, meaning), rows in groups]


def _stuck(rows: pl.DataFrame) -> Iterator[Stuck]:
    for (name, title), some in rows.group_by("name", "title", maintain_order=True):
        yield Stuck(str(name), str(title), [_refused(row) for row in some.to_dicts()])


def _refused(row: dict[str, Any]) -> str:
    say = words("nl")
    files = f"{row['files']} bestand{'en' if row['files'] > 1 else ''}" if row["files"] else ""
    rows = f"{say.number(row['rows'])} rij{'en' if row['rows'] > 1 else ''}" if row["rows"] else ""
    return f"{say.period(row['period'])}: {say.listed([one for one in (files, rows) if one])}"


def _round(row: dict[str, Any]) -> dict[str, str]:
    say = words("nl")
    return {
        "quarter": say.period(row["quarter"]),
        "edition": row["edition"],
        "began": f"{say.day(row['began'])}, {row['began']:%H.%M} uur",
        "took": took(row["seconds"]),
    }


def took(seconds: int) -> str:
    """Return how long something took, in words: 45 seconden, 3 minuten en 20 seconden."""
    say, (minutes, rest) = words("nl"), divmod(seconds, 60)
    parts = [_counted(minutes, "minuut", "minuten"), _counted(rest, "seconde", "seconden")]
    return say.listed([part for part in parts if part]) or "minder dan een seconde"


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}" if count else ""
