"""What a page says of the edition it is in, left open while it is drawn and filled in at the end.

Two editions that tell the same of a wijk differ in their name and their day, and a concept from
what somebody established in that alone. Those stand on every page, and in the hash of its style; so
they are filled in last, and the rest of a page may be kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from markupsafe import Markup, escape

from reports.edition import Edition
from reports.sealed import hashed
from reports.words.catalogue import words

Open = list[bytes]
"""A page in parts: in turn what stands, and the name of a gap."""

Gap = tuple[int, int, str]
"""Where in a page something was filled in, from byte to byte, and what."""

ID, DAY, STANDING, PREVIOUS, STYLE = (
    f"\ue000{name}\ue001" for name in ("id", "day", "standing", "previous", "style")
)
"""Stand in a page for the edition's name, its day in words, that it is a concept or who established
it, the name of the edition before it, and the hash of the page's own style."""

_GAP = re.compile("(\ue000[a-z]+\ue001)".encode())
_BEGIN, _END = b"<style>", b"</style>"
_NO_STYLE = hashed("")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What fills the gaps of every page of one edition."""

    id: str
    day: str
    standing: str
    previous: str

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """Return the stamp of an edition."""
        day = words(edition.agreement.general.language).day(edition.known_at)
        return cls(edition.id, day, _standing(edition), edition.previous or "")

    def on(self, page: Open) -> tuple[bytes, list[Gap]]:
        """Return a page with its gaps filled in, and where they are."""
        told = {ID: self.id, DAY: self.day, STANDING: self.standing, PREVIOUS: self.previous}
        named = {gap.encode(): text.encode() for gap, text in {**told, STYLE: _NO_STYLE}.items()}
        filled, gaps, at = [], [], 0
        for number, part in enumerate(page):
            text = named[part] if number % 2 else part
            if number % 2:
                gaps.append((at, at + len(text), part.decode()))
            filled.append(text)
            at += len(text)
        return _styled(b"".join(filled), gaps), gaps


def _standing(edition: Edition) -> str:
    """Say as HTML that an edition is a concept, or who established it."""
    say, known = words(edition.agreement.general.language), edition.established
    if known is None:
        return Markup("<b>{}</b>").format(say("page.concept"))
    return str(escape(say("page.established", by=known.by, day=say.day(known.on))))


def opened(html: bytes) -> Open:
    """Return a page that was drawn with gaps in it."""
    return _GAP.split(html)


def reopened(page: bytes, gaps: Sequence[Gap]) -> Open:
    """Return a page as it was before it was stamped."""
    parts, at = [], 0
    for begin, end, name in gaps:
        parts += [page[at:begin], name.encode()]
        at = end
    return [*parts, page[at:]]


def _styled(page: bytes, gaps: Sequence[Gap]) -> bytes:
    """Return a page with the hash of its style, which is as long as that of no style."""
    first = page.index(_BEGIN) + len(_BEGIN)
    style = hashed(page[first : page.index(_END, first)]).encode()
    told = bytearray(page)
    for begin, end, name in gaps:
        if name == STYLE:
            told[begin:end] = style
    return bytes(told)
