"""What was deleted, when and by which rule: so that a release can say which input is gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sources.store import log
from sources.store.connection import Connection, stored, transaction
from sources.store.deliveries import Delivery
from sources.store.log import Action, Deed
from sources.store.names import quoted
from sources.store.schema import column_names
from sources.verdict import Finding, Level

FORBIDDEN, RETENTION = "verboden kolom", "bewaartermijn"
"""The rules by which a raw file is deleted."""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One delivery of which the raw file was deleted; its record and its answer stay."""

    delivery: int
    sha256: str
    contract: str
    period: str
    rule: str
    deleted_at: datetime


def forbidden(findings: Iterable[Finding]) -> bool:
    """Return whether a file holds what we may not have, so that not even its raw is kept (S9xx)."""
    return any(f.code.startswith("S") and f.level is Level.REFUSE_FILE for f in findings)


def put(con: Connection, gone: Iterable[Delivery], *, rule: str, at: datetime) -> None:
    """Add a tombstone per delivery, where there is none yet; inside the caller's transaction."""
    for each in gone:
        con.execute(
            "INSERT INTO received.tombstones VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [each.id, each.sha256, each.contract, each.period, rule, stored(at)],
        )


def every(con: Connection) -> list[Tombstone]:
    """Return all tombstones, in the order in which they were put."""
    rows = con.execute(
        "SELECT delivery, sha256, contract, period, rule, deleted_at FROM received.tombstones "
        "ORDER BY deleted_at, delivery"
    ).fetchall()
    return [
        Tombstone(delivery, sha256, contract, period, rule, moment.replace(tzinfo=UTC))
        for delivery, sha256, contract, period, rule, moment in rows
    ]


def forget(con: Connection, past_term: list[Delivery], *, at: datetime) -> None:
    """Delete the texts of deliveries past their term and put their tombstones, all or nothing.

    What was accepted stays: figures are made of it.
    """
    with transaction(con):
        for delivery in past_term:
            if column_names(con, "received", delivery.contract):
                con.execute(
                    f"DELETE FROM received.{quoted(delivery.contract)} WHERE _delivery = $id",
                    {"id": delivery.id},
                )
        put(con, past_term, rule=RETENTION, at=at)
        if past_term:
            log.add(con, deed(past_term), at=at)


def deed(gone: Sequence[Delivery]) -> Deed:
    """Return what the log tells of deliveries past their term."""
    of = ", ".join(str(one.id) for one in gone)
    facts = {"deliveries": [one.id for one in gone]}
    return Deed(Action.RETAINED, f"leveringen {of}", f"{len(gone)} gewist", facts)
