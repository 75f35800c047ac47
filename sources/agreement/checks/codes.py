"""Codes in conditions: a code that a column does not know makes a figure zero without a word."""

import re
from collections.abc import Iterator

from sources.agreement.checks.counting import delivery_of, quantities
from sources.agreement.known import Known
from sources.strict_yaml import Fault

_EQUAL = re.compile(r"(\w+)\s*(?:=|<>|!=)\s*('[^']*')")
_AMONG = re.compile(r"(\w+)\s+(?:not\s+)?in\s*\(([^)]*)\)", re.IGNORECASE)
_TEXT = re.compile(r"'([^']*)'")


def faults(known: Known) -> Iterator[Fault]:
    """Yield every code in a condition that is not in the column's list of codes."""
    for key, one in known.agreement.indicators.items():
        file = f"indicators/{key}.yaml"
        for number, text in enumerate(one.filters):
            yield from _unknown(known, file, "filters", number, text=text, contract=one.delivery)
        for name, variant in one.variants.items():
            place, contract = ("variants", name, "filters"), variant.delivery or one.delivery
            for number, text in enumerate(variant.filters):
                yield from _unknown(known, file, *place, number, text=text, contract=contract)
        for before, quantity in quantities(one):
            contract, text = quantity.delivery or delivery_of(one, before), quantity.where
            yield from _unknown(known, file, *before, "where", text=text, contract=contract)


def _unknown(
    known: Known, file: str, *place: str | int, text: str, contract: str
) -> Iterator[Fault]:
    for name, listed in (*_EQUAL.findall(text), *_AMONG.findall(text)):
        column = known.column(contract, name)
        codes = column.codes if column else {}
        for code in _TEXT.findall(listed):
            if codes and code not in codes:
                kind = f"Code van {name}"
                yield known.unknown(file, *place, name=code, among=codes, kind=kind)
