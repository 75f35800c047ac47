"""Cases of contradictions: a few changes to a copy of Voorbeeldstad, and what must be said of them.

A case names, per fault, the file, a text on the line, and a piece of what is said.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sources.agreement import sense
from sources.agreement.load import load_with_lines
from sources.contracts.load import standard

VOORBEELDSTAD = Path(__file__).parent.parent / "sources/example/voorbeeldstad"


@dataclass(frozen=True)
class Case:
    changes: list[tuple[str, str, str]]  # file, what stands there once, what is put in its place
    faults: list[tuple[str, str, str]]  # file, a text on the line, a piece of what is said


def copy(to: Path) -> Path:
    """Return a copy of Voorbeeldstad's agreement, to break."""
    return Path(shutil.copytree(VOORBEELDSTAD, to / "overeenkomst"))


def put(folder: Path, changes: list[tuple[str, str, str]]) -> None:
    for file, now, then in changes:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(now) == 1, f"{file} holds {now!r} {text.count(now)} times"
        (folder / file).write_text(text.replace(now, then), encoding="utf-8")


def where(folder: Path, file: str, text: str) -> str:
    """Return `file:line` of the first place of a text; only the file where there is no text."""
    if not text:
        return file
    whole = (folder / file).read_text(encoding="utf-8")
    return f"{file}:{whole[: whole.index(text)].count(chr(10)) + 1}"


def contradictions(folder: Path) -> list[str]:
    agreement, lines = load_with_lines(folder)
    return sense.faults(agreement, standard(), lines=lines)


def left_over(folder: Path, case: Case, found: list[str]) -> list[str]:
    """Return what was said and not expected; fails where something expected was not said."""
    left = list(found)
    for file, text, said in case.faults:
        place = where(folder, file, text)
        hit = next((f for f in left if f.startswith(f"{place}: ") and said in f), None)
        assert hit, f"{place}: {said}\nis not among:\n" + "\n".join(left)
        left.remove(hit)
    return left
