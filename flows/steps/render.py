"""An edition as files beside its folder: rendered, looked at, and attacked as it lies there."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl

from flows.settings import Tell
from flows.steps import audit
from flows.steps.files import draft, fill
from flows.steps.packages import INTERNAL, packages
from flows.steps.press import MEMORY, Press
from flows.steps.public import PUBLIC
from reports.accessibility import Inspection
from reports.attacker import Knowledge
from reports.edition import Edition
from reports.render import account


def render(
    edition: Edition,
    internal: pl.DataFrame,
    folder: Path,
    *,
    before: Sequence[Path],
    known: Knowledge,
    guesses: Sequence[pl.DataFrame],
    tell: Tell,
) -> dict[str, str]:
    """Fill `draft(folder)` with an edition, and return the checksum of every file.

    Pages are taken over from what stands in the folder, or else from the last of the editions
    `before`, oldest first; with all of these it is attacked.

    Raises:
        Inaccessible: not everybody can read a page.
        DisclosureRisk: somebody could be found. Then nothing is left of the draft.
    """
    checksums: dict[str, str] = {}
    stands = [folder] if folder.is_dir() else []
    look, press = Inspection(), Press(next(iter([*stands, *before[-1:]]), None))

    def made() -> Iterator[tuple[str, bytes]]:
        tell("De bladen worden gemaakt")
        yield from _public(look.through(press.render(edition, PUBLIC)))
        yield from packages(edition, internal, press=press)
        tell("De editie wordt aangevallen: is er iemand in te vinden?")
        found = audit.attacked([*before, draft(folder)], known, guesses=guesses, beside=stands)
        audit.gate(found)
        yield from _public(look.through(account(edition, audit.audited(found))))
        yield from _public([look.evidence(edition)])
        yield audit.MEMORY, audit.memory(found)
        yield MEMORY, press.memory()

    def counted() -> Iterator[tuple[str, bytes]]:
        for name, content in made():
            if name not in (audit.MEMORY, MEMORY):
                checksums[name] = hashlib.sha256(content).hexdigest()
            yield name, content

    fill(folder, counted(), closed=INTERNAL)
    return checksums


def _public(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    for name, content in files:
        yield f"{PUBLIC}/{name}", content
