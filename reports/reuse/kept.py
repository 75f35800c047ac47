"""Pages of an edition that is out, taken over where their sheet would be drawn the same.

Beside an edition lies what each page was made of: a key over everything that its sheet asked, and
the checksum of the page. A page is taken over only where both are as they were. So a page that was
changed, a list that was cut off, and another program all lead to a page drawn anew: never to a
wrong one.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from reports.edition import Edition
from reports.reuse.asked import OPEN, STAMPED, Answers, Question, of
from reports.reuse.program import program
from reports.reuse.stamp import Open, Stamp, reopened
from reports.shelf import Shelf

Fetch = Callable[[str], bytes | None]
"""Gives a file of the edition that is out, by its path; None where it is not there."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was drawn, not stamped yet, with the questions that its sheet asked."""

    path: str
    open: Open
    asked: frozenset[Question]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of an edition, with what must be known to take it over in another.

    `made_of`: ground and key (fingerprints), checksum (of the page but for its stamp), gaps and
    asked: as JSON.
    """

    path: str
    content: bytes
    made_of: Mapping[str, Any]


class Keys:
    """The keys of the sheets of one edition: sheets with the same key are the same page."""

    def __init__(self, shelf: Shelf) -> None:
        self.ground = _ground(shelf.edition)
        self._answers = Answers(shelf)

    def key(self, path: str, asked: frozenset[Question]) -> str:
        """Return the key of a sheet that asks this."""
        told = f"{self.ground} {path}".encode() + self._answers.fingerprint(asked)
        return hashlib.sha256(told).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of the pages of an edition that is out, by path, and how to get at them."""

    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fetch: Fetch = lambda _: None

    @classmethod
    def read(cls, memory: bytes, fetch: Fetch) -> Self:
        """Read what `remembered` wrote; nothing is known where it is not whole."""
        checksum, _, told = memory.partition(b"\n")
        if checksum.decode("ascii", "replace") != hashlib.sha256(told).hexdigest():
            return cls()
        return cls(json.loads(told), fetch)

    def under(self, folder: str) -> Self:
        """Return the pages in one folder, by their paths within it."""
        within = f"{folder}/"
        pages = {p.removeprefix(within): o for p, o in self.pages.items() if p.startswith(within)}
        return replace(self, pages=pages, fetch=lambda path: self.fetch(within + path))

    def alike(self, path: str, keys: Keys) -> bool:
        """Whether the sheet at a path would be drawn as it was."""
        known = self.pages.get(path)
        if known is None or known["ground"] != keys.ground:
            return False
        return bool(known["key"] == keys.key(path, frozenset(map(tuple, known["asked"]))))

    def take(self, path: str, stamp: Stamp) -> Page | None:
        """Return the known page at a path with another stamp on it; None where it is not whole."""
        known, content = self.pages[path], self.fetch(path)
        page = reopened(content, known["gaps"]) if content is not None else []
        return _stamped(path, page, known, stamp) if _checksum(page) == known["checksum"] else None


NOTHING = Kept()
"""No page to take over."""


def finished(one: Drawn, keys: Keys, stamp: Stamp) -> Page:
    """Return a drawn page with its stamp, and what it was made of."""
    key = keys.key(one.path, one.asked)
    checksum = _checksum(one.open)
    made_of = {"ground": keys.ground, "key": key, "checksum": checksum, "asked": sorted(one.asked)}
    return _stamped(one.path, one.open, made_of, stamp)


def _stamped(path: str, page: Open, made_of: Mapping[str, Any], stamp: Stamp) -> Page:
    content, gaps = stamp.on(page)
    return Page(path, content, {**made_of, "gaps": gaps})


def _checksum(page: Open) -> str:
    """Return the checksum of a page, with the names of its gaps and not what fills them."""
    told = hashlib.sha256()
    for part in page:
        told.update(part)
    return told.hexdigest()


def remembered(pages: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return what was made of what, by path, as `Kept.read` reads it: a checksum, and JSON."""
    told = json.dumps(pages, separators=(",", ":"), sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest().encode() + b"\n" + told


def _ground(edition: Edition) -> str:
    """Return a fingerprint of what every sheet rests on: the program, and the edition's frame."""
    told = hashlib.sha256(program().encode())
    for name in (one.name for one in fields(edition) if one.name not in OPEN | STAMPED):
        told.update(name.encode() + of(getattr(edition, name)))
    return told.hexdigest()
