"""Days, quarters and years, by counting on fingers."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, four quarters or a year: its id, and its first and last day."""

    id: str
    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def quarters(self) -> list["Period"]:
        """Its quarters, oldest first."""
        every, day = [], self.first
        while day <= self.last:
            every.append(quarter(day))
            day = every[-1].last + timedelta(days=1)
        return every

    @property
    def year_until(self) -> "Period":
        """The four quarters that end with this one."""
        first = quarter(months_later(self.first, -9))
        return Period(f"{first.id}/{self.id}", first.first, self.last)

    @property
    def year_before(self) -> "Period":
        """The four quarters before these four."""
        first = months_later(self.first, -12)
        return Period("", first, self.first - timedelta(days=1))


def quarter(day: date) -> Period:
    """Return the quarter of a day."""
    number = (day.month - 1) // 3 + 1
    last_month = 3 * number
    return Period(
        f"{day.year}K{number}",
        date(day.year, last_month - 2, 1),
        date(day.year, last_month, monthrange(day.year, last_month)[1]),
    )


def period(text: str) -> Period:
    """Read `2026K3`, `2025K4/2026K3` or `2026`."""
    begin, _, end = text.partition("/")
    if "K" not in text:
        return Period(text, date(int(text), 1, 1), date(int(text), 12, 31))
    return Period(text, _of_id(begin).first, _of_id(end or begin).last)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_later(day: date, days: int) -> date:
    """Return the day so many days later."""
    return day + timedelta(days=days)


def _of_id(text: str) -> Period:
    year, number = text.split("K")
    return quarter(date(int(year), 3 * int(number), 1))
