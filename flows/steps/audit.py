"""An edition attacked as it lies on disk, jointly with all that came out before it."""

import json
import os
import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from flows.settings import Town
from flows.steps import frames
from reports.attacker import GUESSED, PUBLIC, WIDE, Aids, Audit, Finding, Knowledge, attack
from reports.edition import Audited
from reports.forms.harvest import PROGRAMS
from reports.sealed import joined
from sources.errors import DisclosureRisk, UsageError
from sources.store import Store

KEY_FIGURES = "gebied_kerncijfers"

MEMORY = "audit.json"
"""Lies in the edition's folder, and in none of those that anybody reads."""

Counts = tuple[pl.DataFrame, pl.DataFrame]
"""Of an edition: as they were rounded for everybody (`rounded`), and as they are (`exact`)."""

_TOLD = 10
_WORDED = re.compile(r"\d.*[a-z]|[a-z].*\d", re.IGNORECASE)


def audit(town: Town, store: Store, edition: str, *, known_at: datetime, full: bool) -> Audit:
    """Attack an edition with all earlier ones, and remember what was found safe.

    What has not changed since the last audit is not examined again, unless `full`. `known_at`: the
    moment by which public figures of areas are known.

    Raises:
        UsageError: there is no such edition.
    """
    record = next((one for one in store.editions() if one.id == edition), None)
    together = folders(town, store, until=record.known_at) if record else []
    if record is None or town.settings.editions / edition not in together:
        told = ", ".join(one.id for one in store.editions()) or "nog geen"
        raise UsageError(f"Een editie `{edition}` is er niet. Er zijn: {told}.")
    known = knowledge(town, store, record.quarter, known_at=known_at)
    guesses = fitting({one.name: remembered(store, one.name) for one in together})
    found = attacked(together, known, guesses=guesses, full=full)
    (town.settings.editions / edition / MEMORY).write_bytes(memory(found))
    return found


def attacked(
    together: Sequence[Path],
    known: Knowledge,
    *,
    guesses: Sequence[pl.DataFrame] = (),
    full: bool = False,
    beside: Sequence[Path] = (),
) -> Audit:
    """Attack edition folders jointly, oldest first; with `full` also what was safe before.

    What was safe is told by these folders, and by those `beside` them. `guesses`: see `fitting`.
    """
    settled = {} if full else _settled([*together, *beside])
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as threads:
        aids = Aids(settled, guesses, each=threads.map, clock=time.perf_counter)
        return attack(together, known=known, aids=aids)


def remembered(store: Store, edition: str) -> Counts:
    """Return the counts of an edition that is in the store."""
    return store.rounded(edition), store.internal(edition)


def fitting(counts: Mapping[str, Counts]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the counts of editions, by their ids, as guesses: rounded, and as they are."""
    rounded = [_guesses(one, edition, "rounded") for edition, (one, _) in counts.items()]
    exact = [_guesses(one, edition, "exact") for edition, (_, one) in counts.items()]
    return pl.concat(rounded), pl.concat(exact)


def _guesses(counts: pl.DataFrame, edition: str, value: str) -> pl.DataFrame:
    named = counts.with_columns(pl.lit(edition).alias("edition"), pl.col(value).alias("value"))
    return named.select(pl.col(name).cast(dtype) for name, dtype in GUESSED.items())


def memory(found: Audit) -> bytes:
    """Return what the next audit must know of this one: the content of `MEMORY`."""
    return (json.dumps(found.settled, indent=0, sort_keys=True) + "\n").encode()


def audited(found: Audit) -> Audited:
    """Return what an edition may tell of the attack on it."""
    public = found.tables.filter(pl.col("player") == PUBLIC)
    return Audited(
        tables=public.height,
        figures=int(public["cells"].sum()),
        editions=public["edition"].n_unique(),
        width=int(WIDE),
    )


def gate(found: Audit) -> None:
    """Let an edition pass that gives nobody away.

    Raises:
        DisclosureRisk: something was found; says which figures, and how.
    """
    if found.findings:
        raise DisclosureRisk(report(found.findings))


def report(findings: Sequence[Finding]) -> str:
    """Say of each finding which figure and how; the first few, and how many more."""
    lines = [f"- {one}" for one in findings[:_TOLD]]
    if len(findings) > _TOLD:
        lines.append(f"- En nog {len(findings) - _TOLD} andere.")
    head = "Deze editie kan mensen verraden. Breng haar zo niet uit."
    return "\n".join([head, *lines])


def knowledge(town: Town, store: Store, quarter: str, *, known_at: datetime) -> Knowledge:
    """Return what everybody knows: the agreement, and what statistics offices publish."""
    people = store.accepted(town.contracts[KEY_FIGURES], known_at=known_at)
    observations = store.observations(quarter, known_at=known_at)
    passed = [name for name, one in town.agreement.indicators.items() if one.protected_at_source]
    sources = pl.DataFrame() if observations is None else observations
    theirs = sources.filter(pl.col("indicator").is_in(passed)).drop_nulls("value")
    context = frames.context(people, town.contracts[KEY_FIGURES])
    agreed, labels = town.agreement.model_dump(mode="json"), context["label"].to_list()
    numbers, texts = stated([agreed, labels, joined(PROGRAMS)])
    return Knowledge(
        inhabitants=people.drop_nulls("inwoners").select(
            pl.col("code").alias("area"),
            pl.col("jaar").cast(pl.Int32).alias("year"),
            pl.col("inwoners").cast(pl.Int64).alias("inhabitants"),
        ),
        sources=theirs.select(
            "indicator", "period", pl.col("area").alias("area_code"), "breakdown", "value"
        ),
        facts=context.select("area", "value").drop_nulls(),
        agreed=numbers,
        texts=texts,
    )


def stated(told: Any) -> tuple[frozenset[float], frozenset[str]]:
    """Return the numbers, and the texts that hold a number, of what everybody may read.

    `told`: an agreement as plain lists, mappings, texts and numbers.
    """
    if isinstance(told, str):
        text = " ".join(told.split())
        return frozenset(), frozenset({text} if _WORDED.search(text) else ())
    if isinstance(told, int | float) and not isinstance(told, bool):
        return frozenset({round(float(told), 4)}), frozenset()
    inner = told.values() if isinstance(told, Mapping) else told if isinstance(told, list) else ()
    each = [stated(one) for one in inner]
    return frozenset().union(*(n for n, _ in each)), frozenset().union(*(t for _, t in each))


def folders(town: Town, store: Store, *, until: datetime) -> list[Path]:
    """Return the folders of the editions known at a moment, oldest first, that are still there.

    Editions from before they told of themselves are left out: nothing can be read from them.
    """
    known = [one.id for one in store.editions() if one.known_at <= until]
    every = [town.settings.editions / one for one in known]
    return [one for one in every if (one / PUBLIC / "data" / "edition.json").is_file()]


def _settled(together: Sequence[Path]) -> dict[str, float]:
    """Return what earlier audits found safe: the narrowest width of each part, by its checksum."""
    found: dict[str, float] = {}
    for folder in together:
        kept = folder / MEMORY
        if kept.is_file():
            found |= json.loads(kept.read_text("utf-8"))
    return found
