"""The attack: every player with all that he can hold, and what he finds."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from reports.attacker.search.recovery import ALONE, Aids, Recovery, recover

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


@dataclass(frozen=True, slots=True)
class _Met:
    """What one player found, what of it is safe, and what the tables tell of it."""

    findings: tuple[Finding, ...]
    safe: Mapping[str, float]
    tables: Sequence[pl.DataFrame] = ()


def attack_frames(
    editions: Sequence[Release],
    knowledge: Knowledge,
    aids: Aids = ALONE,
) -> Audit:
    """Attack what was read of editions, oldest first."""
    public = [decode(one) for one in editions if one.public]
    inside = packages(editions)
    own = [decode(own_rows(one)) for one in inside]
    found = recover(public, knowledge, need=WIDE, aids=aids)
    safe = found.safe(WIDE)
    findings = {*leaks(found, need=WIDE, player=PUBLIC), *one_more(found)}
    findings |= {*_seen(public, public, knowledge), *_of_everybody(public, inside, knowledge)}
    findings |= {
        *_seen(map(decode, inside), own, knowledge),
        *_of_readers(public, inside, knowledge),
    }
    known = replace(aids, settled=ChainMap(safe, dict(aids.settled)))
    tables = [_tables(found, PUBLIC)]
    for one in _met(public, own, partners(editions), knowledge, known):
        findings.update(one.findings)
        tables.extend(one.tables)
        safe |= one.safe
    return Audit(pl.concat(tables), tuple(sorted(findings)), safe)


def _met(
    public: Sequence[Decoded],
    own: Sequence[Decoded],
    partners: Sequence[Release],
    knowledge: Knowledge,
    aids: Aids,
) -> list[_Met]:
    """Let everybody try who holds a package: first each package by itself, then beside the public.

    Who holds exact counts begins at the exact ones: the others' do not fit beside them.
    """
    alone = replace(aids, guesses=tuple(reversed(aids.guesses)), each=map)

    def holds(package: Decoded) -> _Met:
        held, reader = of_package(package, knowledge, alone), package.release.reader
        found = tuple(recovered_inside(held, reader))
        return _Met(found, held.safe(APART), [_tables(held, reader)])

    def learns(package: Release) -> _Met:
        others = insider(public, package, knowledge, alone)
        return _Met(tuple(leaks(others, need=WIDE, player=package.reader)), others.safe(WIDE))

    return [*aids.each(holds, own), *aids.each(learns, partners)]


def attack(folders: Sequence[Path], *, known: Knowledge, aids: Aids = ALONE) -> Audit:
    """Attack edition folders, oldest first, as they lie on disk; see `attack_frames`."""
    return attack_frames(read(folders), known, aids)


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
    return recover([decode(one) for one in editions], knowledge, need=WIDE).intervals


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
