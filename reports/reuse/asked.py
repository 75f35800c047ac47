"""What a sheet asks of its edition while it is drawn, and a fingerprint of the answers.

A sheet that got the same answers is the same page. So what it asked is noted, and a later edition
that gives the same answers need not draw it again. Everything is noted that is not named here as
settled: a new question needs no word from whoever adds it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from pydantic import BaseModel

from reports.edition import Edition
from reports.figures import Figure
from reports.shelf import Shelf

Question = tuple[str, ...]
"""A name, and what is asked of it: `figures` of an indicator, area and partner; `figures_of` a
partner; a field of `edition`; and else what is asked of a shelf, with the arguments as JSON."""

OPEN = frozenset(
    {
        *("figures", "stories", "deliveries", "context", "changes", "protection", "harvest"),
        "responses",
    }
)
"""Fields of an edition of which a sheet may read a part: the rest is the ground of every sheet."""

STAMPED = frozenset({"id", "known_at", "previous", "established"})
"""Fields that differ between editions that otherwise tell the same."""

_OF_GROUND = frozenset(
    {
        *("agreement", "areas", "words", "municipality", "indicator", "of_kind", "children"),
        *("districts", "map", "partners", "partner_name", "story_area", "has"),
    }
)
"""What a shelf answers from the ground alone: the agreement, the areas, and who may read it."""

_GROUND = frozenset(one.name for one in fields(Edition)) - OPEN - STAMPED
_GROUND |= {"confidential", "own_partner", "exact"}

_OF_FIGURES = frozenset({"series", "at", "latest"})
_APART, _NULL = "\x1f", "\x00"


class Asked(Shelf):
    """A shelf as one sheet sees it: it answers as the shelf itself does, and notes what is asked.

    Of stories it holds those of the sheet's own place, and those of the whole municipality.
    """

    def __init__(self, shelf: Shelf, *, area: str, partner: str) -> None:
        self._shelf = shelf
        self._place = {"area": area, "partner": partner}
        self._noted: set[Question] = set()

    @property
    def noted(self) -> frozenset[Question]:
        """What was asked until now."""
        return frozenset(self._noted)

    def __getattribute__(self, name: str) -> Any:
        if name in _OF_GROUND:
            return getattr(object.__getattribute__(self, "_shelf"), name)
        if name.startswith("_") or name == "noted":
            return object.__getattribute__(self, name)
        if name == "edition":
            return _AskedEdition(self._shelf.edition, self._noted)
        if name == "stories":
            return self.told(**self._place)
        answer = getattr(self._shelf, name)
        if callable(answer):
            return self._asking(name, answer)
        self._noted.add((name,))
        return answer

    def _asking(self, name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*values: Any, **named: Any) -> Any:
            self._noted.update(_questions(name, values, named))
            return answer(*values, **named)

        return asked


class _AskedEdition(Edition):
    """An edition of which it is noted what was read."""

    __slots__ = ("_edition", "_noted")

    def __init__(self, edition: Edition, noted: set[Question]) -> None:
        object.__setattr__(self, "_edition", edition)
        object.__setattr__(self, "_noted", noted)

    def __getattribute__(self, name: str) -> Any:
        if name not in _GROUND:
            object.__getattribute__(self, "_noted").add(("edition", name))
        return getattr(object.__getattribute__(self, "_edition"), name)


class Answers:
    """What an edition answers, as fingerprints; each is worked out once."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._known: dict[Question, bytes] = {}

    def fingerprint(self, questions: Iterable[Question]) -> bytes:
        """Return one fingerprint of the answers to these questions, in whatever order they come.

        AttributeError or TypeError where something is asked that no edition answers.
        """
        told = b"".join(self._answer(one) for one in sorted(questions))
        return hashlib.sha256(told).digest()

    def _answer(self, question: Question) -> bytes:
        """Return a question with its answer."""
        if question not in self._known:
            self._known[question] = repr(question).encode() + self._worked_out(question)
        return self._known[question]

    def _worked_out(self, question: Question) -> bytes:
        name, *values = question
        if name == "figures":
            return self._compared(*values)
        if name == "figures_of":
            return b"".join(self._compared(*one) for one in self._figures if one[2] == values[0])
        if name == "edition":
            return of(getattr(self._shelf.edition, *values))
        if not values:
            return of(getattr(self._shelf, name))
        given, named = json.loads(*values)
        return of(getattr(self._shelf, name)(*given, **named))

    def _compared(self, indicator: str, area: str, partner: str) -> bytes:
        """Return what figures say: they are compared with the municipality's, so that counts."""
        whole = self._figures.get((indicator, self._shelf.municipality, ""), b"")
        return self._figures.get((indicator, area, partner), b"") + whole

    @cached_property
    def _figures(self) -> Mapping[tuple[str, str, str], bytes]:
        """The fingerprint of the figures of each indicator, area and partner."""
        figures = self._shelf.edition.figures.drop("edition", strict=False)
        written = (pl.col(name).cast(pl.String).fill_null(_NULL) for name in figures.columns)
        rows = figures.select(*_PLACE, pl.concat_str(written, separator=_APART).alias("row"))
        grouped = rows.sort(*_PLACE, "row").group_by(*_PLACE, maintain_order=True)
        return {
            (indicator, area, partner): hashlib.sha256("\n".join(lines).encode()).digest()
            for indicator, area, partner, lines in grouped.agg("row").iter_rows()
        }


_PLACE = ("indicator", "area_code", "partner")


def of(answer: object) -> bytes:
    """Return a fingerprint of an answer: equal for equal answers, in every process.

    TypeError of what cannot be compared by its content.
    """
    told = hashlib.sha256()
    for part in _written(answer):
        told.update(part.encode() + b"\x1e")
    return told.digest()


def _written(answer: object) -> Iterator[str]:
    if answer is None or isinstance(answer, str | int | float | date):
        yield f"{type(answer).__name__}:{answer!r}"
    elif isinstance(answer, BaseModel):
        yield answer.model_dump_json()
    elif isinstance(answer, pl.DataFrame):
        yield repr(answer.schema)
        yield from map(repr, answer.rows())
    elif isinstance(answer, Set):
        yield from sorted("".join(_written(one)) for one in answer)
    else:
        parts = list(_parts(answer))
        yield f"{len(parts)} of"
        for one in parts:
            yield from _written(one)


def _parts(answer: object) -> Iterable[object]:
    """Return what an answer is made of, in its order."""
    if isinstance(answer, Figure):
        return [getattr(answer, one) for one in _OF_A_FIGURE]
    if is_dataclass(answer):
        return [getattr(answer, one.name) for one in fields(answer)]
    if isinstance(answer, Mapping):
        return list(answer.items())
    if isinstance(answer, list | tuple):
        return answer
    raise TypeError(f"no fingerprint of {type(answer).__name__}")


_OF_A_FIGURE = [one.name for one in fields(Figure) if one.name not in {"definition", "words"}]


def _questions(name: str, values: tuple[Any, ...], named: dict[str, Any]) -> Iterator[Question]:
    """Yield what is asked by a call: of figures the indicators and places, else the call itself."""
    if name in _OF_FIGURES:
        indicator, area, *_ = values
        yield "figures", indicator, area, named.get("partner", "")
    elif name == "standing" and named["partner"]:
        yield "figures_of", named["partner"]
    elif name == "standing":
        yield from (("figures", indicator, named["area"], "") for indicator in values[0])
    else:
        yield from _called(name, values, named)


def _called(name: str, values: tuple[Any, ...], named: dict[str, Any]) -> Iterator[Question]:
    try:
        yield name, json.dumps([values, named], sort_keys=True)
    except TypeError:  # nobody can ask this again: then all that may be answered counts
        yield from (("edition", field) for field in OPEN | STAMPED)
