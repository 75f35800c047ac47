"""What a parser of cells does not tell of a sheet, looked up before it may open the file."""

from dataclasses import dataclass, field

from sources.readers.reading import Refused, refuse

Place = tuple[int, int]
"""A row and a column, both from 0."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 0."""

_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384  # no program shows more
_MAX_CELLS = 32_000_000  # a million rows of thirty columns; what a parser keeps in memory
_MAX_TEXT = 2_000_000_000
_DUTCH = {
    "#VALUE!": "#WAARDE!",
    "#REF!": "#VERW!",
    "#DIV/0!": "#DEEL/0!",
    "#N/A": "#N/B",
    "#NAME?": "#NAAM?",
    "#NULL!": "#LEEG!",
    "#NUM!": "#GETAL!",
}


@dataclass(slots=True)
class Facts:
    """One sheet: how far it reaches, what is hidden or merged, and which cells hold no value.

    `rows` and `columns` bound the cells with content. `errors` holds the text that Excel shows in
    place of a value (`#WAARDE!`), `uncomputed` the cells with a formula and no outcome.
    """

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    merges: list[Area] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    uncomputed: set[Place] = field(default_factory=set)

    def reach(self, row: int, column: int) -> None:
        """Note that there is content in a cell."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)

    def fail(self, row: int, column: int, error: str) -> None:
        """Note that a cell shows an error, in whatever language the file says it."""
        self.reach(row, column)
        self.errors[row, column] = _DUTCH.get(error, "#WAARDE!")


def check_size(sheets: list[Facts]) -> None:
    """Raise Refused (B105) where the sheets together reach further than memory does.

    A parser sets apart a place for each cell up to the last row and column, empty or not.
    """
    beyond = any(each.rows > _MAX_ROWS or each.columns > _MAX_COLUMNS for each in sheets)
    if beyond or sum(sheet.rows * sheet.columns for sheet in sheets) > _MAX_CELLS:
        raise too_big()


def check_text(characters: int) -> None:
    """Raise Refused (B105) where the texts of all cells together are too much."""
    if characters > _MAX_TEXT:
        raise too_big()


def too_big() -> Refused:
    """Return the refusal of a sheet that reaches too far."""
    return refuse(
        "B105",
        "Een blad in deze werkmap is te groot, of er staat iets ver onder of naast de tabel.",
        "Kopieer alleen de gevulde rijen naar een nieuwe werkmap en bewaar die als .xlsx.",
    )


def too_long() -> Refused:
    """Return the refusal of a file with a cell that holds more than a megabyte."""
    return refuse("B105", "In een cel staat te veel tekst.", "Maak de tekst korter.")


def check_merges(sheet: Facts) -> None:
    """Raise Refused (B105) where merged cells lie over each other without end."""
    if sum(min(bottom, sheet.rows) - top + 1 for top, _, bottom, _ in sheet.merges) > _MAX_CELLS:
        raise too_big()
