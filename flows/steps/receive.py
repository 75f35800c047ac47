"""One delivery: read → pseudonymise → conform → judge → keep → answer the partner.

Killed at any point and run again, the end is the same: raw is written once under its checksum,
the store takes a delivery whole or not at all, the answer and the message with it are made from
what the store holds, and the file leaves the inbox last.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.post.messages import receipt
from flows.settings import ZONE, Tell, Town
from flows.steps.answer import answer
from flows.steps.bench import workbench
from flows.steps.judge import NOT_YET, judge
from sources import inbox
from sources.inbox import Parcel
from sources.keys import Keys, seal
from sources.raw import clear_partial, discard
from sources.store import Connection, Delivery, Store, forbidden, staging
from sources.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file: its delivery, whether it had been received before, its answer.

    `file_name` is what it is called now; the delivery may have come under another name.
    """

    file_name: str
    delivery: Delivery
    again: bool
    feedback: Path

    @property
    def refused(self) -> bool:
        """Whether the file as a whole was refused just now."""
        return not self.again and self.delivery.outcome is Outcome.REFUSED

    def told(self) -> str:
        """Say in one line what became of the file."""
        one = self.delivery
        rows = f"{one.records.accepted} rijen"
        if one.outcome is Outcome.REFUSED:
            rows = "niets overgenomen"
        elif one.records.quarantined:
            rows += f", {one.records.quarantined} niet overgenomen"
        became = f"{one.outcome} ({rows})"
        if self.again:
            became = f"al ontvangen op {one.received_at.astimezone(ZONE):%d-%m-%Y}, {became}"
        return f"{self.file_name}: {became}; antwoord in {self.feedback}"


def receive_all(
    town: Town, store: Store, *, keys: Keys, at: datetime, settled_before: float, tell: Tell
) -> list[Received]:
    """Receive every file that waits and was last written before `settled_before` (seconds).

    Files that are nobody's delivery stay where they are, and are told of.
    """
    _folders(town)
    clear_partial(town.settings.raw)
    found = inbox.waiting(
        town.settings.inbox, town.agreement, town.contracts, settled_before=settled_before
    )
    for path, finding in found.strange:
        tell(f"{path.name}: {finding.code} {finding.message} {finding.how_to_mend}")
    return list(_each(town, store, found.parcels, keys=keys, at=at, tell=tell))


def _each(
    town: Town, store: Store, parcels: tuple[Parcel, ...], *, keys: Keys, at: datetime, tell: Tell
) -> Iterator[Received]:
    for parcel in parcels:
        received = receive(town, store, parcel, keys=keys, at=at)
        if received is None:
            tell(f"{parcel.path.name}: wacht op een andere levering, of werd net vervangen")
        else:
            tell(received.told())
            yield received


def receive(
    town: Town, store: Store, parcel: Parcel, *, keys: Keys, at: datetime
) -> Received | None:
    """Take in one file, answer its sender, and clear it from the inbox.

    The same file for the same period was received already: then only what was left undone is done.
    None where it must be held against a delivery that did not come yet, or where the file was
    replaced meanwhile: then it waits.
    """
    known = store.received(parcel)
    delivery = known or _take_in(town, store, parcel, keys=keys, at=at)
    if delivery is None:
        return None
    folder = answer(town, store, delivery)
    receipt(town, store, delivery)
    inbox.cleared(parcel)
    return Received(parcel.path.name, delivery, again=known is not None, feedback=folder)


def _take_in(
    town: Town, store: Store, parcel: Parcel, *, keys: Keys, at: datetime
) -> Delivery | None:
    """Judge a file and keep what the verdict allows; of a forbidden column not even the raw.

    That goes for the same file under another name too, however long ago it came. What is judged,
    sealed and kept is one private copy: a partner may replace its file at any moment.
    """
    with workbench() as bench:
        own = inbox.private_copy(parcel, bench)
        if own is None:
            return None
        with staging(own.path, bench) as place:
            return _kept(town, store, own, keys=keys, place=place, at=at)


def _kept(
    town: Town, store: Store, parcel: Parcel, *, keys: Keys, place: Connection, at: datetime
) -> Delivery | None:
    contract = town.contracts[parcel.contract]
    judged = judge(town, parcel, keys=keys, staged=place, store=store, at=at)
    verdict = judged.verdict
    if any(finding.code == NOT_YET for finding in verdict.findings):
        return None
    if forbidden(verdict.findings):
        discard(parcel.sha256, town.settings.raw)
    else:
        seal(parcel.path, town.settings.raw, keys)
    said = (judged.cover,)
    return store.keep(parcel, verdict, contract=contract, staged=place, said=said, at=at)


def _folders(town: Town) -> None:
    """Make the folder in which each partner drops its deliveries."""
    for partner in town.agreement.partners:
        (town.settings.inbox / partner).mkdir(parents=True, exist_ok=True)
