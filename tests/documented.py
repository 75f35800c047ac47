"""What the pages of docs/ tell people to type: the one place that finds it."""

import re
import shlex
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LONGEST = 15
"""Words in a sentence of a page in plain Dutch."""


def blocks(page: Path, section: str = "") -> list[str]:
    """Return what is to be typed on a page, or under one of its headings, block by block.

    A block that is only shown has no language.
    """
    text = page.read_text(encoding="utf-8")
    if section:
        text = text.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return re.findall(r"```(?:bash|sh)\n(.*?)```", text, re.DOTALL)


def commands(page: Path, program: str) -> list[list[str]]:
    """Return the words of every command of one program, without the program and its remarks."""
    lines = [line for block in blocks(page) for line in block.splitlines()]
    words = [shlex.split(line, comments=True) for line in lines]
    return [rest for first, *rest in filter(None, words) if Path(first).name == program]


def mentioned(page: Path, program: str) -> list[list[str]]:
    """Return the words of every command that a page names within a sentence or a table."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(rf"`{program} ([a-z][^`]*)`", text)
    return [shlex.split(each, comments=True) for each in found]


def headings(page: Path) -> set[str]:
    """Return the names by which a link leads to the headings of a page."""
    lines = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = re.findall(r"^#+ (.*)$", lines, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in found}


def long_sentences(page: Path) -> list[str]:
    """Return the sentences that are too long; headings, tables and what is typed are none."""
    text = page.read_text(encoding="utf-8")
    running = re.sub(r"```.*?```|^[#|].*?$|<!--.*?-->", "", text, flags=re.DOTALL | re.MULTILINE)
    parts = re.split(r"(?<=[.?!:;])\**\s+|\n\n|\n[-0-9]", running)
    return [" ".join(part.split()) for part in parts if len(part.split()) > LONGEST]
