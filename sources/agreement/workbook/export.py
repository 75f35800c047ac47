"""The agreement as a workbook: what policy staff edit, with a sheet that explains it.

A column with the mark of each row is grey: by it a row is known again when the workbook comes
back. The last sheet holds the checksum of every file, so that nobody's later work is undone.
"""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from sources.agreement.workbook.columns import Column, Holds
from sources.agreement.workbook.folder import Shelf
from sources.agreement.workbook.sheets import MARK, SHEETS, Sheet
from sources.errors import UsageError

EXPLAINED: Final = "Uitleg"
LISTS: Final = "Lijsten"
STATE: Final = "Stand"

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - fixed, so that one agreement gives the same bytes
_LAST_ROW = 2_000
_MOST = 32_767  # characters in a cell

_INTRODUCTION = (
    "Hier past u de afspraken aan. Geef de werkmap daarna terug aan uw gegevensteam.",
    "Elk blad is een soort afspraak. Elke rij is er een.",
    f"De grijze kolom {MARK} vult u niet in. Daaraan herkennen wij de rij.",
    f"Iets nieuws zet u onderaan. Laat {MARK} dan leeg.",
    "Moet een ander blad ernaar verwijzen? Geef een nieuw doel of gesprek dan zelf een kenmerk.",
    "Zo'n kenmerk heeft kleine letters, zoals samen_eten.",
    "Wat weg mag, haalt u weg met de hele rij. Zeg dit ook tegen uw gegevensteam.",
    "Een donkere kop betekent: dit moet gevuld zijn.",
    "Een lijst schrijft u met een komma ertussen, zoals I07, I08.",
    "Een nulmeting, een oordeel of een pictogram staat hier niet. Vraag die uw gegevensteam.",
    f"Op het blad {LISTS} staat welke namen u kunt kiezen.",
    f"Het blad {STATE} is voor de computer. Laat het staan.",
)

_FORMATS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "number": {"valign": "top"},
    "day": {"num_format": "dd-mm-yyyy", "valign": "top"},
    "mark": {"num_format": "@", "valign": "top", "bg_color": "#E0E0E0", "font_color": "#555555"},
    "title": {"bold": True, "font_size": 16},
    "plain": {},
    "needed": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#3B1D47", "valign": "top"},
    "free": {"bold": True, "bg_color": "#E6DCEB", "valign": "top"},
}


class _Book:
    """The workbook in the making."""

    def __init__(self, shelf: Shelf) -> None:
        self.buffer = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.buffer, options)
        self.book.set_properties({"title": "Afspraken", "created": _CREATED})
        font = {"font_name": "Arial", "font_size": 11}
        self.formats: dict[str, Format] = {
            name: self.book.add_format({**font, **own}) for name, own in _FORMATS.items()
        }
        self.shelf = shelf
        self.lists = _lists(shelf)

    def sheet(self, title: str, headings: Mapping[str, tuple[int, str, str]]) -> Any:
        """Return a new sheet with its headings: width, format of the cells, format of the head."""
        sheet = self.book.add_worksheet(title)
        sheet.freeze_panes(1, 1)
        for place, (heading, (width, cells, head)) in enumerate(headings.items()):
            sheet.set_column(place, place, width, self.formats[cells])
            sheet.write_string(0, place, heading, self.formats[head])
        return sheet


def workbook(shelf: Shelf) -> bytes:
    """Return the workbook of an agreement (.xlsx); the same agreement gives the same bytes.

    Raises UsageError where a text is too long for a cell.
    """
    made = _Book(shelf)
    _explain(made)
    for sheet in SHEETS:
        _fill(made, sheet)
    _list(made)
    _state(made)
    made.book.close()
    return made.buffer.getvalue()


def _explain(made: _Book) -> None:
    sheet = made.book.add_worksheet(EXPLAINED)
    for place, width in enumerate((22, 22, 60, 40)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, "Afspraken aanpassen", made.formats["title"])
    for row, line in enumerate(_INTRODUCTION, start=2):
        sheet.write_string(row, 0, line, made.formats["plain"])
    for row, cells in enumerate(_explained(), start=3 + len(_INTRODUCTION)):
        for place, text in enumerate(cells):
            sheet.write_string(row, place, text, made.formats["text"])


def _explained() -> Iterator[tuple[str, str, str, str]]:
    yield "Blad", "Kolom", "Wat het is", "Wat u invult"
    for sheet in SHEETS:
        yield sheet.title, "", sheet.about, ""
        for column in sheet.columns:
            asked = ", ".join(column.choices.values()) or column.holds
            yield sheet.title, column.heading, column.about, asked


def _fill(made: _Book, sheet: Sheet) -> None:
    headings = {MARK: (20, "mark", "free")}
    for column in sheet.columns:
        headings[column.heading] = (column.width, _form(column), _head(column))
    page = made.sheet(sheet.title, headings)
    for row, entry in enumerate(sheet.entries(made.shelf.trees), start=1):
        page.write_string(row, 0, entry.mark, made.formats["mark"])
        for place, column in enumerate(sheet.columns, start=1):
            cell = column.shown(entry.values.get(column.key))
            _write(page, row, place, cell, made.formats[_form(column)])
    for place, column in enumerate(sheet.columns, start=1):
        if allowed := _allowed(made, column):
            page.data_validation(1, place, _LAST_ROW, place, allowed)


def _form(column: Column) -> str:
    forms = {Holds.DAY: "day", Holds.NUMBER: "number", Holds.WHOLE: "number"}
    return forms.get(column.holds, "text")


def _head(column: Column) -> str:
    return "needed" if column.needed else "free"


def _write(page: Any, row: int, place: int, cell: object, form: Format) -> None:
    if isinstance(cell, date):
        page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), form)  # noqa: DTZ001
    elif isinstance(cell, float):
        page.write_number(row, place, cell, form)
    elif cell is not None:
        text = str(cell)
        if len(text) > _MOST:
            told = f"{page.get_name()}: een tekst is te lang voor een werkblad. Kort hem in."
            raise UsageError(told)
        page.write_string(row, place, text, form)


def _allowed(made: _Book, column: Column) -> dict[str, Any]:
    """Return the drop-down of a column; a name that is not in the list is only asked about."""
    refused = {"error_title": column.heading, "error_message": column.about}
    if column.choices:
        return {"validate": "list", "source": list(column.choices.values()), **refused}
    if column.among and column.holds is Holds.TEXT and made.lists[column.among][1]:
        source = f"=lijst_{column.among}"
        return {"validate": "list", "source": source, "error_type": "warning", **refused}
    return {}


def _lists(shelf: Shelf) -> dict[str, tuple[str, dict[str, str]]]:
    """Return the names that may be chosen: the heading of each list, and name with meaning."""
    areas = (shelf.trees.get("areas.yaml") or {}).get("groupings") or {}
    own = {code: str(one.get("name")) for one in areas.values() for code in one.get("areas") or ()}
    return {
        "goals": ("Doelen", shelf.names("goals")),
        "indicators": ("Indicatoren", shelf.names("indicators")),
        "partners": ("Partners", shelf.names("partners")),
        "agreements": ("Overeenkomsten", shelf.names("agreements")),
        "conversations": ("Gesprekken", shelf.names("conversations")),
        "areas": ("Gebieden", own),
        "input": ("Soorten gesprek", _named(shelf, "input")),
        "steering": ("Instrumenten", _named(shelf, "steering")),
        "criteria": ("Inkoop op visie", _named(shelf, "criteria")),
    }


def _named(shelf: Shelf, registry: str) -> dict[str, str]:
    """Return the names of a registry of `instruments.yaml`, with what they mean."""
    known = (shelf.trees.get("instruments.yaml") or {}).get(registry) or {}
    return {key: str(one["name"] if isinstance(one, dict) else one) for key, one in known.items()}


def _list(made: _Book) -> None:
    """Write the lists side by side, each a name with what it means, and give each a name."""
    page = made.book.add_worksheet(LISTS)
    page.freeze_panes(1, 0)
    for number, (key, (heading, names)) in enumerate(made.lists.items()):
        place = 3 * number
        page.set_column(place, place, 22)
        page.set_column(place + 1, place + 1, 44)
        page.write_string(0, place, heading, made.formats["free"])
        page.write_string(0, place + 1, "Betekenis", made.formats["free"])
        for row, (name, meaning) in enumerate(names.items(), start=1):
            page.write_string(row, place, name, made.formats["text"])
            page.write_string(row, place + 1, meaning, made.formats["text"])
        letters = xl_col_to_name(place, col_abs=True)
        if names:
            cells = f"{letters}$2:{letters}${len(names) + 1}"
            made.book.define_name(f"lijst_{key}", f"={LISTS}!{cells}")


def _state(made: _Book) -> None:
    page = made.sheet(STATE, {"Bestand": (40, "mark", "free"), "Controle": (70, "mark", "free")})
    for row, file in enumerate(made.shelf.files, start=1):
        page.write_string(row, 0, file, made.formats["mark"])
        page.write_string(row, 1, made.shelf.checksum(file), made.formats["mark"])
