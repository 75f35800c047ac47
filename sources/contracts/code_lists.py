"""Code lists: which codes a column may hold, what they mean, and from when until when.

A list is a strict YAML file `<id>.yaml`, in `sources/contracts/lists/` or in the agreement's
`deliveries/lists/` (of two with one id the agreement's holds). A list is of one law: reason 31 is
a move in the Wmo and "as planned" in the Jeugdwet. A list without codes is for the agreement to
fill, and leaves a column free until then.
"""

from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path

from sources.contracts.part import Part, top
from sources.strict_yaml import Fault, scan

SUFFIX = ".yaml"

_KEYS = ("title", "law", "source", "codes")
_ENTRY_KEYS = ("label", "from", "until")


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes with their Dutch labels; `law` is empty where it holds for every law.

    `validity` has the first and last day (ISO, '' is open) of each code that did not hold always.
    """

    law: str
    codes: dict[str, str]
    validity: dict[str, tuple[str, str]]


def standard(faults: list[Fault]) -> dict[str, CodeList]:
    """Return the lists that come with the program, by id."""
    with resources.as_file(resources.files("sources.contracts") / "lists") as folder:
        return load(folder, faults)


def load(folder: Path, faults: list[Fault]) -> dict[str, CodeList]:
    """Return the lists in a folder, by id; faults are collected, not raised."""
    return {path.stem: _read(path, faults) for path in sorted(folder.glob(f"*{SUFFIX}"))}


def _read(path: Path, faults: list[Fault]) -> CodeList:
    document = scan(path)
    faults.extend(document.faults)
    part = top(document, faults)
    part.only(_KEYS)
    part.text("title")
    part.text("source")
    codes = part.below("codes")
    entries = {code: codes.below(code) for code in codes.tree}
    spans = {code: _span(entry) for code, entry in entries.items()}
    return CodeList(
        law=part.text("law", ""),
        codes={code: entry.text("label") for code, entry in entries.items()},
        validity={code: span for code, span in spans.items() if any(span)},
    )


def _span(entry: Part) -> tuple[str, str]:
    """Return the first and last day on which a code holds."""
    entry.only(_ENTRY_KEYS)
    first, last = _day(entry, "from"), _day(entry, "until")
    if first and last and last < first:
        entry.fault("until", "De code eindigt voor hij begint", "Verwissel from en until.")
    return first, last


def _day(entry: Part, key: str) -> str:
    day = entry.text(key, "")
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        entry.fault(key, f"`{day}` is geen datum", "Schrijf jaar-maand-dag, zoals 2023-04-01.")
        return ""


def named(own: Part, lists: dict[str, CodeList], law: str | None) -> CodeList | None:
    """Return the list that a column names at `code_list`, if it does; its faults are noted."""
    name = own.text("code_list", "")
    if not name:
        return None
    if "codes" in own.tree:
        own.fault("codes", "De codes staan al in een lijst", "Kies code_list of codes.")
    found = lists.get(name)
    if found is None:
        what = f"Een codelijst `{name}` bestaat niet"
        to_do = f"Kies uit: {', '.join(sorted(lists))}. Of maak lists/{name}{SUFFIX}."
        own.fault("code_list", what, to_do)
    elif found.law and found.law != law:
        what = f"De codelijst `{name}` is van een andere wet: {found.law}"
        own.fault("code_list", what, "Dezelfde code kan daar iets anders betekenen.")
    return found
