"""The manifest as one type, whichever form it came in."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from decimal import Decimal
from typing import Any, TypeVar

from sources.contracts import cover
from sources.verdict import Finding, Level

T = TypeVar("T")

COVER = "Het voorblad"
"""How a message names the sheet."""

_WHOLE = re.compile(r"\d+|\d{1,3}(\.\d{3})+")
_DUTCH = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?")
_POINT = re.compile(r"-?\d+\.\d+")
_PERIOD = re.compile(r"(\d{4})-?([KQ][1-4])?")
_YES, _NO = ("ja", "true", "1", "x"), ("", "nee", "false", "0")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a sender says of a file; '' and None where it says nothing.

    `where` is what a message calls this manifest. `nil` says that there was nothing to tell;
    `delta` that the file holds changes only. `totals` pairs headers with their control total.
    `findings` is what was wrong with the manifest itself.
    """

    where: str = ""
    partner: str = ""
    contract: str = ""
    period: str = ""
    number: int | None = None
    rows: int | None = None
    nil: bool = False
    delta: bool = False
    sha256: str = ""
    totals: tuple[tuple[str, Decimal], ...] = ()
    findings: tuple[Finding, ...] = field(default=(), repr=False)


NOTHING_SAID = Manifest()

KEYS = {each.name for each in fields(Manifest)} - {"where", "findings"}


def stated(where: str, texts: Mapping[str, str], totals: Mapping[str, str]) -> Manifest:
    """Return what these texts say, by the keys of `sources.contracts.cover.LABELS`.

    A text that says nothing understandable is a finding (B133).
    """
    reading = _Texts(where)
    made: dict[str, Any] = {
        "partner": texts.get("partner", "").strip(),
        "contract": texts.get("contract", "").strip(),
        "period": reading.read("period", texts, _period),
        "number": reading.read("number", texts, _whole),
        "rows": reading.read("rows", texts, _whole),
        "nil": reading.read("nil", texts, _flag) or False,
        "delta": reading.read("delta", texts, _flag) or False,
        "sha256": texts.get("sha256", "").strip().casefold(),
    }
    made["period"] = made["period"] or ""
    sums = ((name, reading.read(name, totals, _amount)) for name in totals)
    made["totals"] = tuple((name, amount) for name, amount in sums if amount is not None)
    return Manifest(where=where, findings=tuple(reading.findings), **made)


def from_cover(told: Iterable[tuple[str, str]]) -> Manifest:
    """Return what a Voorblad says, from its labels and their values; other labels are passed by."""
    keys = {label.casefold(): key for key, label in cover.LABELS.items()}
    texts: dict[str, str] = {}
    totals: dict[str, str] = {}
    for label, value in told:
        name = label.strip().rstrip(":")
        if name.casefold() in keys:
            texts[keys[name.casefold()]] = value
        elif name.casefold().startswith(cover.TOTAL.casefold()):
            totals[name[len(cover.TOTAL) :].strip()] = value
    return stated(COVER, texts, totals)


def as_json(said: Iterable[Manifest]) -> str:
    """Return manifests as the store keeps them; not what was wrong with them."""
    told = [{**asdict(each), "totals": [(n, str(v)) for n, v in each.totals]} for each in said]
    for each in told:
        del each["findings"]
    return json.dumps(told, ensure_ascii=False)


def from_json(text: str) -> tuple[Manifest, ...]:
    """Return manifests that the store kept."""
    told = json.loads(text)
    totals = [tuple((name, Decimal(value)) for name, value in each["totals"]) for each in told]
    return tuple(
        Manifest(**{**each, "totals": total}) for each, total in zip(told, totals, strict=True)
    )


def shown(text: object) -> str:
    """Return a text of a manifest as a message can quote it."""
    return str(text).replace("`", "'")[:40]


class _Texts:
    """Reads texts of one manifest, and keeps what could not be understood."""

    def __init__(self, where: str) -> None:
        self.findings: list[Finding] = []
        self._where = where

    def read(self, key: str, texts: Mapping[str, str], understand: Callable[[str], T]) -> T | None:
        text = texts.get(key, "").strip()
        if not text:
            return None
        try:
            return understand(text)
        except ValueError:
            label = cover.LABELS.get(key, key)
            self.findings.append(
                Finding(
                    "B133",
                    Level.REFUSE_FILE,
                    f"{self._where} zegt bij `{shown(label)}` iets dat wij niet begrijpen.",
                    "Schrijf daar een getal. Bij een nulopgave: ja of nee. "
                    "Bij een periode: zoals 2026K3.",
                    sheet=cover.SHEET if self._where == COVER else None,
                )
            )
            return None


def _period(text: str) -> str:
    found = _PERIOD.fullmatch(text.upper().replace(" ", ""))
    if found is None:
        raise ValueError(text)
    return found[1] + (found[2] or "").replace("Q", "K")


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text.replace(".", ""))


def _flag(text: str) -> bool:
    said = text.casefold()
    if said not in (*_YES, *_NO):
        raise ValueError(text)
    return said in _YES


def _amount(text: str) -> Decimal:
    """Read a number as Excel or a Dutch hand writes it; a point is of thousands if it can be."""
    if _DUTCH.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    if _POINT.fullmatch(text):
        return Decimal(text)
    raise ValueError(text)
