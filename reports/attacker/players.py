"""Who knows more than a stranger: an insider, the holder of a package, a watcher of editions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any

import polars as pl

from reports.attacker.findings import Finding, Kind
from reports.attacker.leaks import name
from reports.attacker.model.relations import Related
from reports.attacker.reading.decoding import ROLES, Decoded, decode
from reports.attacker.reading.release import MUNICIPALITY, PUBLIC, Knowledge, Release
from reports.attacker.search.recovery import Aids, Recovery, everybody, recover

WIDE = 4.0
"""A public count must be able to be this far apart at least (statistics and disclosure, 4.4)."""

APART = 1.0
"""An internal count that is held back must be able to be two things at least."""

_SAME = ["count", "first", "last", "area", "partner", "breakdown"]


def own_rows(package: Release) -> Release:
    """Return a package with only what is internal in it.

    What a partner's package tells of all partners together is what everybody may know.
    """
    if package.reader == MUNICIPALITY:
        return package
    own = package.figures.filter(pl.col("partner") == package.reader)
    return replace(package, figures=own)


def of_package(package: Decoded, knowledge: Knowledge, aids: Aids) -> Recovery:
    """Find what the holder of an internal package knows of what it holds back."""
    return recover([package], knowledge, need=APART, aids=aids, seeking=_held_back)


def _held_back(_: Related) -> pl.Expr:
    return pl.col("protected") & (pl.col("kind") == "shown")


def recovered_inside(found: Recovery, player: str) -> Iterator[Finding]:
    """Yield the counts that a package holds back, and that follow exactly from the rest of it."""
    known = (pl.col("upper") - pl.col("lower") < APART) & (pl.col("width") < APART)
    for row in found.intervals.filter("sought", known).sort("cell").iter_rows(named=True):
        how = "het afgeschermde aantal volgt precies uit de andere cijfers."
        yield Finding(row["edition"], player, Kind.EXACT, name(row), how)


def insider(
    public: Sequence[Decoded], package: Release, knowledge: Knowledge, aids: Aids
) -> Recovery:
    """Find what a partner learns of others from what is public and its own exact rows."""
    edition = next(one.release for one in public if one.release.edition == package.edition)
    about = {**package.about, "deliveries": edition.about["deliveries"]}
    mine = decode(replace(own_rows(package), about=about))
    others = partial(_others, partner=package.reader)
    beside = _touched(public, mine)
    return recover([*beside, mine], knowledge, need=WIDE, aids=aids, seeking=others)


def _touched(public: Sequence[Decoded], mine: Decoded) -> list[Decoded]:
    """Return the public figures of which a package may tell more: not those of other counts.

    Counts hang together in a reading, or as one within the other (`model.hierarchies`); what hangs
    together with nothing in the package, a stranger knows as well.
    """
    releases = [one.release for one in public]
    ties = [set(one) for release in releases for one in release.about["within"]]
    ties += [set(_counts(one)) for release in releases for one in release.about["readings"]]
    own = mine.figures["indicator"].unique().to_list()
    readings = mine.release.about["readings"]
    reached = {name for one in readings if one["indicator"] in own for name in _counts(one)}
    while more := [tie for tie in ties if tie & reached and not tie <= reached]:
        reached = reached.union(*more)
    return [_with_counts(one, reached) for one in public]


def _counts(reading: Mapping[str, Any]) -> list[str]:
    return [reading[role] for role in ROLES if reading.get(role)]


def _with_counts(decoded: Decoded, counts: set[str]) -> Decoded:
    named = [pl.col(f"{role}_id").is_in(counts) for role in ROLES]
    return replace(decoded, figures=decoded.figures.filter(pl.any_horizontal(named)))


def _others(tied: Related, *, partner: str) -> pl.Expr:
    """Seek the counts of others: not a partner's own, nor a total of which it is the only part.

    What is left of such a total without a part of it is the partner's own too.
    """
    parts = tied.rows.filter((pl.col("because") == "partner") & (pl.col("sign") > 0))
    own = tied.cells.select("cell", "partner")
    only = parts.join(own, on="cell").group_by("row").agg(pl.col("partner").unique())
    rows = only.filter(pl.col("partner") == [partner])["row"]
    totals = tied.rows.filter(pl.col("row").is_in(rows.implode()) & (pl.col("sign") < 0))["cell"]
    of_totals = tied.rows.filter(pl.col("cell").is_in(totals.implode()) & (pl.col("sign") < 0))
    rests = tied.rows.filter(pl.col("row").is_in(of_totals["row"].implode()))["cell"]
    alone = pl.col("cell").is_in(totals.implode())
    rest = pl.col("cell").is_in(rests.implode()) & (pl.col("kind") == "left")
    return everybody(tied) & (pl.col("partner") != partner) & ~alone & ~rest


def one_more(found: Recovery) -> Iterator[Finding]:
    """Yield what follows from two editions for who knows that one client came, or went.

    A figure that went up tells of one who came, one that went down of one who went. Who knows of
    the one while the figure tells of the other knows more than one client's doings.
    """
    order = found.intervals["edition"].unique().sort()
    for before, after in pairwise(order):
        one = found.intervals.filter(edition=before, kind="shown")
        two = found.intervals.filter(edition=after, kind="shown")
        both = one.join(two, on=_SAME, suffix="_after", validate="m:m")
        rose = pl.col("shown_after") - pl.col("shown")
        for step, moved in ((1, rose >= 0), (-1, rose <= 0)):
            most = pl.min_horizontal("upper", pl.col("upper_after") - step)
            least = pl.max_horizontal("lower", pl.col("lower_after") - step)
            close = both.filter(moved & (most - least < WIDE) & (most >= least))
            for row in close.sort("cell").iter_rows(named=True):
                yield Finding(after, PUBLIC, Kind.NARROW, name(row), _ONE)


_ONE = "wie weet dat er één cliënt bij kwam of wegging, weet nu bijna het hele aantal."


def packages(editions: Sequence[Release]) -> list[Release]:
    """Return the internal packages of the newest edition that has any."""
    inside = [one for one in editions if not one.public]
    newest = max((one.edition for one in inside), default="")
    return [one for one in inside if one.edition == newest]


def partners(editions: Sequence[Release]) -> list[Release]:
    """Return the packages of partners among them."""
    return [one for one in packages(editions) if one.reader != MUNICIPALITY]
