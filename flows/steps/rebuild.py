"""Everything made again from the sealed files, by the log: in another folder, to the same bytes.

What is needed: the sealed files, the copy of the log, the key and the agreement. The store and the
editions are not read, so that they may be damaged; what is made is only held against them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flows.settings import Tell, Town
from flows.steps.again import Again
from sources.errors import UsageError
from sources.keys import read_keys
from sources.store import Action, Line, Store, copied

_PDF = ".pdf"
_MAKES = (Action.OBSERVED, Action.PUBLISHED, Action.RESPONDED, Action.RELEASED)
_OWN = ("audit.json",)
"""What an audit rewrites in an edition: not a part of what came out."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made again, and where it is not what it was.

    `different`: files of the edition (`<edition>/<path>`) that are missing, other, or too many.
    `line`: the first thing that was done that came out otherwise; '' where all did as before.
    """

    home: Path
    files: int
    different: tuple[str, ...]
    line: str


def rebuild(town: Town, home: Path, *, edition: str = "", tell: Tell) -> Rebuilt:
    """Make an edition again in a new home, with all that came before it; without one, all of them.

    Raises:
        UsageError: the edition is not in the log, the home is not empty, or a sealed file is gone.
        NotIntact: the copy of the log is damaged.
        DisclosureRisk: in an edition somebody can be found, by what the program knows now.
    """
    lines = copied(town.settings.store)
    names = [one.facts["edition"] for one in lines if one.action == Action.PUBLISHED.value]
    if edition and edition not in names:
        raise UsageError(f"Een editie `{edition}` is er niet. Er zijn: {', '.join(names)}.")
    if home.exists() and any(home.iterdir()):
        raise UsageError(f"De map {home} is niet leeg. Kies een andere.")
    home.mkdir(parents=True, exist_ok=True)
    places = replace(town.settings, home=home, mail=None)  # who got a message got it already
    there = replace(town, settings=places)
    keys = read_keys(town.settings.key)
    with Store.open(there.settings.store, holder="praatplaat rebuild") as store:
        again = Again(town, there, store, keys, tell)
        for line in _until(lines, edition):
            again.do(line)
        made = store.log.lines()
    chosen = [edition] if edition else names
    different = [name for one in chosen for name in _different(town, there, one)]
    files = sum(1 for one in chosen for _ in _files(there.settings.editions / one))
    return Rebuilt(home, files, tuple(different), otherwise(lines, made))


def _until(lines: Sequence[Line], edition: str) -> Iterator[Line]:
    """Yield what was done until an edition was made, and what was done with it since."""
    made = False
    for line in lines:
        own = line.facts.get("edition") == edition
        if not made or own or line.action not in _MAKES:
            yield line
        made = made or (own and line.action == Action.PUBLISHED)


def _different(town: Town, there: Town, edition: str) -> list[str]:
    """Return the files of an edition that are not the same in both homes."""
    then, now = (dict(_files(one.settings.editions / edition)) for one in (town, there))
    return sorted(f"{edition}/{n}" for n in {*then, *now} if then.get(n) != now.get(n))


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield path and checksum of what came out: a print is made of it, an audit is about it."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix != _PDF and name not in _OWN:
            yield name, hashlib.sha256(path.read_bytes()).hexdigest()


def otherwise(then: Sequence[Line], now: Sequence[Line]) -> str:
    """Say of the first thing that was done which came out otherwise; '' where none did.

    What was passed over is in neither: back-ups, and the editions after the one that was asked for.
    """
    done = {_deed(one): one for one in now}
    for line in then:
        again = done.get(_deed(line))
        if again and _outcome(again) != _outcome(line):
            return f"{line.object}: toen {line.result}, nu {again.result}."
    return ""


def _deed(line: Line) -> tuple[str, str, datetime]:
    return line.action, line.object, line.moment


def _outcome(line: Line) -> tuple[str, object]:
    return line.result, line.facts.get("sha256")
