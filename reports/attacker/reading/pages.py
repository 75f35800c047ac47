"""Pages → all that they say: of which figure, in which words, and in which drawings.

Whether a reader sees it makes no difference: a comment, an attribute or a hidden element is as
public as a title. Only the style is left out, and what names or places an element.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import dropwhile

from reports.attacker.reading.drawings import Drawing, Shape
from reports.attacker.reading.numbers import plain
from reports.attacker.reading.release import CONFIDENTIAL, Passage

_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_BLOCK = re.compile(r"\bblock-(\w+)")

_NAMES = {"class", "id", "for", "href", "charset", "lang", "role", "scope", "tabindex", "rel"}
_NAMES |= {"aria-labelledby", "aria-describedby", "aria-hidden", "focusable", "data-figure"}
_NAMES |= {"maxlength"}  # how much somebody may write
_PLACES = {"d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "dy", "transform", "viewbox"}
_PLACES |= {"width", "height", "opacity", "fill", "stroke", "stroke-width", "stroke-miterlimit"}
_PLACES |= {"stroke-dasharray", "font-size", "font-weight", "stroke-opacity", "fill-opacity"}
_DRAWINGS = {"chart", "full"}  # full: how far a row of pictograms is filled
_QUOTED = {"article", "blockquote"}
_SILENT = _NAMES | _PLACES
_DIGIT = re.compile(r"\d")
_TECHNICAL = {"content-security-policy", "viewport"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says.

    `figures`: figure, part and text of each element with `data-figure`; part is its first class, or
    else its tag: `number` is the figure itself, `remark` a word of comparison.
    """

    figures: list[tuple[str, str, str]]
    passages: list[Passage]
    drawings: list[Drawing]


def page(name: str, html: str) -> Page:
    """Read a page; every kind of space is written as one."""
    reader = _Reader()
    reader.feed(_STYLE.sub("", html))
    reader.close()
    found = [Passage(name, b, text, _inside(s), quoted) for b, text, s, quoted in reader.said]
    drawings = [Drawing(name, _inside(scopes), tuple(one)) for scopes, one in reader.drawn]
    return Page(reader.printed, found, drawings)


def confidential(html: str) -> bool:
    """Whether a page says that it is."""
    return CONFIDENTIAL.casefold() in html.casefold()


@dataclass(slots=True)
class _Element:
    """An open element; `block`, `quoted` and `drawing` also hold for what is in it."""

    tag: str
    part: str
    block: str = ""
    quoted: bool = False
    drawing: bool = False
    figure: str | None = None
    printed: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)


_UNSEEN = _Element("", "")

_Scopes = tuple[set[str], ...]


def _inside(scopes: _Scopes) -> tuple[str, ...]:
    """Return the figures of the smallest element around something that prints any."""
    return next((tuple(sorted(one)) for one in reversed(scopes) if one), ())


class _Reader(HTMLParser):
    """Reads a page from begin to end; what is open lies on a stack, with the figures in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.printed: list[tuple[str, str, str]] = []
        self.said: list[tuple[str, str, _Scopes, bool]] = []
        self.drawn: list[tuple[_Scopes, list[Shape]]] = []
        self._open = [_Element("", "")]
        self._telling: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self._attributes(tag, known)
        above = self._open[-1]
        drawing = tag == "svg" and known.get("class") in _DRAWINGS
        if drawing:
            self.drawn.append((self._scopes(), [Shape(tag, known)]))
        elif above.drawing:
            self.drawn[-1][1].append(Shape(tag, known))
        if tag not in _EMPTY:
            self._push(tag, known, drawing=drawing or above.drawing)

    def _push(self, tag: str, known: dict[str, str], *, drawing: bool) -> None:
        above, classes = self._open[-1], known.get("class", "")
        part = (classes or tag).split(" ")[0]
        named = part if tag == "section" or part == "axis" else above.block
        block = _BLOCK.search(classes)
        opened = _Element(
            tag,
            part,
            block=block.group(1) if block else named,
            quoted=above.quoted or tag in _QUOTED,
            drawing=drawing,
            figure=known.get("data-figure"),
        )
        self._open.append(opened)
        if opened.figure is not None:
            self._telling.append(opened)
            for one in self._open:
                one.printed.add(opened.figure)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY or len(self._open) == 1:
            return
        closed = self._open.pop()
        if closed.figure is not None:
            self._telling.pop()
            self.printed.append((closed.figure, closed.part, plain("".join(closed.texts))))

    def handle_data(self, data: str) -> None:
        for one in self._telling:
            one.texts.append(data)
        if self._open[-1].drawing:
            shapes = self.drawn[-1][1]
            shapes[-1] = shapes[-1].with_text(data)
        elif not self._telling:
            self._say(data)

    def handle_comment(self, data: str) -> None:
        self._say(data, seen=False)

    def unknown_decl(self, data: str) -> None:
        self._say(data, seen=False)

    def _attributes(self, tag: str, known: dict[str, str]) -> None:
        if tag == "meta" and known.get("name", known.get("http-equiv", "")).lower() in _TECHNICAL:
            return
        for name, value in known.items():
            if name not in _SILENT and (tag, name) != ("li", "value"):
                self._say(value, seen=False)

    def _say(self, text: str, *, seen: bool = True) -> None:
        """Keep a text with a number; what is not seen is part of no block, and quotes nobody."""
        if _DIGIT.search(text):
            here = self._open[-1] if seen else _UNSEEN
            self.said.append((here.block, plain(text), self._scopes(), here.quoted))

    def _scopes(self) -> _Scopes:
        """Return what is printed in each open element of the block."""
        within = dropwhile(lambda one: one.tag != "section", self._open)
        return tuple(one.printed for one in within)
