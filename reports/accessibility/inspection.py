"""The inspection of an edition: every page as it comes by, and the file that tells of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reports.accessibility import checks
from reports.accessibility.tree import Page, read
from reports.edition import Edition
from reports.theme.contrast import measured, tokens
from reports.words.catalogue import words
from sources.errors import Inaccessible

EVIDENCE = "data/toegankelijkheid.json"
FIGURES = "data/figures.json"
LETTERS = "abcdefgh"
MOST = 20
"""So many faults are told; the rest is most often the same one again."""


@dataclass(slots=True)
class Inspection:
    """What was seen of the pages of one reader so far."""

    pages: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    style: str = ""

    def through(self, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Yield files (path, bytes) as they come, and look at every page among them.

        Raises:
            Inaccessible: a page breaks one of the rules; all faults, one per line.
        """
        claims: list[tuple[str, checks.Claim]] = []
        told: dict[str, checks.Told] = {}
        for name, content in files:
            if name.endswith(".html"):
                page = self._look(name, content.decode())
                claims += [(name, one) for one in checks.claims(page)]
            elif name == FIGURES:
                told = dict(_told(content))
            yield name, content
        for name, claim in claims:
            if claim.figure in told:
                self._note(name, [("g", claim.against(told[claim.figure]))])
        self._settle()

    def _look(self, name: str, html: str) -> Page:
        page = read(name, html)
        self.pages.append(name)
        self.style = page.style
        self._note(name, checks.of_page(page))
        return page

    def _note(self, page: str, found: Iterable[tuple[str, checks.Seen]]) -> None:
        for letter, (_, wrong) in found:
            self.seen[letter] += 1
            if wrong:
                self.faults.append(f"{page}: {wrong} ({letter}).")

    def _settle(self) -> None:
        if not self.faults:
            return
        told = list(dict.fromkeys(self.faults))
        more = [f"En nog {len(told) - MOST}."] if len(told) > MOST else []
        last = "Niet iedereen kan deze editie lezen. Daarom komt zij niet uit."
        raise Inaccessible("\n".join([*told[:MOST], *more, last]))

    def evidence(self, edition: Edition) -> tuple[str, bytes]:
        """Return (path, bytes) of what a municipality needs for its accessibility statement."""
        say = words(edition.agreement.general.language)
        told = {
            "edition": edition.id,
            "statement": say("accessible.statement"),
            "checks": [
                {"check": letter, "what": say(f"accessible.{letter}"), "seen": self.seen[letter]}
                for letter in LETTERS
            ],
            "contrast": [
                {
                    "front": f"--basis-{pair.front}",
                    "back": f"--basis-{pair.back}",
                    "contrast": round(pair.ratio, 2),
                    "least": pair.least,
                }
                for pair in measured(tokens(self.style))
            ],
            "in_browser": say("accessible.browser"),
            "by_people": say("accessible.people"),
            "pages": self.pages,
        }
        return EVIDENCE, f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


def _told(content: bytes) -> Iterator[tuple[str, checks.Told]]:
    """Yield every figure of the file by the name that pages give it."""
    for row in json.loads(content):
        place = (row["indicator"], row["version"], row["period"])
        name = "|".join(map(str, (*place, row["area_code"], row["partner"], row["breakdown"])))
        shown = " ".join((row["shown"] or "").split())
        yield name, checks.Told(shown, row["value"])
