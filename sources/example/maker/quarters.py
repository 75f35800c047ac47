"""Quarters as the maker counts them: `2026K3` and the days that belong to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_FORM = re.compile(r"(\d{4})K([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One calendar quarter; ordered in time."""

    year: int
    number: int

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the quarter that `2026K3` names; ValueError for any other form."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a quarter such as 2026K3")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def at(cls, index: int) -> Self:
        """Return the quarter with that `index`."""
        return cls(index // 4, index % 4 + 1)

    @property
    def index(self) -> int:
        """Quarters since the year 0: neighbours differ by one."""
        return self.year * 4 + self.number - 1

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return Quarter.at(self.index + 1).first - timedelta(days=1)

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    def since(self, text: str) -> int:
        """Return how many quarters have passed since the named one; negative before it."""
        return self.index - Quarter.of(text).index

    def __str__(self) -> str:
        return f"{self.year}K{self.number}"


def through(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """Return every quarter from the first up to and including the last."""
    return (Quarter.at(index) for index in range(first.index, last.index + 1))
