"""The record of deliveries: what came, what became of it, and which one counts at a moment."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl

from sources.inbox import Parcel
from sources.store import states
from sources.store.connection import Connection, insert, selected
from sources.store.states import State
from sources.verdict import Finding, Level, Outcome, Records, Verdict


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery as recorded: `outcome` is what the gate said, `state` where it is now."""

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
    state: State


def stored(moment: datetime) -> datetime:
    """Return a moment (with zone) as the store keeps it: UTC, without zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


_SELECT = """
SELECT d.*, (
    SELECT e.to_state FROM received.events AS e WHERE e.delivery = d.id
    ORDER BY e.position DESC LIMIT 1
) AS state
FROM received.deliveries AS d
"""


def find(con: Connection, where: str, values: Mapping[str, object]) -> list[Delivery]:
    """Return the deliveries for which a condition over `d` holds, in order of arrival."""
    cursor = con.execute(f"{_SELECT} WHERE {where} ORDER BY d.id", dict(values))
    names = [column[0] for column in cursor.description or ()]
    return [_delivery(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _delivery(row: dict[str, Any]) -> Delivery:
    made = {
        "received_at": row["received_at"].replace(tzinfo=UTC),
        "outcome": Outcome(row["outcome"]),
        "records": Records(**json.loads(row["records"])),
        "state": State(row["state"]),
    }
    return Delivery(**{**row, **made})


def record(con: Connection, parcel: Parcel, *, version: str, verdict: Verdict, at: datetime) -> int:
    """Add a delivery with its events and return its id; inside the caller's transaction."""
    last = con.execute("SELECT coalesce(max(id), 0) FROM received.deliveries").fetchall()
    delivery = int(last[0][0]) + 1
    con.execute(
        "INSERT INTO received.deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        ],
    )
    _begin(con, delivery, states.path(verdict), at=at)
    return delivery


def _begin(con: Connection, delivery: int, path: Sequence[State], *, at: datetime) -> None:
    """Add the events of a delivery that went all the way to its verdict at one moment."""
    befores = [None, *path[:-1]]
    for before, after in zip(befores, path, strict=True):
        states.check(before, after)
    con.execute(
        "INSERT INTO received.events "
        "SELECT $delivery, generate_subscripts($to, 1), unnest($from), unnest($to), $moment, ''",
        {
            "delivery": delivery,
            "from": [before and before.value for before in befores],
            "to": [after.value for after in path],
            "moment": stored(at),
        },
    )


def move(con: Connection, delivery: int, to: State, *, at: datetime, reason: str = "") -> None:
    """Add the event that brings a delivery to a state.

    Raises:
        IllegalTransition: it cannot go there from where it is.
    """
    rows = con.execute(
        "SELECT position, to_state FROM received.events WHERE delivery = $delivery "
        "ORDER BY position DESC LIMIT 1",
        {"delivery": delivery},
    ).fetchall()
    position, before = (rows[0][0] + 1, State(rows[0][1])) if rows else (1, None)
    states.check(before, to)
    con.execute(
        "INSERT INTO received.events VALUES (?, ?, ?, ?, ?, ?)",
        [delivery, position, before and before.value, to.value, stored(at), reason],
    )


def replace_older(con: Connection, sent: Parcel | Delivery, at: datetime) -> None:
    """Move the established deliveries that no longer count for a period to `vervangen`."""
    same = "d.partner = $partner AND d.contract = $contract AND d.period = $period"
    values = {"partner": sent.partner, "contract": sent.contract, "period": sent.period}
    established = [d for d in find(con, same, values) if d.state is State.ESTABLISHED]
    winner = max(established, key=lambda d: (d.number, d.id), default=None)
    for delivery in established:
        if delivery is not winner:
            move(con, delivery.id, State.REPLACED, at=at)


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


_KNOWN = """
SELECT
    d.id, d.partner, d.contract, d.contract_version, d.period, d.number, d.correction,
    d.file_name, d.sha256, d.received_at, d.outcome,
    (
        SELECT e.to_state FROM received.events AS e
        WHERE e.delivery = d.id AND e.moment <= $known_at ORDER BY e.position DESC LIMIT 1
    ) AS state,
    CAST(d.records->>'accepted' AS BIGINT) AS accepted_rows,
    CAST(d.records->>'quarantined' AS BIGINT) AS refused_rows,
    d.id IN (SELECT id FROM accepted.deliveries_that_count($known_at)) AS counts
FROM received.deliveries AS d
WHERE d.received_at <= $known_at
ORDER BY d.id
"""


def known(con: Connection, known_at: datetime) -> pl.DataFrame:
    """Return the deliveries received at or before a moment, with their state at that moment."""
    return selected(con, _KNOWN, {"known_at": stored(known_at)})


_FINDINGS = {
    "delivery": pl.Int32,
    "position": pl.Int32,
    "code": pl.String,
    "level": pl.String,
    "message": pl.String,
    "how_to_mend": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "sheet": pl.String,
}


def save_findings(con: Connection, delivery: int, findings: Iterable[Finding]) -> None:
    """Keep what was found in a delivery, in its order."""
    rows = [
        (delivery, n, f.code, f.level.value, f.message, f.how_to_mend, f.row, f.column, f.sheet)
        for n, f in enumerate(findings)
    ]
    insert(con, "received.findings", pl.DataFrame(rows, schema=_FINDINGS, orient="row").to_arrow())


def findings(con: Connection, delivery: int) -> tuple[Finding, ...]:
    """Return what was found in a delivery, in its order."""
    rows = con.execute(
        'SELECT code, level, message, how_to_mend, "row", "column", sheet '
        "FROM received.findings WHERE delivery = $delivery ORDER BY position",
        {"delivery": delivery},
    ).fetchall()
    return tuple(Finding(code, Level(level), *rest) for code, level, *rest in rows)
