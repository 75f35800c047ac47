"""Headers that the data team takes for a column of a contract, for one partner: who and when."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sources.store import log
from sources.store.connection import Connection, stored, transaction
from sources.store.log import Action, Deed


@dataclass(frozen=True, slots=True)
class Alias:
    """One header of a partner, and the column (by its name) that it stands for."""

    partner: str
    contract: str
    header: str
    column: str
    moment: datetime
    by: str


def add(con: Connection, alias: Alias) -> None:
    """Add an alias; where it is what holds already, nothing is added."""
    if any(
        (each.header, each.column) == (alias.header, alias.column)
        for each in of(con, alias.partner, alias.contract)
    ):
        return
    with transaction(con):
        con.execute(
            "INSERT INTO received.aliases VALUES (?, ?, ?, ?, ?, ?)",
            [
                *(alias.partner, alias.contract, alias.header, alias.column),
                *(stored(alias.moment), alias.by),
            ],
        )
        log.add(con, deed(alias), at=alias.moment, actor=alias.by)


def deed(one: Alias) -> Deed:
    """Return what the log tells of an alias."""
    facts = {name: getattr(one, name) for name in ("partner", "contract", "header", "column")}
    return Deed(Action.ALIAS, f"{one.partner}, {one.contract}", one.column, facts)


def of(con: Connection, partner: str, contract: str) -> list[Alias]:
    """Return the aliases that hold for a partner and contract: of a header the last one added."""
    rows = con.execute(
        """SELECT partner, contract, header, "column", moment, stored_by FROM received.aliases
        WHERE partner = $partner AND contract = $contract
        QUALIFY row_number() OVER (PARTITION BY header ORDER BY moment DESC, rowid DESC) = 1
        ORDER BY moment, header""",
        {"partner": partner, "contract": contract},
    ).fetchall()
    return [
        Alias(partner, contract, header, column, moment.replace(tzinfo=UTC), by)
        for _, _, header, column, moment, by in rows
    ]
