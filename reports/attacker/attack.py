"""The attack: every player with all that he can hold, and what he finds."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from reports.attacker.checks.amounts import too_precise
from reports.attacker.checks.confidential import careless, internal_among_public
from reports.attacker.checks.consistency import disagreements
from reports.attacker.checks.rules import broken_rules
from reports.attacker.checks.totals import missing_totals
from reports.attacker.checks.unaccounted import unaccounted
from reports.attacker.checks.words import wrong_words
from reports.attacker.findings import Finding
from reports.attacker.leaks import leaks
from reports.attacker.players import (
    APART,
    WIDE,
    insider,
    of_package,
    one_more,
    own_rows,
    packages,
    partners,
    recovered_inside,
)
from reports.attacker.reading.decoding import Decoded, decode
from reports.attacker.reading.files import read
from reports.attacker.reading.release import PUBLIC, Knowledge, Release
from reports.attacker.search.recovery import Recovery, recover

TABLES = {
    "player": pl.String(),
    "edition": pl.String(),
    "count": pl.String(),
    "cells": pl.Int64(),
    "protected": pl.Int64(),
    "narrowest": pl.Float64(),
    "seconds": pl.Float64(),
}


@dataclass(frozen=True, slots=True)
class Audit:
    """What an attack did and found.

    `tables`: columns of `TABLES`, per player and count. `findings`: sorted; none is what we want.
    `settled`: of each part without a finding its checksum and narrowest width, for the next time.
    """

    tables: pl.DataFrame
    findings: tuple[Finding, ...]
    settled: dict[str, float] = field(default_factory=dict)


def attack_frames(
    editions: Sequence[Release],
    knowledge: Knowledge,
    *,
    settled: Mapping[str, float] | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> Audit:
    """Attack what was read of editions, oldest first; `settled` as in `Audit`.

    `clock` counts seconds; without it the tables hold none.
    """
    public = [decode(one) for one in editions if one.public]
    inside = packages(editions)
    own = [decode(own_rows(one)) for one in inside]
    found = recover(public, knowledge, need=WIDE, clock=clock, settled=settled)
    safe = found.safe(WIDE)
    known = ChainMap(safe, dict(settled or {}))
    findings = {*leaks(found, need=WIDE, player=PUBLIC), *one_more(found)}
    findings |= {*_seen(public, public, knowledge), *_of_everybody(public, inside, knowledge)}
    findings |= {
        *_seen(map(decode, inside), own, knowledge),
        *_of_readers(public, inside, knowledge),
    }
    tables = [_tables(found, PUBLIC)]
    for one in own:
        held = of_package(one, knowledge, clock=clock, settled=known)
        findings |= set(recovered_inside(held, one.release.reader))
        tables.append(_tables(held, one.release.reader))
        safe |= held.safe(APART)
    for release in partners(editions):
        others = insider(public, release, knowledge, clock=clock, settled=known)
        findings |= set(leaks(others, need=WIDE, player=release.reader))
        safe |= others.safe(WIDE)
    return Audit(pl.concat(tables), tuple(sorted(findings)), safe)


def attack(
    folders: Sequence[Path],
    *,
    known: Knowledge,
    settled: Mapping[str, float] | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> Audit:
    """Attack edition folders, oldest first, as they lie on disk; see `attack_frames`."""
    return attack_frames(read(folders), known, settled=settled, clock=clock)


def _seen(
    whole: Iterable[Decoded], own: Iterable[Decoded], knowledge: Knowledge
) -> Iterator[Finding]:
    """Yield what a reader sees in releases without working anything out.

    `own`: the same with only the rows that were protected by the rules that the release tells.
    """
    for every, protected in zip(whole, own, strict=True):
        yield from broken_rules(protected, knowledge)
        yield from missing_totals(protected)
        yield from disagreements(every.release)
        yield from wrong_words(every)


def _of_everybody(
    public: Sequence[Decoded], inside: Sequence[Release], knowledge: Knowledge
) -> Iterator[Finding]:
    """Yield what should not be in a public edition, beside what `_seen` yields.

    The words of pages are held beside the agreement as it is now: only those of the newest edition.
    """
    for one in public:
        yield from too_precise(one)
        yield from internal_among_public(one.release, inside)
    for one in public[-1:]:
        before = _edition(public, one.release.about.get("previous"))
        yield from unaccounted(one.release, before, knowledge)


def _of_readers(
    public: Sequence[Decoded], inside: Sequence[Release], knowledge: Knowledge
) -> Iterator[Finding]:
    """Yield what should not be in a package."""
    for one in inside:
        yield from careless(one, _edition(public, one.edition))
        yield from unaccounted(one, None, knowledge)


def _edition(public: Sequence[Decoded], name: str | None) -> Release | None:
    """Return an edition by its name, if it is at hand."""
    return next((one.release for one in public if one.release.edition == name), None)


def intervals(editions: Sequence[Release], knowledge: Knowledge) -> pl.DataFrame:
    """Return the interval that a stranger finds of every counted cell.

    Columns: those of `cells.cells`; kind; lower and upper, as narrow as they are known; width, the
    distance of two values that fit all figures; part, possible. See `recovery.Recovery`.
    """
    return recover(
        [decode(one) for one in editions], knowledge, need=WIDE, clock=lambda: 0.0
    ).intervals


def _tables(found: Recovery, player: str) -> pl.DataFrame:
    """Return the columns of `TABLES`; the seconds of a part are divided over its cells."""
    parts = found.parts.select(
        pl.col("part").cast(pl.Int64), each=pl.col("seconds") / pl.col("cells")
    )
    own = found.intervals.filter(pl.col("kind").is_in(["shown", "rest"]))
    timed = own.join(parts, on="part", how="left", validate="m:1")
    told = timed.group_by("edition", "count").agg(
        pl.len().cast(pl.Int64).alias("cells"),
        pl.col("protected").sum().cast(pl.Int64),
        pl.col("width").min().alias("narrowest"),
        pl.col("each").sum().alias("seconds"),
    )
    named = told.with_columns(player=pl.lit(player)).sort("edition", "count")
    return named.select(pl.col(name).cast(dtype) for name, dtype in TABLES.items())
