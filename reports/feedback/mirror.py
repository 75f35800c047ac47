"""The spiegelrapport: what we counted from a delivery, and the question whether that is right.

It is for the sender alone: counts of its own file, small ones too.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from reports.sealed import sealed
from reports.words.catalogue import words


@dataclass(frozen=True, slots=True)
class Line:
    """One count: what, how much now, in the delivery before, and as the sender counts it."""

    label: str
    now: float
    before: float | None = None
    said: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a delivery by one of its columns; the lines add up to all rows."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A figure that is made from the delivery, and on which sheets it stands."""

    name: str
    question: str
    sheets: str


@dataclass(frozen=True, slots=True)
class Mirror:
    """What was counted. `before` names the delivery beside it, '' where it is the first."""

    totals: tuple[Line, ...]
    tables: tuple[Table, ...]
    uses: tuple[Use, ...]
    before: str = ""


def mirror_page(mirror: Mirror, about: Mapping[str, str]) -> bytes:
    """Return `spiegelrapport.html`; `about` are the words of the delivery (see `page.about`)."""
    return sealed(
        "mirror.html.j2",
        styles=("partner.css", "feedback.css"),
        mirror=mirror,
        about=about,
        number=_number,
        difference=_difference,
        said=any(line.said is not None for line in mirror.totals),
    )


def mirror_json(mirror: Mirror, name: str) -> bytes:
    """Return `spiegelrapport.json`: the same counts for a program."""
    told = {"delivery": name, **asdict(mirror)}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _number(value: float | None) -> str:
    return "" if value is None else words("nl").number(value)


def _difference(line: Line) -> str:
    """Return how much more or less than before; empty where there is nothing to compare."""
    if line.before is None:
        return ""
    change = round(line.now - line.before, 6)
    return f"{'+' if change > 0 else ''}{words('nl').number(change)}" if change else "gelijk"
