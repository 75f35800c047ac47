"""A `datapackage.json` beside a file: the Data Package standard, with our words under `praatplaat`.

`<stem of the file>.datapackage.json` is about that file; `datapackage.json` about the files that it
names as resources. A resource may hold its own `praatplaat`, which wins over that of the package:

    {"resources": [{"path": "GM9901_welzijn_L06_2026K3_v1.csv", "hash": "sha256:…",
        "praatplaat": {"partner": "welzijn", "contract": "L06", "period": "2026K3", "number": 1,
                       "rows": 46, "nil": false, "delta": false, "totals": {"contacten": 1204}}}]}
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sources.manifest.said import KEYS, Manifest, shown, stated
from sources.verdict import Finding, Level

NAME = "datapackage.json"

_WHERE = f"`{NAME}`"
_MAX_BYTES = 1_000_000
_OWN = "praatplaat"
_HASH = "sha256:"


def is_package(path: Path) -> bool:
    """Return whether a file is a manifest, by its name."""
    return path.name.casefold() == NAME or path.name.casefold().endswith(f".{NAME}")


def beside(path: Path) -> Path | None:
    """Return the manifest that stands beside a file and is about it, if there is one."""
    own = path.with_name(f"{path.stem}.{NAME}")
    if _is_file(own):
        return own
    shared = path.with_name(NAME)
    return shared if _is_file(shared) and path.name in named(shared) else None


def named(package: Path) -> tuple[str, ...]:
    """Return the names of the files beside it that a shared package is about."""
    try:
        resources = _resources(_tree(package))
    except ValueError:
        return ()
    return tuple(str(resource.get("path", "")) for resource in resources)


def read(package: Path, path: Path) -> Manifest:
    """Return what a package says of a file; what cannot be read is a finding in it (B133)."""
    try:
        tree = _tree(package)
        about = [each for each in _resources(tree) if each.get("path") in (None, path.name)]
        resource = about[0] if about else {}
        told = {**_object(tree.get(_OWN, {})), **_object(resource.get(_OWN, {}))}
        totals = {name: _text(value) for name, value in _object(told.pop("totals", {})).items()}
        texts = {key: _text(value) for key, value in told.items()}
    except ValueError:
        message = f"{_WHERE} is niet te lezen: het is geen goede JSON in de afgesproken vorm."
        mend = "Maak dat bestand opnieuw, of stuur het niet mee."
        return Manifest(findings=(Finding("B133", Level.REFUSE_FILE, message, mend),))
    checksum = str(resource.get("hash", ""))
    if checksum.startswith(_HASH):
        texts.setdefault("sha256", checksum.removeprefix(_HASH))
    return _with_strange(stated(_WHERE, texts, totals), set(texts) - KEYS)


def _with_strange(said: Manifest, strange: set[str]) -> Manifest:
    """Tell of words that we do not know: a check that the sender counts on is not made."""
    notes = tuple(
        Finding(
            "B178",
            Level.NOTE,
            f"{_WHERE} zegt ook iets bij `{shown(key)}`. Daar doen wij niets mee.",
            f"Gebruik alleen: {', '.join(sorted(KEYS))}.",
        )
        for key in sorted(strange)
    )
    return replace(said, findings=(*said.findings, *notes))


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _tree(package: Path) -> dict[str, Any]:
    """Return the JSON object in a file, its numbers as text. Raises ValueError where it is none."""
    if package.stat().st_size > _MAX_BYTES:
        raise ValueError("too large")
    try:
        text = package.read_bytes().decode("utf-8-sig")
        return _object(json.loads(text, parse_int=str, parse_float=_point))
    except RecursionError as error:
        raise ValueError("too deep") from error


def _resources(tree: dict[str, Any]) -> list[dict[str, Any]]:
    resources = tree.get("resources", [])
    if not isinstance(resources, list):
        raise ValueError("no list")
    return [_object(each) for each in resources]


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("no object")
    return dict(value)


def _point(number: str) -> str:
    """Return a JSON number with a Dutch comma: its point is never one of thousands."""
    return number.replace(".", ",")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError("no text")
    return value
