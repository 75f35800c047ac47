"""Texts that a cell should not hold: for each code that every contract has, one way to get it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from sources.conform.cells import NOT_APPLICABLE, UNKNOWN
from sources.contracts.generic import possible
from sources.contracts.model import Column, Contract, FieldType

Write = Callable[[str], str | None]
"""From the text of a good cell to a wrong one; None where this cell does not suit."""

EXEMPT: Final = {
    "V441": "in a CSV such a sign spoils the row, told of as R312",
    "V419": "a test number is wrong in a municipality that is real",
    "V428": "no contract has a number that means unknown",
    "V430": "dates with the month first are seen in a whole column",
}
"""Codes of cells that no cell of Voorbeeldstad can get by itself, and why."""

_EMPTYING: Final = {
    "V401": "",
    "V402": "binnenkort",
    "V403": "31-02-2026",
    "V404": "twaalf",
    "V405": "veel",
    "V406": "misschien",
    "V407": "123AB",
    "V408": "wijk 3",
    "V409": "lente",
    "V413": "xyz",
    "V415": "n.v.t.",
    "V416": "onbekend",
    "V417": "999900007",
    "V420": "#WAARDE!",
    "V421": "1.234",
    "V426": "01-01-1900",
    "V427": "1,23457E+08",
    "V431": "03/08/2026",
    "V433": "99999",
    "V435": "3-jan",
    "V442": "14-08-45",
    "V443": "14-08-2126",
    "S906": "999900006",
}
_MISSING: Final = {"V415", "V416", "V426", "V428"}
_PERSONAL: Final = {
    "S902": " BSN 999900006",
    "S903": " mail naam@voorbeeld.nl",
    "S904": " bel 06-12345678",
    "S905": " NL91ABNA0417164300",
}
_OF_STORIES: Final = {
    "S907": " Dat was aan 9901 AB.",
    "S908": " Dat was op 3 juli 2026.",
    "S909": " Dat zei mevrouw De Vries.",
}
_EXCEL_BEGINS = date(1899, 12, 30)


def empties(code: str) -> bool:
    """Return whether a cell with this code is read as empty."""
    return code in _EMPTYING or code == "V428"


def planted(contract: Contract) -> list[tuple[Column, str, Write]]:
    """Return for each column of a file, and each code that its cells can get, how to get it."""
    return [
        (column, code, write)
        for column in contract.columns
        if not column.derived
        for code in possible(column)
        if (write := _write(contract, column, code)) is not None
    ]


def deformed(column: Column, code: str) -> tuple[str, ...]:
    """Return what else is told of a text that is kept: that it has not the form of the column."""
    return ("V425",) if column.pattern and code in {"V438", "V440"} else ()


def _write(contract: Contract, column: Column, code: str) -> Write | None:
    if _impossible(contract, column, code):
        return None
    if code == "V421" and column.decimals is not None and column.decimals < 3:
        return _always("1,234")
    if code in _EMPTYING:
        return _always(_EMPTYING[code])
    if told := {**_PERSONAL, **_OF_STORIES}.get(code):
        return lambda text: (text or "Let op:") + told
    return _KEEPING[code](column)


def _impossible(contract: Contract, column: Column, code: str) -> bool:
    """Return whether no cell of this column in a CSV of Voorbeeldstad can have this code."""
    if code in EXEMPT or (column.required and code in _MISSING):
        return True
    if code in _OF_STORIES:
        return not contract.own_words
    if column.type is FieldType.PERSON:
        return code in {*_MISSING, "V418", "V420"} or (code == "V417" and not column.bsn)
    if code == "V428":
        return not _agreed_words(column)
    if code in {"V415", "V416"}:
        return _EMPTYING[code] in column.codes
    if code in {"V414", "V439"}:
        return all(_is_plain(code, *each) for each in column.codes.items())
    # What tells rows apart, or has a form, is no free text: a number in it is refused.
    closed = bool(column.pattern or column.pad or column.name in contract.key)
    return code in (_PERSONAL if closed else {"S906"})


def _agreed_words(column: Column) -> list[str]:
    """Return what means unknown in this column and in no other, and is told: 9999, not `.`."""
    general = (*NOT_APPLICABLE, *UNKNOWN)
    return [w for w in column.missing if w not in general and any(map(str.isdigit, w))]


def _is_plain(code: str, each: str, label: str) -> bool:
    return each.casefold() == label.casefold() if code == "V414" else label.isascii()


def _always(text: str) -> Write:
    return lambda _: text


def _label(column: Column) -> Write:
    codes = {each.casefold() for each in column.codes}

    def write(text: str) -> str | None:
        label = column.codes.get(text)
        return None if label is None or label.casefold() in codes else label

    return write


def _dated(form: str) -> Callable[[Column], Write]:
    def write(text: str) -> str | None:
        day = _day(text)
        return f"{day:{form}}" if day and 2000 <= day.year < 2030 else None

    return lambda _: write


def _serial(_: Column) -> Write:
    def write(text: str) -> str | None:
        day = _day(text)
        return str((day - _EXCEL_BEGINS).days) if day else None

    return write


def _day(text: str) -> date | None:
    return datetime.strptime(text, "%d-%m-%Y").date() if text else None  # noqa: DTZ007


def _point(column: Column) -> Write:
    whole = column.type is FieldType.INTEGER

    def write(text: str) -> str | None:
        if whole:
            return f"{text}.0" if text else None
        return text.replace(",", ".") if "," in text else None

    return write


def _expired(column: Column) -> Write:
    """Write a code that does not hold any more."""
    return _always(next(code for code, (_, last) in column.validity.items() if last))


def _mojibake(column: Column) -> Write:
    """Write a label that has an accent as it looks when its UTF-8 is read as cp1252."""

    def write(text: str) -> str | None:
        label = column.codes.get(text, "")
        return None if label.isascii() else label.encode().decode("cp1252")

    return write


_KEEPING: Final[dict[str, Callable[[Column], Write]]] = {
    "V410": lambda column: _always(f"{(column.minimum or 0) - 1:.0f}"),
    "V411": lambda column: _always(f"{(column.maximum or 0) + 1:.0f}"),
    "V412": lambda column: _always("x" * ((column.max_length or 0) + 1)),
    "V414": _label,
    "V418": lambda column: _always("1" * (column.pad - 1)),
    "V422": _point,
    "V423": _dated("%d-%m-%y"),
    "V424": _dated("%d-%m-%Y 10:30"),
    "V425": lambda _: _always("(niet zo)"),
    "V428": lambda column: _always(_agreed_words(column)[0]),
    "V429": _dated("%d.%m.%Y"),
    "V432": _serial,
    "V436": _expired,
    "V437": _expired,
    "V438": lambda _: _always("cafÃ©"),
    "V439": _mojibake,
    "V440": lambda _: _always("=1+1"),
}
