"""One figure, told in several places: whether pages, csv and json say the same of it."""

from collections.abc import Iterator

import polars as pl

from reports.attacker.findings import Finding, Kind
from reports.attacker.reading.decoding import FIGURE, named
from reports.attacker.reading.numbers import numbers
from reports.attacker.reading.printed import Printed
from reports.attacker.reading.release import Release

_ITSELF = ("number", "b")
"""The parts of a page that print the figure itself and nothing else but its unit."""


def disagreements(release: Release) -> Iterator[Finding]:
    """Yield figures that are told in two ways, or in one file only."""
    figures = named(release.figures)
    twice = figures.filter(pl.col("name").is_duplicated())
    yield from _each(release, Kind.TWO_VALUES, twice["name"], "dit cijfer staat er twee keer in.")
    yield from _downloads(release, figures)
    yield from _pages(release)


def _each(release: Release, kind: Kind, names: pl.Series, how: str) -> Iterator[Finding]:
    for name in names.unique().sort():
        yield Finding(release.edition, release.reader, kind, name, how)


def _downloads(release: Release, figures: pl.DataFrame) -> Iterator[Finding]:
    """Compare figures.json with figures.csv."""
    if release.more is None:
        return
    more = named(release.more)
    columns = [name for name in figures.columns if name in more.columns and name not in FIGURE]
    alone = pl.concat(
        [
            more.join(figures, on="name", how="anti")["name"],
            figures.join(more, on="name", how="anti")["name"],
        ]
    )
    yield from _each(
        release, Kind.UNTOLD, alone, "dit cijfer staat maar in één van de twee bestanden."
    )
    both = figures.join(more, on="name", how="inner", suffix="_more")
    other = pl.any_horizontal(
        ~pl.col(name).eq_missing(pl.col(f"{name}_more")) for name in columns if name != "name"
    )
    how = "figures.csv en figures.json zeggen hier iets anders."
    yield from _each(release, Kind.TWO_VALUES, both.filter(other)["name"], how)


def _pages(release: Release) -> Iterator[Finding]:
    """Compare what pages print with figures.csv.

    A number may be that of the figure, or of the whole municipality that it is compared with.
    """
    figures = Printed(release)
    for page, name, part, text in release.pages.iter_rows():
        row = figures.rows.get(name)
        if row is None:
            how = f"staat op {page}, en in geen enkel bestand."
            yield Finding(release.edition, release.reader, Kind.UNTOLD, name, how)
        elif part in _ITSELF and not _says(text, row["shown"]):
            how = f"op {page} staat iets anders dan in figures.csv."
            yield Finding(release.edition, release.reader, Kind.TWO_VALUES, name, how)
        elif not numbers(text) <= figures.numbers(name):
            how = f"op {page} staat een getal dat geen bestand bij dit cijfer noemt."
            yield Finding(release.edition, release.reader, Kind.UNTOLD, name, how)


def _says(text: str, shown: str) -> bool:
    """Whether a page prints what the file says, with its unit behind it."""
    return text.casefold().startswith(" ".join(shown.split()).casefold())
