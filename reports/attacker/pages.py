"""Pages → what they print of each figure: the text of elements that say which figure it is."""

from html.parser import HTMLParser

from reports.attacker.told import CONFIDENTIAL

_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}


def printed(html: str) -> list[tuple[str, str, str]]:
    """Return figure, part and text of each element with `data-figure`.

    `part` is its first class, or else its tag: `number` is the figure itself, `remark` a word of
    comparison. Every kind of space is written as one.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def confidential(html: str) -> bool:
    """Whether a page says that it is."""
    return CONFIDENTIAL.casefold() in html.casefold()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, str, list[str]]] = []
        self._depth: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag in _EMPTY:
            return
        self._depth = [depth + 1 for depth in self._depth]
        if (figure := known.get("data-figure")) is not None:
            part = (known.get("class") or tag).split(" ")[0]
            self._open.append((figure, part, []))
            self._depth.append(1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element without content for what it is: nothing to read."""

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        self._depth = [depth - 1 for depth in self._depth]
        while self._depth and self._depth[-1] == 0:
            self._depth.pop()
            figure, part, texts = self._open.pop()
            self.found.append((figure, part, " ".join("".join(texts).split())))

    def handle_data(self, data: str) -> None:
        for _, _, texts in self._open:
            texts.append(data)
