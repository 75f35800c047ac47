"""The eight rules for a page, (a) to (h); each yields what it looked at, and what is wrong there.

WCAG 2.2 stands behind most of them: (a) 1.1.1, (b) 1.1.1, (c) 1.4.1, (d) 1.4.3 and 1.4.11,
(e) 1.3.1, (h) 1.4.13 and 2.1.1. (f) and (g) are our own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from reports.accessibility.tree import Element, Page
from reports.theme.contrast import measured, tokens

Seen = tuple[str, str]
"""What was looked at, and what is wrong with it: '' where nothing is."""

LEAST_PIXELS, LEAST_POINTS = 12.0, 9.0

_LETTERS = re.compile(r"[^\W\d_]{2}")
_DIGIT = re.compile(r"\d")
_SIZE = re.compile(r"(?:font-size|--size-[a-z0-9]+)\s*:\s*([^;}]+)|\bfont\s*:\s*([^;}]+)")
_LENGTH = re.compile(r"([\d.]+)(px|pt)\b")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_REVEALS = re.compile(r"(?:^|;)\s*(display|visibility|opacity|content|height|clip-path)\s*:")
_TEN = 240.0
"""Width of ten pictograms that are all filled."""

_NEAR = 0.051
"""Pixels: widths are written to a tenth."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the file of figures says of one: its text on a sheet ('' if unknown), and its value."""

    shown: str
    value: float | None


def of_page(page: Page) -> Iterator[tuple[str, Seen]]:
    """Yield, for every rule but (g), its letter with all that it looked at."""
    for letter, check in _CHECKS.items():
        for seen in check(page):
            yield letter, seen


def drawings(page: Page) -> Iterator[Seen]:
    """(a) Every drawing has a name, or is hidden from those who cannot see it."""
    for one in page.all("svg"):
        if any(above.tag == "svg" for above in one.above()):
            continue
        label = {"aria-label", "aria-labelledby"} & one.attributes.keys()
        named = one.attributes.get("role") in ("img", "group") and (label or any(one.all("title")))
        hidden = one.attributes.get("aria-hidden") == "true"
        yield _seen(one, named or hidden, "heeft geen naam en is niet verborgen")
    for one in page.all("img"):
        yield _seen(one, one.attributes.get("alt"), "heeft geen tekst (alt)")


def captions(page: Page) -> Iterator[Seen]:
    """(b) Beside every chart stands, as text, of whom it is and what it shows.

    In a `figure` that is its caption, or the caption of its table with the cells. Elsewhere the
    number itself stands in the same part of the page, whose title says of whom it is.
    """
    for one in page.all("svg"):
        if "chart" in one.classes:
            yield _seen(one, _is_told(one, page.title), f"heeft geen tekst: {page.title}, en wat")


def _is_told(chart: Element, title: str) -> bool:
    around = list(chart.above())
    for figure in (one for one in around if one.tag == "figure"):
        caption = " ".join(one.text for one in figure.all("figcaption", "caption"))
        values = caption + "".join(one.text for one in figure.all("td"))
        return bool(title) and title in caption and bool(_DIGIT.search(values))
    part = takewhile(lambda one: one.tag not in ("section", "main"), around)
    return any("data-figure" in one.attributes for above in part for one in above.all())


def statuses(page: Page) -> Iterator[Seen]:
    """(c) Every status is a shape with a word beside it, and never a colour alone."""
    for one in page.all("svg"):
        if "shape" in one.classes and one.around is not None:
            yield _seen(one, _LETTERS.search(one.around.text), "heeft geen woord naast zich")
    for one in page.elements:
        if "remark" in one.classes:
            shape = any("shape" in inner.classes for inner in one.all("svg"))
            yield _seen(one, shape, "heeft geen vorm naast het woord")


def colours(page: Page) -> Iterator[Seen]:
    """(d) The colours that this page ends up with differ enough from what lies behind them."""
    yield from _pairs(page.style)


@lru_cache(maxsize=16)
def _pairs(style: str) -> tuple[Seen, ...]:
    pairs = measured(tokens(style))
    return tuple((f"--basis-{one.front}", "" if one.enough else one.told) for one in pairs)


def tables(page: Page) -> Iterator[Seen]:
    """(e) Every table has a caption, and every head says whether it is of a row or a column."""
    for one in page.all("table"):
        first = one.children[0] if one.children else None
        told = first is not None and first.tag == "caption" and first.text
        yield _seen(one, told, "heeft geen bijschrift (caption)")
    for one in page.all("th"):
        yield _seen(one, one.attributes.get("scope") in ("row", "col"), "heeft geen scope")


def letters(page: Page) -> Iterator[Seen]:
    """(f) No letter is smaller than 12 pixels, or 9 points."""
    for found in _SIZE.findall(page.style):
        declared = found[0] or found[1]
        for number, unit in _LENGTH.findall(declared.partition("/")[0]):
            least = LEAST_PIXELS if unit == "px" else LEAST_POINTS
            small = float(number) < least
            yield declared, f"letters van {number} {unit}" if small else ""
    for one in page.all("text", "tspan"):
        if size := one.attributes.get("font-size", "").removesuffix("px"):
            yield _seen(one, float(size) >= LEAST_PIXELS, f"heeft letters van {size} px")


def hovers(page: Page) -> Iterator[Seen]:
    """(h) Nothing is told in a tooltip, or only where a mouse happens to be."""
    for one in page.elements:
        if "title" in one.attributes:
            yield _seen(one, False, "vertelt iets in title=")
    for selector, rules in _RULE.findall(page.style):
        if ":hover" in selector:
            shows = _REVEALS.search(rules)
            yield selector.strip(), f"{selector.strip()} toont iets aan een muis" if shows else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says of a figure: in large, in its table, or by the length of pictograms."""

    figure: str
    kind: str
    said: str

    def against(self, told: Told) -> Seen:
        """(g) Hold it against the file of figures."""
        said, shown = self.said.casefold(), told.shown.casefold()
        if self.kind == "full":
            right = told.value is not None and abs(float(said) - told.value * _TEN) <= _NEAR
        else:
            right = not shown or (said == shown if self.kind == "number" else shown in said)
        return self.kind, "" if right else f"{self.said} is niet {told.shown}"


def claims(page: Page) -> Iterator[Claim]:
    """Yield what a page says of each figure that it prints."""
    for one in page.elements:
        name = one.attributes.get("data-figure", "")
        if "value" in one.classes:
            yield Claim(name, "value", one.text)
        elif "number" in one.classes and name:
            strong = next(one.all("strong"), one)
            yield Claim(name, "number", strong.text)
            for drawn in one.around.children if one.around else ():
                if drawn.classes == ["pictograms"]:
                    (full,) = (part for part in drawn.children if "full" in part.classes)
                    yield Claim(name, "full", full.attributes["width"])


def _seen(element: Element, right: object, wrong: str) -> Seen:
    name = ".".join([element.tag, *element.classes])
    return name, "" if right else f"<{name}> {wrong}"


_CHECKS: dict[str, Callable[[Page], Iterator[Seen]]] = {
    "a": drawings,
    "b": captions,
    "c": statuses,
    "d": colours,
    "e": tables,
    "f": letters,
    "h": hovers,
}
