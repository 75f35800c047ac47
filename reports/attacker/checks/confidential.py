"""What is internal and stands among what is public, or with a partner that may not see it."""

from collections.abc import Iterator, Sequence

import polars as pl

from reports.attacker.findings import Finding, Kind
from reports.attacker.reading.decoding import named
from reports.attacker.reading.release import MUNICIPALITY, Release

LEAST = 5
"""The least base and threshold that a public edition may have (statistics and disclosure, 4.2)."""


_PAGE = "index.html"
_INTERNAL = "intern"
_DOWNLOADS = {"data/figures.csv", "data/figures.json", "data/edition.json"}
_DOWNLOADS |= {"data/toegankelijkheid.json", "data/dcat.jsonld"}


def internal_among_public(public: Release, packages: Sequence[Release]) -> Iterator[Finding]:
    """Yield internal rules, marks and figures in a public folder, and files that do not belong."""
    if min(public.base, public.threshold) < LEAST:
        how = "de regels van deze editie zijn te ruim voor iedereen."
        yield Finding(public.edition, public.reader, Kind.INTERNAL, "data/edition.json", how)
    prints = {_print(public.edition, page) for page in public.files if page.endswith(_PAGE)}
    strange = {one for one in public.files if one not in prints and _out_of_place(one)}
    for name in sorted({*strange, *public.marked}):
        how = "dit is vertrouwelijk, en staat bij wat openbaar is."
        yield Finding(public.edition, public.reader, Kind.INTERNAL, name, how)
    for package in packages:
        if package.edition == public.edition:
            yield from _printed(public, package)


def _print(edition: str, page: str) -> str:
    """Return the one file beside a page that may be its print: wijk/X/2026K3-wijk-X.pdf."""
    folder = page.removesuffix(_PAGE)
    parts = (folder or "index").strip("/").split("/")
    return f"{folder}{'-'.join([edition, *parts])}.pdf"


def _out_of_place(file: str) -> bool:
    """Whether a file is no page and no download, or lies in a folder of its own for insiders."""
    known = file.endswith(".html") or file in _DOWNLOADS
    return not known or _INTERNAL in file.split("/")


def careless(package: Release, public: Release | None) -> Iterator[Finding]:
    """Yield what makes a package unsafe to hand over: pages without their mark, rows of others.

    What a partner's package tells of all partners together is what everybody may know: the rows of
    `public`, the edition that it belongs to.
    """
    pages = {one for one in package.files if one.endswith(".html")}
    how = "deze bladzijde is vertrouwelijk, en zegt het niet."
    for name in sorted(pages - set(package.marked)):
        yield Finding(package.edition, package.reader, Kind.INTERNAL, name, how)
    if package.reader == MUNICIPALITY:
        return
    rows = named(package.figures).filter(pl.col("partner") != package.reader)
    together = rows.filter(partner="")
    known = together.clear() if public is None else named(public.figures)
    same = pl.col("shown").eq_missing(pl.col("known"))
    shown = together.join(known.select("name", known="shown"), on="name", how="left")
    foreign = [rows.filter(pl.col("partner") != "")["name"], shown.filter(~same)["name"]]
    how = "dit cijfer hoort niet in het pakket van deze partner."
    for name in pl.concat(foreign).unique().sort():
        yield Finding(package.edition, package.reader, Kind.INTERNAL, name, how)


def _printed(public: Release, package: Release) -> Iterator[Finding]:
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
