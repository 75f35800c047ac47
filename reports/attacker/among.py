"""What is internal, and stands among what is public."""

from collections.abc import Iterator, Sequence

import polars as pl

from reports.attacker.findings import Finding, Kind
from reports.attacker.placed import named
from reports.attacker.told import Told

LEAST = 5
"""The least base and threshold that a public edition may have (statistics and disclosure, 4.2)."""


def internal_among_public(public: Told, packages: Sequence[Told]) -> Iterator[Finding]:
    """Yield internal rules, files, marks, texts and figures in a public folder."""
    if min(public.base, public.threshold) < LEAST:
        how = "de regels van deze editie zijn te ruim voor iedereen."
        yield Finding(public.edition, public.reader, Kind.INTERNAL, "data/edition.json", how)
    files = [one for one in public.files if "intern" in one.split("/")]
    for name in sorted({*files, *public.marked}):
        how = "dit is vertrouwelijk, en staat bij wat openbaar is."
        yield Finding(public.edition, public.reader, Kind.INTERNAL, name, how)
    for package in packages:
        if package.edition == public.edition:
            yield from _printed(public, package)


def _printed(public: Told, package: Told) -> Iterator[Finding]:
    """Yield pages that print an internal figure where the public one is another."""
    inside = named(package.figures).filter(status="published").select("name", inside="shown")
    outside = named(public.figures).select("name", outside="shown")
    pages = public.pages.filter(pl.col("part") == "number").rename({"figure": "name"})
    both = pages.join(inside, on="name").join(outside, on="name", how="left")
    said = pl.col("text").str.starts_with(pl.col("inside"))
    leaked = both.filter(said & (pl.col("inside") != pl.col("outside").fill_null("")))
    for name in leaked["name"].unique().sort():
        how = "een cijfer van de interne editie staat op een openbare plaat."
        yield Finding(public.edition, public.reader, Kind.INTERNAL, name, how)
