"""What an edition tells beside its figures: stories, areas, and who lives there."""

import polars as pl

from flows.steps.outlines import paths
from sources.contracts.model import Column, Contract, FieldType
from transforms.areas import Hierarchy

STORIES: dict[str, pl.DataType] = {
    "story_id": pl.String(),
    "date": pl.Date(),
    "kind": pl.String(),
    "role": pl.String(),
    "title": pl.String(),
    "text": pl.String(),
    "change": pl.String(),
    "theme": pl.String(),
    "area": pl.String(),
    "partner": pl.String(),
    "arc": pl.Int64(),
    "rubs": pl.Boolean(),
}

CONTEXT: dict[str, pl.DataType] = {
    "area": pl.String(),
    "year": pl.Int64(),
    "characteristic": pl.String(),
    "value": pl.Float64(),
    "label": pl.String(),
    "unit": pl.String(),
}


_NUMBERED = r"^Wijk \d+ "
"""What CBS puts before the name of a wijk."""


def stories(rows: pl.DataFrame, *, until: str) -> pl.DataFrame:
    """Return the stories that may be told, newest first: with consent, and checked by someone.

    `rows` are those of `verhalen_signalen`; `until` is the last day (ISO) that the edition tells
    of. Columns: `STORIES`; `partner` is the one that the story names, '' where it names none.
    """
    told = rows.filter(
        (pl.col("toestemming") == "ja")
        & (pl.col("herkenbaar_gecheckt_door").fill_null("").str.strip_chars() != "")
        & (pl.col("datum") <= pl.lit(until).str.to_date())
    )
    columns = told.select(
        pl.col("verhaal_id").alias("story_id"),
        pl.col("datum").alias("date"),
        pl.col("soort").alias("kind"),
        pl.col("verteller_rol").alias("role"),
        pl.col("titel").alias("title"),
        pl.col("tekst").alias("text"),
        pl.col("belangrijkste_verandering").fill_null("").alias("change"),
        pl.col("thema").alias("theme"),
        pl.col("gebied_code").fill_null("").alias("area"),
        pl.col("partner_id").fill_null("").alias("partner"),
        pl.col("boog").alias("arc"),
        pl.col("schuurt").alias("rubs"),
    )
    typed = columns.select(pl.col(name).cast(dtype) for name, dtype in STORIES.items())
    return typed.sort(["date", "story_id"], descending=[True, False])


def areas(hierarchy: Hierarchy, division: pl.DataFrame) -> pl.DataFrame:
    """Return the areas of a municipality with their outlines.

    `division` are the rows of `gebied_indeling`. Columns: code, name, level, parent, outline,
    outline_year: the newest year at or before that of the hierarchy in which the area has an
    outline, else the oldest after it. The number that CBS puts before a name is left out: the
    sheets number the wijken themselves.
    """
    late = pl.col("jaar") > hierarchy.year
    drawn = (
        division.filter(pl.col("omtrek").is_not_null())
        .sort(late, pl.when(late).then(pl.col("jaar")).otherwise(-pl.col("jaar")))
        .unique("code", keep="first", maintain_order=True)
        .select("code", "omtrek", pl.col("jaar").cast(pl.Int64).alias("outline_year"))
    )
    called = pl.col("name").str.replace(_NUMBERED, "")
    names = hierarchy.names.with_columns(called)
    joined = names.join(drawn, on="code", how="left", validate="1:1").sort("code")
    outlines = paths(joined["omtrek"]).alias("outline")
    return joined.with_columns(outlines).select(
        "code", "name", "level", "parent", "outline", "outline_year"
    )


def context(rows: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Return public figures about who lives in each area: one row per area, year and column.

    `rows` are those of `gebied_kerncijfers`. Columns: `CONTEXT`, in the order of the contract.
    """
    told = [c for c in contract.columns if c.type in (FieldType.INTEGER, FieldType.NUMBER)]
    told = [c for c in told if c.name not in contract.key and c.name in rows.columns]
    names = [column.name for column in told]
    return (
        rows.select("code", "jaar", pl.col(names).cast(pl.Float64))
        .unpivot(names, index=["code", "jaar"], variable_name="characteristic")
        .select(
            pl.col("code").alias("area"),
            pl.col("jaar").alias("year"),
            "characteristic",
            "value",
            _of(told, "label"),
            pl.lit("").alias("unit"),
            _order(names),
        )
        .sort("area", "order", "year")
        .select(pl.col(name).cast(dtype) for name, dtype in CONTEXT.items())
    )


def _of(columns: list[Column], attribute: str) -> pl.Expr:
    texts = {column.name: getattr(column, attribute) or column.header for column in columns}
    return pl.col("characteristic").replace_strict(texts, return_dtype=pl.String).alias(attribute)


def _order(names: list[str]) -> pl.Expr:
    places = {name: place for place, name in enumerate(names)}
    return pl.col("characteristic").replace_strict(places, return_dtype=pl.Int32).alias("order")
