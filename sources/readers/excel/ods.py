"""Facts about the sheets of an .ods, from its content.xml (OpenDocument 1.3, part 3, section 9)."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from sources.readers import archive
from sources.readers.excel.facts import Facts, check_size, too_long
from sources.readers.reading import MAX_CELL

_CHUNK = 1 << 20
_ERROR = re.compile(r"#[A-Z0-9/]+[!?]?|(Err|Fout):\d{3}")
_HIDDEN = {"collapse", "filter"}
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384


def facts(path: Path) -> list[Facts]:
    """Return the facts of each sheet in order. Raises Refused (B103, B105, B159)."""
    content = _Content()
    parser = expat.ParserCreate()
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.text
    with zipfile.ZipFile(path) as opened:
        archive.parse(parser, _pieces(opened))
    return content.sheets


def _pieces(opened: zipfile.ZipFile) -> Iterator[bytes]:
    with opened.open("content.xml") as stream:
        while piece := stream.read(_CHUNK):
            yield piece


class _Content:
    """Goes through the content once; a row or cell that is repeated counts as often as it says."""

    def __init__(self) -> None:
        self.sheets: list[Facts] = []
        self._row = self._column = self._rows = 0
        self._inside = False
        self._cell: dict[str, str] | None = None
        self._said: list[str] = []
        self._size = 0

    def start(self, name: str, values: dict[str, str]) -> None:
        """Take an element's begin along."""
        if name == "table:table":
            if self._inside:  # a table inside a cell: no program that we know makes one
                raise archive.unreadable()
            self._inside = True
            self.sheets.append(Facts())
            self._row = self._column = 0
        elif not self._inside:
            return
        elif name == "table:table-column":
            self._columns(values)
        elif name == "table:table-row":
            self._column = 0
            self._rows = _repeated(values, "rows", _MAX_ROWS)
            if values.get("table:visibility") in _HIDDEN:
                self.sheets[-1].filtered |= values["table:visibility"] == "filter"
                last = min(self._row + self._rows, _MAX_ROWS)
                self.sheets[-1].hidden_rows.update(range(self._row, last))
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._cell, self._said, self._size = values, [], 0

    def text(self, said: str) -> None:
        """Take text along: more than a megabyte in one cell is refused."""
        if self._cell is not None:
            self._said.append(said)
            self._size += len(said)
            if self._size > MAX_CELL:
                raise too_long()

    def end(self, name: str) -> None:
        """Take an element's end along."""
        if name == "table:table":
            self._inside = False
        elif self._inside and name == "table:table-row":
            self._row += self._rows
        elif self._cell is not None and name in {"table:table-cell", "table:covered-table-cell"}:
            self._finish(self._cell)
            self._cell = None

    def _columns(self, values: dict[str, str]) -> None:
        first, times = self._column, _repeated(values, "columns", _MAX_COLUMNS)
        self._column = min(first + times, _MAX_COLUMNS)
        if values.get("table:visibility") in _HIDDEN:
            self.sheets[-1].hidden_columns.update(range(first, self._column))

    def _finish(self, values: dict[str, str]) -> None:
        sheet, times = self.sheets[-1], _repeated(values, "columns", _MAX_COLUMNS)
        down = _number(values, "table:number-rows-spanned", _MAX_ROWS)
        across = _number(values, "table:number-columns-spanned", _MAX_COLUMNS)
        if down > 1 or across > 1:
            area = (self._row, self._column, self._row + down - 1, self._column + across - 1)
            sheet.merges.append(area)
        if self._said or "office:value-type" in values:
            sheet.reach(self._row + self._rows - 1, self._column + times - 1)
            check_size(self.sheets)
        said = "".join(self._said).strip()
        if "table:formula" in values and _ERROR.fullmatch(said):
            sheet.fail(self._row, self._column, said)
        self._column += times


def _repeated(values: dict[str, str], what: str, most: int) -> int:
    return _number(values, f"table:number-{what}-repeated", most)


def _number(values: dict[str, str], name: str, most: int) -> int:
    said = values.get(name, "1")
    if not (said.isascii() and said.isdigit()) or int(said) > most:
        raise archive.unreadable()
    return int(said)
