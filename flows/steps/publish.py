"""The figures of a quarter → a concept: protected, shown, attacked, recorded."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import polars as pl

from flows.settings import ZONE, Tell, Town
from flows.steps import audit, responses, stories
from flows.steps.edition import account, digest, edition
from flows.steps.files import settle, switch
from flows.steps.observe import areas
from flows.steps.public import PUBLIC, is_released
from flows.steps.render import render
from reports.edition import Edition, Established
from sources.errors import UsageError
from sources.store import EditionRecord, Store
from transforms import disclosure
from transforms.disclosure import Confidential, Protected


@dataclass(frozen=True, slots=True)
class Published:
    """An edition that is there: its id, its folder, and whether this call made it."""

    id: str
    folder: Path
    new: bool

    @property
    def index(self) -> Path:
        """The page to open first."""
        return self.folder / PUBLIC / "index.html"


@dataclass(frozen=True, slots=True)
class Content:
    """What an edition is made of: its figures as protected, and all that its sheets may know."""

    public: Protected
    internal: Confidential
    edition: Edition


def publish(town: Town, store: Store, quarter: str, *, known_at: datetime, tell: Tell) -> Published:
    """Make a concept of a quarter, from the figures observed at or before a moment.

    The id is the quarter; content that differs from what was made of that quarter before gets
    `-2`, `-3`. The same content is not made again. A concept is never replaced, because partners
    saw it: what comes after is rounded and attacked as if it had been public. The record comes
    last: an edition is there when the store says so. Stories that were taken back leave every
    edition first.

    Nothing is made that gives people away (see `flows.steps.audit`), or that not everybody can
    read (see `reports.accessibility`).

    Raises:
        Inaccessible: a page breaks a rule of those.
        DisclosureRisk: the edition was attacked, and somebody could be found in it.
        UsageError: nothing was observed of the quarter yet.
    """
    stories.forget(town, store, at=known_at)
    of_quarter = [one for one in store.editions() if one.quarter == quarter]
    made = content(town, store, quarter, known_at=known_at)
    told = digest(made.edition)
    earlier = [one for one in of_quarter if one.known_at <= known_at]
    if earlier and earlier[-1].digest == told:
        return _again(town, store, earlier[-1], tell=tell)
    name = quarter + (f"-{len(of_quarter) + 1}" if of_quarter else "")
    record = EditionRecord(name, quarter, known_at, told, made.edition.previous)
    checksums = draw(town, store, record, made, tell=tell)
    switch(town.settings.editions / name)
    was_made_of = account(town, made.edition, checksums, store.deliveries(known_at))
    store.save_edition(
        replace(record, account=was_made_of),
        named(store, record, made).figures,
        rounded=made.public.rounded,
        internal=made.internal.cells,
    )
    tell(f"Editie {name}: {len(checksums)} bestanden")
    return Published(name, town.settings.editions / name, new=True)


def _again(town: Town, store: Store, record: EditionRecord, *, tell: Tell) -> Published:
    """Leave an edition of which nothing changed as it is; make it again where it is not there."""
    folder = town.settings.editions / record.id
    if stands(folder, record):
        tell(f"Editie {record.id} is onveranderd")
        return Published(record.id, folder, new=False)
    made = content(town, store, record.quarter, known_at=record.known_at)
    draw(town, store, record, made, tell=tell)
    switch(folder)
    return Published(record.id, folder, new=True)


def stands(folder: Path, record: EditionRecord) -> bool:
    """Whether the folder of an edition is there, and says what the store says of it."""
    settle(folder)
    return folder.is_dir() and is_released(folder) is (record.established is not None)


def content(town: Town, store: Store, quarter: str, *, known_at: datetime) -> Content:
    """Return what an edition of a quarter is made of, as known at a moment."""
    public, internal = protect(town, store, quarter, known_at=known_at)
    return Content(public, internal, edition(town, store, quarter, public, known_at=known_at))


def named(store: Store, record: EditionRecord, made: Content) -> Edition:
    """Return an edition as it is recorded, with what partners say beside it."""
    known = record.established
    figures = made.edition.figures.with_columns(edition=pl.lit(record.id))
    return replace(
        made.edition,
        id=record.id,
        figures=figures,
        responses=responses.shown(store, record, figures),
        established=Established(known.by, known.at.astimezone(ZONE).date()) if known else None,
    )


def draw(
    town: Town, store: Store, record: EditionRecord, made: Content, *, tell: Tell
) -> dict[str, str]:
    """Fill the draft of an edition's folder, and return the checksum of every file.

    It is attacked with all that partners or others saw before.
    """
    folder = town.settings.editions / record.id
    before = audit.folders(town, store, until=record.known_at)
    counts = {one.name: audit.remembered(store, one.name) for one in before}
    counts[record.id] = made.public.rounded, made.internal.cells
    return render(
        named(store, record, made),
        made.internal.figures,
        folder,
        before=[one for one in before if one != folder],
        known=audit.knowledge(town, store, record.quarter, known_at=record.known_at),
        guesses=audit.fitting(counts),
        tell=tell,
    )


def protect(
    town: Town, store: Store, quarter: str, *, known_at: datetime
) -> tuple[Protected, Confidential]:
    """Protect the figures of a quarter for the public and for those who steer.

    Both beside what was shown before, to partners or to all.

    Raises:
        UsageError: nothing was observed of the quarter yet.
    """
    observations = store.observations(quarter, known_at=known_at)
    if observations is None:
        raise UsageError(
            f"Van {quarter} zijn nog geen cijfers uitgewerkt. "
            f"Doe dat eerst: praatplaat observe --quarter {quarter}."
        )
    shown = [one.id for one in store.editions() if one.known_at < known_at]
    before = shown[-1] if shown else None
    parents = areas(town, store, known_at=known_at).parents()
    public = disclosure.publish(
        observations,
        town.agreement,
        quarter,
        parents=parents,
        earlier=store.rounded(before) if before else None,
    )
    internal = disclosure.confidential(
        observations,
        town.agreement,
        quarter,
        parents=parents,
        rounded=public.rounded,
        earlier=store.internal(before) if before else None,
    )
    return public, internal
