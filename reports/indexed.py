"""Tables of an edition turned into what a shelf looks up."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import polars as pl

INHABITANTS = "inwoners"
"""The characteristic by which `Edition.context` says how many live in an area."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its outline; `level` as in `Edition.areas`."""

    code: str
    name: str
    level: str
    parent: str
    outline: str
    outline_year: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One public figure about who lives in an area."""

    label: str
    value: float
    unit: str
    year: int


def areas(rows: pl.DataFrame) -> dict[str, Area]:
    """Return every area by its code."""
    told = rows.select(*Area.__dataclass_fields__).iter_rows()
    return {area.code: area for area in (Area(*row) for row in told)}


def facts(context: pl.DataFrame) -> dict[str, list[tuple[Any, ...]]]:
    """Return for each area the newest of each characteristic, in the order of `context`.

    As label, value, unit and year.
    """
    told, newest = ("label", "value", "unit", "year"), pl.col("year").arg_max()
    each = (
        context.filter(pl.col("value").is_not_null())
        .with_columns(pl.col("year").cast(pl.Int64))
        .group_by("area", "characteristic", maintain_order=True)
        .agg(pl.col(told).get(newest))
    )
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for area, *fact in each.select("area", *told).iter_rows():
        found[area].append(tuple(fact))
    return dict(found)


def below(areas: pl.DataFrame) -> dict[str, list[str]]:
    """Return for each area those within it, directly and indirectly, in the order of `areas`."""
    parents = dict(areas.select("code", "parent").iter_rows())
    found: dict[str, list[str]] = defaultdict(list)
    for code, parent in parents.items():
        step = parent
        while step:
            found[step].append(code)
            step = parents.get(step, "")
    return dict(found)


def deserted(context: pl.DataFrame) -> set[str]:
    """Return the areas of which the newest number of inhabitants is zero."""
    if context.is_empty():
        return set()
    people = context.filter(characteristic=INHABITANTS)
    newest = people.group_by("area").agg(pl.col("value").sort_by("year").last())
    return set(newest.filter(value=0)["area"])


def years(figures: pl.DataFrame) -> list[str]:
    """Return the first and last year of the newest figures, where those are all of whole years."""
    told = figures.filter(status="published").group_by("indicator").agg(pl.col("period").max())
    newest = told["period"].unique().sort().to_list()
    whole = all(period.isdigit() for period in newest)
    return [newest[0], newest[-1]] if newest and whole else []


def by_place(changes: pl.DataFrame) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the changes of each area and partner, in their order."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in changes.iter_rows(named=True):
        found[row["area"], row["partner"]].append(row)
    return dict(found)
