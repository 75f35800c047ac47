"""A store filled as if every delivery of a large municipality had been received and accepted.

The rows are those of the example's maker, typed and with pseudonyms, put in the store as they come.
Reading files and judging them is left out: `receive` and `big` measure that.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import polars as pl

from benchmarks.place import AT
from flows.settings import EXAMPLE, Settings, Town
from sources import scope
from sources.agreement.linking import mark
from sources.contracts.model import Column, Contract, FieldType
from sources.example import maker
from sources.example.maker.deliveries import City, Delivery, of_quarter, of_year
from sources.example.maker.quarters import Quarter, through
from sources.inbox import Parcel
from sources.store import Connection, Store, staging
from sources.verdict import Outcome, Records, Verdict

FIRST = Quarter.of(maker.QUARTERS[0])


def filled(folder: Path, *, inhabitants: int, quarters: int) -> Town:
    """Fill the store in a new folder with the first so many quarters; return its municipality."""
    last = last_quarter(quarters)
    folder.mkdir()
    town = opened(folder)
    keep(town, told(City.of(inhabitants=inhabitants, last=last, seed=maker.SEED), FIRST, last))
    return town


def keep(town: Town, deliveries: Iterable[Delivery]) -> None:
    """Put deliveries in a municipality's store."""
    with Store.open(town.settings.store, holder="bench") as store:
        for delivery in deliveries:
            _keep(town, store, delivery)


def opened(folder: Path) -> Town:
    """Return the municipality whose store was filled in a folder."""
    return Settings(agreement=EXAMPLE, home=folder, key=folder / "sleutel").open()


def last_quarter(quarters: int) -> Quarter:
    """Return the last of the first so many quarters."""
    return Quarter.at(FIRST.index + quarters - 1)


def moment(quarters: int) -> datetime:
    """Return the moment at which the first so many quarters are known: a month after the last."""
    after = Quarter.at(FIRST.index + quarters).first
    return AT.replace(year=after.year, month=after.month + 1)


def told(city: City, first: Quarter, last: Quarter) -> Iterator[Delivery]:
    """Yield what is owed from one quarter to another, what others look into first."""
    for year in range(first.year, last.year + 1):
        yield from of_year(city, year, last)
    for quarter in through(first, last):
        yield from of_quarter(city, quarter)


def _keep(town: Town, store: Store, delivery: Delivery) -> None:
    """Put the rows of one delivery in the store, as the gate leaves those of a faultless file."""
    contract = {one.code: one for one in town.contracts.values()}[delivery.code]
    name = f"{delivery.partner} {contract.id} {delivery.period}"
    parcel = Parcel(
        path=Path(name),
        partner=delivery.partner,
        contract=contract.id,
        period=delivery.period,
        number=1,
        sha256=sha256(name.encode()).hexdigest(),
    )
    rows = delivery.rows.height
    verdict = Verdict(Outcome.ACCEPTED, Records(physical=rows, accepted=rows))
    linked = mark(town.agreement.general.linking, contract.law) if contract.law else ""
    at = datetime.combine(delivery.dropped.last, AT.timetz())
    with closing(_staged(contract, delivery, linked=linked)) as staged:
        store.keep(parcel, verdict, contract=contract, staged=staged, at=at)


def _staged(contract: Contract, delivery: Delivery, *, linked: str) -> Connection:
    """Return a place with the tables that `Store.keep` takes: nothing refused, nothing repaired."""
    con = staging()
    con.register("sent", delivery.rows.to_arrow())
    sent = ", ".join(f"{_sent(c, delivery.rows)}::VARCHAR AS {c.name}" for c in contract.columns)
    con.execute(f"CREATE VIEW text AS SELECT row_number() OVER () AS _row, {sent} FROM sent")
    scope.derive(contract, con, period=delivery.period)
    typed = ", ".join(f"{_typed(c, linked)} AS {c.name}" for c in contract.columns)
    con.execute(f"CREATE TABLE accepted AS SELECT _row, {typed} FROM text")
    con.execute("CREATE VIEW typed AS SELECT *, false AS _altered FROM accepted")
    con.execute("CREATE TABLE quarantine (_row BIGINT, codes VARCHAR[])")
    return con


def _sent(column: Column, rows: pl.DataFrame) -> str:
    """Return the name under which the maker tells a column; what it leaves out is derived."""
    return next((name for name in (column.name, column.header) if name in rows.columns), "NULL")


def _typed(column: Column, linked: str) -> str:
    if column.type is FieldType.PERSON:
        return f"'bench{linked and '-' + linked}:' || md5({column.name})"
    return f"{column.name}::{column.type.stored}"
