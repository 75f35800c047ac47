"""What a sheet gives to talk about, by rule: strengths, points to improve, and questions.

The rules choose and the words stand elsewhere (`reports.words`): everything here is data. Only
published figures and stories are looked at. Two sheets with the same figures get the same choice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from sources.agreement.model import Agreement
from transforms.comparison import Comparison
from transforms.series import DEFINITE, Difference, Series
from transforms.standing import AGAINST

MOST_QUESTIONS = 3

Stories = Sequence[dict[str, Any]]  # story_id and rubs, by story_id


class PointKind(StrEnum):
    """What a strength or point to improve rests on."""

    FIGURE = "figure"
    STANDS_OUT = "stands_out"  # a figure without a better side differs for certain, good or not
    STORY = "story"  # no figure can be compared: someone told a story
    MISSING = "missing"  # no figure can be compared, and one is missing
    NO_TARGET = "no_target"  # no figure can be compared, and nobody said what is good
    NOTHING_SURE = "nothing_sure"  # figures were compared, and none is better (or worse) for sure
    NOTHING_KNOWN = "nothing_known"
    NOBODY = "nobody"  # nobody lives in the area


class QuestionKind(StrEnum):
    """Why a question is asked, in the order in which they are asked."""

    DIVERGING_PAIR = "diverging_pair"  # two figures that belong together point different ways
    RUBBING_STORY = "rubbing_story"  # a story that rubs
    MOVED = "moved"  # another figure than a year ago, or than the baseline, for certain
    STANDS_OUT = "stands_out"  # another figure than the municipality's or the target, for certain
    MISSING = "missing"  # a figure that should be here was not delivered
    NO_TARGET = "no_target"  # a figure with a better side and no target


@dataclass(frozen=True, slots=True)
class Point:
    """A strength or a point to improve.

    `against` is one of `transforms.standing.AGAINST`, and `word` what that comparison says: always
    a difference that is certain. `period` is that of the figure.
    """

    kind: PointKind
    indicator: str = ""
    period: str = ""
    against: str = ""
    word: Comparison | None = None
    value: float | None = None
    benchmark: float | None = None
    story: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the table. `other` is the other half of a pair; `story` a story's id."""

    kind: QuestionKind
    indicator: str = ""
    against: str = ""
    word: Comparison | None = None
    other: str = ""
    other_word: Comparison | None = None
    story: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What a sheet gives to talk about: at least one of each point, at most three questions."""

    strengths: tuple[Point, ...]
    improvements: tuple[Point, ...]
    questions: tuple[Question, ...]


def conversation(
    standing: pl.DataFrame,
    agreement: Agreement,
    stories: pl.DataFrame,
    *,
    area: str = "",
    partner: str = "",
    inhabited: bool = True,
) -> Conversation:
    """Choose what a sheet of an area, or else of a partner, gives to talk about.

    `standing`: the figures of an edition, from `transforms.standing.standing`. `stories`: those of
    the edition (`reports.edition.Edition`). A figure is strong where it certainly lies on the
    better side of its indicator, and weak where it certainly lies on the other; the largest
    difference beside the width of the figure's own limits comes first. What may be chance is
    neither. Where no figure is strong or weak, at most two that certainly differ and have no better
    side stand out. Where nobody lives (`inhabited`), no figure is missing.
    """
    place = {"partner": partner} if partner else {"area_code": area, "partner": ""}
    mine = sorted(_those(standing, breakdown="", **place), key=itemgetter("indicator"))
    by_indicator = groupby(mine, key=itemgetter("indicator"))
    series = [Series(rows, agreement) for _, rows in by_indicator]
    here = _those(stories, **{"partner": partner} if partner else {"area": area})
    told = sorted(here, key=itemgetter("story_id"))
    good, bad = _points(series)
    compared = any(one.sided and any(one.differences()) for one in series)
    unsure = (Point(PointKind.NOTHING_SURE),) if compared else ()
    return Conversation(
        strengths=good or unsure or (_strength_without_figure(told, inhabited=inhabited),),
        improvements=bad or unsure or (_gap(series, inhabited=inhabited),),
        questions=_questions(series, told, inhabited=inhabited),
    )


def _those(rows: pl.DataFrame, **values: str) -> list[dict[str, Any]]:
    """Return the rows with these values. Of one sheet they are few: polars takes longer."""
    every = rows.iter_rows(named=True)
    return [row for row in every if all(row[name] == told for name, told in values.items())]


def _points(series: Sequence[Series]) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Return the figures that are strong and those that are weak; what stands out if neither is."""
    apart = [(one.sided, difference) for one in series for difference in one.differences()]
    good = _certain(difference for sided, difference in apart if sided and difference.better)
    bad = _certain(difference for sided, difference in apart if sided and not difference.better)
    if good or bad:
        return good, bad
    plain = (difference for sided, difference in apart if not sided)
    most = _certain(plain, PointKind.STANDS_OUT)
    return most[:1], most[1:2]


def _certain(apart: Iterable[Difference], kind: PointKind = PointKind.FIGURE) -> tuple[Point, ...]:
    """Return a point per indicator of the differences that are certain, the largest first."""
    found: dict[str, Point] = {}
    for one in sorted(apart, key=lambda one: (-abs(one.advantage), one.indicator, one.against)):
        if one.definite:
            point = Point(
                kind, one.indicator, one.period, one.against, one.word, one.value, one.benchmark
            )
            found.setdefault(one.indicator, point)
    return tuple(found.values())


def _strength_without_figure(stories: Stories, *, inhabited: bool) -> Point:
    """Return what is strong where no figure says so: that somebody told their story."""
    told = [story["story_id"] for story in stories if not story["rubs"]]
    if not told:
        return Point(PointKind.NOTHING_KNOWN if inhabited else PointKind.NOBODY)
    return Point(PointKind.STORY, story=told[0])


def _gap(series: Sequence[Series], *, inhabited: bool) -> Point:
    """Return what can be better where no figure says so: knowing what is not known yet."""
    if not inhabited:
        return Point(PointKind.NOBODY)
    for kind, lacks in ((PointKind.MISSING, _is_missing), (PointKind.NO_TARGET, _has_no_target)):
        for one in series:
            if lacks(one):
                return Point(kind, one.id)
    return Point(PointKind.NOTHING_KNOWN)


def _questions(
    series: Sequence[Series], stories: Stories, *, inhabited: bool
) -> tuple[Question, ...]:
    """Return at most three questions, of as many kinds as there are, in the order of the kinds."""
    found = [
        list(_diverging_pairs(series)),
        [Question(QuestionKind.RUBBING_STORY, story=story) for story in _rubbing(stories)],
        list(_certainly(series, QuestionKind.MOVED, ("year_ago", "baseline"))),
        list(_certainly(series, QuestionKind.STANDS_OUT, ("municipality", "target"))),
        [
            Question(QuestionKind.MISSING, one.id)
            for one in series
            if inhabited and _is_missing(one)
        ],
        [Question(QuestionKind.NO_TARGET, one.id) for one in series if _has_no_target(one)],
    ]
    rounds = range(max(len(kind) for kind in found))
    mixed = [kind[turn] for turn in rounds for kind in found if turn < len(kind)]
    order = list(QuestionKind)
    return tuple(sorted(mixed[:MOST_QUESTIONS], key=lambda question: order.index(question.kind)))


def _diverging_pairs(series: Sequence[Series]) -> Iterator[Question]:
    """Yield pairs of which the one is definitely better and the other definitely worse."""
    by_id = {one.id: one for one in series}
    for one in series:
        for other in (by_id[name] for name in one.indicator.pairs if name in by_id):
            told_before = one.id in other.indicator.pairs and other.id < one.id
            diverging = [against for against in AGAINST if _diverge(one, other, against)]
            if diverging and not told_before:
                against = diverging[0]
                words = one.word(against), other.word(against)
                yield Question(
                    QuestionKind.DIVERGING_PAIR, one.id, against, words[0], other.id, words[1]
                )


def _diverge(one: Series, other: Series, against: str) -> bool:
    sides = {series.better(series.word(against)) for series in (one, other)}
    return sides == {True, False}


def _certainly(
    series: Sequence[Series], kind: QuestionKind, against: Sequence[str]
) -> Iterator[Question]:
    """Yield a question per indicator that certainly differs from one of these."""
    for one in series:
        words = ((name, one.word(name)) for name in against)
        definite = [(name, word) for name, word in words if word in DEFINITE]
        if definite:
            yield Question(kind, one.id, *definite[0])


def _rubbing(stories: Stories) -> list[str]:
    return [story["story_id"] for story in stories if story["rubs"]]


def _is_missing(one: Series) -> bool:
    return one.status == "not_delivered"


def _has_no_target(one: Series) -> bool:
    return one.status == "published" and one.sided and one.aimless
