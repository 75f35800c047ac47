"""What a talk in the auditorium came to, as sheets tell it: points, and afspraken with their stand.

Source: the auditorium of *Maatwerk in regie*: strong points, points to improve and afspraken, with
who and when, return on the next sheet.
"""

from datetime import date

import polars as pl

HARVEST: dict[str, pl.DataType] = {
    "harvest_id": pl.String(),
    "day": pl.Date(),
    "kind": pl.String(),
    "text": pl.String(),
    "goal": pl.String(),
    "area": pl.String(),
    "partner": pl.String(),
    "who": pl.String(),
    "by": pl.Date(),
    "status": pl.String(),
    "done": pl.String(),
}

_STANDS = {"nog_niet": "nog niet", "anders_afgesproken": "anders afgesproken"}
_AGREED = pl.col("soort") == "afspraak"


def harvested(rows: pl.DataFrame, *, known_on: date) -> pl.DataFrame:
    """Return what was harvested up to a day, the newest talk first; columns `HARVEST`.

    `rows` are the accepted ones of `auditorium_oogst`: one per number, as it was delivered last.
    `kind` is sterk_punt, verbeterpunt or afspraak; `by` is the day on which an afspraak is ready.
    `status` is a word of the agreement (`Progress`) and, like `done`, '' for all but an afspraak.
    """
    stand = pl.col("stand").fill_null("nog_niet").replace(_STANDS)
    told = rows.filter(pl.col("datum") <= known_on).select(
        harvest_id="oogst_id",
        day="datum",
        kind="soort",
        text="tekst",
        goal="doel_id",
        area="gebied_code",
        partner=pl.col("partner_id").fill_null(""),
        who=pl.col("wie").fill_null(""),
        by="wanneer",
        status=pl.when(_AGREED).then(stand).otherwise(pl.lit("")),
        done=pl.when(_AGREED).then("gedaan").fill_null(""),
    )
    typed = told.select(pl.col(name).cast(kind) for name, kind in HARVEST.items())
    return typed.sort(["day", "harvest_id"], descending=[True, False])
