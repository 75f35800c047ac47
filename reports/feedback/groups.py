"""What was found, told once per kind: heavy before light, often before seldom, cause before effect.

One broken column makes a rule fail on the same row, one broken quote the row after it. Whoever
mends the cause sees the effect go; so an effect names its cause and stands below it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.feedback.answer import TOO_MANY
from sources.contracts.model import Contract
from sources.verdict import Finding, Level

_MORE = re.compile(r" Dit komt nog (\d+) keer meer voor\.$")
_TOGETHER = 4  # columns with the same fault that are told as one
_ORDER = {letter: place for place, letter in enumerate("SBKXRVP")}
_READ_AS_EMPTY = ("K202", "V415", "V416", "V426")
_MISREAD = ("B10", "B11", "B14", "B15")  # the file as a whole could not be read well
_BREAKS_ROWS = ("R301", "R303")


@dataclass(frozen=True, slots=True)
class Cause:
    """Which other group probably brings about `rows` of the rows of this one (0: the file)."""

    group: "Group"
    rows: int


@dataclass(frozen=True, slots=True)
class Group:
    """One kind of finding: the first of them, the columns and rows where it is, and how often."""

    finding: Finding
    columns: tuple[str, ...]
    rows: tuple[int, ...]
    times: int
    cause: Cause | None = None

    @property
    def anchor(self) -> str:
        """A name for this group within the page: the same for the same finding."""
        column = re.sub(r"[^a-z0-9]+", "-", "-".join(self.columns[:1]).casefold())
        return f"{self.finding.code}-{column}-{self.rows[0] if self.rows else 0}"


def groups(findings: Iterable[Finding], contract: Contract) -> dict[Level, list[Group]]:
    """Return the groups per level; without those levels at which nothing was found."""
    found = _together(_kinds(findings))
    told = [replace(group, cause=_cause(group, found, contract)) for group in found]
    by_level = {level: [g for g in told if g.finding.level is level] for level in Level}
    return {level: _ordered(some) for level, some in by_level.items() if some}


def occurrences(found: Finding) -> int:
    """Return for how many a finding stands: of very many the last one tells of the rest."""
    more = _MORE.search(found.message)
    return int(more[1]) if more else 1


def _kinds(findings: Iterable[Finding]) -> list[Group]:
    kinds: dict[Finding, list[int]] = {}
    counts: dict[Finding, int] = {}
    for found in findings:
        kind = replace(found, message=_MORE.sub("", found.message), row=None)
        rows = kinds.setdefault(kind, [])
        counts[kind] = counts.get(kind, 0) + occurrences(found)
        if found.row is not None:
            rows.append(found.row)
    return [
        Group(kind, (kind.column,) if kind.column else (), tuple(sorted(rows)), counts[kind])
        for kind, rows in kinds.items()
    ]


def _together(kinds: list[Group]) -> list[Group]:
    """Tell as one what is wrong with the whole of many columns in the same way."""
    alike: dict[tuple[str, Level, str, str], list[Group]] = {}
    for group in kinds:
        alike.setdefault(_sentence(group), []).append(group)
    return [one for some in alike.values() for one in _merged(some)]


def _sentence(group: Group) -> tuple[str, Level, str, str]:
    one = group.finding
    if group.rows or not one.column:
        return one.code, one.level, one.message, f"{one.column} {one.how_to_mend} {one.sheet}"
    blank = f"`{one.column}`"
    return one.code, one.level, one.message.replace(blank, ""), one.how_to_mend.replace(blank, "")


def _merged(some: list[Group]) -> Iterator[Group]:
    if len(some) < _TOGETHER:
        yield from some
        return
    columns = tuple(column for group in some for column in group.columns)
    yield replace(some[0], columns=columns, times=len(some))


def _ordered(some: list[Group]) -> list[Group]:
    """Return the groups of one level, each below its cause where that is of the same level."""
    ranked = sorted(some, key=_rank)
    causes = [group for group in ranked if not _below(group, ranked)]
    return list(_with_effects(causes, ranked))


def _with_effects(causes: list[Group], ranked: list[Group]) -> Iterator[Group]:
    for cause in causes:
        yield cause
        yield from _with_effects([g for g in ranked if _below(g, [cause])], ranked)


def _rank(group: Group) -> tuple[bool, int, int, str, tuple[str, ...]]:
    one = group.finding
    letter = _ORDER.get(one.code[:1], len(_ORDER)) if one.level is Level.REFUSE_FILE else 0
    return one.code in TOO_MANY, letter, -group.times, one.code, group.columns


def _below(group: Group, others: list[Group]) -> bool:
    cause = group.cause
    return cause is not None and any(cause.group.finding == other.finding for other in others)


def _cause(group: Group, others: list[Group], contract: Contract) -> Cause | None:
    """Return what probably brings this about, where something else that was found does."""
    one = group.finding
    if one.level is Level.REFUSE_FILE:
        return _of_file(group, others)
    if one.code == "R302":
        return _most(group, others, _BREAKS_ROWS, shift=1)
    if one.code in ("P602", "P603"):
        return next((Cause(g, 0) for g in others if _emptied(g, group)), None)
    return _of_rule(group, others, contract)


def _of_file(group: Group, others: list[Group]) -> Cause | None:
    """A file read in the wrong way has no good columns; without column names all are missing."""
    one = group.finding
    if one.code in TOO_MANY:
        rows = [g for g in others if g.finding.level is Level.REFUSE_ROW]
        return next((Cause(g, g.times) for g in sorted(rows, key=_rank)), None)
    if not one.code.startswith("K2"):
        return None
    wanted = _MISREAD if one.code == "K206" else (*_MISREAD, "K206")
    heavy = [g for g in others if g.finding.level is Level.REFUSE_FILE and g is not group]
    return next((Cause(g, 0) for g in heavy if g.finding.code.startswith(wanted)), None)


def _of_rule(group: Group, others: list[Group], contract: Contract) -> Cause | None:
    """A rule over columns fails where one of them could not be read in the same row."""
    rule = next((rule for rule in contract.rules if rule.code == group.finding.code), None)
    if rule is None:
        return None
    headers = {c.header for c in contract.columns if re.search(rf"\b{c.name}\b", rule.broken)}
    cells = [g for g in others if g.finding.code.startswith("V4") and {*g.columns} & headers]
    own = [g for g in cells if not any(r.code == g.finding.code for r in contract.rules)]
    return _most(group, own)


def _most(
    group: Group, others: list[Group], codes: tuple[str, ...] = (), *, shift: int = 0
) -> Cause | None:
    """Return the group that shares most rows with this one; its rows are `shift` earlier."""
    rows = {row - shift for row in group.rows}
    shared = [
        Cause(g, len(rows & {*g.rows})) for g in others if not codes or g.finding.code in codes
    ]
    best = max(shared, key=lambda cause: cause.rows, default=None)
    return best if best and best.rows else None


def _emptied(cause: Group, group: Group) -> bool:
    return cause.finding.code in _READ_AS_EMPTY and bool({*cause.columns} & {*group.columns})
