"""The log for the auditor: what was done, on what, with which result, by whom, through what, when.

Lines are only ever added, each in the transaction of what it tells. Each holds the checksum of the
one before, so that a line that is changed, deleted or moved breaks the chain. No line holds a value
of a delivery, a word of a story or a reason that somebody typed: those stay where they are kept.
With the sealed files, the key and the agreement it is enough to make the store again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sources.store.connection import Connection, stored


class Action(StrEnum):
    """What was done; the value is the word in the log."""

    RECEIVED = "levering ontvangen"
    ANSWERED = "levering beantwoord"
    WITHDRAWN = "levering ingetrokken"
    ALIAS = "kolomnaam vastgesteld"
    STORY = "over verhaal gezegd"
    FORGOTTEN = "tekst van verhalen gewist"
    REWRITTEN = "bestanden van editie aangepast"
    RETAINED = "na bewaartermijn gewist"
    OBSERVED = "cijfers uitgewerkt"
    PUBLISHED = "editie gemaakt"
    RESPONDED = "partner zei iets bij een cijfer"
    RELEASED = "editie vastgesteld"
    FINISHED = "ronde afgerond"
    BACKED_UP = "reservekopie gemaakt"
    CLEARED = "reservekopieën opgeruimd"
    RESTORED = "reservekopie teruggezet"
    POSTED = "bericht verstuurd"


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be logged. `facts`: what is needed to do it again, as JSON can hold it."""

    action: Action
    object: str
    result: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log. `origin` is the command, `actor` who gave it ('' where not known)."""

    position: int
    moment: datetime
    origin: str
    actor: str
    action: str
    object: str
    result: str
    facts: Mapping[str, Any]
    digest: str

    def follows(self, before: str) -> bool:
        """Return whether this line stands, right after one with the digest `before`."""
        return self.digest == _digest(before, _told(self))

    def as_json(self) -> str:
        """Return the line as the copy beside the store holds it."""
        told = {**_told(self), "digest": self.digest}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


BEGIN = "0" * 64
"""What the first line follows."""


def acting(con: Connection, *, origin: str, actor: str) -> None:
    """Say for this connection through which command, and by whom, everything is done from now."""
    con.execute("SET VARIABLE origin = $origin", {"origin": origin})
    con.execute("SET VARIABLE actor = $actor", {"actor": actor})


class Log:
    """The log of an open store."""

    def __init__(self, con: Connection) -> None:
        self._con = con

    def lines(self) -> list[Line]:
        """Return all lines, in order."""
        return lines(self._con)

    def tell(self, deed: Deed, *, at: datetime) -> None:
        """Add what was done with the store as a whole."""
        add(self._con, deed, at=at)

    def tells(self, action: Action, object: str) -> bool:
        """Return whether something was done with an object."""
        told = "SELECT 1 FROM main.log WHERE action = $action AND object = $object LIMIT 1"
        return bool(self._con.execute(told, {"action": action.value, "object": object}).fetchall())

    def acting(self, *, origin: str, actor: str) -> None:
        """Say through what, and by whom, all is done from now: when it is done over."""
        acting(self._con, origin=origin, actor=actor)


def add(con: Connection, deed: Deed, *, at: datetime, actor: str = "") -> None:
    """Add a line; inside the caller's transaction. `actor`: who, where the deed itself names one.

    The connection says through what, and by whom else (see `acting`).
    """
    position, before = head(con)
    values = "coalesce(getvariable('origin'), ''), coalesce(getvariable('actor'), '')"
    ((origin, by),) = con.execute(f"SELECT {values}").fetchall()
    line = Line(
        position + 1,
        stored(at).replace(tzinfo=UTC),
        origin,
        actor or by,
        deed.action.value,
        deed.object,
        deed.result,
        deed.facts,
        "",
    )
    row = [
        *(line.position, stored(at), line.origin, line.actor, line.action, line.object),
        *(line.result, _as_text(line.facts), _digest(before, _told(line))),
    ]
    con.execute("INSERT INTO main.log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def head(con: Connection) -> tuple[int, str]:
    """Return the position and the digest of the last line; 0 and `BEGIN` where there is none."""
    last = "SELECT position, digest FROM main.log ORDER BY position DESC LIMIT 1"
    found = con.execute(last).fetchall()
    return (int(found[0][0]), str(found[0][1])) if found else (0, BEGIN)


def digest_at(con: Connection, position: int) -> str:
    """Return the digest of a line; '' where there is no such line."""
    found = con.execute("SELECT digest FROM main.log WHERE position = $at", {"at": position})
    return "".join(digest for (digest,) in found.fetchall())


def lines(con: Connection, *, after: int = 0) -> list[Line]:
    """Return the lines after a position, in order."""
    rows = con.execute(
        "SELECT position, moment, origin, actor, action, object, result, facts, digest "
        "FROM main.log WHERE position > $after ORDER BY position, digest",
        {"after": after},
    ).fetchall()
    return [_line(*row) for row in rows]


def read(text: Iterable[str]) -> Iterator[Line]:
    """Yield lines from the copy beside the store. Raises ValueError at one that is none."""
    for one in text:
        try:
            told = json.loads(one)
            yield Line(**{**told, "moment": datetime.fromisoformat(told["moment"])})
        except (TypeError, KeyError) as error:
            raise ValueError(one) from error


def broken(chain: Iterable[Line]) -> str:
    """Say of the first line that does not follow the one before what is wrong; '' where all do."""
    position, before = 0, BEGIN
    for line in chain:
        if line.position != position + 1:
            return f"Na regel {position} komt regel {line.position}: er is iets weg of verplaatst."
        if not line.follows(before):
            return f"Regel {line.position} is veranderd, verwijderd of verplaatst."
        position, before = line.position, line.digest
    return ""


def _line(position: int, moment: datetime, *told: str) -> Line:
    """Return a row of the table as a line."""
    origin, actor, action, object, result, facts, digest = told
    return Line(
        position,
        moment.replace(tzinfo=UTC),
        origin,
        actor,
        action,
        object,
        result,
        json.loads(facts),
        digest,
    )


def _told(line: Line) -> dict[str, Any]:
    told = asdict(line)
    del told["digest"]
    return {**told, "moment": line.moment.astimezone(UTC).isoformat(), "facts": dict(line.facts)}


def _digest(before: str, told: Mapping[str, Any]) -> str:
    return hashlib.sha256(f"{before}\n{_as_text(told)}".encode()).hexdigest()


def _as_text(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, default=dict)
