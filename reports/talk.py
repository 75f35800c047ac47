"""What a sheet gives to talk about: people's own questions first, then what the rules find.

The rules are those of `transforms.conversation`; here they get their words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import polars as pl

from reports.aims import next_target, whose
from reports.block import Sheet
from reports.shelf import Shelf
from transforms.comparison import Comparison
from transforms.conversation import (
    MOST_QUESTIONS,
    Conversation,
    Point,
    PointKind,
    Question,
    QuestionKind,
    conversation,
)

POINTS = 1
_NEUTRAL = {PointKind.STANDS_OUT, PointKind.NOBODY}
_STORIES = {"story_id": pl.String, "rubs": pl.Boolean, "area": pl.String, "partner": pl.String}


@dataclass(frozen=True, slots=True)
class Talk:
    """Sentences for the table: questions, and points under what they are (gaat goed, valt op)."""

    questions: tuple[str, ...]
    points: dict[str, list[str]]


def talk(sheet: Sheet) -> Talk:
    """Return at most three questions, the strongest point, and the one most to improve."""
    partner = sheet.id if sheet.partner else ""
    area = "" if partner else sheet.area.code
    found = _found(sheet.shelf, area, partner, tuple(sheet.indicators))
    standing = sheet.words(f"questions.standing.{sheet.kind if _inhabited(sheet) else 'nobody'}")
    asked = [*_written(sheet), *(_question(sheet, one) for one in found.questions), standing]
    return Talk(
        questions=tuple(dict.fromkeys(asked))[:MOST_QUESTIONS],
        points=_points(sheet, found),
    )


def _points(sheet: Sheet, found: Conversation) -> dict[str, list[str]]:
    """Return what is told under each heading; what is told twice, once and last."""
    told: dict[str, list[str]] = {}
    sides = (("strength", found.strengths), ("improve", found.improvements))
    for side, one in ((side, one) for side, points in sides for one in points[:POINTS]):
        heading = sheet.words(f"questions.{'neutral' if one.kind in _NEUTRAL else side}")
        said = list(_told(sheet, one, side))
        told[heading] = [*(line for line in told.get(heading, ()) if line not in said), *said]
    return told


def _inhabited(sheet: Sheet) -> bool:
    return sheet.partner is not None or sheet.shelf.inhabited(sheet.area.code)


@lru_cache(maxsize=4)  # of the sheets that are drawn at a time
def _found(shelf: Shelf, area: str, partner: str, told: tuple[str, ...]) -> Conversation:
    """Apply the rules once for all blocks of a sheet, to the indicators that it tells."""
    return conversation(
        shelf.standing(told, area=area, partner=partner),
        shelf.agreement,
        _stories(shelf, area, partner),
        area=area,
        partner=partner,
        inhabited=bool(partner) or shelf.inhabited(area),
    )


def _stories(shelf: Shelf, area: str, partner: str) -> pl.DataFrame:
    """Return what the rules ask of stories, as a table."""
    told = shelf.told(area=area, partner=partner)
    rows = [(one.id, one.rubs, one.area, one.partner) for one in told]
    return pl.DataFrame(rows, schema=_STORIES, orient="row")


def _written(sheet: Sheet) -> tuple[str, ...]:
    """Return the questions that people wrote for this sheet, then those of roles and figures.

    Of a partner those of its roles; of an area those that stand in the place of a target.
    """
    written = sheet.shelf.agreement.questions
    if sheet.partner:
        of_roles = (sheet.partner.questions.get(role, ()) for role in sheet.partner.roles)
        return (*written.partners.get(sheet.id, ()), *chain.from_iterable(of_roles))
    of_figures = (one.questions.get(sheet.area.code, "") for one in sheet.indicators.values())
    return (*written.areas.get(sheet.area.code, ()), *filter(None, of_figures))


def _question(sheet: Sheet, one: Question) -> str:
    if one.kind is QuestionKind.RUBBING_STORY:
        return sheet.words("question.rubbing_story", title=_title(sheet, one.story))
    name = sheet.shelf.indicator(one.indicator).name
    if one.kind is QuestionKind.DIVERGING_PAIR:
        other = sheet.shelf.indicator(one.other).name
        return sheet.words("question.diverging_pair", name=name, other=other)
    if one.kind in (QuestionKind.MOVED, QuestionKind.STANDS_OUT) and one.word:
        key = f"question.{one.kind}.{one.word.name.lower()}"
        return sheet.words(key, name=name, than=_than(sheet, one.indicator, one.against))
    return sheet.words(f"question.{one.kind}", name=name)


def _told(sheet: Sheet, one: Point, side: str) -> Iterator[str]:
    """Yield what a point says; of what stands out also that nobody agreed what is good."""
    if one.word:
        yield _figure(sheet, one, one.word)
    if one.kind is PointKind.STORY:
        yield sheet.words("point.story", title=_title(sheet, one.story))
    elif one.kind is PointKind.NOTHING_KNOWN:
        yield sheet.words(f"point.nothing_known.{side}")
    elif one.kind is not PointKind.FIGURE:
        name = sheet.shelf.indicator(one.indicator).name if one.indicator else ""
        yield sheet.words(f"point.{one.kind}", name=name)


def _figure(sheet: Sheet, one: Point, word: Comparison) -> str:
    figure = sheet.latest(one.indicator)
    write = figure.written if figure else str
    name = sheet.shelf.indicator(one.indicator).name
    if figure is None or figure.period != one.period:  # over time: the newest that is settled
        name = sheet.words("point.figure.when", name=name, when=sheet.words.period(one.period))
    return sheet.words(
        f"point.figure.{word.name.lower()}",
        name=name,
        value=write(one.value),
        than=_than(sheet, one.indicator, one.against),
        benchmark=write(one.benchmark),
    )


def _than(sheet: Sheet, indicator: str, against: str) -> str:
    """Return what a figure is higher or lower than, in words; of a target also whose it is."""
    figure = sheet.latest(indicator)
    target = next_target(sheet, figure) if figure and against == "target" else None
    if figure and target:
        return sheet.words(f"than.target.{whose(sheet, figure, target)}")
    return sheet.words(f"than.{against}", municipality=sheet.municipality)


def _title(sheet: Sheet, story: str) -> str:
    return next(one.title for one in sheet.shelf.stories if one.id == story)
