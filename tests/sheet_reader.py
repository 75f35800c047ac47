"""Reads a page as a test needs it: its elements with their attributes and text, in order."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "hr", "input", "path", "use", "circle", "rect", "line"}


@dataclass
class Element:
    """One element with the text of everything inside it."""

    name: str
    attributes: dict[str, str]
    parents: tuple["Element", ...]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return any(child.name == name or child.has(name) for child in self.children)


class Page(HTMLParser):
    """Every element of a page, in the order of their opening tags."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)

    def all(self, *names: str, within: str | None = None) -> list[Element]:
        return [
            one
            for one in self.elements
            if one.name in names
            and (within is None or any(parent.name == within for parent in one.parents))
        ]

    def of_class(self, name: str) -> list[Element]:
        return [e for e in self.elements if name in e.attributes.get("class", "").split()]

    def text(self) -> str:
        return " ".join(e.text for e in self.elements if e.name == "body")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self._open))
        if self._open:
            self._open[-1].children.append(element)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1].name == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].name in {"style", "title"}:
            self._open[-1].text += data
            return
        for element in self._open:
            element.text += data
