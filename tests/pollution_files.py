"""Faultless files of three deliveries, to be polluted: as rows of text, and as CSV or workbook."""

import csv
import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import xlsxwriter

from sources.contracts import load as contracts
from sources.contracts.model import Column, Contract, FieldType
from sources.example import maker

MADE, ROWS = 1000, 240  # of so many rows made, those in which most columns are filled


@dataclass(frozen=True, slots=True)
class Carrier:
    """In which file a pollution stands: its delivery, how it is written, and in which row."""

    contract: str
    encoding: str
    newline: str
    place: float  # 0 the first row, 1 the last

    @property
    def told(self) -> str:
        """The carrier in a few words."""
        where = {0.0: "eerste rij", 1.0: "laatste rij"}.get(self.place, "midden")
        return f"{self.contract}, {self.encoding}, {where}"


CARRIERS = (
    Carrier("partner_activiteiten", "utf-8-sig", "\r\n", 0.0),
    Carrier("wmo_meldingen", "utf-8", "\n", 0.5),
    Carrier("sociaal_team_trajecten", "cp1252", "\r\n", 1.0),
)


def on(*names: str) -> tuple[Carrier, ...]:
    """Return three carriers of these deliveries, in turn."""
    return tuple(
        replace(carrier, contract=names[place % len(names)])
        for place, carrier in enumerate(CARRIERS)
    )


@dataclass
class Sheet:
    """The rows of a delivery as text; a pollution changes them, or the bytes they become."""

    carrier: Carrier
    contract: Contract
    header: list[str]
    rows: list[list[str]]
    at: int

    @property
    def line(self) -> int:
        """The line (or sheet row) of the polluted row."""
        return self.at + 2

    def column(self, *types: FieldType, where: Callable[[Column], bool] = lambda c: True) -> int:
        """Return the first filled column of a type, in the polluted row."""
        for column in self.contract.columns:
            if column.type in types and where(column) and column.header in self.header:
                place = self.header.index(column.header)
                if self.rows[self.at][place]:
                    return place
        raise LookupError(f"{self.contract.id}: {types}")

    def named(self, header: str) -> int:
        """Return the place of a column by its header."""
        return self.header.index(header)

    def of(self, header: str) -> str:
        """Return a cell of the polluted row."""
        return self.rows[self.at][self.named(header)]

    def label(self, place: int) -> str:
        """Return the description of the code in a cell of the polluted row."""
        header = self.header[place]
        [column] = [c for c in self.contract.columns if c.header == header]
        return column.codes[self.rows[self.at][place]]

    def put(self, place: int, value: str) -> str:
        """Write in the polluted row; return what stood there."""
        before, self.rows[self.at][place] = self.rows[self.at][place], value
        return before

    def each(self, place: int, change: Callable[[str], str]) -> None:
        """Change a column in every row where it is filled."""
        for row in self.rows:
            row[place] = change(row[place]) if row[place] else ""

    def lines(self, delimiter: str = ";") -> list[str]:
        """Return the lines of the file, the header first."""
        return [_line(cells, delimiter) for cells in (self.header, *self.rows)]

    def text(self, lines: Sequence[str] | None = None) -> bytes:
        """Return lines as the carrier writes them."""
        newline = self.carrier.newline
        whole = newline.join(self.lines() if lines is None else lines) + newline
        return whole.encode(self.carrier.encoding)

    def workbook(self, **sheets: Sequence[Sequence[object]]) -> bytes:
        """Return a workbook of the rows as text, in one sheet, or of the sheets given."""
        return workbook(sheets or {"Levering": [self.header, *self.rows]})


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook of these sheets: text as text, numbers as numbers, no formulas."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                if cell not in ("", None):
                    sheet.write(number, place, cell)
    book.close()
    return content.getvalue()


def sheet(carrier: Carrier) -> Sheet:
    """Return a fresh copy of the faultless rows of a carrier."""
    contract = contracts.standard()[carrier.contract]
    header, *rows = _faultless(carrier.contract)
    kept = [list(row) for row in rows]
    return Sheet(carrier, contract, list(header), kept, round(carrier.place * (len(kept) - 1)))


@lru_cache
def _faultless(contract: str) -> tuple[tuple[str, ...], ...]:
    """Return header and rows of a delivery; those first in which most columns are filled."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "levering.csv"
        maker.one_delivery(contract, rows=MADE, path=path)
        text = path.read_text(encoding="utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text), delimiter=";")
    rows.sort(key=lambda row: -sum(map(bool, row)))
    plain = [row for row in rows if all(cell.isascii() for cell in row)]
    return tuple(map(tuple, [header, *plain[:ROWS]]))


def _line(cells: Sequence[str], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerow(cells)
    return text.getvalue().removesuffix("\r\n")
