"""Voorbeeldstad, two rounds: the same clock, the same key and the same files every time."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from flows.settings import EXAMPLE, ZONE, Settings, Tell, Town
from flows.steps.edition import find
from flows.steps.observe import observe
from flows.steps.publish import Published, publish
from flows.steps.receive import Received, receive_all
from flows.steps.release import release
from flows.steps.responses import respond
from flows.steps.stories import sign_all
from sources.errors import UsageError
from sources.example import maker
from sources.keys import RANDOM_BYTES, Keys, new_keys, read_keys
from sources.store import Store
from transforms import periods

ROUNDS = {
    "2026K2": datetime(2026, 8, 3, 9, tzinfo=ZONE),
    "2026K3": datetime(2026, 11, 2, 9, tzinfo=ZONE),
}
"""Which edition comes out when; every quarter since the edition before is received by then."""

SIGNER = "Redactie van Voorbeeldstad"
"""Who signs the stories of the fictional town: nobody told them, so nobody can be found in them."""

ESTABLISHES = "wethouder N. Voorbeeld"
"""Who establishes the editions of the fictional town, two weeks after partners could see them."""

RESPONSES = {
    "2026K3": {
        "partner": "welzijn",
        "indicator": "I09",
        "words": "Wie helpt buiten een activiteit om, staat hier niet in. Dat gebeurt vaker.",
    }
}
"""What a partner says beside a figure of a concept, by the edition."""

_DROPPED_AFTER = timedelta(days=21)
_ANSWERED_AFTER, _SEEN_FOR = timedelta(days=7), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Demo:
    """What a demonstration leaves to look at."""

    editions: tuple[Published, ...]
    faulty: tuple[Received, ...]


def settings(home: Path) -> Settings:
    """Return the places of the demonstration; its key is beside the home, not in it."""
    return Settings(agreement=EXAMPLE, home=home, key=home.with_name(f"{home.name}.sleutel"))


def demo(
    town: Town, *, inhabitants: int, tell: Tell, rounds: Mapping[str, datetime] = ROUNDS
) -> Demo:
    """Receive every quarter and bring out the editions of `rounds`; again nothing changes.

    Raises:
        UsageError: the home holds data that are not of a demonstration.
    """
    keys = _keys(town.settings)
    editions: list[Published] = []
    received: list[Received] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(
            town.settings.store, holder="praatplaat demo", actor=town.settings.actor
        ) as store,
    ):
        files = Path(folder)
        maker.make(files, inhabitants=inhabitants)
        tell(f"Voorbeeldstad: {inhabitants} verzonnen inwoners, {len(maker.QUARTERS)} kwartalen")
        for quarter in maker.QUARTERS:
            received += _receive(
                town, store, files / quarter, keys=keys, quarter=quarter, tell=tell
            )
            if quarter in rounds:
                at = rounds[quarter]
                observe(town, store, quarter, known_at=at, tell=tell)
                sign_all(town, store, by=SIGNER, at=at)
                made = publish(town, store, quarter, known_at=at, tell=tell)
                _respond(town, store, made.id, at=at + _ANSWERED_AFTER)
                release(town, store, made.id, by=ESTABLISHES, at=at + _SEEN_FOR, tell=tell)
                editions.append(made)
    faults = {fault.name for fault in maker.FAULTS}
    faulty = tuple(one for one in received if one.file_name in faults)
    return Demo(tuple(editions), faulty)


def write_key(path: Path) -> None:
    """Write the key of the fictional town: known to all, so that every run gives equal bytes."""
    blocks = (hashlib.sha256(f"Voorbeeldstad {n}".encode()).digest() for n in range(3))
    path.write_text(new_keys(b"".join(blocks)[:RANDOM_BYTES]), encoding="ascii")


def _keys(places: Settings) -> Keys:
    if not places.key.exists():
        if places.store.exists():
            raise UsageError(
                f"In {places.home} staan gegevens die niet van de demo zijn. "
                "Wijs met --home een andere map aan."
            )
        places.key.parent.mkdir(parents=True, exist_ok=True)
        write_key(places.key)
    places.home.mkdir(parents=True, exist_ok=True)
    return read_keys(places.key)


def _receive(
    town: Town, store: Store, dropped: Path, *, keys: Keys, quarter: str, tell: Tell
) -> list[Received]:
    """Drop the files of a quarter in the inbox, and receive them three weeks after it ended."""
    for path in _files(dropped):
        target = town.settings.inbox / path.relative_to(dropped)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    day = periods.parse(quarter).end + _DROPPED_AFTER
    received = receive_all(
        town,
        store,
        keys=keys,
        at=datetime.combine(day, time(9), ZONE),
        settled_before=float("inf"),
        tell=_quiet,
    )
    again = sum(one.again for one in received)
    tell(f"{quarter}: {len(received)} leveringen" + (f", {again} al ontvangen" if again else ""))
    return received


def _respond(town: Town, store: Store, edition: str, *, at: datetime) -> None:
    """Let a partner respond to a concept, where one does; an established edition stays as it is."""
    said = RESPONSES.get(edition)
    if said and find(store, edition).established is None:
        respond(town, store, edition, **said, at=at)


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _quiet(_: str) -> None:
    """Tell nothing of each file: a quarter gets one line."""
