"""Recovered intervals → findings: who is known exactly, and who too closely."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from reports.attacker.findings import Finding, Kind
from reports.attacker.search.recovery import Recovery
from transforms.periods import Period

_ROUTES = {
    "area": "gebieden tellen op",
    "grouping": "gebieden tellen op",
    "partner": "partners tellen op",
    "breakdown": "klassen tellen op",
    "complement": "teller en rest zijn samen de noemer",
    "time": "kwartalen zijn samen het jaar",
    "within": "het ene getal is een deel van het andere",
    "overlap": "de delen zijn samen minstens het geheel",
}


def leaks(found: Recovery, *, need: float, player: str) -> Iterator[Finding]:
    """Yield every count that is known within less than `need`, and better than everybody knows."""
    known_to_all = pl.col("public_high") - pl.col("public_low")
    asked = pl.min_horizontal(pl.lit(need), known_to_all)
    sought = found.intervals.filter("sought")
    narrow = sought.filter((pl.col("width") < asked) & pl.col("possible"))
    routes = _routes(found, narrow["cell"])
    for row in narrow.sort("edition", "cell").iter_rows(named=True):
        exact = row["upper"] - row["lower"] < 1
        yield Finding(
            row["edition"],
            player,
            Kind.EXACT if exact else Kind.NARROW,
            name(row),
            _told(exact=exact, routes=routes.get(row["cell"], [])),
        )
    yield from _impossible(found, player)
    yield from _broken(found, player)


def name(row: Mapping[str, Any]) -> str:
    """Return what a counted cell is called: its count, period, area, partner and class."""
    period = Period(int(row["first"]), int(row["last"]))
    return "|".join([str(row["count"]), str(period), row["area"], row["partner"], row["breakdown"]])


def _told(*, exact: bool, routes: list[str]) -> str:
    known = "het aantal is precies te vinden" if exact else "het aantal ligt te nauw vast"
    if not routes:
        return f"{known}, uit het cijfer zelf."
    return f"{known}: {', en '.join(routes)}."


def _routes(found: Recovery, cells: pl.Series) -> dict[int, list[str]]:
    """Return per cell the kinds of sums that it is in."""
    mine = found.rows.filter(pl.col("cell").is_in(cells.implode())).sort("cell", "because")
    told = mine.group_by("cell", maintain_order=True).agg(
        pl.col("because").unique(maintain_order=True)
    )
    return {cell: [_ROUTES[one] for one in why] for cell, why in told.iter_rows()}


def _impossible(found: Recovery, player: str) -> Iterator[Finding]:
    """Yield one finding for each part of which no counts fit all figures."""
    torn = found.intervals.filter(~pl.col("possible"))
    alone = pl.when(pl.col("part") < 0).then(-1 - pl.col("cell").cast(pl.Int64)).otherwise("part")
    first = (
        torn.with_columns(alone=alone)
        .sort("cell")
        .unique("alone", keep="first", maintain_order=True)
    )
    for row in first.iter_rows(named=True):
        how = "geen enkel aantal past bij alles wat er staat. Ergens klopt een som niet."
        yield Finding(row["edition"], player, Kind.IMPOSSIBLE, name(row), how)


def _broken(found: Recovery, player: str) -> Iterator[Finding]:
    """Yield the totals that their rounded parts do not add up to."""
    totals = found.torn.filter(pl.col("sign") < 0).unique("row").sort("row")
    named = totals.join(found.intervals, on="cell", validate="m:1", maintain_order="left")
    for row in named.iter_rows(named=True):
        how = f"de som klopt niet ({_ROUTES[row['because']]})."
        yield Finding(row["edition"], player, Kind.BROKEN_SUM, name(row), how)
