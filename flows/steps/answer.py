"""The answer to a partner: made from what the store holds, so that it can be made again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flows.settings import ZONE, Town
from flows.steps.files import put
from flows.steps.mirror import mirror
from reports import feedback
from sources.store import Delivery, Event, State, Store
from sources.verdict import Finding, Level, Outcome, Verdict


def answer(town: Town, store: Store, delivery: Delivery, *, again: bool = False) -> Path:
    """Write the answer where it is not there yet, or write it `again`; return its folder."""
    folder = _folder(town, store, delivery)
    if again or not folder.is_dir():
        counted = mirror(town, store, delivery) if _kept(delivery) else None
        put(folder, feedback.render(replace(told(town, store, delivery), mirror=counted)))
    return folder


def told(town: Town, store: Store, delivery: Delivery) -> feedback.Answer:
    """Return what a partner gets to read, but for what was counted in its rows."""
    said = [f for event in store.events(delivery.id) for f in _since(event, delivery)]
    found = (*said, *store.findings(delivery.id))
    return feedback.Answer(
        partner=town.agreement.partners[delivery.partner].name,
        contract=town.contracts[delivery.contract],
        period=delivery.period,
        number=delivery.number,
        file_name=delivery.file_name,
        received_on=delivery.received_at.astimezone(ZONE).date(),
        verdict=Verdict(delivery.outcome, delivery.records, found),
        contact=town.agreement.general.contact,
        refused=lambda: _refused(town, store, delivery),
    )


def _refused(town: Town, store: Store, delivery: Delivery) -> Iterator[feedback.RefusedRow]:
    if not delivery.records.quarantined:
        return
    contract = town.contracts[delivery.contract]
    for row, codes, cells in store.refused_rows(contract, delivery.id):
        yield feedback.RefusedRow(row, tuple(codes), cells)


def _kept(delivery: Delivery) -> bool:
    """Return whether there are rows to count: those of an answer that waits help to give it."""
    return delivery.outcome is not Outcome.REFUSED and delivery.state is not State.WITHDRAWN


def _since(event: Event, delivery: Delivery) -> Iterator[Finding]:
    """Yield what a partner must know of what people said of its delivery afterwards.

    The reason that a colleague wrote stays in the store: it is not for the partner's readers.
    """
    day = f"{event.moment.astimezone(ZONE):%d-%m-%Y}"
    send = f"Stuur het goede bestand. Eindig de naam dan op _v{delivery.number + 1}."
    if event.after is State.WITHDRAWN:
        what = f"Deze levering is ingetrokken op {day}. Zij telt niet meer mee."
        yield Finding("B175", Level.NOTE, what, send)
    elif event.before is State.ON_HOLD and event.after is State.ESTABLISHED:
        what = f"Op {day} is gezegd dat deze levering klopt. Daarom telt zij nu mee."
        yield Finding("B174", Level.NOTE, what, "U hoeft niets te doen.")
    elif event.before is State.ON_HOLD and event.after is State.REFUSED:
        what = f"Op {day} is gezegd dat deze levering niet klopt. Wij gebruiken haar niet."
        yield Finding("B176", Level.REFUSE_FILE, what, send)


def _folder(town: Town, store: Store, delivery: Delivery) -> Path:
    """Return `feedback/<partner>/<contract>/<period>/<number>`; a number used again is marked."""
    same = [d.id for d in store.same_period(delivery) if d.number == delivery.number]
    place = same.index(delivery.id) + 1
    name = str(delivery.number) if place == 1 else f"{delivery.number}-{place}"
    partner = town.settings.feedback / delivery.partner
    return partner / delivery.contract / delivery.period / name
