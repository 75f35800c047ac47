"""An explanation as lines to read, and as data for a program."""

from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from reports.explained import counting, definition, reading
from reports.explained.explanation import Explanation
from reports.figures import Figure
from reports.words.catalogue import Words, words
from transforms.observations import OBSERVATIONS

_PARTS = {
    "explain.definition": definition.lines,
    "explain.figure": reading.figure,
    "explain.origin": counting.origin,
    "explain.way": counting.way,
    "explain.with": reading.compared,
    "explain.reading": definition.care,
}
_APART = ("name", "indicator", "agreement", "reading", "figure", "beside", "titles")


def as_text(told: Explanation) -> str:
    """Return an explanation as text, in the language of the agreement."""
    speak = words(told.agreement.general.language)
    lines = [speak("explain.inside"), "", f"{told.name}: {told.indicator.name}"]
    lines += _place(told, speak)
    for title, part in _PARTS.items():
        content = list(part(told, speak))
        if content:
            lines += ["", speak(title).upper(), *content]
    return "\n".join(lines)


def _place(told: Explanation, speak: Words) -> Iterator[str]:
    day = speak.day(told.known_at)
    moment = speak("explain.known", day=day)
    if told.edition:
        moment = speak("explain.edition", edition=told.edition, day=day)
    if told.figure is None:
        return
    period = speak.period(told.figure.period)
    yield speak("explain.place", area=told.area, period=period, moment=moment)
    if told.partner:
        yield speak("explain.place.partner", partner=told.partner)
    if told.figure.breakdown:
        yield speak("explain.place.part", part=_part(told))


def _part(told: Explanation) -> str:
    part = told.figure.breakdown if told.figure else ""
    variant = told.indicator.variants.get(part)
    return variant.name if variant else part


def as_data(told: Explanation) -> dict[str, Any]:
    """Return an explanation as plain data: names, numbers, and days as text.

    `indicator` is its definition as the agreement has it, `figure` has the columns of
    `transforms.observations.OBSERVATIONS`.
    """
    plain = {
        one.name: _plain(getattr(told, one.name)) for one in fields(told) if one.name not in _APART
    }
    figure = _observed(told.figure) if told.figure else None
    defined = told.indicator.model_dump(mode="json")
    beside = {name: _observed(one) for name, one in told.beside.items()}
    return {"id": told.name, "indicator": defined, "figure": figure, "beside": beside, **plain}


def _observed(figure: Figure) -> dict[str, Any]:
    known = {name: getattr(figure, name, None) for name in OBSERVATIONS if name != "area"}
    return {**known, "area": figure.area_code, "availability": figure.status}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return _plain(asdict(value)) if hasattr(value, "__dataclass_fields__") else value
