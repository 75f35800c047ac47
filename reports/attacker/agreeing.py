"""One figure, told in several places: whether pages, csv and json say the same of it."""

import math
import re
from collections.abc import Iterator

import polars as pl

from reports.attacker.findings import Finding, Kind
from reports.attacker.placed import FIGURE, named
from reports.attacker.told import Told

_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
_ITSELF = ("number", "b")
"""The parts of a page that print the figure itself and nothing else but its unit."""

_DAYS, _WEEK = "dagen", 7
"""A wait is told in days, and whole weeks of them are written as weeks."""


def disagreements(told: Told) -> Iterator[Finding]:
    """Yield figures that are told in two ways, or in one file only."""
    figures = named(told.figures)
    twice = figures.filter(pl.col("name").is_duplicated())
    yield from _each(told, Kind.TWO_VALUES, twice["name"], "dit cijfer staat er twee keer in.")
    yield from _downloads(told, figures)
    yield from _pages(told, figures.unique("name", keep="first"))


def _each(told: Told, kind: Kind, names: pl.Series, how: str) -> Iterator[Finding]:
    for name in names.unique().sort():
        yield Finding(told.edition, told.reader, kind, name, how)


def _downloads(told: Told, figures: pl.DataFrame) -> Iterator[Finding]:
    """Compare figures.json with figures.csv."""
    if told.more is None:
        return
    more = named(told.more)
    columns = [name for name in figures.columns if name in more.columns and name not in FIGURE]
    alone = pl.concat(
        [
            more.join(figures, on="name", how="anti")["name"],
            figures.join(more, on="name", how="anti")["name"],
        ]
    )
    yield from _each(
        told, Kind.UNTOLD, alone, "dit cijfer staat maar in één van de twee bestanden."
    )
    both = figures.join(more, on="name", how="inner", suffix="_more")
    other = pl.any_horizontal(
        ~pl.col(name).eq_missing(pl.col(f"{name}_more")) for name in columns if name != "name"
    )
    how = "figures.csv en figures.json zeggen hier iets anders."
    yield from _each(told, Kind.TWO_VALUES, both.filter(other)["name"], how)


def _pages(told: Told, figures: pl.DataFrame) -> Iterator[Finding]:
    """Compare what pages print with figures.csv.

    A number may be that of the figure, or of the whole municipality that it is compared with.
    """
    rows = {row["name"]: row for row in _covered(told, figures).iter_rows(named=True)}
    town = told.about["municipality"]
    for page, name, part, text in told.pages.iter_rows():
        row = rows.get(name)
        if row is None:
            how = f"staat op {page}, en in geen enkel bestand."
            yield Finding(told.edition, told.reader, Kind.UNTOLD, name, how)
            continue
        whole = "|".join([*name.split("|")[:3], town, "", row["breakdown"]])
        if part in _ITSELF and not _says(text, row["shown"]):
            how = f"op {page} staat iets anders dan in figures.csv."
            yield Finding(told.edition, told.reader, Kind.TWO_VALUES, name, how)
        elif not _numbers(text) <= _known(row) | _known(rows.get(whole)):
            how = f"op {page} staat een getal dat geen bestand bij dit cijfer noemt."
            yield Finding(told.edition, told.reader, Kind.UNTOLD, name, how)


def _covered(told: Told, figures: pl.DataFrame) -> pl.DataFrame:
    """Add to each figure which share of its deliveries came, in whole percents as on a page."""
    if told.more is None or "coverage" not in told.more.columns:
        return figures.with_columns(coverage=pl.lit(None, pl.Float64))
    share = (100 * pl.col("coverage")).round()
    known = named(told.more).unique("name", keep="first").select("name", coverage=share)
    return figures.join(known, on="name", how="left", validate="1:1")


def _says(text: str, shown: str) -> bool:
    """Whether a page prints what the file says, with its unit behind it."""
    return text.casefold().startswith(" ".join(shown.split()).casefold())


def _known(row: dict[str, object] | None) -> set[float]:
    """Return the numbers of a figure: its own, in percents and weeks too, and in its texts."""
    if row is None:
        return set()
    own = {float(str(row[name])) for name in (*_NUMBERS, "coverage") if row[name] is not None}
    if row["source"] != "own":  # the source told it, to any decimal: writing it shorter hides none
        own |= {math.floor(one * step + 0.5) / step for one in own for step in (1, 10)}
    weeks = {one / _WEEK for one in own if row["unit"] == _DAYS and one % _WEEK == 0}
    texts = " ".join(str(row[name]) for name in ("shown", "unit", "period", "version"))
    return {round(one, 4) for one in own | weeks | {100 * one for one in own}} | _numbers(texts)


def _numbers(text: str) -> set[float]:
    found = (one.rstrip(".").replace(".", "").replace(",", ".") for one in _NUMBER.findall(text))
    return {round(float(one), 4) for one in found}
