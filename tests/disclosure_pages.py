"""Leaks on a page: what it prints and no file says, or says otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl
from disclosure_damage import COUNT, FIGURE, PUBLISHED, SHARE, Planted, Published, first, of

from reports.attacker import Kind, Told
from reports.attacker.told import PAGES


def name_of(row: Mapping[str, object]) -> str:
    """Return the name by which a page says which figure it prints."""
    return "|".join(str(row[key]) for key in FIGURE)


def with_pages(told: Told) -> Told:
    """Print every figure of the municipality on the index, as a sheet does."""
    rows = told.figures.filter(pl.col("area_code").str.starts_with("GM"))
    printed = [("index.html", name_of(row), "number", row["shown"]) for row in rows.to_dicts()]
    return replace(told, pages=pl.DataFrame(printed, schema=PAGES, orient="row"))


def _printed(
    published: Published, page: str, part: str, text: str, rows: pl.DataFrame
) -> Sequence[Told]:
    line = (page, name_of(rows.to_dicts()[0]), part, text)
    more = pl.DataFrame([line], schema=PAGES, orient="row")
    pages = pl.concat([published.last.pages, more])
    return published.with_last(replace(published.last, pages=pages))


def a_partner_sheet_rounded_otherwise(published: Published) -> Sequence[Told]:
    victim = first(published.beside, of("S01"), PUBLISHED, pl.col("partner") != "")
    other = str(int(victim["numerator"][0]) + 5)
    page = f"partner/{victim['partner'][0]}/index.html"
    return _printed(published, page, "number", other, victim)


def an_internal_figure_on_a_public_page(published: Published) -> Sequence[Told]:
    odd = pl.col("numerator_exact") % 5 != 0
    victim = first(published.beside, of(SHARE), PUBLISHED, odd)
    x, n = (int(victim[f"{name}_exact"][0]) for name in ("numerator", "denominator"))
    return _printed(published, "raad/index.html", "ground", f"{x} van de {n}", victim)


def a_download_less_protected_than_the_page(published: Published) -> Sequence[Told]:
    victim = first(published.beside, of(COUNT), PUBLISHED)
    return _printed(published, "wijk/index.html", "number", "minder dan 10", victim)


def a_figure_that_only_a_page_tells(published: Published) -> Sequence[Told]:
    victim = first(published.last.figures, of(COUNT), PUBLISHED)
    buurt = victim.with_columns(area_code=pl.lit("BU99020199"))
    return _printed(published, "wijk/index.html", "number", "15", buurt)


def a_word_that_gives_an_inequality_away(published: Published) -> Sequence[Told]:
    """The figure is held back, and still the page says on which side it lies."""
    share = pl.col("indicator").is_in(["S02", "S05", "S10"])
    victim = first(published.last.figures, share, pl.col("status") == "protected")
    return _printed(published, "wijk/index.html", "remark", "meer dan de gemeente", victim)


ON_A_PAGE = (
    Planted(
        "a word that gives an inequality away", a_word_that_gives_an_inequality_away, Kind.WORD
    ),
    Planted(
        "a partner sheet rounded otherwise", a_partner_sheet_rounded_otherwise, Kind.TWO_VALUES
    ),
    Planted(
        "an internal figure on a public page", an_internal_figure_on_a_public_page, Kind.UNTOLD
    ),
    Planted(
        "a download less protected than the page",
        a_download_less_protected_than_the_page,
        Kind.TWO_VALUES,
    ),
    Planted("a figure that only a page tells", a_figure_that_only_a_page_tells, Kind.UNTOLD),
)
"""Damage to what pages print."""
