"""Which messages there are, and under which key each goes out once."""

from datetime import datetime

from flows.post import outbox
from flows.post.outbox import TEAM, Message
from flows.settings import ZONE, Settings, Town
from flows.steps.answer import told
from flows.steps.remind import Notice, notices, remind
from reports import feedback, letters
from reports.letters import Due
from sources.errors import FactsheetError
from sources.store import Delivery, Store

_MOST = 5_000_000
"""Bytes of files that go along; many a server takes no message of more than 10 MB."""


def receipt(town: Town, store: Store, delivery: Delivery, *, news: bool = False) -> None:
    """Tell a partner what became of its delivery; `news`: what was said of it since.

    The same file once more is the same message, and is not sent again.
    """
    if town.settings.mail is None or not town.agreement.partners[delivery.partner].email:
        return
    answer = told(town, store, delivery)
    files = feedback.mailed(answer)
    whole = sum(map(len, files.values())) <= _MOST
    if not whole:
        del files["bevindingen.csv"]
    message = Message(
        f"levering-{delivery.id}-{delivery.sha256[:8]}{f'-{delivery.state}' if news else ''}",
        delivery.partner,
        letters.receipt(answer, whole=whole),
        files,
    )
    happened = store.events(delivery.id)[-1].moment.astimezone(ZONE)
    outbox.put(town.settings, store, message, at=happened)


def reminders(town: Town, store: Store, *, at: datetime) -> None:
    """Remind every partner whose day it is; on days on which some are late, tell the data team."""
    today = list(notices(town, store, at=at))
    for notice in today:
        if town.agreement.partners[notice.partner].email:
            outbox.put(town.settings, store, _reminder(town, notice), at=at)
    if late := [notice.day for notice in today if notice.late]:
        outbox.put(town.settings, store, _not_delivered(town, store, f"{max(late)}", at=at), at=at)


def failed(settings: Settings, flow: str, run: str, state: str, *, at: datetime) -> None:
    """Tell the data team that a round failed: once a day for each flow, whatever was the cause."""
    key = f"mislukt-{flow}-{at.astimezone(ZONE):%Y-%m-%d}"
    message = Message(key, TEAM, letters.failed(flow, run, state))
    try:
        with Store.open(settings.store, holder="praatplaat post", read_only=True) as store:
            outbox.put(settings, store, message, at=at)
    except FactsheetError:
        outbox.put(settings, None, message, at=at)


def _reminder(town: Town, notice: Notice) -> Message:
    side = "na" if notice.late else "voor"
    key = f"herinnering-{notice.partner}-{notice.due}-{side}-{abs(notice.step)}"
    due = [
        Due(town.contracts[contract].title, period, notice.due, outcome)
        for contract, period, outcome in notice.open
    ]
    contact = town.agreement.general.contact
    return Message(key, notice.partner, letters.reminder(due, late=notice.late, contact=contact))


def _not_delivered(town: Town, store: Store, day: str, *, at: datetime) -> Message:
    columns = ("title", "period", "due", "outcome", "name")
    late = remind(town, store, at=at).select(columns).rows()
    letter = letters.not_delivered([Due(*row) for row in late], today=at.astimezone(ZONE).date())
    return Message(f"niet-geleverd-{day}", TEAM, letter)
