"""One delivery into the store, whole or not at all."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sources.contracts.model import Contract
from sources.inbox import Parcel
from sources.manifest.said import Manifest
from sources.store import deeds, deliveries, findings, log, schema, tombstones
from sources.store.connection import Connection, insert, transaction
from sources.store.names import listed, quoted
from sources.verdict import Outcome, Verdict

_BATCH = 122_880  # rows; a row group of DuckDB

# What a partner wrote is kept as text where it is not what was accepted. Every other row stands in
# the sealed file and, typed, among the accepted: a third copy would only be more personal data.
_REFUSED = "SELECT _row FROM quarantine"
_REPAIRED = "SELECT _row FROM typed WHERE _altered"


def keep(
    con: Connection,
    parcel: Parcel,
    verdict: Verdict,
    *,
    contract: Contract,
    staged: Connection,
    said: Sequence[Manifest],
    at: datetime,
) -> int:
    """Write everything of one delivery in one transaction and return its id.

    Of a refused delivery the record, its events and its findings are kept, and of its rows only
    those that were refused, as text. Of one that waits the rows are kept, and count from the
    moment it is confirmed.

    Raises:
        ValueError: the record account does not balance; nothing is written.
    """
    if verdict.outcome is not Outcome.REFUSED and not verdict.records.balances():
        raise ValueError(f"records of {parcel.sha256[:8]} do not add up: {verdict.records}")
    with transaction(con):
        delivery = deliveries.record(
            con, parcel, version=contract.version, verdict=verdict, said=said, at=at
        )
        findings.save(con, delivery, verdict.findings)
        schema.contract_tables(con, contract)
        _copy_rows(con, delivery, verdict, contract=contract, staged=staged)
        if verdict.outcome is not Outcome.REFUSED:
            deliveries.settle(con, parcel, at=at)
        if tombstones.forbidden(verdict.findings):
            same = deliveries.find(con, "d.sha256 = $sha256", {"sha256": parcel.sha256})
            tombstones.put(con, same, rule=tombstones.FORBIDDEN, at=at)
        (kept,) = deliveries.find(con, "d.id = $id", {"id": delivery})
        log.add(con, deeds.received(kept, verdict.outcome, verdict.findings), at=at)
    return delivery


def _copy_rows(
    con: Connection, delivery: int, verdict: Verdict, *, contract: Contract, staged: Connection
) -> None:
    """Stream the rows from the staging database into the store's tables of the contract.

    Copying inside one DuckDB would need the staging place to reach the store's file. A stream of
    record batches costs a third more and keeps a partner's file away from it.
    """
    for source, target, name in _sources(verdict, contract, staged):
        batches = staged.sql(source).to_arrow_reader(_BATCH)
        insert(con, target, batches, first={name: delivery})


def _sources(
    verdict: Verdict, contract: Contract, staged: Connection
) -> Iterator[tuple[str, str, str]]:
    """Yield the SQL of the rows to keep, the table they go to, and its column of the delivery."""
    columns = listed(["_row", *(column.name for column in contract.columns)])
    table = quoted(contract.id)
    kept = _REFUSED
    if verdict.outcome is not Outcome.REFUSED:
        yield f"SELECT {columns} FROM accepted", f"accepted.{table}", "_delivery"
        kept = f"{_REFUSED} UNION ALL {_REPAIRED}"
    elif staged.execute(f"SELECT count(*) FROM ({_REFUSED})").fetchall() == [(0,)]:
        return  # a file that could not be read has no rows
    yield (
        f"SELECT {columns} FROM text SEMI JOIN ({kept}) USING (_row)",
        f"received.{table}",
        "_delivery",
    )
    yield 'SELECT _row AS "row", codes FROM quarantine', "received.quarantine", "delivery"
