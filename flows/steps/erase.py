"""Taking words out of editions: in every file, in whatever way they are written."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import datetime
from html import escape
from pathlib import Path

from flows.settings import Town
from sources.store import Store

INSTEAD = "Dit verhaal is weggehaald."

_PRINT = ".pdf"
_FEW = 4  # words below which a text is replaced only where it stands on its own


def out_of_all(
    town: Town, store: Store, texts: Iterable[str], *, instead: str = INSTEAD, at: datetime
) -> list[str]:
    """Replace texts in all editions, concepts too, and record that; return the files that changed.

    A file is named by its edition and its path in it.
    """
    changed = erase(town.settings.editions, texts, instead=instead)
    for edition in store.editions():
        own = {path: checksum for (name, path), checksum in changed.items() if name == edition.id}
        if own:
            store.stories.rewritten(edition.id, own, at=at)
    return sorted(f"{name}/{path}" for name, path in changed)


def erase(
    editions: Path, texts: Iterable[str], *, instead: str = INSTEAD
) -> dict[tuple[str, str], str]:
    """Replace texts in all editions; return the new checksum per changed file.

    A file is named by its edition and its path in it. A page stays as it was but for the words
    themselves: to make an old edition again could change its figures too. A short text is replaced
    between tags, quotes or full stops only, because it may also be a part of another sentence. A
    print (PDF) beside a page that changes is thrown away: words cannot be taken out of it.
    """
    words = _pattern(texts)
    changed: dict[tuple[str, str], str] = {}
    if words is None or not editions.is_dir():
        return changed
    for path in sorted(p for p in editions.rglob("*") if p.is_file() and p.suffix != _PRINT):
        if (content := _without(path, words, instead)) is not None:
            for printed in path.parent.glob(f"*{_PRINT}"):
                printed.unlink()
            _replace(path, content)
            edition, *inside = path.relative_to(editions).parts
            changed[edition, "/".join(inside)] = hashlib.sha256(content).hexdigest()
    return changed


def _pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the texts, the longest first; None where there is none."""
    found = sorted({text.strip() for text in texts} - {""}, key=lambda text: (-len(text), text))
    written = [form for text in found for form in dict.fromkeys(_forms(text))]
    return re.compile("|".join(written)) if written else None


def _forms(text: str) -> Iterable[str]:
    """Yield the ways in which pages, CSV and JSON write a text, as regular expressions."""
    html = escape(text, quote=False)
    quoted = html.replace("'", "&#39;").replace('"', "&#34;")
    plain, ascii_ = json.dumps(text, ensure_ascii=False)[1:-1], json.dumps(text)[1:-1]
    for form in (text, html, quoted, plain, ascii_, text.replace('"', '""')):
        words = form.split()
        bare = r"\s+".join(map(re.escape, words))
        alone = rf"(?<=[>\"'‘’“”;:.!?])(?:(?<=:) )?{bare}(?=[<\"'‘’“”;.!?]|&|$)"
        yield alone if len(words) < _FEW else bare


def _without(path: Path, words: re.Pattern[str], instead: str) -> bytes | None:
    """Return a file without the words; None where they are not in it, or it is no text."""
    try:
        before = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    after = words.sub(lambda found: f" {instead}" if found[0][0] == " " else instead, before)
    return after.encode() if after != before else None


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
