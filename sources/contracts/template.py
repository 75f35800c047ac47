"""An empty delivery as an Excel workbook that holds a partner's hand: what is filled in passes.

Four sheets: the Voorblad, the sheet to fill in, what each column means, and the code lists. The
lists are in sight on purpose: a partner looks up there what a code means, and a delivery without
hidden sheets needs no remark about them.
"""

import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from sources.contracts import cover
from sources.contracts.asked import asked
from sources.contracts.model import Column, Contract, FieldType

ROWS: Final = "Levering"
"""The sheet to fill in."""

EXPLAINED: Final = "Uitleg"
LISTS: Final = "Lijsten"

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - fixed, so that the same contract gives the same bytes
_LAST_ROW = 1_048_575
_TITLE, _MESSAGE = 32, 255  # what Excel allows in the title and the text of an input message
_WHOLE = 10**15  # beyond this Excel rounds
_YES_NO = ["ja", "nee"]
_FIRST_DAY, _LAST_DAY = date(1900, 1, 2), date(2149, 12, 31)

_HEADINGS = (
    ("Kolom", 26),
    ("Moet gevuld zijn", 18),
    ("In woorden", 28),
    ("Wat het is", 60),
    ("Wat u invult", 44),
    ("Codes", 40),
    ("Voorbeeld", 28),
)
_MANY = 12  # codes; more are only on their own sheet
_COVER = (
    "Vul dit blad in en bewaar het bij de levering. Wat hier staat, houden wij naast uw rijen.",
    f"Niets te melden? Schrijf ja bij {cover.LABELS['nil']} en laat het blad {ROWS} leeg.",
    f"Op het blad {EXPLAINED} staat per kolom wat u invult. Donkere kolommen moeten gevuld zijn.",
)


_FORMATS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"num_format": "@"},
    "number": {},
    "day": {"num_format": "dd-mm-yyyy"},
    "wrapped": {"num_format": "@", "text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 16},
    "required": {"num_format": "@", "bold": True, "font_color": "#FFFFFF", "bg_color": "#3B1D47"},
    "optional": {"num_format": "@", "bold": True, "bg_color": "#E6DCEB"},
}


class _Book(NamedTuple):
    """The workbook in the making, with its formats by name."""

    book: xlsxwriter.Workbook
    formats: Mapping[str, Format]


def workbook(contract: Contract, said: Mapping[str, str]) -> bytes:
    """Return an empty delivery of a contract as the bytes of an .xlsx; same arguments, same bytes.

    `said` fills in the Voorblad, by the keys of `cover.LABELS`.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": contract.title, "created": _CREATED})
    font = {"font_name": "Arial", "font_size": 11}
    made = _Book(book, {name: book.add_format({**font, **own}) for name, own in _FORMATS.items()})
    columns = [column for column in contract.columns if not column.derived]
    _cover(made, contract, said)
    _rows(made, columns)
    _explain(made, columns)
    _list(made, [column for column in columns if column.codes])
    book.close()
    return buffer.getvalue()


def _cover(made: _Book, contract: Contract, said: Mapping[str, str]) -> None:
    sheet = made.book.add_worksheet(cover.SHEET)
    sheet.set_column(0, 0, 22, made.formats["text"])
    sheet.set_column(1, 1, 40, made.formats["text"])
    sheet.write_string(0, 0, contract.title, made.formats["title"])
    for row, (key, label) in enumerate(cover.LABELS.items(), start=2):
        sheet.write_string(row, 0, label, made.formats["optional"])
        sheet.write(row, 1, said.get(key) or None, made.formats["text"])
        if key == "nil":
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": _YES_NO})
    for row, line in enumerate(_COVER, start=3 + len(cover.LABELS)):
        sheet.write_string(row, 0, line, made.formats["number"])


def _rows(made: _Book, columns: list[Column]) -> None:
    sheet = made.book.add_worksheet(ROWS)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        header = made.formats["required"] if column.required else made.formats["optional"]
        sheet.set_column(place, place, max(12, len(column.header) + 4), _shape(made, column))
        sheet.write_string(0, place, column.header, header)
        sheet.data_validation(0, place, 0, place, {"validate": "any", **_hint(column)})
        if allowed := _allowed(column):
            sheet.data_validation(1, place, _LAST_ROW, place, {**allowed, **_refusal(column)})


def _shape(made: _Book, column: Column) -> Format:
    """Return the format of a column's cells: as text, whatever Excel would make a number of."""
    if column.type is FieldType.DATE:
        return made.formats["day"]
    is_number = column.type in (FieldType.INTEGER, FieldType.NUMBER)
    return made.formats["number"] if is_number else made.formats["text"]


def _hint(column: Column) -> dict[str, Any]:
    """Return what shows at a header that is chosen."""
    need = "Moet gevuld zijn." if column.required else "Mag leeg blijven."
    text = f"{need} {asked(column)} {column.description}"
    shown = text if len(text) <= _MESSAGE else f"{need} {asked(column)}"
    return {
        "input_title": (column.label or column.header)[:_TITLE],
        "input_message": shown[:_MESSAGE],
    }


def _allowed(column: Column) -> dict[str, Any]:
    """Return the data validation of a column's cells; empty where every value will do."""
    if column.codes:
        return {"validate": "list", "source": f"={_list_name(column)}"}
    match column.type:
        case FieldType.BOOLEAN:
            return {"validate": "list", "source": _YES_NO}
        case FieldType.DATE:
            return {"validate": "date", **_between(_FIRST_DAY, _LAST_DAY)}
        case FieldType.INTEGER:
            low, high = _limits(column)
            return {"validate": "integer", **_between(int(low), int(high))}
        case FieldType.NUMBER:
            return {"validate": "decimal", **_between(*_limits(column))}
        case FieldType.TEXT if column.max_length:
            return {"validate": "length", "criteria": "<=", "value": column.max_length}
    return {}


def _limits(column: Column) -> tuple[float, float]:
    low = -_WHOLE if column.minimum is None else column.minimum
    return low, _WHOLE if column.maximum is None else column.maximum


def _between(low: float | date, high: float | date) -> dict[str, Any]:
    return {"criteria": "between", "minimum": low, "maximum": high}


def _refusal(column: Column) -> dict[str, Any]:
    """Return what Excel says of another value; where a word may stand for it, it only asks."""
    return {
        "error_title": column.header[:_TITLE],
        "error_message": asked(column)[:_MESSAGE],
        "error_type": "warning" if column.missing else "stop",
    }


def _explain(made: _Book, columns: list[Column]) -> None:
    sheet = made.book.add_worksheet(EXPLAINED)
    sheet.freeze_panes(1, 1)
    for place, (heading, width) in enumerate(_HEADINGS):
        sheet.set_column(place, place, width, made.formats["wrapped"])
        sheet.write_string(0, place, heading, made.formats["required"])
    for row, column in enumerate(columns, start=1):
        need = "ja" if column.required else "mag leeg blijven"
        told = (column.header, need, column.label, column.description, asked(column))
        for place, text in enumerate((*told, _codes(column), column.example)):
            sheet.write_string(row, place, text, made.formats["wrapped"])


def _codes(column: Column) -> str:
    return ", ".join(column.codes) if len(column.codes) <= _MANY else f"Zie het blad {LISTS}."


def _list(made: _Book, columns: list[Column]) -> None:
    """Write the code lists side by side, each as a code with what it means, and name the codes."""
    if not columns:
        return
    sheet = made.book.add_worksheet(LISTS)
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(columns):
        place = 3 * number
        sheet.set_column(place, place, 24, made.formats["text"])
        sheet.set_column(place + 1, place + 1, 44, made.formats["text"])
        sheet.write_string(0, place, column.header, made.formats["required"])
        sheet.write_string(0, place + 1, "betekenis", made.formats["optional"])
        for row, (code, label) in enumerate(column.codes.items(), start=1):
            _write_code(sheet, row, place, column, code, made)
            sheet.write_string(row, place + 1, label, made.formats["text"])
        letters = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
        last = len(column.codes) + 1
        made.book.define_name(_list_name(column), f"={LISTS}!{letters}$2:{letters}${last}")


def _write_code(
    sheet: Worksheet, row: int, place: int, column: Column, code: str, made: _Book
) -> None:
    if column.type in (FieldType.INTEGER, FieldType.NUMBER):
        sheet.write_number(row, place, float(code), made.formats["number"])
    else:
        sheet.write_string(row, place, code, made.formats["text"])


def _list_name(column: Column) -> str:
    return f"lijst_{column.name}"
