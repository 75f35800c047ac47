"""Where a benchmark works: a copy of Voorbeeldstad in the temporary folder, and its big files."""

import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flows.settings import EXAMPLE, ZONE, Settings, Town
from flows.steps.receive import Received, receive_all
from sources.example import maker
from sources.example.maker.deliveries import City, of_year, sent
from sources.example.maker.files import write
from sources.example.maker.quarters import Quarter
from sources.keys import RANDOM_BYTES, Keys, new_keys, read_keys
from sources.store import Store

AT = datetime(2026, 11, 2, 9, tzinfo=ZONE)
QUARTER = "2026K3"

_SENDERS = {"wmo_meldingen": ("gemeente", "L01"), "partner_activiteiten": ("welzijn", "L06")}


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality at work in a folder of its own."""

    town: Town
    keys: Keys

    @classmethod
    def at(cls, folder: Path) -> "Place":
        """Open the place in a folder; an empty one gets the key that every benchmark has."""
        key = folder / "sleutel"
        if not key.exists():
            folder.mkdir(parents=True, exist_ok=True)
            key.write_text(new_keys(bytes(RANDOM_BYTES)), encoding="ascii")
        settings = Settings(agreement=EXAMPLE, home=folder, key=key)
        return cls(settings.open(), read_keys(key))

    def copied(self, folder: Path) -> "Place":
        """Return a copy of this place in another folder, in the stead of what was there."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.town.settings.home, folder)
        settings = replace(self.town.settings, home=folder)
        return Place(replace(self.town, settings=settings), self.keys)

    def drop(self, path: Path, *, partner: str, name: str) -> None:
        """Put a file in a partner's inbox, without copying its bytes."""
        inbox = self.town.settings.inbox / partner
        inbox.mkdir(parents=True, exist_ok=True)
        os.link(path, inbox / name)

    def drop_delivery(self, path: Path, contract: str, period: str) -> None:
        """Put the file of a contract in the inbox of the partner that owes it."""
        partner, code = _SENDERS[contract]
        self.drop(path, partner=partner, name=f"GM9901_{partner}_{code}_{period}_v1.csv")

    def drop_areas(self, folder: Path) -> None:
        """Put the areas, postcodes and key figures of every year in the inbox, made in `folder`."""
        last = Quarter.of(QUARTER)
        city = City.of(inhabitants=maker.INHABITANTS, last=last, seed=maker.SEED)
        first = Quarter.of(maker.QUARTERS[0])
        for year in range(first.year, last.year + 1):
            for delivery in of_year(city, year, last):
                file = sent(delivery)
                path = write(folder, file.name, file.content)
                self.drop(path, partner=file.partner, name=file.name)

    def receive(self) -> list[Received]:
        """Open the store, receive everything in the inbox, and close the store."""
        with Store.open(self.town.settings.store, holder="bench") as store:
            return receive_all(
                self.town,
                store,
                keys=self.keys,
                at=AT,
                settled_before=float("inf"),
                tell=_quiet,
            )


def big_file(folder: Path, contract: str, rows: int) -> Path:
    """Return the file of one big delivery, made by the example's maker where it is not there."""
    path = folder / f"{contract}.csv"
    return path if path.exists() else maker.one_delivery(contract, rows=rows, path=path)


def _quiet(_: str) -> None:
    """Tell nothing: the table at the end does."""
