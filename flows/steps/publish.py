"""The figures of a quarter → an edition: protected, shown, released, recorded."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import polars as pl

from flows.settings import ZONE, Tell, Town
from flows.steps import frames
from flows.steps.files import put
from flows.steps.observe import DIVISION, areas
from flows.steps.owed import deliveries
from reports.edition import Edition
from reports.render import render
from sources.errors import UsageError
from sources.store import EditionRecord, Store
from transforms import changes, disclosure, periods

PUBLIC = "openbaar"
STORIES, KEY_FIGURES = "verhalen_signalen", "gebied_kerncijfers"

_TOLD = ("figures", "stories", "deliveries", "areas", "context")


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
    is out when the store says so.

    Raises:
        UsageError: nothing was observed of the quarter yet.
    """
    editions = store.editions()
    earlier = [e for e in editions if e.quarter == quarter and e.known_at <= known_at]
    made = edition(town, store, quarter, known_at=known_at)
    digest = _digest(made)
    unchanged = bool(earlier) and earlier[-1].digest == digest
    times = sum(e.quarter == quarter for e in editions) + 1
    name = earlier[-1].id if unchanged else quarter + (f"-{times}" if times > 1 else "")
    folder = town.settings.editions / name
    if unchanged and folder.is_dir():
        tell(f"Editie {name} is onveranderd")
        return Published(name, folder, new=False)
    made = replace(made, id=name, figures=made.figures.with_columns(edition=pl.lit(name)))
    checksums = _release(made, folder)
    if not unchanged:
        record = EditionRecord(
            id=name,
            quarter=quarter,
            known_at=known_at,
            digest=digest,
            previous=made.previous,
            account=_account(town, made, checksums, store.deliveries(known_at)),
        )
        store.save_edition(record, made.figures)
    tell(f"Editie {name}: {len(checksums)} bestanden")
    return Published(name, folder, new=True)


def edition(town: Town, store: Store, quarter: str, *, known_at: datetime) -> Edition:
    """Put together all that the sheets of a quarter may know.

    Raises:
        UsageError: nothing was observed of the quarter yet.
    """
    observations = store.observations(quarter, known_at=known_at)
    if observations is None:
        raise UsageError(
            f"Van {quarter} zijn nog geen cijfers uitgewerkt. "
            f"Doe dat eerst: praatplaat observe --quarter {quarter}."
        )
    previous = [e.id for e in store.editions() if e.known_at < known_at]
    figures = disclosure.publish(observations, town.agreement, quarter)
    accepted = {
        name: store.accepted(town.contracts[name], known_at=known_at)
        for name in (DIVISION, STORIES, KEY_FIGURES)
    }
    return Edition(
        id=quarter,
        period=quarter,
        known_at=known_at.astimezone(ZONE).date(),
        agreement=town.agreement,
        figures=figures,
        stories=frames.stories(accepted[STORIES], until=str(periods.parse(quarter).end)),
        deliveries=_told(town, deliveries(town, store, quarter, known_at=known_at)),
        areas=frames.areas(areas(town, store, known_at=known_at), accepted[DIVISION]),
        context=frames.context(accepted[KEY_FIGURES], town.contracts[KEY_FIGURES]),
        changes=changes.changes(store.figures(previous[-1]) if previous else None, figures),
        previous=previous[-1] if previous else None,
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
    for name in _TOLD:
        frame: pl.DataFrame = getattr(edition, name)
        told.update(frame.drop("edition", strict=False).write_csv(null_value="\\N").encode())
    return told.hexdigest()


def _release(edition: Edition, folder: Path) -> dict[str, str]:
    """Render the edition into its folder, and return the checksum of every file."""
    checksums: dict[str, str] = {}

    def counted() -> Iterator[tuple[str, bytes]]:
        for name, content in render(edition):
            checksums[f"{PUBLIC}/{name}"] = hashlib.sha256(content).hexdigest()
            yield f"{PUBLIC}/{name}", content

    put(folder, counted())
    return checksums


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
