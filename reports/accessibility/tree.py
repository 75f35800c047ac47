"""A page as a tree: its elements with their attributes, their texts, and what is around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_INSIDE = re.compile(r"url\(data:[^)]*\)")
_SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)


@dataclass(slots=True, eq=False)
class Element:
    """One element; `inside` holds its elements and texts in their order."""

    tag: str
    attributes: dict[str, str]
    around: "Element | None" = None
    inside: "list[Element | str]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.attributes.get("class", "").split()

    @property
    def children(self) -> "list[Element]":
        """Its elements, without the texts between them."""
        return [one for one in self.inside if isinstance(one, Element)]

    @property
    def text(self) -> str:
        """All text in it, every kind of space as one."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for one in self.inside:
            if isinstance(one, str):
                yield one
            else:
                yield from one._texts()

    def all(self, *tags: str) -> "Iterator[Element]":
        """Yield the elements of these tags (all, without any) in it, in their order."""
        for one in self.children:
            if not tags or one.tag in tags:
                yield one
            yield from one.all(*tags)

    def above(self) -> "Iterator[Element]":
        """Yield what is around it, the nearest first."""
        around = self.around
        while around is not None:
            yield around
            around = around.around


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its place in the edition, its elements, and its style without the font in it."""

    name: str
    elements: tuple[Element, ...]
    style: str

    @property
    def title(self) -> str:
        """Of whom or what it is."""
        return next((one.text for one in self.all("h1")), "")

    def all(self, *tags: str) -> Iterator[Element]:
        """Yield the elements of these tags, in their order."""
        return (one for one in self.elements if one.tag in tags)


def read(name: str, html: str) -> Page:
    """Read a page. Its style is read apart; its script shows nobody anything."""
    style = _INSIDE.sub("", "\n".join(_STYLE.findall(html)))
    reader = _Reader()
    reader.feed(_SCRIPT.sub("", _STYLE.sub("", html)))
    reader.close()
    return Page(name, tuple(reader.elements), style)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open = Element("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.inside.append(element)
        self.elements.append(element)
        if tag not in _EMPTY:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open.tag and self._open.around is not None:
            self._open = self._open.around

    def handle_data(self, data: str) -> None:
        self._open.inside.append(data)
