"""Numbers as they are written, and all ways in which the numbers of one figure may be written."""

import math
import re
from collections.abc import Mapping
from typing import Any

Number = tuple[float, str]
"""A number with its unit: `PERCENT`, `WEEK`, `DAY`, or nothing."""

PERCENT, WEEK, DAY = "%", "week", "dag"

_WRITTEN = re.compile(r"(\d[\d.]*(?:,\d+)?)(?: ?(%|we(?:e)?k(?:en)?\b|dag(?:en)?\b))?")
_BETWEEN = re.compile(r"tussen ([\d,]+) en ([\d,]+) ?%")
_UNITS = {"%": PERCENT, "week": WEEK, "weken": WEEK, "dag": DAY, "dagen": DAY, "": ""}

_AS_TEXT = ("shown", "unit", "period", "version")
_NUMBERS = ("numerator", "denominator", "value", "lower", "upper")
_DAYS = "dagen"
_WEEK_OF_DAYS = 7


def plain(text: str) -> str:
    """Return a text with every kind of space written as one."""
    return " ".join(text.split())


def numbers(text: str) -> set[Number]:
    """Return the numbers that a text says: points for thousands and a decimal comma.

    In "tussen 80 en 88 %" both are percents.
    """
    told = _BETWEEN.sub(r"\1 % \2 %", plain(text))
    return {_number(digits, unit) for digits, unit in _WRITTEN.findall(told)}


def numbers_of(row: Mapping[str, Any]) -> set[Number]:
    """Return the numbers of a figure, a row with `coverage` in percents, as they may be written.

    Also shorter than in the files: that tells less.
    """
    values = {float(row[name]) for name in _NUMBERS if row[name] is not None}
    told = {_rounded(one, "") for value in values for one in shorter(value)}
    told |= {_rounded(100 * one, PERCENT) for one in values}
    if row["unit"] == _DAYS:
        told |= {_rounded(one, DAY) for one in values}
        told |= {_rounded(one / _WEEK_OF_DAYS, WEEK) for one in values if one % _WEEK_OF_DAYS == 0}
    if row["coverage"] is not None:
        told.add(_rounded(row["coverage"], PERCENT))
    return told | numbers(" ".join(str(row[name]) for name in _AS_TEXT))


def shorter(value: float) -> set[float]:
    """Return a number as it is, to a tenth, and whole; a half up, or to the even one."""
    up = {math.floor(value * step + 0.5) / step for step in (1, 10)}
    return {value, round(value), round(value, 1), *up}


def measured(number: Number) -> float:
    """Return a written number in the unit of files: shares from 0 to 1, waits in days."""
    value, unit = number
    return value / 100 if unit == PERCENT else value * _WEEK_OF_DAYS if unit == WEEK else value


def _number(digits: str, unit: str) -> Number:
    return _rounded(float(digits.rstrip(".").replace(".", "").replace(",", ".")), _UNITS[unit])


def _rounded(value: float, unit: str) -> Number:
    return round(value, 4), unit
