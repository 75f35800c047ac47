"""What a partner reads about a workbook: what we did with it, and which rows fall out."""

from collections import Counter
from pathlib import Path

from sources.contracts.model import Contract
from sources.readers.excel.body import Body, Table
from sources.readers.excel.book import Sheet
from sources.readers.reading import Refused, note
from sources.readers.rows import Top, preamble_note, two_rows_note
from sources.readers.signature import Kind
from sources.verdict import Finding, Level

_SYSTEMATIC = 0.5  # above this share of the rows the file is wrong, and not the row


def format_note(path: Path, kind: Kind) -> list[Finding]:
    """Return what to say of the kind of file."""
    if kind is not Kind.XLSX:
        message = f"Dit is een werkmap in het formaat .{kind}. Wij hebben hem gelezen."
        return [note("B154", message, "Bewaar hem liever als Excel-werkmap (.xlsx).")]
    if path.suffix.lower() == ".xlsx":
        return []
    message = "Dit is een Excel-werkmap met een andere naam. Wij lezen hem als Excel."
    return [note("B113", message, "Geef het bestand een naam die eindigt op .xlsx.")]


def header_notes(top: Top, preamble: int) -> list[Finding]:
    """Return what to say of where the column names stand."""
    found = [preamble_note(preamble)] if preamble else []
    if top.last > top.first:
        found.append(two_rows_note(top.first + 1))
    if top.last < top.first:
        message = "Er staan geen kolomnamen in. Wij lezen de kolommen op volgorde."
        found.append(note("B147", message, "Zet de kolomnamen op de eerste rij."))
    return found


def unnamed_notes(sheet: Sheet, top: Top, table: Table, body: Body) -> list[Finding]:
    """Return what to say of filled columns without a name.

    Raises Refused (K216) where the name of a column that we ask stands above two filled columns.
    """
    for _, left, bottom, right in sheet.facts.merges:
        under = any(left < place <= right for place in body.unnamed)
        if under and bottom == top.last and left in table.places.values():
            name = top.cells[left].strip()
            message = f"De kolomnaam `{name}` staat boven meer dan een gevulde kolom."
            mend = "Splits de samengevoegde cel en geef elke kolom een eigen naam."
            raise Refused(Finding("K216", Level.REFUSE_FILE, message, mend, row=top.last + 1))
    if not body.unnamed:
        return []
    shown = ", ".join(letters(place) for place in sorted(body.unnamed)[:12])
    message = f"Er staan waarden in een kolom zonder naam: {shown}. Die lezen wij niet."
    return [note("K217", message, "Zet een naam boven de kolom, of maak hem leeg.")]


def letters(place: int) -> str:
    """Return what Excel calls a column."""
    name = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def hidden_notes(sheet: Sheet, table: Table) -> list[Finding]:
    """Return what to say of rows and columns that the partner does not see."""
    rows = sum(1 for row in sheet.facts.hidden_rows if table.first <= row < sheet.height)
    columns = sum(1 for place in sheet.facts.hidden_columns if place < table.width)
    if not (rows or columns):
        return []
    counts = [_count(rows, "rij", "rijen"), _count(columns, "kolom", "kolommen")]
    message = f"Op dit blad is verborgen: {' en '.join(filter(None, counts))}. Wij lezen alles mee."
    mend = "Maak alles zichtbaar en kijk of het mee moet."
    if sheet.facts.filtered:
        message += " Er staat een filter aan."
        mend = "Kies Gegevens, Wissen (bij Filter) en kijk of alles mee moet."
    return [note("B153", message, mend)]


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}" if number else ""


def check_formulas(contract: Contract, sheet: Sheet, table: Table, body: Body) -> None:
    """Raise Refused (K218) where most rows of a column hold a formula without an outcome."""
    rows = set(body.uncomputed)
    cells = Counter(column for row, column in sheet.facts.uncomputed if row in rows)
    total = len(body.frame) - len(body.notes)
    found = [
        Finding(
            "K218",
            Level.REFUSE_FILE,
            f"De kolom `{column.header}` bestaat uit formules zonder uitkomst.",
            "Open het bestand in Excel, wacht tot alles is berekend, en bewaar het opnieuw.",
            column=column.header,
        )
        for column in contract.columns
        if cells[table.places.get(column.name, -1)] > _SYSTEMATIC * total
    ]
    if found:
        raise Refused(*found)


def broken_rows(body: Body) -> list[Finding]:
    """Return a UITVAL for each row that is refused here, with why."""
    wide = "Rechts van de tabel staat nog iets in deze rij. Misschien is de rij verschoven."
    merged = "In deze rij zijn cellen samengevoegd. Daardoor is een waarde niet zeker."
    formula = "In deze rij staat een formule zonder uitkomst."
    kinds = (
        (
            "R301",
            wide,
            "Zet elke waarde onder de goede kolomnaam, en maak de rest leeg.",
            body.wide,
        ),
        ("R323", merged, "Kies Start, Samenvoegen ongedaan maken, en vul elke cel.", body.merged),
        ("R324", formula, "Open het bestand in Excel en bewaar het opnieuw.", body.uncomputed),
    )
    found = [
        Finding(code, Level.REFUSE_ROW, message, mend, row=number + 1)
        for code, message, mend, numbers in kinds
        for number in numbers
    ]
    return sorted(found, key=lambda each: each.row or 0)
