"""Observed and published figures: what was worked out, and what was brought out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import polars as pl

from sources.store import log
from sources.store.connection import Connection, insert, selected, stored, transaction
from sources.store.log import Action, Deed


@dataclass(frozen=True, slots=True)
class Established:
    """Who established an edition, and when: from then on it is public, and stays as it is."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """How an edition came about.

    `digest` tells the content apart from that of another edition. `account` says what it was made
    of: versions of the program, the agreement and the contracts, the deliveries that counted, and
    the checksum of every file. Until somebody established it, it is a concept.
    """

    id: str
    quarter: str
    known_at: datetime
    digest: str
    previous: str | None = None
    account: Mapping[str, object] = field(default_factory=dict)
    established: Established | None = None

    def public(self, at: datetime) -> bool:
        """Return whether everybody could read it at a moment."""
        return self.established is not None and self.established.at <= at


def digest(frame: pl.DataFrame) -> str:
    """Return a checksum of the content of a frame: equal rows in equal order give equal text."""
    return hashlib.sha256(frame.write_csv(null_value="\\N").encode()).hexdigest()


_ROUND = "quarter = $quarter AND known_at = $known_at"


def save_observations(
    con: Connection, quarter: str, frame: pl.DataFrame, *, known_at: datetime, at: datetime
) -> bool:
    """Keep a quarter's observations as known at a moment; False where they were kept already.

    `at` is the moment at which they were worked out, for the log.
    """
    content = digest(frame)
    values = {"quarter": quarter, "known_at": stored(known_at)}
    same = con.execute(f"SELECT digest FROM observed.rounds WHERE {_ROUND}", values).fetchall()
    if same == [(content,)]:
        return False
    with transaction(con):
        for table in ("observed.rounds", "observed.observations"):
            con.execute(f"DELETE FROM {table} WHERE {_ROUND}", values)
        con.execute(
            "INSERT INTO observed.rounds VALUES ($quarter, $known_at, $digest)",
            {**values, "digest": content},
        )
        insert(con, "observed.observations", frame.to_arrow(), first=values)
        log.add(con, observed(quarter, known_at, content), at=at)
    return True


def observed(quarter: str, known_at: datetime, checksum: str) -> Deed:
    """Return what the log tells of the figures of a quarter, known by their checksum."""
    facts = {"quarter": quarter, "known_at": _zoned(known_at), "sha256": checksum}
    return Deed(Action.OBSERVED, f"kwartaal {quarter}", "bewaard", facts)


def rounds(con: Connection) -> list[tuple[str, datetime, str]]:
    """Return of each quarter and moment that figures were kept of: the checksum, in order."""
    rows = con.execute(
        "SELECT quarter, known_at, digest FROM observed.rounds ORDER BY known_at, quarter"
    ).fetchall()
    return [(quarter, known_at.replace(tzinfo=UTC), digest) for quarter, known_at, digest in rows]


def observations(con: Connection, quarter: str, *, known_at: datetime) -> pl.DataFrame | None:
    """Return the last observations of a quarter at or before a moment, if there are any."""
    rounds = con.execute(
        "SELECT max(known_at) FROM observed.rounds "
        "WHERE quarter = $quarter AND known_at <= $known_at",
        {"quarter": quarter, "known_at": stored(known_at)},
    ).fetchall()
    if rounds[0][0] is None:
        return None
    return selected(
        con,
        "SELECT * EXCLUDE (quarter, known_at) FROM observed.observations "
        f"WHERE {_ROUND} ORDER BY rowid",
        {"quarter": quarter, "known_at": rounds[0][0]},
    )


def save_edition(
    con: Connection,
    edition: EditionRecord,
    figures: pl.DataFrame,
    *,
    rounded: pl.DataFrame,
    internal: pl.DataFrame,
) -> None:
    """Record a concept, its figures and what the next one must know of it, in one transaction."""
    account, known_at = _as_text(edition.account), stored(edition.known_at)
    values = [edition.id, edition.quarter, known_at, edition.previous, edition.digest, account]
    with transaction(con):
        con.execute("INSERT INTO published.editions VALUES (?, ?, ?, ?, ?, ?)", values)
        insert(con, "published.figures", figures.to_arrow())
        insert(con, "published.rounded", rounded.to_arrow(), first={"edition": edition.id})
        insert(con, "published.internal", internal.to_arrow(), first={"edition": edition.id})
        log.add(con, published(edition, concept=True), at=edition.known_at)


def published(edition: EditionRecord, *, concept: bool = False) -> Deed:
    """Return what the log tells of an edition, known by the checksum of what it tells.

    `concept`: somebody has to establish it yet. It was public at once before that was asked.
    """
    facts: dict[str, object] = {
        "edition": edition.id,
        "quarter": edition.quarter,
        "known_at": _zoned(edition.known_at),
        "sha256": edition.digest,
        "agreement": edition.account.get("agreement", ""),
    }
    if concept:
        facts["concept"] = True
    return Deed(Action.PUBLISHED, f"editie {edition.id}", "bewaard", facts)


def release(con: Connection, edition: EditionRecord, established: Established) -> None:
    """Record that a concept was established, with its `account` of now, in one transaction."""
    moment = stored(established.at)
    facts = {"edition": edition.id, "sha256": edition.digest}
    deed = Deed(Action.RELEASED, f"vaststelling van editie {edition.id}", "openbaar", facts)
    with transaction(con):
        row = [edition.id, moment, established.by]
        con.execute("INSERT INTO published.releases VALUES (?, ?, ?)", row)
        con.execute(
            "UPDATE published.editions SET account = $account WHERE id = $id",
            {"account": _as_text(edition.account), "id": edition.id},
        )
        log.add(con, deed, at=established.at, actor=established.by)


def _as_text(account: Mapping[str, object]) -> str:
    return json.dumps(dict(account), ensure_ascii=False, sort_keys=True)


def _zoned(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def editions(con: Connection) -> list[EditionRecord]:
    """Return the editions in the order in which they became known."""
    rows = con.execute(
        """SELECT e.id, e.quarter, e.known_at, e.digest, e.previous, e.account,
            r.stored_by, r.moment
        FROM published.editions AS e LEFT JOIN published.releases AS r ON r.edition = e.id
        ORDER BY e.known_at, e.id"""
    ).fetchall()
    return [
        EditionRecord(
            *(id, quarter, known_at.replace(tzinfo=UTC), digest, previous, json.loads(text)),
            established=Established(by, moment.replace(tzinfo=UTC)) if moment else None,
        )
        for id, quarter, known_at, digest, previous, text, by, moment in rows
    ]


def figures(con: Connection, edition: str) -> pl.DataFrame:
    """Return the figures of an edition, in the form of `transforms.observations.PUBLISHED`."""
    return selected(
        con, "FROM published.figures WHERE edition = $edition ORDER BY rowid", {"edition": edition}
    )


def rounded(con: Connection, edition: str) -> pl.DataFrame:
    """Return the rounded counts of an edition: count, period, area, partner, breakdown, rounded.

    An edition of before they were kept has none.
    """
    return _remembered(con, "rounded", edition)


def internal(con: Connection, edition: str) -> pl.DataFrame:
    """Return the counts of an internal edition; one of before they were kept has none.

    Columns: count, period, area, partner, breakdown, exact, hidden (bool).
    """
    return _remembered(con, "internal", edition)


def _remembered(con: Connection, table: str, edition: str) -> pl.DataFrame:
    query = f"SELECT * EXCLUDE (edition) FROM published.{table} WHERE edition = $edition"
    return selected(con, f"{query} ORDER BY rowid", {"edition": edition})
