"""An edition on paper: every page as a tagged PDF on A3, beside the page itself.

Beside it, because what happens to a page happens to its print: a package stays for its owner alone,
and where a story is taken back the print goes too (`flows.steps.erase`). No print is part of the
edition that was brought out: another Chromium makes other bytes of the same page.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flows.settings import Settings, Tell
from flows.steps.chromium import browser, find
from flows.steps.packages import INTERNAL
from flows.steps.public import PUBLIC, there
from sources.errors import UsageError

_EVERY = 20
"""After so many pages the person at the keyboard hears how far it is."""

_DATE = re.compile(rb"(?<=Date \(D:)\d{14}")
_NODE = re.compile(rb"(?<=\(node)\d{8}(?=\))")


@dataclass(frozen=True, slots=True)
class Printed:
    """One page that was printed: its folder within the edition, and the file."""

    name: str
    path: Path


def print_edition(
    places: Settings,
    edition: str,
    *,
    audience: str = PUBLIC,
    only: Sequence[str] = (),
    environment: Mapping[str, str],
    tell: Tell,
) -> list[Printed]:
    """Print the pages of one audience; return them in order.

    `only`: kinds of page, or single ones, such as `wijk` or `wijk/WK990106`; without any: all.
    A file is there as a whole or not at all; what was printed before is replaced. The same page by
    the same Chromium gives the same bytes.

    Raises:
        UsageError: there is no such edition, package or page.
        SourceUnavailable: there is no Chromium, or it stopped.
    """
    folder = _folder(places, edition, audience)
    pages = _chosen(folder, only)
    day = json.loads((folder / "data" / "edition.json").read_text("utf-8"))["known_at"]
    printed = []
    with browser(find(environment)) as chromium:
        for number, name in enumerate(pages, start=1):
            page = folder / name / "index.html"
            target = page.with_name(_file_name(edition, audience, name))
            _put(target, settled(chromium.pdf(page), day=day), like=page)
            printed.append(Printed(name, target))
            if number % _EVERY == 0 or number == len(pages):
                tell(f"{number} van {len(pages)} geprint, het laatst {name or 'de voorpagina'}")
    return printed


def settled(pdf: bytes, *, day: str) -> bytes:
    """Return a PDF without what differs each time: the clock, and how elements are numbered.

    `day` (ISO) becomes the day that it was made. Elements are numbered through all pages that a
    browser showed; they are numbered anew from one. Nothing moves: every text keeps its length.
    """
    order = {number: rank for rank, number in enumerate(sorted(set(_NODE.findall(pdf))), start=1)}
    dated = _DATE.sub(f"{day.replace('-', '')}000000".encode(), pdf)
    return _NODE.sub(lambda found: b"%08d" % order[found[0]], dated)


def _folder(places: Settings, edition: str, audience: str) -> Path:
    """Return where the pages of an audience lie."""
    home = places.editions / edition
    folders = {PUBLIC: home / PUBLIC}
    folders |= {one.name: one for one in sorted((home / INTERNAL).glob("*")) if one.is_dir()}
    if not (home / PUBLIC).is_dir() or home.parent != places.editions:
        found = ", ".join(there(places.editions)) or "nog geen"
        raise UsageError(f"Er is geen editie {edition}. Er is: {found}.")
    if audience not in folders:
        raise UsageError(f"Er is geen pakket {audience}. Kies uit: {', '.join(folders)}.")
    return folders[audience]


def _chosen(folder: Path, only: Sequence[str]) -> list[str]:
    """Return the folders of the pages that were asked for; that of the front page is ''."""
    pages = [page.parent.relative_to(folder) for page in sorted(folder.rglob("index.html"))]
    names = ["" if page == Path() else page.as_posix() for page in pages]
    for asked in only:
        if not any(_is(name, asked) for name in names):
            kinds = dict.fromkeys(name.partition("/")[0] or "index" for name in names)
            raise UsageError(f"Er is geen blad {asked}. Kies uit: {', '.join(kinds)}.")
    return [name for name in names if not only or any(_is(name, asked) for asked in only)]


def _is(name: str, asked: str) -> bool:
    """Whether a page is the one asked for, or of that kind; the front page is called index."""
    return PurePosixPath(name or "index").is_relative_to(asked.strip("/"))


def _file_name(edition: str, audience: str, name: str) -> str:
    """Return a name that still says what it is on another disk: 2026K3-wijk-WK990106.pdf."""
    return f"{'-'.join(_parts(edition, audience, name))}.pdf"


def _parts(edition: str, audience: str, name: str) -> Iterator[str]:
    yield edition
    if audience != PUBLIC:
        yield from ("vertrouwelijk", audience)
    yield from name.split("/") if name else ["index"]


def _put(target: Path, content: bytes, *, like: Path) -> None:
    """Write a file beside its page, for the same readers; a crash leaves no half of it."""
    part = target.with_name(f"{target.name}.part")
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.chmod(like.stat().st_mode & 0o777)
    part.replace(target)
