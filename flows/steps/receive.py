"""One delivery: read → pseudonymise → conform → judge → keep → answer the partner.

Killed at any point and run again, the end is the same: raw is written once under its checksum,
the store takes a delivery whole or not at all, the answer is made from what the store holds, and
the file leaves the inbox last.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.settings import ZONE, Tell, Town
from flows.steps.files import put
from flows.steps.judge import NOT_YET, WORKBENCH, judge
from reports import feedback
from sources import inbox
from sources.inbox import Parcel
from sources.keys import Keys, seal
from sources.store import Delivery, Store, staging
from sources.verdict import Finding, Level, Outcome, Verdict


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
            tell(f"{parcel.path.name}: wacht op een andere levering")
        else:
            tell(received.told())
            yield received


def receive(
    town: Town, store: Store, parcel: Parcel, *, keys: Keys, at: datetime
) -> Received | None:
    """Take in one file, answer its sender, and clear it from the inbox.

    The same file for the same period was received already: then only what was left undone is done.
    None where it must be held against a delivery that did not come yet: then it waits.
    """
    known = store.received(parcel)
    delivery = known or _take_in(town, store, parcel, keys=keys, at=at)
    if delivery is None:
        return None
    folder = _answer(town, store, delivery)
    parcel.path.unlink(missing_ok=True)
    return Received(parcel.path.name, delivery, again=known is not None, feedback=folder)


def _take_in(
    town: Town, store: Store, parcel: Parcel, *, keys: Keys, at: datetime
) -> Delivery | None:
    """Judge a file and keep what the verdict allows; of a forbidden column not even the raw."""
    contract = town.contracts[parcel.contract]
    with staging(parcel.path, WORKBENCH) as place:
        verdict = judge(town, parcel, keys=keys, staged=place, store=store, at=at)
        verdict = _asked_if_number_is_taken(verdict, store, parcel)
        if any(finding.code == NOT_YET for finding in verdict.findings):
            return None
        if not any(_forbidden(finding) for finding in verdict.findings):
            seal(parcel.path, town.settings.raw, keys)
        return store.keep(parcel, verdict, contract=contract, staged=place, at=at)


def _forbidden(finding: Finding) -> bool:
    return finding.code.startswith("S") and finding.level is Level.REFUSE_FILE


def _asked_if_number_is_taken(verdict: Verdict, store: Store, parcel: Parcel) -> Verdict:
    """Let another file under a number that was used wait: nobody announced that it replaces one."""
    used = [d for d in store.same_period(parcel) if d.number == parcel.number]
    taken = next((d for d in used if d.outcome is not Outcome.REFUSED), None)
    if taken is None or verdict.outcome is Outcome.REFUSED:
        return verdict
    day = f"{taken.received_at.astimezone(ZONE):%d-%m-%Y}"
    what = f"Versie {parcel.number} kregen wij al op {day}, met een andere inhoud."
    mend = f"Is dit een verbetering? Eindig de naam dan op _v{parcel.number + 1}."
    found = Finding("B130", Level.WARNING, what, mend)
    return Verdict(Outcome.ON_HOLD, verdict.records, (found, *verdict.findings))


def _answer(town: Town, store: Store, delivery: Delivery) -> Path:
    """Write the answer to a partner where it is not there yet, and return its folder."""
    folder = _answer_folder(town, store, delivery)
    if not folder.is_dir():
        verdict = Verdict(delivery.outcome, delivery.records, store.findings(delivery.id))
        put(folder, feedback.render(_told(town, delivery, verdict)))
    return folder


def _told(town: Town, delivery: Delivery, verdict: Verdict) -> feedback.Answer:
    return feedback.Answer(
        partner=town.agreement.partners[delivery.partner].name,
        contract=town.contracts[delivery.contract],
        period=delivery.period,
        number=delivery.number,
        file_name=delivery.file_name,
        received_on=delivery.received_at.astimezone(ZONE).date(),
        verdict=verdict,
    )


def _answer_folder(town: Town, store: Store, delivery: Delivery) -> Path:
    """Return `feedback/<partner>/<contract>/<period>/<number>`; a number used again is marked."""
    same = [d for d in store.same_period(delivery) if d.number == delivery.number]
    name = str(delivery.number)
    if same[0].id != delivery.id:
        name += f"-{delivery.sha256[:8]}"
    partner = town.settings.feedback / delivery.partner
    return partner / delivery.contract / delivery.period / name


def _folders(town: Town) -> None:
    """Make the folder in which each partner drops its deliveries."""
    for partner in town.agreement.partners:
        (town.settings.inbox / partner).mkdir(parents=True, exist_ok=True)
