"""What a partner gets to read: which delivery it is about, and what became of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePath

from reports.feedback.mirror import Mirror
from sources.contracts.model import Contract
from sources.privacy import masked
from sources.verdict import Finding, Verdict

TOO_MANY = ("R310", "R311")
"""The codes of a file of which too many rows were refused: a consequence, never a cause."""

_AGREED_NAME = re.compile(r"GM\d{4}_\w+_v\d+\.[A-Za-z0-9]+", re.IGNORECASE)
_SAID = re.compile(r"((?:zegt (?:ook iets )?bij(?: \w+)?|Het controletotaal van) )`[^`]*`")
"""What B133, B134, B177 and B178 quote of a Voorblad or a package."""

_NUMBER = re.compile(r"_v\d+(\.[A-Za-z0-9]+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken over: its place in the file, why, and its cells as text.

    `cells` are in the order of the contract's columns; empty where the row could not be split.
    """

    row: int
    codes: tuple[str, ...]
    cells: tuple[str | None, ...]


def _none() -> Iterator[RefusedRow]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one delivery.

    `partner` is its name; `number` counts the deliveries of the period; `file_name` is what the
    partner called its file. `contact` is whom to ask. `refused` gives the refused rows anew at each
    call, by row. `mirror` is what was counted, where rows were kept.
    """

    partner: str
    contract: Contract
    period: str
    number: int
    file_name: str
    received_on: date
    verdict: Verdict
    contact: str = ""
    refused: Callable[[], Iterable[RefusedRow]] = _none
    mirror: Mirror | None = None

    @property
    def name(self) -> str:
        """The delivery in one word, to mention in a question: wmo_meldingen 2026K3 v2."""
        return f"{self.contract.id} {self.period} v{self.number}"

    @property
    def next_name(self) -> str:
        """What to call the file when it is sent again; empty where its name has no number."""
        if not _NUMBER.search(self.file_name):
            return ""
        return _NUMBER.sub(rf"_v{self.number + 1}\1", self.file_name)


def shareable(answer: Answer) -> Answer:
    """Return an answer without numbers and addresses of people that its sender wrote beside cells.

    A message names sheets and columns, and quotes what a file name or a Voorblad says.
    """
    verdict = answer.verdict
    told = replace(verdict, findings=tuple(map(_masked, verdict.findings)))
    return replace(answer, file_name=masked(answer.file_name), verdict=told)


def mailable(answer: Answer) -> Answer:
    """Return a shareable answer without what its sender said beside the rows, which may be a name.

    That is what it called its file, where that is not the name agreed on, and what it wrote on a
    Voorblad or in a package: a message about that says where, and no longer what.
    """
    answer = shareable(answer)
    said = (replace(f, message=_SAID.sub(r"\1`…`", f.message)) for f in answer.verdict.findings)
    name = answer.file_name
    if not _AGREED_NAME.fullmatch(name):
        name = f"uw bestand{PurePath(name).suffix if name.isascii() else ''}"
    return replace(answer, file_name=name, verdict=replace(answer.verdict, findings=tuple(said)))


def _masked(found: Finding) -> Finding:
    message, sheet = _hidden(found.message), _hidden(found.sheet or "")
    if message == found.message and sheet == (found.sheet or ""):
        return found
    return replace(found, message=message, sheet=sheet or found.sheet)


@lru_cache(maxsize=4096)
def _hidden(text: str) -> str:
    """Messages repeat per rule and column, so that each is looked into once."""
    return masked(text)
