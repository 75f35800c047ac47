"""What its sender says of a file: in its name, or in the manifest beside it."""

import re
from dataclasses import dataclass
from pathlib import Path

from sources.manifest import package
from sources.manifest.said import NOTHING_SAID

_NAME = re.compile(
    r"(?P<municipality>GM\d{4})_(?P<partner>[A-Za-z][A-Za-z0-9_]*)_(?P<code>L\d{2}[a-z]?)"
    r"_(?P<period>\d{4}(?:K[1-4])?)_v(?P<number>[1-9]\d*)\.[A-Za-z0-9]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """Municipality (a manifest does not say it), partner, contract, period and number (from 1)."""

    municipality: str = ""
    partner: str = ""
    contract: str = ""
    period: str = ""
    number: int = 0


def read(path: Path) -> Label | None:
    """Return what is said of a file; None where neither its name nor a manifest says it."""
    return _by_name(path) or _by_package(path)


def _by_name(path: Path) -> Label | None:
    name = _NAME.fullmatch(path.name)
    if name is None:
        return None
    return Label(
        municipality=name["municipality"].upper(),
        partner=name["partner"],
        contract=name["code"],
        period=name["period"].upper(),
        number=int(name["number"]),
    )


def _by_package(path: Path) -> Label | None:
    beside = package.beside(path)
    said = package.read(beside, path) if beside else NOTHING_SAID
    if not (said.partner and said.contract and said.period):
        return None
    return Label("", said.partner, said.contract, said.period, said.number or 1)
