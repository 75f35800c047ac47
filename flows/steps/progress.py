"""How it goes: what each partner owed and when it came, what was refused, how long rounds took."""

from collections.abc import Mapping
from datetime import date, datetime

import polars as pl

from flows.settings import ZONE, Town, last_ended_quarter
from flows.steps.owed import deliveries
from flows.steps.waiting import waiting
from reports.handbook import of_code
from reports.progress import Progress
from sources.store import Action, Store
from transforms import periods
from transforms.periods import parse

_ROUNDS: dict[str, pl.DataType | type[pl.DataType]] = {
    "quarter": pl.String,
    "edition": pl.String,
    "origin": pl.String,
    "began": pl.Datetime("us", ZONE.key),
    "seconds": pl.Int64,
}


def progress(town: Town, store: Store, *, at: datetime) -> Progress:
    """Return how it goes at a moment, over the quarters that the sheets show as well."""
    quarter = last_ended_quarter(at)
    known = deliveries(town, store, quarter, known_at=at)
    shown = _recent(town, quarter)
    return Progress(
        municipality=town.agreement.general.municipality.name,
        day=at.astimezone(ZONE).date(),
        waits=waiting(town, store, at=at),
        deliveries=_standing(town, known.filter(shown), at.astimezone(ZONE).date()),
        refusals=_refusals(town, store.refusals(at).filter(shown)),
        rounds=_rounds(store, since=periods.last_quarters(quarter, _quarters(town))[0]),
    )


def _quarters(town: Town) -> int:
    return town.agreement.general.trend_periods


def _recent(town: Town, quarter: str) -> pl.Expr:
    """Return whether a row is of one of the quarters to tell of, or of a year that ends there."""
    return periods.quarter_of_id(pl.col("period")) > parse(quarter).last - _quarters(town)


def _standing(town: Town, known: pl.DataFrame, today: date) -> pl.DataFrame:
    """Count per partner and period what was owed, by the columns of `progress.STANDINGS`."""
    here = pl.col("accepted")
    counted = {
        "in_time": here & ~pl.col("late"),
        "late": here & pl.col("late"),
        "missing": ~here & (pl.col("due") < today),
        "open": ~here & (pl.col("due") >= today),
    }
    names = {name: partner.name for name, partner in town.agreement.partners.items()}
    return (
        known.filter(pl.col("due").is_not_null() & ~pl.col("optional"))
        .group_by("partner", "period")
        .agg(told.sum().cast(pl.Int64).alias(name) for name, told in counted.items())
        .with_columns(name=_named("partner", names))
        .sort("name", "partner", "period")
    )


def _refusals(town: Town, refused: pl.DataFrame) -> pl.DataFrame:
    """Put beside what was refused the names of partner, delivery and code."""
    names = {name: partner.name for name, partner in town.agreement.partners.items()}
    titles = {name: contract.title for name, contract in town.contracts.items()}
    kinds = refused.select("contract", "code").unique().rows()
    meanings = pl.DataFrame(
        [(contract, code, _meaning(town, contract, code)) for contract, code in kinds],
        schema={"contract": pl.String, "code": pl.String, "meaning": pl.String},
        orient="row",
    )
    return (
        refused.join(meanings, on=["contract", "code"], how="left", validate="m:1")
        .with_columns(name=_named("partner", names), title=_named("contract", titles))
        .sort("code", "name", "title", "period")
    )


def _meaning(town: Town, contract: str, code: str) -> str:
    known = town.contracts.get(contract)
    told = of_code(code, known) if known else None
    return told.title if told else code


def _named(column: str, names: Mapping[str, str]) -> pl.Expr:
    """Return the name of what a column tells; itself where the agreement knows it no more."""
    return pl.col(column).replace(names)


def _rounds(store: Store, *, since: str) -> pl.DataFrame:
    """Return the rounds that brought something out, of a quarter and after, as the log has them."""
    rows = [
        (
            line.facts["quarter"],
            line.facts["edition"],
            line.origin,
            began := datetime.fromisoformat(line.facts["began"]),
            round((line.moment - began).total_seconds()),
        )
        for line in store.log.lines()
        if line.action == Action.FINISHED.value and line.facts["quarter"] >= since
    ]
    return pl.DataFrame(rows, schema=_ROUNDS, orient="row")
