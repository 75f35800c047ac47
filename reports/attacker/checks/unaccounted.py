"""Numbers on pages that no figure accounts for: in titles, sentences, drawings and what is unseen.

A number must be that of a figure that is printed near it; see `ordinary` for the numbers that need
none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from reports.attacker.checks.ordinary import ACCOUNT, Ordinary, agreed_values
from reports.attacker.findings import Finding, Kind
from reports.attacker.reading.drawings import Drawing
from reports.attacker.reading.numbers import PERCENT, Number, measured, numbers
from reports.attacker.reading.printed import Printed
from reports.attacker.reading.release import Knowledge, Passage, Release

_OF_PLACE = ("questions", "omitted")
"""Blocks that tell of figures printed elsewhere, or before: any of the place will do there."""

_FACTS = "context"
"""The block with what a statistics office tells of who live in an area."""

_AXIS = "axis"
"""The ends of an axis: it may end at the furthest mark on it, a baseline or a target too."""

_CHANGED = "changed"
"""The list of all that changed: a number is one that some figure has now, or had before."""

_BASELINE = re.compile(r"nulmeting [^:]+: ([^·]+)")
"""What a baseline says that is itself a figure of an earlier period."""

_ENDS = {(0.0, ""), (0.0, PERCENT), (100.0, PERCENT)}
"""Where the axis of a chart may begin and end, beside the numbers of what is drawn on it."""


def unaccounted(release: Release, before: Release | None, known: Knowledge) -> Iterator[Finding]:
    """Yield the pages with a passage or a drawing that tells a number of its own.

    `before`: the edition that this one follows, of which pages say what changed since.
    """
    pages = _Pages(release, before, known)
    for passage in release.passages:
        if not pages.account_for(passage):
            where = f"bij {passage.block}" if passage.block else "buiten de blokken"
            how = f"{where} staat een getal waar geen cijfer bij hoort."
            yield Finding(release.edition, release.reader, Kind.UNTOLD, passage.page, how)
    for drawing in release.drawings:
        if not pages.draw(drawing):
            how = "een grafiek is getekend met een getal dat er niet bij staat."
            yield Finding(release.edition, release.reader, Kind.UNTOLD, drawing.page, how)


class _Pages:
    """What the pages of a release may say, by its own files, the one before, and what is known."""

    def __init__(self, release: Release, before: Release | None, known: Knowledge) -> None:
        places = release.about["areas"]
        texts = known.texts.union(one[name] for one in places for name in ("name", "code"))
        longest = tuple(sorted(texts, key=lambda text: (-len(text), text)))
        self._ordinary = Ordinary(longest, known.agreed, release.public)
        self._now = Printed(release)
        self._before = Printed(before) if before else None
        self._facts = _by_area(known)
        self._agreed = _agreed(release.passages)
        areas = range(1, len(places) + 1)
        rules = (*release.rules.values(), *release.about.get("context", {}).values())
        self._fixed = {
            _AXIS: _ENDS,
            "map": {(float(one), "") for one in areas},
            "reading": {(float(one), "") for one in rules if isinstance(one, int)},
        }

    def account_for(self, passage: Passage) -> bool:
        """Whether each number of a passage is that of a figure, or tells of nobody."""
        if passage.quoted or passage.block in ACCOUNT:
            return True
        told = self._told(passage.text) - self._fixed.get(passage.block, set())
        if passage.block in _OF_PLACE:
            told -= self._of_place(passage.page)
        elif passage.block == _AXIS:
            agreed = self._agreed.get(passage.inside, set())
            told = {one for one in told if measured(one) not in agreed} - self._earlier(passage)
        elif passage.block == _CHANGED:
            told -= self._of_all
        elif passage.block == _FACTS:
            told -= self._facts.get(_place(passage.page)[0], set())
        return told <= self._near(passage.inside) | self._baselines(passage)

    @cached_property
    def _of_all(self) -> set[Number]:
        printed = [one for one in (self._now, self._before) if one]
        return set[Number]().union(*(one.numbers(name) for one in printed for name in one.rows))

    def draw(self, drawing: Drawing) -> bool:
        """Whether a chart is drawn and labelled with the numbers beside it."""
        labels = self._told(" · ".join(drawing.labels()))
        names = {one for name in drawing.inside for one in self._now.series(name)}
        values = self._now.values(names) | self._agreed.get(drawing.inside, set())
        shown = not drawing.inside or drawing.shows_only(values)
        return shown and labels <= self._near(drawing.inside)

    def _told(self, text: str) -> set[Number]:
        return numbers(self._ordinary.without(text))

    def _near(self, inside: Iterable[str]) -> set[Number]:
        return set[Number]().union(*(self._now.numbers(name) for name in inside))

    def _baselines(self, passage: Passage) -> set[Number]:
        """Return the numbers that a figure had before, where a passage tells its baseline."""
        told = numbers(" · ".join(_BASELINE.findall(passage.text)))
        return told & self._earlier(passage)

    def _earlier(self, passage: Passage) -> set[Number]:
        """Return the numbers that the figures beside a passage have in any period."""
        return self._near(one for name in passage.inside for one in self._now.series(name))

    def _of_place(self, page: str) -> set[Number]:
        """Return the numbers of the place that a page is of, and of the municipality beside it."""
        area, partner = _place(page)
        printed = [one for one in (self._now, self._before) if one]
        told = [one.at(*place) for one in printed for place in ((area, partner), ("", ""))]
        return set[Number]().union(*told)


def _place(page: str) -> tuple[str, str]:
    """Return the area and the partner that a page is of, by where it lies."""
    kind, _, name = page.rpartition("/")[0].partition("/")
    return (name if kind == "wijk" else "", name if kind == "partner" else "")


def _agreed(passages: Iterable[Passage]) -> dict[tuple[str, ...], set[float]]:
    """Return the targets and baselines that are told beside the same figures."""
    found: defaultdict[tuple[str, ...], set[float]] = defaultdict(set)
    for one in passages:
        found[one.inside] |= agreed_values(one.text)
    return found


def _by_area(known: Knowledge) -> dict[str, set[Number]]:
    """Return what is known of who live in an area, as it may be written: also per hundred."""
    found: defaultdict[str, set[Number]] = defaultdict(set)
    for area, value in known.facts.iter_rows():
        rounded = (value, 100 * round(value / 100))
        found[area] |= {(round(float(one), 4), unit) for one in rounded for unit in ("", "%")}
    return found
