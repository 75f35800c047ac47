"""The folder `theme/` of an agreement: a municipality's own colours, and its logo.

The colours are a file of CSS custom properties, as design systems hand them over. Only colours that
a theme may choose are taken from it, and only as `#RRGGBB`: nothing else of the file is ever shown.
Whether they can be read is judged where they are shown (`reports.theme`).
"""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from sources.agreement.lines import Place
from sources.agreement.model.theme import TOKENS, Theme
from sources.strict_yaml import Fault

FOLDER = "theme"
COLOURS, LOGO = "tokens.css", "logo.svg"
LARGEST = 40_000
"""Bytes of a logo: it is in every sheet, and a sheet must be small enough to mail."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_REMARK = re.compile(r"<!--.*?-->", re.DOTALL)
_AROUND = re.compile(r"(?::root|\.[\w-]+)?\s*\{|\}|")
_TOKEN = re.compile(r"--basis-([a-z0-9-]+)\s*:\s*(.*?)\s*;")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_STATUS = ("good", "bad")
_OUTWARD = re.compile(r"(?:href\s*=|url\(|@import)\s*[\"']?\s*(?!#|data:|[\"'#])", re.IGNORECASE)
_SVG = "{http://www.w3.org/2000/svg}"


def read(folder: Path) -> tuple[Theme, dict[Place, int], list[Fault]]:
    """Return the theme of an agreement's folder, the line of each colour, and what is wrong.

    An agreement without `theme/` has an empty one.
    """
    tokens: dict[str, str] = {}
    lines: dict[Place, int] = {}
    faults: list[Fault] = []
    for line, text in _written(folder / FOLDER / COLOURS):
        found = _TOKEN.fullmatch(text)
        name, colour = found.groups() if found else ("", "")
        if problem := _problem(text, name, colour, twice=name in tokens):
            faults.append(Fault(f"{FOLDER}/{COLOURS}", line, *problem))
        else:
            tokens[name], lines[name,] = colour, line
    logo, wrong = _logo(folder / FOLDER / LOGO)
    return Theme.model_validate({"tokens": tokens, "logo": logo}), lines, faults + wrong


def _written(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each line that says something, with its number; comments and braces say nothing."""
    text = path.read_text("utf-8-sig", errors="replace") if path.is_file() else ""
    bare = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    for number, line in enumerate(bare.splitlines(), start=1):
        if not _AROUND.fullmatch(line.strip()):
            yield number, line.strip()


def _problem(text: str, name: str, colour: str, *, twice: bool) -> tuple[str, str] | None:
    if not name:
        what = f"`{text[:40]}` is geen kleur van het thema"
        return what, "Schrijf per regel `--basis-naam: #RRGGBB;`."
    if name in _STATUS:
        what = f"De kleur van een status (`{name}`) is overal dezelfde"
        return what, "Haal deze regel weg."
    if name not in TOKENS:
        close = difflib.get_close_matches(name, TOKENS, n=1) or TOKENS
        return f"`--basis-{name}` bestaat niet", f"Kies uit: {', '.join(close)}."
    if not _COLOUR.fullmatch(colour):
        return f"`{colour[:40]}` is geen kleur", "Schrijf # en zes tekens, zoals #154273."
    if twice:
        return f"`--basis-{name}` staat er al", "Haal een van beide weg."
    return None


def _logo(path: Path) -> tuple[str, list[Fault]]:
    """Return the text of the logo; empty where there is none, or where it cannot be used."""
    if not path.is_file():
        return "", []
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    problem = _unfit(text)
    return ("", [Fault(f"{FOLDER}/{LOGO}", 0, *problem)]) if problem else (text, [])


def _unfit(text: str) -> tuple[str, str] | None:
    if len(text.encode()) > LARGEST:
        return f"Het logo is groter dan {LARGEST // 1000} kB", "Vraag de ontwerper om een kleiner."
    if "<!" in _REMARK.sub("", text):
        return "Het logo heeft een <!DOCTYPE of iets anders met <!", "Haal dat weg."
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a DOCTYPE nothing can be expanded
    except ElementTree.ParseError:
        return "Het logo is geen SVG", "Lever het opnieuw, als SVG."
    if root.tag != f"{_SVG}svg" or "viewBox" not in root.attrib:
        return "Het logo is geen SVG met een viewBox", "Lever het opnieuw, als SVG met een viewBox."
    if root.find(f".//{_SVG}script") is not None or _OUTWARD.search(text):
        return "Het logo haalt of doet iets", "Lever het als één bestand met alleen vormen."
    return None
