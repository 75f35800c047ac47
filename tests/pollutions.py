"""The pollutions of a delivery, by number, and what must happen (deliveries.md, section 3).

R repaired silently, N repaired or skipped with a MELDING, J the row refused, W accepted with a
SIGNAAL, F the file refused. Each is put in three carriers: other deliveries, encodings and places.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from pollution_files import CARRIERS, Carrier, Sheet, on

from sources.contracts.model import FieldType

TEXT, INTEGER, NUMBER = FieldType.TEXT, FieldType.INTEGER, FieldType.NUMBER
DATE, PERSON, PC6, BOOLEAN = FieldType.DATE, FieldType.PERSON, FieldType.PC6, FieldType.BOOLEAN

ACTIVITIES, MELDINGEN, TEAM = (carrier.contract for carrier in CARRIERS)
YOUTH = "jeugd_trajecten"
PEOPLE = on(MELDINGEN, YOUTH, MELDINGEN)
COUNTS = on(ACTIVITIES, MELDINGEN)
AMOUNTS = on("financien", ACTIVITIES, "financien")
UTF8 = tuple(replace(carrier, encoding="utf-8") for carrier in CARRIERS)


@dataclass(frozen=True, slots=True)
class Polluted:
    """A polluted file.

    `lost` are the rows (from 0) of the faultless file that do not come in, `blank` the cells (row,
    header) that come in empty, `masked` those of which the text comes in altered; every other cell
    must come in as from the faultless file. `refused` are the lines that the partner reads of: by
    default those of the lost rows.
    """

    content: bytes
    ending: str = "csv"
    lost: frozenset[int] = frozenset()
    refused: frozenset[int] | None = None
    blank: frozenset[tuple[int, str]] = frozenset()
    masked: frozenset[tuple[int, str]] = frozenset()


Pollute = Callable[[Sheet], Polluted]
Place = Callable[[Sheet], int]


@dataclass(frozen=True, slots=True)
class Case:
    """One behaviour of one pollution."""

    number: int
    what: str
    expected: str
    pollute: Pollute
    carriers: tuple[Carrier, ...] = field(default=CARRIERS)


def lost(sheet: Sheet, content: bytes, ending: str = "csv") -> Polluted:
    """Return a file of which the polluted row, and no other, is refused."""
    return Polluted(content, ending, lost=frozenset({sheet.at}))


def whole(change: Callable[[Sheet], bytes], ending: str = "csv") -> Pollute:
    """Return a pollution after which every row comes in, or none."""
    return lambda sheet: Polluted(change(sheet), ending)


def cell(place: Place, change: str | Callable[[str], str], *, kept: bool = True) -> Pollute:
    """Return a pollution of one cell; its row comes in as it was, or is refused."""

    def pollute(sheet: Sheet) -> Polluted:
        where = place(sheet)
        before = sheet.rows[sheet.at][where]
        sheet.put(where, change if isinstance(change, str) else change(before))
        return Polluted(sheet.text()) if kept else lost(sheet, sheet.text())

    return pollute


def blank(place: Place, value: str) -> Pollute:
    """Return a pollution of one cell that comes in empty."""

    def pollute(sheet: Sheet) -> Polluted:
        where = place(sheet)
        sheet.put(where, value)
        return Polluted(sheet.text(), blank=frozenset({(sheet.at, sheet.header[where])}))

    return pollute


def masked(place: Place, value: str) -> Pollute:
    """Return a pollution of one text that comes in without what may not be kept, or marked."""

    def pollute(sheet: Sheet) -> Polluted:
        where = place(sheet)
        sheet.put(where, value)
        return Polluted(sheet.text(), masked=frozenset({(sheet.at, sheet.header[where])}))

    return pollute


def every(place: Place, change: Callable[[str], str]) -> Pollute:
    """Return a pollution of a whole column."""

    def pollute(sheet: Sheet) -> Polluted:
        sheet.each(place(sheet), change)
        return Polluted(sheet.text())

    return pollute


def free_text(sheet: Sheet) -> int:
    """A column for any text."""
    return sheet.named("activiteit_naam" if sheet.contract.id == ACTIVITIES else "team")


def middle(sheet: Sheet) -> int:
    """A column for any text, with columns after it that must be filled."""
    names = {ACTIVITIES: "activiteit_naam", MELDINGEN: "hulpvraag_leefgebied"}
    return sheet.named(names.get(sheet.contract.id, "team"))


def code(sheet: Sheet) -> int:
    """A column with a list of codes, each with a description that is not the code itself."""
    return sheet.column(
        TEXT,
        where=lambda c: (
            bool(c.codes) and all(k.casefold() != v.casefold() for k, v in c.codes.items())
        ),
    )


def day(sheet: Sheet) -> int:
    """A column with dates."""
    return sheet.column(DATE)


def optional_day(sheet: Sheet) -> int:
    """A column with dates that may be empty."""
    return sheet.column(DATE, where=lambda c: not c.required)


def number(sheet: Sheet) -> int:
    """A column with whole numbers that are asked for."""
    return sheet.column(INTEGER, where=lambda c: c.required)


def optional_number(sheet: Sheet) -> int:
    """A column with whole numbers that may be empty."""
    return sheet.column(INTEGER, where=lambda c: not c.required and not c.missing)


def amount(sheet: Sheet) -> int:
    """A column with numbers with a comma."""
    return sheet.column(NUMBER)


def flag(sheet: Sheet) -> int:
    """A column with ja or nee."""
    return sheet.column(BOOLEAN)


def person(sheet: Sheet) -> int:
    """A column with a BSN."""
    return sheet.column(PERSON)


def postcode(sheet: Sheet) -> int:
    """A column with a postcode."""
    return sheet.column(PC6)


def padded(sheet: Sheet) -> int:
    """A column with codes that begin with a zero."""
    return sheet.column(
        TEXT, where=lambda c: c.pad > 0 and sheet.of(c.header).startswith("0") and bool(c.codes)
    )


def identifier(sheet: Sheet) -> int:
    """The first column of the key that is a text."""
    return sheet.column(TEXT, where=lambda c: c.name in sheet.contract.key)


def above(*lines: str) -> Callable[[Sheet], bytes]:
    """Put lines above the column names."""
    return lambda sheet: sheet.text([*lines, *sheet.lines()])


def below(*lines: str) -> Callable[[Sheet], bytes]:
    """Put lines under the rows."""
    return lambda sheet: sheet.text([*sheet.lines(), *lines])


def headed(change: Callable[[str], str]) -> Callable[[Sheet], bytes]:
    """Change every column name."""

    def made(sheet: Sheet) -> bytes:
        sheet.header = [change(name) for name in sheet.header]
        return sheet.text()

    return made


def line(change: Callable[[str], str | Iterable[str]]) -> Callable[[Sheet], bytes]:
    """Change the line of the polluted row, into one or more lines."""

    def made(sheet: Sheet) -> bytes:
        lines = sheet.lines()
        changed = change(lines[sheet.at + 1])
        lines[sheet.at + 1 : sheet.at + 2] = [changed] if isinstance(changed, str) else changed
        return sheet.text(lines)

    return made


def one_row(change: Callable[[Sheet], bytes]) -> Pollute:
    """Return a pollution for which one row is refused."""
    return lambda sheet: lost(sheet, change(sheet))
