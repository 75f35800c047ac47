"""Tables of an edition turned into what a shelf looks up."""

from collections import defaultdict
from typing import Any

import polars as pl

INHABITANTS = "inwoners"
"""The characteristic by which `Edition.context` says how many live in an area."""


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
