"""The attack: every player with all that he can hold, and what he finds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from reports.attacker.agreeing import disagreements
from reports.attacker.among import internal_among_public
from reports.attacker.findings import Finding
from reports.attacker.leaks import leaks
from reports.attacker.placed import Placed, placed
from reports.attacker.players import (
    WIDE,
    insider,
    of_package,
    one_more,
    own_rows,
    packages,
    partners,
    recovered_inside,
)
from reports.attacker.promises import broken_promises
from reports.attacker.reading import read
from reports.attacker.recovery import Recovery, recover
from reports.attacker.told import PUBLIC, Knowledge, Told
from reports.attacker.totals import missing_totals
from reports.attacker.words import wrong_words

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
    editions: Sequence[Told],
    knowledge: Knowledge,
    *,
    settled: Mapping[str, float] | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> Audit:
    """Attack what was read of editions, oldest first; `settled` as in `Audit`.

    `clock` counts seconds; without it the tables hold none.
    """
    public = [placed(one) for one in editions if one.public]
    inside = packages(editions)
    found = recover(public, knowledge, need=WIDE, clock=clock, settled=settled)
    findings = {*leaks(found, need=WIDE, player=PUBLIC), *one_more(found)}
    tables = [_tables(found, PUBLIC)]
    for one in public:
        findings |= {*_seen(one, one, knowledge), *internal_among_public(one.told, inside)}
    for told in inside:
        own = placed(own_rows(told))
        held = of_package(own, knowledge, clock=clock)
        findings |= {*recovered_inside(held, told.reader), *_seen(placed(told), own, knowledge)}
        tables.append(_tables(held, told.reader))
    for told in partners(editions):
        findings |= set(insider(public, told, knowledge, clock=clock))
    return Audit(pl.concat(tables), tuple(sorted(findings)), _settled(found))


def attack(
    folders: Sequence[Path],
    *,
    known: Knowledge,
    settled: Mapping[str, float] | None = None,
    clock: Callable[[], float] = lambda: 0.0,
) -> Audit:
    """Attack edition folders, oldest first, as they lie on disk; see `attack_frames`."""
    return attack_frames(read(folders), known, settled=settled, clock=clock)


def _seen(whole: Placed, own: Placed, knowledge: Knowledge) -> Iterator[Finding]:
    """Yield what a reader sees in one edition without working anything out.

    `own`: with only the rows that were protected by the rules that the edition tells.
    """
    yield from broken_promises(own, knowledge)
    yield from missing_totals(own)
    yield from disagreements(whole.told)
    yield from wrong_words(whole)


def intervals(editions: Sequence[Told], knowledge: Knowledge) -> pl.DataFrame:
    """Return the interval that a stranger finds of every counted cell.

    Columns: those of `cells.cells`; kind; lower and upper, as narrow as they are known; width, the
    distance of two values that fit all figures; part, possible. See `recovery.Recovery`.
    """
    return recover(
        [placed(one) for one in editions], knowledge, need=WIDE, clock=lambda: 0.0
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


def _settled(found: Recovery) -> dict[str, float]:
    safe = found.parts.filter(pl.col("narrowest") >= WIDE)
    return dict(safe.select("digest", "narrowest").iter_rows())
