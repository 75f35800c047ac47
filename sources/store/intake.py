"""One delivery into the store, whole or not at all."""

from datetime import datetime

from sources.contracts.model import Contract
from sources.inbox import Parcel
from sources.store import deliveries, schema
from sources.store.connection import Connection, insert, transaction
from sources.store.names import listed, quoted
from sources.verdict import Outcome, Verdict

_BATCH = 122_880  # rows; a row group of DuckDB


def keep(
    con: Connection,
    parcel: Parcel,
    verdict: Verdict,
    *,
    contract: Contract,
    staged: Connection,
    at: datetime,
) -> int:
    """Write everything of one delivery in one transaction and return its id.

    Of a refused delivery only the record, its events and its findings are kept: none of its rows.
    Of one that waits the rows are kept, and count from the moment it is confirmed.

    Raises:
        ValueError: the record account does not balance; nothing is written.
    """
    if verdict.outcome is not Outcome.REFUSED and not verdict.records.balances():
        raise ValueError(f"records of {parcel.sha256[:8]} do not add up: {verdict.records}")
    with transaction(con):
        delivery = deliveries.record(con, parcel, version=contract.version, verdict=verdict, at=at)
        deliveries.save_findings(con, delivery, verdict.findings)
        if verdict.outcome is not Outcome.REFUSED:
            schema.contract_tables(con, contract)
            _copy_rows(con, delivery, contract=contract, staged=staged)
            deliveries.replace_older(con, parcel, at)
    return delivery


def _copy_rows(con: Connection, delivery: int, *, contract: Contract, staged: Connection) -> None:
    """Stream the rows from the staging database into the store's tables of the contract.

    Copying inside one DuckDB would need the staging place to reach the store's file. A stream of
    record batches costs a third more and keeps a partner's file away from it.
    """
    columns = listed(["_row", *(column.name for column in contract.columns)])
    table = quoted(contract.id)
    for source, target, name in (
        (f"SELECT {columns} FROM text", f"received.{table}", "_delivery"),
        (f"SELECT {columns} FROM accepted", f"accepted.{table}", "_delivery"),
        ('SELECT _row AS "row", codes FROM quarantine', "received.quarantine", "delivery"),
    ):
        batches = staged.sql(source).to_arrow_reader(_BATCH)
        insert(con, target, batches, first={name: delivery})
