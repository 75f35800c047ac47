"""An edition rendered: pages that are as they were are taken over, and the others are drawn."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.steps.spread import spread
from reports.edition import Edition
from reports.render import beside, pages
from reports.reuse.kept import NOTHING, Kept, remembered

MEMORY = "intern/bladen.json"
"""Of what each page was made. For the owner alone: it tells of confidential pages too."""


class Press:
    """Renders what lies in one edition's folder, beside the folder of an edition that is out."""

    def __init__(self, before: Path | None = None) -> None:
        self._kept = _kept(before) if before else NOTHING
        self._made: dict[str, Any] = {}

    def render(self, edition: Edition, folder: str) -> Iterator[tuple[str, bytes]]:
        """Yield (path, bytes) of every file of one reader, whose `folder` lies in the edition's."""
        for page in pages(edition, kept=self._kept.under(folder), draw=spread):
            self._made[f"{folder}/{page.path}"] = page.made_of
            yield page.path, page.content
        yield from beside(edition)

    def memory(self) -> bytes:
        """Return what the next edition must know of these pages: the content of `MEMORY`."""
        return remembered(self._made)


def _kept(folder: Path) -> Kept:
    """Read what is known of the pages in a folder: nothing of an edition that remembers nothing."""
    memory = _content(folder / MEMORY)
    return NOTHING if memory is None else Kept.read(memory, lambda path: _content(folder / path))


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
