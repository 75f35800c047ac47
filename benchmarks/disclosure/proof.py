"""The targets of the specification, each with the figure that was measured."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.disclosure.released import Case, Released
from benchmarks.disclosure.truth import Rounding, exact, outside, rounding
from benchmarks.disclosure.words import Words, words
from reports.attacker import Aids, Audit, attack_frames, intervals
from reports.attacker.findings import Kind
from transforms.disclosure.linked import Linked

LARGEST, RATIO, UNDECIDED = 4.0, 1.15, 0.15
PROTECT_SECONDS, AUDIT_SECONDS, LATER_SECONDS = 10.0, 300.0, 90.0


@dataclass(frozen=True, slots=True)
class Line:
    """One target: what it is, what is to be reached, what was measured, and whether it was met."""

    what: str
    to_reach: str
    figure: str
    met: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What was measured of one municipality, over all its editions."""

    audit: Audit
    attacked: float
    attacked_later: float
    outside: int
    inside: int
    roundings: tuple[Rounding, ...]
    words: Words
    protected: tuple[float, ...]
    figures: int
    held_back: int

    def lines(self) -> Iterator[Line]:
        """Yield the targets of 4.6 that a simulated municipality can meet."""
        kinds = [finding.kind for finding in self.audit.findings]
        leaks = (Kind.EXACT, Kind.NARROW)
        yield _none("exactly recovered", kinds.count(Kind.EXACT))
        yield _none("narrower than 4", kinds.count(Kind.NARROW))
        yield _none("other findings", sum(kind not in leaks for kind in kinds))
        yield _none(f"truth outside its interval, of {self.inside + self.outside}", self.outside)
        yield _none("broken sums", sum(one.broken for one in self.roundings))
        yield from self._rounding()
        yield _none("words that say the opposite", self.words.opposite)
        share = self.words.undecided / max(self.words.compared, 1)
        yield _at_most(f"definite or not, of {self.words.compared} words", UNDECIDED, share)
        yield _at_most("seconds to protect an edition", PROTECT_SECONDS, max(self.protected))
        yield _at_most("seconds to attack all editions", AUDIT_SECONDS, self.attacked)
        yield _at_most("seconds to attack one edition more", LATER_SECONDS, self.attacked_later)

    def _rounding(self) -> Iterator[Line]:
        yield _at_most("largest deviation", LARGEST, max(one.largest for one in self.roundings))
        every = sum(one.mean * one.cells for one in self.roundings)
        least = sum(one.ordinary * one.cells for one in self.roundings)
        yield _at_most("mean deviation, times ordinary", RATIO, every / least)
        first, last = self.roundings[0], self.roundings[-1]
        yield _at_most("the same, first edition", RATIO, first.mean / first.ordinary)
        yield _at_most("the same, last edition", RATIO, last.mean / last.ordinary)


def proof(case: Case) -> Proof:
    """Attack the editions of a municipality, and hold all of it beside the truth."""
    editions, known = case.editions, case.known
    told = [one.told for one in editions]
    before = attack_frames(told[:-1], known) if len(told) > 1 else None
    begin = time.perf_counter()
    audit = attack_frames(told, known)
    between = time.perf_counter()
    attack_frames(told, known, Aids(settled=before.settled if before else {}))
    later = time.perf_counter() - between
    truths = [exact(case, one) for one in editions]
    named = [
        (one.observed.edition, cells.cells) for one, cells in zip(editions, truths, strict=True)
    ]
    held = outside(intervals(told, known), named)
    figures = [one.protected.figures for one in editions]
    return Proof(
        audit=audit,
        attacked=between - begin,
        attacked_later=later,
        outside=int(held["outside"].sum()),
        inside=int((~held["outside"]).sum()),
        roundings=tuple(_roundings(case, truths)),
        words=sum((_words(case, one) for one in editions), Words()),
        protected=tuple(one.seconds for one in editions),
        figures=sum(one.height for one in figures),
        held_back=sum(int((one["status"] == "protected").sum()) for one in figures),
    )


def _roundings(case: Case, truths: list[Linked]) -> Iterator[Rounding]:
    base = case.agreement.general.public.base
    for cells, one in zip(truths, case.editions, strict=True):
        yield rounding(cells, one, base=base)


def _words(case: Case, one: Released) -> Words:
    return words(one.protected.figures, one.observed.observations, case.agreement)


def _none(what: str, figure: int) -> Line:
    return Line(what, "0", str(figure), figure == 0)


def _at_most(what: str, most: float, figure: float) -> Line:
    return Line(what, f"<= {most:g}", f"{figure:.3g}", figure <= most)
