"""What partners said beside their figures in a concept: only ever added to, the last one holds."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sources.store import log
from sources.store.connection import Connection, stored, transaction
from sources.store.log import Action, Deed


@dataclass(frozen=True, slots=True)
class Response:
    """What a partner said beside the figure of one indicator in one edition.

    `sha256`: under which the words are sealed; '' where they were taken back, and so is `text`.
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
        """Add what was said; nothing is ever changed or deleted."""
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


def deed(one: Response) -> Deed:
    """Return what the log tells of a response: not a word of it."""
    names = ("edition", "partner", "indicator", "sha256")
    facts = {name: getattr(one, name) for name in names}
    what = f"{one.partner}, {one.indicator}, editie {one.edition}"
    return Deed(Action.RESPONDED, what, "gezegd" if one.sha256 else "teruggenomen", facts)
