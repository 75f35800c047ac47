"""What people said of stories, and taking a story out of all that the store keeps of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import polars as pl

from sources.contracts.model import Contract, FieldType
from sources.store import log
from sources.store.connection import Connection, selected, stored, transaction
from sources.store.log import Action, Deed
from sources.store.names import listed, quoted
from sources.store.schema import column_names
from sources.store.states import State


class Said(StrEnum):
    """What a person said of a story."""

    SIGNED = "getekend"
    WITHDRAWN = "ingetrokken"


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One thing said of a story: who, when, why; `checksum` is that of the text that was signed.

    A story is known by who delivered it and its own number there.
    """

    partner: str
    story: str
    said: Said
    checksum: str
    moment: datetime
    by: str
    reason: str = ""


class Stories:
    """The stories of an open store."""

    def __init__(self, con: Connection) -> None:
        self._con = con

    def say(self, events: Iterable[StoryEvent]) -> None:
        """Add what was said, all or nothing; nothing is ever changed or deleted."""
        with transaction(self._con):
            for one in events:
                self._con.execute(
                    "INSERT INTO received.story_events VALUES (?, ?, ?, ?, ?, ?, ?)",
                    [
                        *(one.partner, one.story, one.said.value, one.checksum),
                        *(stored(one.moment), one.by, one.reason),
                    ],
                )
                log.add(self._con, deed(one), at=one.moment, actor=one.by)

    def events(self) -> list[StoryEvent]:
        """Return all that was said, in order."""
        rows = self._con.execute(
            "SELECT partner, story, said, checksum, moment, stored_by, reason "
            "FROM received.story_events ORDER BY moment, rowid"
        ).fetchall()
        return [
            StoryEvent(partner, story, Said(said), checksum, at.replace(tzinfo=UTC), by, reason)
            for partner, story, said, checksum, at, by, reason in rows
        ]

    def told(self, contract: Contract) -> pl.DataFrame:
        """Return every story of which the store has a text, of whatever delivery was answered.

        Columns: `_delivery`, `_partner`, `_row` and the contract's. Of a delivery that waits for an
        answer nothing is told.
        """
        if not column_names(self._con, "accepted", contract.id):
            return pl.DataFrame()
        return selected(
            self._con,
            f"""SELECT d.partner AS _partner, r.* FROM accepted.{quoted(contract.id)} AS r
            JOIN received.deliveries AS d ON r._delivery = d.id
            WHERE coalesce({listed(_texts(contract))}) IS NOT NULL AND (
                SELECT e.to_state FROM received.events AS e WHERE e.delivery = d.id
                ORDER BY e.position DESC LIMIT 1) <> $waits
            ORDER BY r._delivery, r._row""",
            {"waits": State.ON_HOLD.value},
        )

    def forget(self, contract: Contract, gone: pl.DataFrame, *, at: datetime) -> None:
        """Take the texts of stories out of what was received and accepted; their rows stay.

        `gone`: `_delivery` and `_row`. Consent that was given is taken back, so that the story
        counts in no figure either. The sealed file is kept as long as the contract says.
        """
        rows = gone.select("_delivery", "_row").rows()
        empty = ", ".join(f"{quoted(name)} = NULL" for name in _texts(contract))
        taken_back = "CASE toestemming WHEN 'ja' THEN 'ingetrokken' ELSE toestemming END"
        with transaction(self._con):
            for schema in ("accepted", "received"):
                table = f"{schema}.{quoted(contract.id)}"
                self._con.executemany(
                    f"UPDATE {table} SET {empty}, toestemming = {taken_back} "
                    "WHERE _delivery = ? AND _row = ?",
                    rows,
                )
            # A row that was refused is in no accepted table: it is known by its own number.
            self._con.execute(
                f"""UPDATE received.{quoted(contract.id)} AS r SET {empty} WHERE EXISTS (
                SELECT 1 FROM received.story_events AS e
                JOIN received.deliveries AS d ON d.partner = e.partner
                WHERE d.id = r._delivery AND e.story = r.verhaal_id AND e.said = $withdrawn)""",
                {"withdrawn": Said.WITHDRAWN.value},
            )
            told = Deed(Action.FORGOTTEN, "verhalen", f"{len(rows)} verhalen gewist")
            log.add(self._con, told, at=at)
        self._con.execute("CHECKPOINT")

    def rewritten(self, edition: str, checksums: Mapping[str, str], *, at: datetime) -> None:
        """Record the checksums of files of an edition out of which a story was taken."""
        (found,) = self._con.execute(
            "SELECT account FROM published.editions WHERE id = $id", {"id": edition}
        ).fetchall()
        account = json.loads(found[0])
        account["files"] = {**account.get("files", {}), **checksums}
        text = json.dumps(account, ensure_ascii=False, sort_keys=True)
        told = Deed(Action.REWRITTEN, f"editie {edition}", f"{len(checksums)} bestanden aangepast")
        with transaction(self._con):
            self._con.execute(
                "UPDATE published.editions SET account = $account WHERE id = $id",
                {"account": text, "id": edition},
            )
            log.add(self._con, told, at=at)


def deed(one: StoryEvent) -> Deed:
    """Return what the log tells of what was said of a story: not a word of it, and not why."""
    facts = {"partner": one.partner, "story": one.story, "said": one.said.value}
    facts["checksum"] = one.checksum
    return Deed(Action.STORY, f"{one.partner}, verhaal {one.story}", one.said.value, facts)


def _texts(contract: Contract) -> list[str]:
    """Return the columns in which a teller's own words stand."""
    return [c.name for c in contract.columns if c.personal and c.type is FieldType.TEXT]
