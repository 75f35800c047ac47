"""Who has not delivered what is due."""

from datetime import datetime

import polars as pl

from flows.settings import ZONE, Town, quarter_of
from flows.steps.owed import deliveries
from sources.store import Store


def remind(town: Town, store: Store, *, at: datetime) -> pl.DataFrame:
    """Return the deliveries that are due at a moment and of which nothing counts yet.

    Columns: partner, name, contact, contract, title, period, due, days (past due), outcome. A
    delivery that waits for an answer or was refused is told of with that outcome.
    """
    today = at.astimezone(ZONE).date()
    rows = deliveries(town, store, quarter_of(today), known_at=at)
    late = rows.filter((pl.col("due") < today) & ~pl.col("accepted") & ~pl.col("optional"))
    partners = town.agreement.partners
    return late.select(
        "partner",
        _named("partner", {name: partner.name for name, partner in partners.items()}, "name"),
        _named("partner", {name: partner.contact for name, partner in partners.items()}, "contact"),
        "contract",
        _named("contract", {name: known.title for name, known in town.contracts.items()}, "title"),
        "period",
        "due",
        (pl.lit(today) - pl.col("due")).dt.total_days().alias("days"),
        "outcome",
    ).sort("due", "partner", "contract")


def _named(column: str, names: dict[str, str], alias: str) -> pl.Expr:
    return pl.col(column).replace_strict(names, default="", return_dtype=pl.String).alias(alias)
