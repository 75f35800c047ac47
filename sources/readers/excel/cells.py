"""A cell of a sheet as the text that a CSV of the contract would hold.

A date is `2026-08-14`, a number has the contract's decimal sign, a whole number never ends in
`.0`, and no number is in E notation.
"""

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, cast

Cell = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
    | None
)

_HALF_A_SECOND = datetime.timedelta(microseconds=500_000)
_EXACT = 2**53  # up to here a float holds every whole number
_SHOWN = 15  # digits that Excel keeps and shows of a number


def texts(cells: Sequence[Cell], decimal: str) -> list[str]:
    """Return the texts of cells; an empty cell is the empty text."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cast(list[str], list(cells))
    if kinds == {float}:
        return _numbers(cast(Sequence[float], cells), decimal)
    return [cell if type(cell) is str else _TEXTS[type(cell)](cell, decimal) for cell in cells]


def _numbers(cells: Sequence[float], decimal: str) -> list[str]:
    if all(map(float.is_integer, cells)) and max(map(abs, cells)) < _EXACT:
        return list(map(str, map(int, cells)))
    return [_number(cell, decimal) for cell in cells]


def _nothing(_cell: Any, _decimal: str) -> str:
    return ""


def _boolean(cell: bool, _decimal: str) -> str:
    return "ja" if cell else "nee"


def _number(cell: float, decimal: str) -> str:
    if cell.is_integer() and abs(cell) < _EXACT:
        return str(int(cell))
    said = repr(cell)
    if "e" in said or len(said) > _SHOWN:
        said = format(Decimal(f"{cell:.{_SHOWN}g}"), "f")
    return said.replace(".", decimal)


def _date(cell: datetime.date, _decimal: str) -> str:
    return cell.isoformat()


def _moment(cell: datetime.datetime, _decimal: str) -> str:
    """Return a moment to the second, as Excel shows it: what it keeps is a fraction of a day."""
    moment = (cell + _HALF_A_SECOND).replace(microsecond=0)
    midnight = moment.time() == datetime.time()
    return moment.date().isoformat() if midnight else moment.isoformat(sep=" ")


def _time(cell: datetime.time, _decimal: str) -> str:
    day = datetime.datetime.combine(datetime.date(2000, 1, 1), cell)
    return (day + _HALF_A_SECOND).strftime("%H:%M:%S")


def _duration(cell: datetime.timedelta, _decimal: str) -> str:
    minutes, seconds = divmod(round(cell.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


_TEXTS: dict[type, Callable[[Any, str], str]] = {
    type(None): _nothing,
    bool: _boolean,
    int: lambda cell, _: str(cell),
    float: _number,
    datetime.date: _date,
    datetime.datetime: _moment,
    datetime.time: _time,
    datetime.timedelta: _duration,
}
