"""Columns with a list of codes: a code, its label, or what a program made of either."""

import re
from collections import Counter

from sources.conform.cells import EXPONENT, Cell, among, full, literal
from sources.contracts.model import Column

_MONTHS = "jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
MANGLED = (
    rf"[0-9]{{1,2}}-(?i:{_MONTHS})([-. ][0-9]{{2,4}})?|(?i:{_MONTHS})-[0-9]{{2}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00:00)?|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}"
)
"""What Excel makes of a code such as 3-1: 3-jan, jan-03, 2026-01-03."""

_QUARTER = re.compile(r"(\d{4})(?:K([1-4]))?(?:/(\d{4})(?:K([1-4]))?)?")


def code(column: Column, n: int) -> Cell:
    """Return how a code is read: itself, in other letters, by its label, with its zeros put back.

    A label that two codes share tells nothing.
    """
    lower = f"lower(c{n})"
    codes = {each.casefold(): each for each in column.codes}
    padded = _without_zeros(column, codes)
    labels = {said: each for said, each in _labels(column).items() if said not in codes | padded}
    mended = {
        _mojibake(text).lower(): codes[each.casefold()]
        for each, label in column.codes.items()
        for text in (each, label)
        if not text.isascii() and text.casefold() in codes | labels
    }
    known = (codes | padded | labels | mended).items()
    whens = " ".join(f"WHEN {literal(said)} THEN {literal(each)}" for said, each in known)
    notes = ((labels, "V414"), (mended, "V439"))
    return Cell(
        fast=f"CASE WHEN {among(f'x{n}', tuple(column.codes))} THEN x{n} END",
        slow=f"CASE {lower} {whens} END",
        failure=_failure(f"c{n}"),
        notes=tuple((among(lower, tuple(said)), code) for said, code in notes if said),
    )


def _failure(c: str) -> str:
    return f"""CASE WHEN {full(c, MANGLED)} THEN 'V435' WHEN {full(c, EXPONENT)} THEN 'V427'
        ELSE 'V413' END"""


def _labels(column: Column) -> dict[str, str]:
    folded = {each: label.casefold() for each, label in column.codes.items()}
    times = Counter(folded.values())
    return {label: each for each, label in folded.items() if times[label] == 1}


def _without_zeros(column: Column, codes: dict[str, str]) -> dict[str, str]:
    """Return each code by what is left of it when a program ate zeros in front."""
    shorter = {
        said[eaten:]: each
        for said, each in codes.items()
        if len(said) == column.pad
        for eaten in range(1, len(said) - len(said.lstrip("0")) + 1)
        if said[eaten:]
    }
    return {said: each for said, each in shorter.items() if said not in codes}


def _mojibake(said: str) -> str:
    """Return a text as it looks when its UTF-8 is read as cp1252."""
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in said.encode()
    ).lower()


def outside(column: Column, value: str, day: str, *, period: str) -> str:
    """Return whether a code did not hold on a day (SQL), or in no part of the delivery's period."""
    first, last = (day, day) if column.valid_on else map(literal, days(period))
    whens = " ".join(
        f"WHEN {literal(each)} THEN {_between(span, first, last)}"
        for each, span in column.validity.items()
    )
    return f"NOT coalesce(CASE {value} {whens} ELSE true END, true)"


def _between(span: tuple[str, str], first: str, last: str) -> str:
    begin, end = span
    tests = [f"{last}::DATE >= DATE '{begin}'"] if begin else []
    tests += [f"{first}::DATE <= DATE '{end}'"] if end else []
    return " AND ".join(tests) or "true"


def days(period: str) -> tuple[str, str]:
    """Return the first and the last day (ISO) of a period such as 2026K3, 2026, 2025K4/2026K3."""
    found = _QUARTER.fullmatch(period)
    assert found, f"`{period}` is no period"
    year, quarter, last_year, last_quarter = found.groups()
    end = (last_year, last_quarter) if last_year else (year, quarter)
    first_month = (int(quarter) - 1) * 3 + 1 if quarter else 1
    last_day = {"1": "03-31", "2": "06-30", "3": "09-30"}.get(end[1] or "4", "12-31")
    return f"{year}-{first_month:02}-01", f"{end[0]}-{last_day}"
