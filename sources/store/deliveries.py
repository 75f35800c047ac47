"""The record of deliveries: what came, what became of it, and which one counts at a moment."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from sources.inbox import Parcel
from sources.manifest.said import Manifest, as_json, from_json
from sources.store import life, states
from sources.store.connection import Connection, selected, stored
from sources.store.states import State
from sources.verdict import Outcome, Records, Verdict


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery as recorded: `state` is where it is now, `outcome` what became of it so far.

    An outcome is what the gate said, until a delivery that waited was answered. `said` is what
    its manifests said.
    """

    id: int
    partner: str
    contract: str
    contract_version: str
    period: str
    number: int
    correction: bool
    sha256: str
    file_name: str
    received_at: datetime
    outcome: Outcome
    records: Records
    said: tuple[Manifest, ...]
    state: State


def _as_it_stands(until: str) -> str:
    """Return in SQL each delivery `d` with its `life`: where its events brought it.

    `outcome` and `state` of it follow; `until` is a condition over the events `e`.
    """
    return f"""
        received.deliveries AS d LEFT JOIN (
            SELECT
                e.delivery,
                arg_max(e.to_state, e.position) AS state,
                bool_or(e.to_state = '{State.REFUSED}') AS refused,
                bool_or(e.to_state = '{State.ESTABLISHED}') AS established
            FROM received.events AS e WHERE {until} GROUP BY e.delivery
        ) AS life ON life.delivery = d.id"""


_STANDING = f"""
    CASE
        WHEN d.outcome <> '{Outcome.ON_HOLD}' THEN d.outcome
        WHEN life.refused THEN '{Outcome.REFUSED}'
        WHEN life.established IS NOT TRUE THEN d.outcome
        WHEN d.records->>'quarantined' = '0' THEN '{Outcome.ACCEPTED}'
        ELSE '{Outcome.ACCEPTED_WITH_REFUSALS}'
    END AS outcome,
    life.state"""


def find(
    con: Connection, where: str, values: Mapping[str, object], *, until: str = "true"
) -> list[Delivery]:
    """Return the deliveries for which a condition over `d` holds, in order of arrival.

    `until`: a condition over the events `e`, for how they stood at a moment.
    """
    select = f"SELECT d.* EXCLUDE (outcome), {_STANDING} FROM {_as_it_stands(until)}"
    cursor = con.execute(f"{select} WHERE {where} ORDER BY d.id", dict(values))
    names = [column[0] for column in cursor.description or ()]
    return [_delivery(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _delivery(row: dict[str, Any]) -> Delivery:
    made = {
        "received_at": row["received_at"].replace(tzinfo=UTC),
        "outcome": Outcome(row["outcome"]),
        "records": Records(**json.loads(row["records"])),
        "said": from_json(row["said"]),
        "state": State(row["state"]),
    }
    return Delivery(**{**row, **made})


def record(
    con: Connection,
    parcel: Parcel,
    *,
    version: str,
    verdict: Verdict,
    said: Sequence[Manifest],
    at: datetime,
) -> int:
    """Add a delivery with its events and return its id; inside the caller's transaction."""
    last = con.execute("SELECT coalesce(max(id), 0) FROM received.deliveries").fetchall()
    delivery = int(last[0][0]) + 1
    con.execute(
        "INSERT INTO received.deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            delivery,
            parcel.partner,
            parcel.contract,
            version,
            parcel.period,
            parcel.number,
            parcel.correction,
            parcel.sha256,
            parcel.path.name,
            stored(at),
            verdict.outcome.value,
            json.dumps(asdict(verdict.records)),
            as_json((parcel.said, *said)),
        ],
    )
    life.begin(con, delivery, states.path(verdict), at=at)
    return delivery


_SAME_PERIOD = "d.partner = $partner AND d.contract = $contract AND d.period = $period"


def same_period(con: Connection, sent: Parcel | Delivery) -> list[Delivery]:
    """Return the deliveries of a partner and contract for one period, in order of arrival."""
    values = {"partner": sent.partner, "contract": sent.contract, "period": sent.period}
    return find(con, _SAME_PERIOD, values)


def to_compare(con: Connection, parcel: Parcel, known_at: datetime) -> Delivery | None:
    """Return the delivery that counts for a parcel's period, else for the last period before."""
    found = find(
        con,
        "d.partner = $partner AND d.contract = $contract AND d.period <= $period "
        "AND d.id IN (SELECT id FROM accepted.deliveries_that_count($known_at))",
        {
            "partner": parcel.partner,
            "contract": parcel.contract,
            "period": parcel.period,
            "known_at": stored(known_at),
        },
    )
    return max(found, key=lambda delivery: delivery.period, default=None)


def settle(con: Connection, sent: Parcel | Delivery, *, at: datetime) -> None:
    """Let of one period only the accepted delivery with the highest number count.

    Another that counted is replaced, and so is one that waits under a lower number. One that was
    replaced counts again after what came in its place was withdrawn.
    """
    known = same_period(con, sent)
    accepted = [d for d in known if d.state in (State.ESTABLISHED, State.REPLACED)]
    accepted = [d for d in accepted if d.outcome is not Outcome.ON_HOLD]
    winner = max(accepted, key=lambda d: (d.number, d.id), default=None)
    if winner is None:
        return
    if winner.state is State.REPLACED:
        life.move(con, winner.id, State.ESTABLISHED, at=at, reason="haar vervanger is ingetrokken")
    for delivery in known:
        waits = delivery.state is State.ON_HOLD and delivery.number < winner.number
        if waits or (delivery.state is State.ESTABLISHED and delivery is not winner):
            life.move(con, delivery.id, State.REPLACED, at=at)


def before(con: Connection, delivery: Delivery) -> Delivery | None:
    """Return the accepted delivery before one, of its period or else of an earlier one.

    As it was known when that one came: what was replaced since was accepted too.
    """
    found = find(
        con,
        "d.id < $id AND d.partner = $partner AND d.contract = $contract AND d.period <= $period "
        f"AND life.state IN ('{State.ESTABLISHED}', '{State.REPLACED}')",
        {
            "id": delivery.id,
            "partner": delivery.partner,
            "contract": delivery.contract,
            "period": delivery.period,
            "known_at": stored(delivery.received_at),
        },
        until="e.moment <= $known_at",
    )
    return max(found, key=lambda one: (one.period, one.id), default=None)


def counting(con: Connection, contracts: Sequence[str], known_at: datetime) -> list[int]:
    """Return the ids of the deliveries of some contracts that count at a moment, in order."""
    rows = con.execute(
        "SELECT id FROM accepted.deliveries_that_count($known_at) "
        "WHERE contract IN $contracts ORDER BY id",
        {"known_at": stored(known_at), "contracts": list(contracts)},
    ).fetchall()
    return [delivery for (delivery,) in rows]


_KNOWN = f"""
SELECT
    d.id, d.partner, d.contract, d.contract_version, d.period, d.number, d.correction,
    d.file_name, d.sha256, d.received_at, {_STANDING},
    CAST(d.records->>'accepted' AS BIGINT) AS accepted_rows,
    CAST(d.records->>'quarantined' AS BIGINT) AS refused_rows,
    d.id IN (SELECT id FROM accepted.deliveries_that_count($known_at)) AS counts
FROM {_as_it_stands("e.moment <= $known_at")}
WHERE d.received_at <= $known_at
ORDER BY d.id
"""


def known(con: Connection, known_at: datetime) -> pl.DataFrame:
    """Return the deliveries received at or before a moment, with their state at that moment."""
    return selected(con, _KNOWN, {"known_at": stored(known_at)})
