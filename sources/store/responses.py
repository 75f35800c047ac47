"""What partners said beside their figures in a concept: the last holds, until its term is over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sources.store import log
from sources.store.connection import Connection, stored, transaction
from sources.store.log import Action, Deed
from sources.store.tombstones import RETENTION


@dataclass(frozen=True, slots=True)
class Response:
    """What a partner said beside the figure of one indicator in one edition.

    `sha256`: under which the words are sealed; '' where they were taken back, and so is `text`.
    Past their term there is no text either, unless an established edition shows it.
    """

    edition: str
    partner: str
    indicator: str
    text: str
    sha256: str
    moment: datetime
    by: str


class Responses:
    """The responses of partners in an open store."""

    def __init__(self, con: Connection) -> None:
        self._con = con

    def say(self, one: Response) -> None:
        """Add what was said."""
        with transaction(self._con):
            self._con.execute(
                "INSERT INTO received.responses VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    *(one.edition, one.partner, one.indicator, one.text, one.sha256),
                    *(stored(one.moment), one.by),
                ],
            )
            log.add(self._con, deed(one), at=one.moment, actor=one.by)

    def every(self) -> list[Response]:
        """Return all that was said, in order."""
        rows = self._con.execute(
            "SELECT edition, partner, indicator, text, sha256, moment, stored_by "
            "FROM received.responses ORDER BY moment, rowid"
        ).fetchall()
        return [
            Response(edition, partner, indicator, text, sha256, at.replace(tzinfo=UTC), by)
            for edition, partner, indicator, text, sha256, at, by in rows
        ]

    def tombstones(self) -> list[str]:
        """Return of which words the sealed file was deleted, in the order in which they were."""
        rows = self._con.execute(
            "SELECT sha256 FROM received.response_tombstones ORDER BY deleted_at, sha256"
        ).fetchall()
        return [sha256 for (sha256,) in rows]

    def forget(self, past: Sequence[str], *, shown: Collection[str], at: datetime) -> None:
        """Put tombstones for words past their term, and delete those that are not shown.

        By their checksums; all or nothing. Who said something, where and when stays.
        """
        if not past:
            return
        facts = {"responses": list(past), "shown": [one for one in past if one in shown]}
        deed = Deed(Action.RETAINED, "reacties van partners", f"{len(past)} gewist", facts)
        with transaction(self._con):
            for sha256 in past:
                if sha256 not in shown:
                    wiped = "UPDATE received.responses SET text = '' WHERE sha256 = $sha256"
                    self._con.execute(wiped, {"sha256": sha256})
                stone = "INSERT INTO received.response_tombstones VALUES (?, ?, ?)"
                row = [sha256, RETENTION, stored(at)]
                self._con.execute(f"{stone} ON CONFLICT DO NOTHING", row)
            log.add(self._con, deed, at=at)


def deed(one: Response) -> Deed:
    """Return what the log tells of a response: not a word of it."""
    names = ("edition", "partner", "indicator", "sha256")
    facts = {name: getattr(one, name) for name in names}
    what = f"{one.partner}, {one.indicator}, editie {one.edition}"
    return Deed(Action.RESPONDED, what, "gezegd" if one.sha256 else "teruggenomen", facts)
