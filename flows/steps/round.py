"""A round: everything that waits is received, then observed, then published."""

import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl

from flows.settings import Clock, Tell, Town
from flows.steps.bench import workbench
from flows.steps.check import contract_named
from flows.steps.observe import observe
from flows.steps.publish import Published, publish
from flows.steps.receive import Received, receive, receive_all
from flows.steps.release import release
from sources.errors import UsageError
from sources.inbox import parcel
from sources.keys import read_keys
from sources.store import Action, Deed, Store

EVERYTHING = float("inf")
"""Receive files however fresh: the person who dropped them is at the keyboard."""


def receive_waiting(
    town: Town, *, at: datetime, tell: Tell, settled_before: float = EVERYTHING
) -> list[Received]:
    """Open the store and receive what waits in the inbox, last written before a time (seconds)."""
    keys = read_keys(town.settings.key)
    with Store.open(
        town.settings.store, holder="praatplaat receive", actor=town.settings.actor
    ) as store:
        return receive_all(town, store, keys=keys, at=at, settled_before=settled_before, tell=tell)


def receive_file(
    town: Town, file: Path, *, partner: str, contract: str, period: str, number: int, at: datetime
) -> Received:
    """Receive a copy of one file of which the caller says whose and what it is.

    The file stays where it is. A number 0 is not said: its name or its manifest says it, else 1.
    Raises UsageError where partner or contract is not known, or where a delivery that it refers to
    did not come yet.
    """
    if partner not in town.agreement.partners:
        known = ", ".join(sorted(town.agreement.partners))
        raise UsageError(f"Een partner `{partner}` kennen wij niet. Kies uit: {known}.")
    if not file.is_file():
        raise UsageError(f"{file}: dit bestand is er niet. Kijk de naam na.")
    keys = read_keys(town.settings.key)
    named = contract_named(town, contract).id
    sent = parcel(file, partner=partner, contract=named, period=period, number=number)
    with (
        Store.open(
            town.settings.store, holder="praatplaat receive", actor=town.settings.actor
        ) as store,
        workbench() as place,
    ):
        path = Path(shutil.copy(file, place))
        copy = replace(sent, path=path, package=None, number=sent.number or 1)
        received = receive(town, store, copy, keys=keys, at=at)
    if received is None:
        raise UsageError(
            f"{file.name} verwijst naar een levering die er nog niet is. Ontvang die eerst."
        )
    return received


def observe_quarter(
    town: Town, quarter: str, *, known_at: datetime, tell: Tell, at: datetime | None = None
) -> pl.DataFrame:
    """Open the store and work out the figures of a quarter."""
    _require_quarter(quarter)
    with Store.open(
        town.settings.store, holder="praatplaat observe", actor=town.settings.actor
    ) as store:
        return observe(town, store, quarter, known_at=known_at, tell=tell, at=at)


def publish_quarter(
    town: Town, quarter: str, *, known_at: datetime, tell: Tell, clock: Clock | None = None
) -> Published:
    """Open the store and make a concept of the edition of a quarter; see `run` for `clock`."""
    _require_quarter(quarter)
    with Store.open(
        town.settings.store, holder="praatplaat publish", actor=town.settings.actor
    ) as store:
        published = publish(town, store, quarter, known_at=known_at, tell=tell)
        _log(store, published, quarter, began=known_at, clock=clock)
        return published


def release_edition(town: Town, edition: str, *, by: str, at: datetime, tell: Tell) -> Published:
    """Open the store and make a concept public, as established by a person."""
    with Store.open(
        town.settings.store, holder="praatplaat release", actor=town.settings.actor
    ) as store:
        return release(town, store, edition, by=by, at=at, tell=tell)


def run(
    town: Town, quarter: str, *, at: datetime, tell: Tell, clock: Clock | None = None
) -> tuple[list[Received], Published]:
    """Receive what waits, observe a quarter, and publish it, all as known at one moment.

    With a `clock` the log tells how long it took: all else in it has the moment of the beginning.
    """
    _require_quarter(quarter)
    keys = read_keys(town.settings.key)
    with Store.open(
        town.settings.store, holder="praatplaat run", actor=town.settings.actor
    ) as store:
        received = receive_all(town, store, keys=keys, at=at, settled_before=EVERYTHING, tell=tell)
        observe(town, store, quarter, known_at=at, tell=tell)
        published = publish(town, store, quarter, known_at=at, tell=tell)
        _log(store, published, quarter, began=at, clock=clock)
        return received, published


def _log(
    store: Store, published: Published, quarter: str, *, began: datetime, clock: Clock | None
) -> None:
    """Tell when a round ended that brought something out: of one without news nobody asks."""
    if clock and published.new:
        facts = {"quarter": quarter, "edition": published.id, "began": began.isoformat()}
        deed = Deed(Action.FINISHED, f"ronde van {quarter}", f"editie {published.id}", facts)
        store.log.tell(deed, at=clock())


def _require_quarter(text: str) -> None:
    if not re.fullmatch(r"\d{4}K[1-4]", text):
        raise UsageError(
            f"`{text}` is geen kwartaal. Schrijf het jaar, een K en het nummer: 2026K3."
        )
