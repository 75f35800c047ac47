"""What a column of the workbook holds: how a value of the agreement is shown, and read back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Value = str | tuple[str, ...] | None
"""A value as in YAML: a text, texts, or nothing. Numbers and days are texts there too."""

Cell = str | float | date | None
"""A value as in a workbook."""


class Holds(StrEnum):
    """The kinds of value in a column."""

    TEXT = "tekst"
    LIST = "een of meer namen, met een komma ertussen"
    LINES = "een of meer zinnen, elk op een eigen regel in de cel"
    WHOLE = "een heel getal"
    NUMBER = "een getal"
    DAY = "een dag"


_DAYS = (
    r"(?P<d>\d\d?)-(?P<m>\d\d?)-(?P<y>\d{4})",
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
)


class Misread(Exception):
    """A cell that cannot be read: what is wrong, what to do, and the key of its column if told."""

    def __init__(self, what: str, to_do: str, *, key: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.to_do = to_do
        self.key = key


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `key` is the key in YAML, `heading` what people read.

    `choices`: what may be chosen, by its word in YAML. `among`: the list of names that may be
    chosen, such as `goals`. `place`: it says where the row lives, so that it stays as it is once
    the row is there.
    """

    key: str
    heading: str
    about: str
    width: int = 16
    holds: Holds = Holds.TEXT
    choices: Mapping[str, str] = field(default_factory=dict)
    among: str = ""
    needed: bool = False
    place: bool = False

    def shown(self, value: Any) -> Cell:
        """Return a value of the agreement as a cell; what is no such value stays a text."""
        if value is None:
            return None
        if isinstance(value, list | tuple):
            between = "\n" if self.holds is Holds.LINES else ", "
            return between.join(part.strip() for part in value) or None
        text = str(value).strip()
        try:
            if self.holds in (Holds.WHOLE, Holds.NUMBER):
                return float(text)
            if self.holds is Holds.DAY:
                return date.fromisoformat(text)
        except ValueError:
            return text
        return self.choices.get(text, text) or None

    def read(self, cell: Any) -> Value:
        """Return a cell as it is written in YAML; None where it is empty. Raises Misread."""
        text = _text(cell)
        if not text:
            return None
        match self.holds:
            case Holds.DAY:
                return _day(cell, text)
            case Holds.WHOLE | Holds.NUMBER:
                return _number(text, whole=self.holds is Holds.WHOLE)
            case Holds.LIST | Holds.LINES:
                ends = "\n" if self.holds is Holds.LINES else "[,;\n]"
                return tuple(part.strip() for part in re.split(ends, text) if part.strip()) or None
        return self._chosen(text) if self.choices else text

    def equal(self, value: Any, read: Value) -> bool:
        """Whether what was read is what the agreement says."""
        return self.shown(value) == self.shown(read)

    def _chosen(self, text: str) -> str:
        for word, dutch in self.choices.items():
            if text.casefold() == dutch.casefold():
                return word
        raise Misread(f"“{text}” is geen keuze", f"Kies uit: {', '.join(self.choices.values())}.")


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return f"{cell:.15g}" if abs(cell) < 10**15 else str(cell)
    if isinstance(cell, datetime | date):
        return f"{cell:%d-%m-%Y}"
    return str(cell).replace("\r\n", "\n").strip()


def _number(text: str, *, whole: bool) -> str:
    """Return a number as YAML has it: with a point, and no more digits than were filled in."""
    plain = text.replace(",", ".")
    if re.fullmatch(r"-?\d+(\.0*)?" if whole else r"-?\d+(\.\d+)?(e-?\d+)?", plain):
        return str(int(float(plain))) if whole else plain
    if whole:
        raise Misread(f"“{text}” is geen heel getal", "Schrijf alleen cijfers.")
    raise Misread(f"“{text}” is geen getal", "Schrijf cijfers, zoals 0,75.")


def _day(cell: Any, text: str) -> str:
    if isinstance(cell, datetime | date):
        return f"{cell:%Y-%m-%d}"
    for pattern in _DAYS:
        if found := re.fullmatch(pattern, text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                break
    raise Misread(f"“{text}” is geen dag", "Schrijf dag-maand-jaar, zoals 31-01-2026.")
