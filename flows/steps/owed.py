"""What each partner owes, what came of it, and what came late."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta

import polars as pl

from flows.settings import ZONE, Town
from sources.agreement.model import OwedDelivery
from sources.store import State, Store
from transforms import periods
from transforms.periods import Period

NOT_DELIVERED = "niet geleverd"

DELIVERIES: dict[str, pl.DataType] = {
    "partner": pl.String(),
    "contract": pl.String(),
    "period": pl.String(),
    "due": pl.Date(),
    "optional": pl.Boolean(),
    "delivery": pl.Int32(),
    "number": pl.Int32(),
    "outcome": pl.String(),
    "state": pl.String(),
    "received_on": pl.Date(),
    "accepted_rows": pl.Int64(),
    "refused_rows": pl.Int64(),
    "accepted": pl.Boolean(),
    "late": pl.Boolean(),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """One delivery that a partner owes, with the last day on which it is in time."""

    partner: str
    contract: str
    period: str
    due: date
    optional: bool


def owed(town: Town, quarter: str) -> list[Owed]:
    """Return what is owed for the periods that end with or before a quarter, oldest first."""
    last = periods.parse(quarter)
    found = [
        Owed(
            partner=name,
            contract=delivery.contract,
            period=str(period),
            due=period.end + timedelta(days=town.contracts[delivery.contract].due_days),
            optional=delivery.optional,
        )
        for name, partner in town.agreement.partners.items()
        for delivery in partner.deliveries
        for period in _periods(delivery, last)
    ]
    return sorted(found, key=lambda one: (one.due, one.partner, one.contract, one.period))


def _periods(delivery: OwedDelivery, last: Period) -> Iterator[Period]:
    """Yield the quarters or years since the first one owed: its form says which."""
    period = periods.parse(delivery.since)
    until = periods.parse(delivery.until) if delivery.until else last
    step = period.last - period.first + 1
    while period.last <= min(last.last, until.last):
        yield period
        period = period.shifted(step)


def deliveries(town: Town, store: Store, quarter: str, *, known_at: datetime) -> pl.DataFrame:
    """Return one row for each delivery that was owed for a quarter or before, or that came.

    Columns: `DELIVERIES`. Of several for one period: the one that counts, else the last to come.
    `accepted` says whether its rows count; `late` whether the first that was not refused came
    after the day it was due. What is owed and did not come, or was taken back, has `niet geleverd`
    as its outcome; what was only welcome is left out.
    """
    rows = [astuple(one) for one in owed(town, quarter)]
    asked = pl.DataFrame(rows, schema=_ASKED, orient="row")
    key = ["partner", "contract", "period"]
    came = _came(store.deliveries(known_at))
    joined = asked.join(came, on=key, how="full", coalesce=True, validate="1:1")
    return (
        joined.filter(pl.col("outcome").is_not_null() | ~pl.col("optional"))
        .with_columns(
            pl.col("outcome").fill_null(NOT_DELIVERED),
            pl.col("accepted", "optional").fill_null(False),
            late=(pl.col("first_on") > pl.col("due")).fill_null(False),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in DELIVERIES.items())
        .sort("period", "partner", "contract")
    )


_ASKED: dict[str, pl.DataType] = {
    name: DELIVERIES[name] for name in ("partner", "contract", "period", "due", "optional")
}


def _came(known: pl.DataFrame) -> pl.DataFrame:
    """Return per partner, contract and period the delivery to tell of, and when the first came."""
    day = pl.col("received_at").dt.replace_time_zone("UTC").dt.convert_time_zone(ZONE.key).dt.date()
    refused = pl.col("outcome") == "AFGEKEURD"
    return (
        known.filter(pl.col("state") != State.WITHDRAWN.value)
        .with_columns(received_on=day)
        .sort("counts", "id")
        .group_by("partner", "contract", "period", maintain_order=True)
        .agg(
            pl.col("id").last().alias("delivery"),
            pl.col("number", "outcome", "state", "received_on").last(),
            pl.col("accepted_rows", "refused_rows").last(),
            pl.col("counts").last().alias("accepted"),
            pl.col("received_on").filter(~refused).min().alias("first_on"),
        )
    )
