"""An edition put together: all that its sheets may know, from what was protected and received."""

import hashlib
from datetime import datetime
from importlib.metadata import version

import polars as pl

from flows.settings import ZONE, Town
from flows.steps import frames, harvest, stories
from flows.steps.observe import DIVISION, areas
from flows.steps.owed import deliveries
from reports.edition import Edition
from sources.agreement.model import Agreement
from sources.errors import UsageError
from sources.store import EditionRecord, Store
from transforms import changes
from transforms.disclosure import Protected

KEY_FIGURES = "gebied_kerncijfers"

_TOLD = ("figures", "stories", "deliveries", "areas", "context", "harvest")


def edition(
    town: Town, store: Store, quarter: str, protected: Protected, *, known_at: datetime
) -> Edition:
    """Put together all that the sheets of a quarter may know, as a concept.

    What changed is told since the edition before that everybody could read.
    """
    before, figures = _public_before(store, known_at), protected.figures
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


def _public_before(store: Store, known_at: datetime) -> str | None:
    """Return the last edition that was established before a moment."""
    earlier = [one for one in store.editions() if one.known_at < known_at]
    public = [one.id for one in earlier if one.public(known_at)]
    return public[-1] if public else None


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


def digest(edition: Edition) -> str:
    """Return a checksum of what an edition tells, without its name and its moment."""
    told = hashlib.sha256(edition.agreement.model_dump_json().encode())
    told.update(version("praatplaat").encode())
    told.update(repr(edition.form).encode())
    for name in _TOLD:
        frame: pl.DataFrame = getattr(edition, name)
        told.update(frame.drop("edition", strict=False).write_csv(null_value="\\N").encode())
    return told.hexdigest()


def account(
    town: Town, edition: Edition, checksums: dict[str, str], known: pl.DataFrame
) -> dict[str, object]:
    """Say what an edition was made of, so that it can be made again."""
    return {
        "program": version("praatplaat"),
        "agreement": agreed(edition.agreement),
        "contracts": {name: one.version for name, one in sorted(town.contracts.items())},
        "deliveries": known.filter("counts")["sha256"].sort().to_list(),
        "files": checksums,
    }


def find(store: Store, name: str) -> EditionRecord:
    """Return an edition by its name; UsageError where there is no such edition."""
    every = {one.id: one for one in store.editions()}
    if name not in every:
        raise UsageError(f"Een editie `{name}` is er niet. Er zijn: {', '.join(every) or 'geen'}.")
    return every[name]


def concept(store: Store, name: str) -> EditionRecord:
    """Return the edition that waits to be established.

    Raises:
        UsageError: there is no such edition, it was established, or a newer one was made.
    """
    record, newest = find(store, name), store.editions()[-1].id
    if record.established:
        raise UsageError(f"Editie {name} is al vastgesteld, door {record.established.by}.")
    if newest != name:
        raise UsageError(f"Na editie {name} is editie {newest} gemaakt. Neem die.")
    return record


def agreed(agreement: Agreement) -> str:
    """Return the checksum by which an edition knows its agreement."""
    return hashlib.sha256(agreement.model_dump_json().encode()).hexdigest()
