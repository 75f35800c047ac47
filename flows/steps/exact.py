"""An observed figure as a sheet would read it: with its exact numbers, so only for insiders.

Comes in: the figures of one indicator (`OBSERVATIONS`), and of these the row that is asked about.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from flows.settings import Town
from flows.steps.asked import same_figure
from reports.figures import Figure
from reports.words.catalogue import words
from sources.agreement.model import Agreement, Way
from transforms.measures.wait import NORM, OPEN, P90
from transforms.standing import AGAINST, standing

_BESIDE = (P90, NORM, OPEN)


def figure(town: Town, row: Mapping[str, Any]) -> Figure:
    """Return a figure as a sheet would read it, with its exact numbers."""
    agreement = town.agreement
    definition = agreement.indicators[row["indicator"]]
    below = definition.denominator
    given = {name: value for name, value in row.items() if name not in ("area", "availability")}
    return Figure(
        **given,
        area_code=row["area"],
        denominator_counts=None if below is None else below.counts.value,
        source="protected_at_source" if definition.protected_at_source else "own",
        shown="",
        status=_status(row),
        definition=definition,
        words=words(agreement.general.language),
        area_year=agreement.general.area_year,
        exact=True,
    )


def _status(row: Mapping[str, Any]) -> str:
    return "published" if row["availability"] == "observed" else str(row["availability"])


def beside(town: Town, figures: pl.DataFrame, row: Mapping[str, Any]) -> dict[str, Figure]:
    """Return what stands beside a wait: p90, within the norm, and who still waits."""
    if town.agreement.indicators[row["indicator"]].way is not Way.WAIT or row["breakdown"]:
        return {}
    found = {
        part: figures.filter(same_figure({**row, "breakdown": part})).to_dicts() for part in _BESIDE
    }
    return {part: figure(town, rows[0]) for part, rows in found.items() if rows}


def compared(
    agreement: Agreement, figures: pl.DataFrame, row: Mapping[str, Any]
) -> dict[str, tuple[float, str | None]]:
    """Return with what the figure is compared, by exact numbers: the value and the word."""
    told = figures.rename({"area": "area_code"}).with_columns(
        pl.when(pl.col("availability") == "observed")
        .then(pl.lit("published"))
        .otherwise("availability")
        .alias("status")
    )
    stands = standing(told, agreement).rename({"area_code": "area"})
    one = stands.filter(same_figure(row)).row(0, named=True)
    return {
        name: (one[f"{name}_value"], one[name])
        for name in AGAINST
        if one[f"{name}_value"] is not None
    }
