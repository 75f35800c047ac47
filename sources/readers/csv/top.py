"""What stands above the rows of a text file: where the column names are, and how it is written.

The contract's names decide, never a statistic over the text: of all ways to read the first 50
records, the one that gives most of the names; then the one in which most rows are as wide as the
header (deliveries.md, section 2). What two readings fit equally well is refused.
"""

from dataclasses import dataclass, replace

from sources.contracts.model import Contract
from sources.readers import rows
from sources.readers.csv.candidate import Found, first_rows, record_at
from sources.readers.csv.choice import DELIMITERS, best, said
from sources.readers.csv.fit import fitted, quoting, usual
from sources.readers.csv.grammar import Grammar
from sources.readers.csv.lines import Lines
from sources.readers.header import forbidden, normal
from sources.readers.reading import Refused, note, refuse
from sources.verdict import Finding

_INVISIBLE = "\ufeff\u200b \t\r\n\u00a0"
_REPEATS = 10  # times that the names may stand below themselves; more is a column of equal rows


@dataclass(frozen=True, slots=True)
class Top:
    """The header's cells and what surrounds them; lines count from 0.

    The names stand on `line`, the rows begin on `begin`. `header`, `preamble` and `blank` count
    records above the rows. `usual` is the width that rows have where hardly any has the header's.
    `broken` says that what stands between the names is damaged.
    """

    grammar: Grammar
    cells: tuple[str, ...]
    line: int
    begin: int
    header: int
    preamble: int
    blank: int
    usual: int
    broken: bool
    notes: tuple[Finding, ...] = ()


def find(contract: Contract, lines: Lines) -> Top:
    """Return what stands above the rows. Raises Refused (B101, B114, B140)."""
    if lines.filled(0) == len(lines):
        raise refuse("B101", "Dit bestand is leeg.", "Kijk of u het goede bestand stuurde.")
    found = best(contract, lines)
    found = fitted(replace(found, grammar=quoting(found, lines)), lines)
    if not contract.bare:
        _refuse_marked(contract, found, lines)
    top = _top(found, lines, [*_delimiter_note(contract, found), *_broken_note(found)])
    return _without_repeats(top, lines)


def _refuse_marked(contract: Contract, found: Found, lines: Lines) -> None:
    """Raise Refused (B114) where every line begins with a sign that came from outside the table.

    A mail program marks what it quotes with `>`, a word processor turns quotes into curled ones.
    The names are still recognised then, but the sign would become part of the first cell.
    """
    own = found.grammar.delimiter.decode() + found.grammar.quote.decode()
    mark = lines[found.line].decode().lstrip(_INVISIBLE)[:1]
    if not mark or mark.isalnum() or mark in own or mark in "_\"'":
        return
    some = list(first_rows(lines, found.after, found.grammar))
    marked = sum(row.decode().lstrip(_INVISIBLE).startswith(mark) for row in some)
    if marked > len(some) / 2:
        message = f"Elke regel begint met het teken {mark}. Dat hoort niet in een tabel."
        mend = "Kopieer de tabel niet uit een e-mail of een tekst. Lever het bestand zelf."
        marks = refuse("B114", message, mend, row=found.line + 1)
        raise Refused(*forbidden(contract, found.cells), *marks.findings)


def _top(found: Found, lines: Lines, told: list[Finding]) -> Top:
    preamble, line = 0, lines.filled(0)
    while line < found.line:
        preamble, line = preamble + 1, lines.filled(line + 1)
    titles = preamble - bool(said(lines) and found.line)
    if titles:
        told.append(rows.preamble_note(titles))
    if found.records > 1:
        told.append(rows.two_rows_note(found.line + 1))
    return Top(
        found.grammar,
        found.cells,
        line=found.line,
        begin=found.after,
        header=found.records,
        preamble=preamble,
        blank=found.line - preamble + found.blank,
        usual=usual(found, lines),
        broken=found.broken,
        notes=tuple(told),
    )


def _without_repeats(top: Top, lines: Lines) -> Top:
    """Return the top with column names that are repeated at once taken as part of the header."""
    names = [normal(cell) for cell in top.cells]
    for _ in range(_REPEATS):
        if top.begin >= len(lines):
            return top
        record, after = record_at(lines, top.begin, top.grammar)
        if [normal(cell) for cell in top.grammar.loose(record)] != names or not any(names):
            return top
        message = "Hier staan de kolomnamen nog een keer. Wij lezen die rij niet als gegevens."
        again = note("K211", message, "Laat de kolomnamen een keer staan.", row=top.begin + 1)
        top = replace(top, begin=after, header=top.header + 1, notes=(*top.notes, again))
    return top


def _delimiter_note(contract: Contract, found: Found) -> list[Finding]:
    sign, own = found.grammar.delimiter.decode(), contract.dialect.delimiter
    if contract.bare or sign == own or not found.names:
        return []
    used, expected = (DELIMITERS.get(each, f"`{each}`") for each in (sign, own))
    message = f"De velden staan met {used} uit elkaar. Bij deze levering horen {expected}."
    mend = f"Bewaar het bestand met {expected} als scheidingsteken, of als .xlsx."
    return [note("B111", message, mend)]


def _broken_note(found: Found) -> list[Finding]:
    if not found.broken:
        return []
    message = "In de regel met kolomnamen klopt een scheidingsteken of aanhalingsteken niet. "
    message += "Wij herkennen de namen wel."
    mend = "Zet tussen elke twee kolomnamen één scheidingsteken."
    return [note("K208", message, mend, row=found.line + 1)]
