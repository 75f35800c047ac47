"""What the rows of a table are beside rows of data, over rows of text cells.

For every reader: sheets always, text files wherever it has the fields of a row in hand. A row is a
sequence of texts, an empty cell the empty text; places and row indices count from 0.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sources.contracts.model import Contract, FieldType
from sources.readers.header import resembles
from sources.verdict import Finding, Level

Cells = Sequence[str]

MAX_HEADER_ROW = 50
"""How many rows from the top may stand before the column names (deliveries.md, section 2)."""

_TOTAL = re.compile(
    r"((sub|eind|deel|rij|kolom)?-?(totaal|totalen)|(grand |sub)?total|generaal totaal"
    r"|som|sommatie|optelling|gemiddelde)\b.*"
)
_AMOUNT = re.compile(r"[€(\s]*[-+]?[€\s]*\d[\d.,\s]*[%)\s-]*")
_NOTE = re.compile(
    r"[*†‡¹²³]|\d\)|(bron(nen)?|bronvermelding|noot|noten|voetnoot|let op|toelichting"
    r"|opmerking(en)?|disclaimer|peildatum|nb|n\.b\.|gegenereerd|aangemaakt|ge[eë]xporteerd|export|afgedrukt"
    r"|rapportdatum|copyright|vertrouwelijk|aantal (rijen|records|regels)|einde)\b|©"
)
_MAX_NOTES = 100  # rows below a table; more is no footnote
_NEVER_WORDS = frozenset(
    {
        FieldType.DATE,
        FieldType.INTEGER,
        FieldType.NUMBER,
        FieldType.PC6,
        FieldType.AREA,
        FieldType.PERIOD,
    }
)
_UNKNOWN = frozenset({"onbekend", "niet bekend", "nvt", "n.v.t.", "geen", "leeg"})


@dataclass(frozen=True, slots=True)
class Top:
    """Where the column names stand: `first` to `last` row, one row or two, and their texts."""

    cells: tuple[str, ...]
    first: int
    last: int


def filled(cells: Cells) -> list[str]:
    """Return the texts of the cells that hold something."""
    return [text for text in (cell.strip() for cell in cells) if text]


def find_header(contract: Contract, rows: Sequence[Cells]) -> Top | None:
    """Return the row with most of the contract's column names, within the first 50 rows.

    Two rows below each other (a merged header) only where both together give more of the contract's
    names than one, and nothing else. None where no row has any name.
    """
    top = rows[:MAX_HEADER_ROW]
    fits = [resembles(contract, cells) for cells in top]
    best = max(fits, default=0)
    at = fits.index(best) if best else -1
    whole = best and has_required(contract, top[at])
    for upper in range(max(at - 1, 0), min(at + 1, len(top) - 1)) if whole else range(len(top) - 1):
        for cells in _flattened(top[upper], top[upper + 1]):
            if resembles(contract, cells) > best and _is_exactly(contract, cells):
                return Top(cells, upper, upper + 1)
    return Top(tuple(top[at]), at, at) if best else None


def _flattened(upper: Cells, lower: Cells) -> list[tuple[str, ...]]:
    """Return what two header rows can mean: `begin` over `datum`, or the one where it is filled."""
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    below = [*lower, *[""] * (width - len(lower))]
    group, joined = "", []
    for name, part in zip(above, below, strict=True):
        group = name.strip() or (group if part.strip() else "")
        joined.append(f"{group} {part}".strip())
    either = tuple(part.strip() or name.strip() for name, part in zip(above, below, strict=True))
    return [tuple(joined), either]


def _is_exactly(contract: Contract, cells: Cells) -> bool:
    """Return whether the names are the contract's, each once, with all that are required."""
    return resembles(contract, cells) == len(filled(cells)) and has_required(contract, cells)


def has_required(contract: Contract, cells: Cells) -> bool:
    """Return whether these cells name every required column of the contract."""
    required = tuple(c for c in contract.columns if c.required and not c.derived)
    return resembles(replace(contract, columns=required), cells) == len(required)


def is_header(contract: Contract, cells: Cells) -> bool:
    """Return whether a table of this contract could begin here: all it must have, and no one name.

    One name alone may stand in a title.
    """
    return resembles(contract, cells) > 1 and has_required(contract, cells)


def is_total(cells: Cells) -> bool:
    """Return whether a row is a total: its first text says so, and the rest are amounts."""
    texts = filled(cells)
    if not texts or not _TOTAL.fullmatch(texts[0].casefold()):
        return False
    return all(_AMOUNT.fullmatch(text) for text in texts[1:])


def notes_below(rows: Sequence[Cells]) -> set[int]:
    """Return which of the last rows are footnotes: a source, a remark, a disclaimer.

    One or two filled cells that begin as footnotes do; or, under an empty row, one sentence. Other
    rows stay rows of data, to be judged as such.
    """
    start = len(rows)
    while start > max(0, len(rows) - _MAX_NOTES) and len(filled(rows[start - 1])) <= 2:
        start -= 1
    found: set[int] = set()
    apart = False
    for place in range(start, len(rows)):
        texts = filled(rows[place])
        if not texts or is_total(rows[place]):
            apart = True
        elif _NOTE.match(texts[0].casefold()) or (
            apart and len(texts) == 1 and len(texts[0].split()) >= 3
        ):
            found.add(place)
            apart = True
        else:
            apart = False
            found.clear()
    return found


def is_second_header(
    contract: Contract, places: Mapping[str, int], cells: Cells, *, apart: bool
) -> bool:
    """Return whether another table begins here: column names again, or words where none can be.

    `places` are those of the first header; `apart` says that the row above this one is empty.
    """
    names = resembles(contract, cells)
    if names >= 2 and names * 2 >= len(places):
        return True
    texts = filled(cells)
    if not apart or len(texts) < 2 or any(not _is_word(text) for text in texts):
        return False
    typed = [c for c in contract.columns if c.name in places and c.type in _NEVER_WORDS]
    odd = [cells[places[c.name]].strip() for c in typed if places[c.name] < len(cells)]
    return any(text and text.casefold() not in _UNKNOWN for text in odd)


def _is_word(text: str) -> bool:
    return text[0].isalpha() and not any(character.isdigit() for character in text)


def preamble_note(count: int, *, sheet: str | None = None) -> Finding:
    """Return the MELDING about filled rows above the column names."""
    rows = "staat 1 rij" if count == 1 else f"staan {count} rijen"
    return Finding(
        "B155",
        Level.NOTE,
        f"Boven de kolomnamen {rows} tekst. Wij lezen die niet als gegevens.",
        "Zet de kolomnamen liever op de eerste rij.",
        sheet=sheet,
    )


def two_rows_note(row: int, *, sheet: str | None = None) -> Finding:
    """Return the MELDING about column names over two rows."""
    message = "De kolomnamen staan over twee rijen. Wij hebben die samengevoegd."
    mend = "Zet elke kolomnaam in een cel, op een rij."
    return Finding("K215", Level.NOTE, message, mend, row=row, sheet=sheet)


def total_notes(rows: Collection[int], *, sheet: str | None = None) -> list[Finding]:
    """Return a MELDING for each total row (numbers as the partner's program shows them)."""
    message = "Dit is een totaalrij. Wij tellen hem niet mee."
    mend = "Laat totaalrijen liever weg."
    return [Finding("R321", Level.NOTE, message, mend, row=row, sheet=sheet) for row in rows]


def footnote_notes(rows: Collection[int], *, sheet: str | None = None) -> list[Finding]:
    """Return a MELDING for each footnote."""
    message = "Onder de tabel staat een opmerking. Wij lezen die niet als gegevens."
    mend = "Zet opmerkingen liever in de mail of op een ander blad."
    return [Finding("R322", Level.NOTE, message, mend, row=row, sheet=sheet) for row in rows]


def second_table(row: int, *, sheet: str | None = None) -> Finding:
    """Return the AFKEUR of a file with two tables below each other."""
    message = "Hier begint een tweede tabel. Wij weten niet welke van de twee u bedoelt."
    mend = "Laat een tabel staan. Lever de andere in een eigen bestand."
    return Finding("B157", Level.REFUSE_FILE, message, mend, row=row, sheet=sheet)
