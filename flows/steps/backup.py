"""A copy of everything that is kept, and putting it back; both checked to the byte.

In it: the store, its log, the sealed files, the answers and the editions. Not in it: the key (who
has both, can read everything), the inbox (its files are not sealed yet, and their sender still has
them) and the agreement (it has a place of its own).
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flows.settings import Tell, Town
from sources.errors import NotIntact, UsageError
from sources.store import Action, Deed, Store, at_rest

KEPT = ("raw", "feedback", "editions", "log.jsonl", "store.duckdb", "store.duckdb.wal")
"""What of a home goes along; the store last, so that a home has one only when it is whole."""

MANIFEST = "manifest.json"

_FORM = 1
_PART = ".restore.part"


def backup(town: Town, folder: Path, *, at: datetime, tell: Tell) -> str:
    """Copy a home into a new folder, read the copy back, and return the checksum of its manifest.

    Nobody can write meanwhile. Killed on the way, there is only a `.part` that may be thrown away.

    Raises:
        UsageError: the folder is there already, or the store is in use.
        NotIntact: the store is damaged, or the copy is not what was written.
    """
    home, part = town.settings.home, folder.with_name(f"{folder.name}.part")
    if folder.exists():
        raise UsageError(f"{folder} is er al. Kies een map die er nog niet is.")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    with at_rest(town.settings.store, holder="praatplaat backup") as head:
        for name in KEPT:
            _copied(home / name, part / name)
        manifest = {"form": _FORM, "program": version("praatplaat"), "made": at.isoformat()}
        manifest |= {"log": {"position": head[0], "digest": head[1]}, "files": _sums(home)}
    text = json.dumps(manifest, indent=1, sort_keys=True).encode()
    (part / MANIFEST).write_bytes(text)
    _must_be_whole(part, manifest, _sums(part))
    part.rename(folder)
    tell(f"{len(_files(manifest))} bestanden, gecontroleerd")
    digest = hashlib.sha256(text).hexdigest()
    with Store.open(
        town.settings.store, holder="praatplaat backup", actor=town.settings.actor
    ) as store:
        deed = Deed(Action.BACKED_UP, "alles", f"tot regel {head[0]}", {"sha256": digest})
        store.log.tell(deed, at=at)
    return digest


def restore(town: Town, folder: Path, *, at: datetime, tell: Tell) -> None:
    """Put a back-up back into a home without data, and say so in its log.

    Everything is checked before anything is put back. The store comes last: killed before that,
    the same again puts it all back. Folders that stand ready stay, and what comes in them is of
    their group: who may read it.

    Raises:
        UsageError: there are data already, or this is no back-up.
        NotIntact: a file of the back-up is not what was written.
    """
    home, manifest = town.settings.home, _manifest(folder)
    _must_be_empty(home)
    _must_be_whole(folder, manifest, _sums(folder))
    part = home / _PART
    part.mkdir(mode=0o700, parents=True, exist_ok=True)
    _clear(part)
    for name in KEPT:
        _clear(home / name)
        _copied(folder / name, (home if (folder / name).is_dir() else part) / name)
    _must_be_whole(folder, manifest, _sums(home) | _sums(part))
    for name in (one for one in KEPT if (part / one).exists()):
        (part / name).rename(home / name)
    part.rmdir()
    digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
    with Store.open(
        town.settings.store, holder="praatplaat restore", actor=town.settings.actor
    ) as store:
        deed = Deed(Action.RESTORED, "alles", f"van {manifest['made']}", {"sha256": digest})
        store.log.tell(deed, at=at)
    tell(f"{len(_files(manifest))} bestanden, gecontroleerd en teruggezet")


def _must_be_empty(home: Path) -> None:
    """Refuse a home with data; what an interrupted restore left may go."""
    filled = {path.relative_to(home).parts[0] for path in _kept(home)}
    there = [name for name in KEPT if name in filled]
    whole = "store.duckdb" in there or not (home / _PART).exists()
    if there and whole:
        raise UsageError(
            f"In {home} staat al: {', '.join(there)}. "
            "Zet dat eerst ergens anders, of wijs met --home een lege map aan."
        )


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder} is geen reservekopie: er is geen goed {MANIFEST}.") from error
    if manifest.get("form") != _FORM:
        raise UsageError(f"{folder} is gemaakt door een nieuwer programma. Gebruik dat.")
    return manifest


def _must_be_whole(folder: Path, manifest: dict[str, Any], there: dict[str, str]) -> None:
    """Raise NotIntact where a file is not there, is another, or is one too many."""
    meant = _files(manifest)
    wrong = sorted(name for name in {*there, *meant} if there.get(name) != meant.get(name))
    if wrong:
        raise NotIntact(
            f"{folder}: {len(wrong)} bestanden zijn niet zoals zij waren, zoals {wrong[0]}. "
            "Neem een andere reservekopie."
        )


def _files(manifest: dict[str, Any]) -> dict[str, str]:
    files: dict[str, str] = manifest["files"]
    return files


def _sums(home: Path) -> dict[str, str]:
    """Return the checksum of every file that goes along, by its path."""
    return {path.relative_to(home).as_posix(): _checksum(path) for path in _kept(home)}


def _kept(home: Path) -> Iterator[Path]:
    for name in KEPT:
        place = home / name
        yield from sorted(one for one in (place, *place.rglob("*")) if one.is_file())


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _clear(place: Path) -> None:
    """Throw away what an interrupted restore left: a file, or all that is in a folder."""
    if not place.is_dir():
        place.unlink(missing_ok=True)
        return
    for path in place.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _copied(source: Path, target: Path) -> None:
    """Copy a file or a folder with its rights; nothing where there is none.

    A new folder is of the group of the one around it: no right is given to it afterwards, as that
    would end it for who is not of that group.
    """
    if source.is_dir():
        target.mkdir(mode=source.stat().st_mode & 0o777, exist_ok=True)
        for path in source.iterdir():
            _copied(path, target / path.name)
    elif source.exists():
        shutil.copy2(source, target)
