"""The figures of a quarter → an edition: protected, shown, released, recorded."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import polars as pl

from flows.settings import ZONE, Tell, Town
from flows.steps import audit, frames, harvest, stories
from flows.steps.files import draft, put
from flows.steps.observe import DIVISION, areas
from flows.steps.owed import deliveries
from flows.steps.packages import INTERNAL, packages
from flows.steps.press import MEMORY, Press
from reports.accessibility import Inspection
from reports.attacker import Knowledge
from reports.edition import Edition
from reports.render import account
from sources.errors import UsageError
from sources.store import EditionRecord, Store
from transforms import changes, disclosure
from transforms.disclosure import Confidential, Protected

PUBLIC = "openbaar"
KEY_FIGURES = "gebied_kerncijfers"

_TOLD = ("figures", "stories", "deliveries", "areas", "context", "harvest")


@dataclass(frozen=True, slots=True)
class Published:
    """An edition that is out: its id, its folder, and whether this call brought it out."""

    id: str
    folder: Path
    new: bool

    @property
    def index(self) -> Path:
        """The page to open first."""
        return self.folder / PUBLIC / "index.html"


def publish(town: Town, store: Store, quarter: str, *, known_at: datetime, tell: Tell) -> Published:
    """Bring out the edition of a quarter, from the figures observed at or before a moment.

    The id is the quarter; content that differs from what was brought out of that quarter before
    gets `-2`, `-3`. The same content is not brought out again. The record comes last: an edition
    is out when the store says so. Stories that were taken back leave every edition first.

    Nothing comes out that gives people away (see `flows.steps.audit`), or that not everybody can
    read (see `reports.accessibility`).

    Raises:
        Inaccessible: a page breaks a rule of those.
        DisclosureRisk: the edition was attacked, and somebody could be found in it.
        UsageError: nothing was observed of the quarter yet.
    """
    stories.forget(town, store, at=known_at)
    editions = store.editions()
    earlier = [e for e in editions if e.quarter == quarter and e.known_at <= known_at]
    protected, internal = protect(town, store, quarter, known_at=known_at)
    made = edition(town, store, quarter, protected, known_at=known_at)
    digest = _digest(made)
    unchanged = bool(earlier) and earlier[-1].digest == digest
    times = sum(e.quarter == quarter for e in editions) + 1
    name = earlier[-1].id if unchanged else quarter + (f"-{times}" if times > 1 else "")
    folder = town.settings.editions / name
    if unchanged and folder.is_dir():
        tell(f"Editie {name} is onveranderd")
        return Published(name, folder, new=False)
    made = replace(made, id=name, figures=made.figures.with_columns(edition=pl.lit(name)))
    known = audit.knowledge(town, store, quarter, known_at=known_at)
    before = audit.folders(town, store, until=known_at)
    checksums = _release(made, internal.figures, folder, before=before, known=known, tell=tell)
    if not unchanged:
        record = EditionRecord(
            id=name,
            quarter=quarter,
            known_at=known_at,
            digest=digest,
            previous=made.previous,
            account=_account(town, made, checksums, store.deliveries(known_at)),
        )
        store.save_edition(record, made.figures, rounded=protected.rounded, internal=internal.cells)
    tell(f"Editie {name}: {len(checksums)} bestanden")
    return Published(name, folder, new=True)


def protect(
    town: Town, store: Store, quarter: str, *, known_at: datetime
) -> tuple[Protected, Confidential]:
    """Protect the figures of a quarter for the public and for those who steer.

    Both beside what was shown before.

    Raises:
        UsageError: nothing was observed of the quarter yet.
    """
    observations = store.observations(quarter, known_at=known_at)
    if observations is None:
        raise UsageError(
            f"Van {quarter} zijn nog geen cijfers uitgewerkt. "
            f"Doe dat eerst: praatplaat observe --quarter {quarter}."
        )
    before = _before(store, known_at)
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


def _before(store: Store, known_at: datetime) -> str | None:
    """Return the last edition that came out before a moment."""
    editions = [e.id for e in store.editions() if e.known_at < known_at]
    return editions[-1] if editions else None


def edition(
    town: Town, store: Store, quarter: str, protected: Protected, *, known_at: datetime
) -> Edition:
    """Put together all that the sheets of a quarter may know."""
    before, figures = _before(store, known_at), protected.figures
    accepted = {
        name: store.accepted(town.contracts[name], known_at=known_at)
        for name in (DIVISION, KEY_FIGURES)
    }
    return Edition(
        id=quarter,
        period=quarter,
        known_at=known_at.astimezone(ZONE).date(),
        agreement=town.agreement,
        figures=figures,
        stories=stories.shown(town, store, quarter, known_at=known_at),
        deliveries=_told(town, deliveries(town, store, quarter, known_at=known_at)),
        areas=frames.areas(areas(town, store, known_at=known_at), accepted[DIVISION]),
        context=frames.context(accepted[KEY_FIGURES], town.contracts[KEY_FIGURES]),
        changes=changes.changes(store.figures(before) if before else None, figures, town.agreement),
        previous=before,
        protection=protected.tables,
        harvest=harvest.shown(town, store, known_at=known_at),
        form=town.contracts[harvest.CONTRACT],
    )


def _told(town: Town, known: pl.DataFrame) -> pl.DataFrame:
    """Return what a sheet tells of deliveries."""
    titles = {name: contract.title for name, contract in town.contracts.items()}
    return known.select(
        "partner",
        "contract",
        pl.col("contract").replace_strict(titles, return_dtype=pl.String).alias("title"),
        "period",
        "number",
        "outcome",
        "received_on",
        "accepted_rows",
        "refused_rows",
        "late",
    )


def _digest(edition: Edition) -> str:
    """Return a checksum of what an edition tells, without its name and its moment."""
    told = hashlib.sha256(edition.agreement.model_dump_json().encode())
    told.update(version("praatplaat").encode())
    told.update(repr(edition.form).encode())
    for name in _TOLD:
        frame: pl.DataFrame = getattr(edition, name)
        told.update(frame.drop("edition", strict=False).write_csv(null_value="\\N").encode())
    return told.hexdigest()


def _release(
    edition: Edition,
    internal: pl.DataFrame,
    folder: Path,
    *,
    before: Sequence[Path],
    known: Knowledge,
    tell: Tell,
) -> dict[str, str]:
    """Render the edition into its folder, attack it, and return the checksum of every file."""
    checksums: dict[str, str] = {}
    look, press = Inspection(), Press(before[-1] if before else None)

    def made() -> Iterator[tuple[str, bytes]]:
        tell("De bladen worden gemaakt")
        yield from _public(look.through(press.render(edition, PUBLIC)))
        yield from packages(edition, internal, press=press)
        tell("De editie wordt aangevallen: is er iemand in te vinden?")
        found = audit.attacked([*before, draft(folder)], known)
        audit.gate(found)
        yield from _public(look.through(account(edition, audit.audited(found))))
        yield from _public([look.evidence(edition)])
        yield audit.MEMORY, audit.memory(found)
        yield MEMORY, press.memory()

    def counted() -> Iterator[tuple[str, bytes]]:
        for name, content in made():
            if name not in (audit.MEMORY, MEMORY):
                checksums[name] = hashlib.sha256(content).hexdigest()
            yield name, content

    put(folder, counted(), closed=INTERNAL)
    return checksums


def _public(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for name, content in files:
        yield f"{PUBLIC}/{name}", content


def _account(
    town: Town, edition: Edition, checksums: dict[str, str], known: pl.DataFrame
) -> dict[str, object]:
    """Say what an edition was made of, so that it can be made again."""
    return {
        "program": version("praatplaat"),
        "agreement": hashlib.sha256(edition.agreement.model_dump_json().encode()).hexdigest(),
        "contracts": {name: one.version for name, one in sorted(town.contracts.items())},
        "deliveries": known.filter("counts")["sha256"].sort().to_list(),
        "files": checksums,
    }
