"""Every sentence of the sheets in one language, and that language's way of writing numbers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from importlib import import_module

HARD_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Words:
    """The catalogue of one language; calling it gives the sentence of a key, filled in."""

    language: str
    sentences: Mapping[str, str]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    thousands: str
    decimal: str
    percent: str

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence of that key; KeyError where the catalogue lacks it."""
        return self.sentences[key].format_map(values)

    def one_or_more(self, key: str, count: int, /, **values: object) -> str:
        """Return `<key>.one` for a count of one, else `<key>.more`; `count` is written out."""
        form = "one" if count == 1 else "more"
        return self(f"{key}.{form}", count=self.number(count), **values)

    def number(self, value: float, decimals: int | None = None) -> str:
        """Return the number as this language writes it: 7.480 and 12,5 in Dutch.

        Without `decimals`: none for whole numbers and from 100 up, else one.
        """
        places = _decimals(value) if decimals is None else decimals
        plain = f"{_half_up(value, places):,.{places}f}"
        swapped = plain.replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)
        return swapped.replace("-", "\u2212")

    def share(self, value: float) -> str:
        """Return a share (0-1) as a percentage: 84 %."""
        return self.percent.format(self.number(value * 100, 0))

    def day(self, day: date) -> str:
        """Return a date in full: 21 november 2026."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def month(self, day: date) -> str:
        """Return month and year: november 2026."""
        return f"{self.months[day.month - 1]} {day.year}"

    def period(self, period: str) -> str:
        """Return a period id in words: 3e kwartaal 2026, okt. 2025 t/m sept. 2026, 2026."""
        if "/" in period:
            first, last = period.split("/")
            months = self._month_of(first, 0), self._month_of(last, 2)
            return self("period.span", first=months[0], last=months[1])
        if "K" in period:
            year, quarter = period.split("K")
            return self(f"period.quarter.{quarter}", year=year)
        return period

    def _month_of(self, quarter: str, offset: int) -> str:
        year, number = quarter.split("K")
        return f"{self.short_months[(int(number) - 1) * 3 + offset]} {year}"

    def listed(self, parts: list[str]) -> str:
        """Return the parts as one enumeration: a, b en c."""
        if len(parts) < 2:
            return "".join(parts)
        return self("list.last", rest=", ".join(parts[:-1]), last=parts[-1])


@lru_cache
def words(language: str) -> Words:
    """Return the catalogue of `reports.words.<language>`."""
    module = import_module(f"reports.words.{language}")
    return Words(
        language=language,
        sentences=module.SENTENCES,
        months=module.MONTHS,
        short_months=module.SHORT_MONTHS,
        thousands=module.THOUSANDS,
        decimal=module.DECIMAL,
        percent=module.PERCENT,
    )


def sentences(text: str) -> list[str]:
    """Split a catalogue text into sentences, to measure their length."""
    return [part for part in re.split(r"(?<=[.?!:])\s+", text) if part]


def _decimals(value: float) -> int:
    return 0 if abs(value) >= 100 or abs(value - round(value)) < 1e-9 else 1


def _half_up(value: float, places: int) -> Decimal:
    """Round as people do, half away from zero, on the number as written in 12 digits."""
    step = Decimal(1).scaleb(-places)
    rounded = Decimal(f"{value:.12g}").quantize(step, ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)
