"""Which column of a file is which column of the contract."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sources.contracts.model import Column, Contract
from sources.readers.reading import MAX_COLUMNS, Refused, note, refuse
from sources.verdict import Finding, Level

_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad*"), None)


@dataclass(frozen=True, slots=True)
class Header:
    """The place (from 0) of each contract column in the file, how many there are, and notes.

    A column of the contract that is not in the file is not in `places`.
    """

    places: dict[str, int]
    width: int
    findings: tuple[Finding, ...]


def normal(header: str) -> str:
    """Return a header without what does not tell two apart: case, accents, spaces, `*`, BOM."""
    decomposed = unicodedata.normalize("NFKD", header.translate(_INVISIBLE))
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    return re.sub(r"[\s_]+", "_", plain.casefold().strip().strip("\"'")).strip("_")


def resembles(contract: Contract, cells: Iterable[str]) -> int:
    """Return how many contract columns these cells name; to choose a sheet or a delimiter."""
    found = {normal(cell) for cell in cells}
    return sum(bool(found & set(_names(column))) for column in contract.columns)


def match(contract: Contract, cells: Sequence[str], *, row: int) -> Header:
    """Return which cell of the header is which column.

    Raises Refused (K2xx, S9xx) with every fault at once: no header, a forbidden column, a required
    column that is missing, a column that stands there twice. A value is never shown.
    """
    names = [normal(cell) for cell in cells]
    if len(names) > MAX_COLUMNS:
        message = f"Er zijn {len(names)} kolommen. Wij lezen er hoogstens {MAX_COLUMNS}."
        raise refuse("B105", message, "Verwijder de kolommen die niet in de uitleg staan.", row=row)
    known = {name for column in contract.columns for name in _names(column)}
    faults = [*_forbidden(contract, names, known), *_twice(contract, names)]
    if not known & set(names):
        raise Refused(*faults, _no_header(contract, row))
    places: dict[str, int] = {}
    notes: list[Finding] = []
    spare = [name for name in names if name and name not in known]
    for column in contract.columns:
        place = next((names.index(name) for name in _names(column) if name in names), None)
        if place is not None:
            places[column.name] = place
            notes.extend(_alias(column, names[place]))
        elif not column.derived:
            (faults if column.required else notes).append(_missing(column, spare))
    if faults:
        raise Refused(*faults)
    return Header(places, len(names), (*notes, *_extra(spare)))


def _names(column: Column) -> tuple[str, ...]:
    """Return the headers by which a column goes: its own first, then its name and its aliases."""
    return tuple(dict.fromkeys(map(normal, (column.header, column.name, *column.aliases))))


def _no_header(contract: Contract, row: int) -> Finding:
    required = ", ".join(column.header for column in contract.columns if column.required)
    return Finding(
        "K206",
        Level.REFUSE_FILE,
        "Op de eerste regel staan niet de kolomnamen van deze levering.",
        f"Zet de kolomnamen op de eerste regel, minstens: {required}.",
        row=row,
    )


def _forbidden(contract: Contract, names: list[str], known: set[str]) -> list[Finding]:
    wrong = {normal(each) for each in contract.forbidden} - known
    return [
        Finding(
            "S901",
            Level.REFUSE_FILE,
            f"De kolom `{name}` mag niet in deze levering staan. "
            "Met die gegevens is iemand te herkennen. Wij hebben niets bewaard.",
            "Verwijder de hele kolom en stuur het bestand opnieuw.",
            column=name,
        )
        for name in dict.fromkeys(names)
        if name in wrong
    ]


def _twice(contract: Contract, names: list[str]) -> list[Finding]:
    counts = Counter(names)
    return [
        Finding(
            "K204",
            Level.REFUSE_FILE,
            f"De kolom `{column.header}` staat er meer dan een keer.",
            "Laat de goede staan en verwijder de andere.",
            column=column.header,
        )
        for column in contract.columns
        if sum(counts[name] for name in _names(column)) > 1
    ]


def _missing(column: Column, spare: list[str]) -> Finding:
    near = difflib.get_close_matches(normal(column.header), spare, n=1, cutoff=0.75)
    if not column.required:
        message = f"De kolom `{column.header}` ontbreekt. Wij lezen hem als leeg."
        return note("K202", message, "Voeg de kolom toe als u de gegevens hebt.", column.header)
    message = f"De kolom `{column.header}` ontbreekt."
    mend = f"Voeg de kolom `{column.header}` toe."
    if near:
        message += f" Bedoelt u `{near[0]}`?"
        mend = f"Verander de kolomnaam `{near[0]}` in `{column.header}`."
    return Finding("K201", Level.REFUSE_FILE, message, mend, column=column.header)


def _alias(column: Column, name: str) -> list[Finding]:
    if name in {normal(column.header), normal(column.name)}:
        return []
    message = f"Wij lezen de kolom `{name}` als `{column.header}`."
    return [note("K205", message, f"Noem de kolom liever `{column.header}`.", column.header)]


def _extra(spare: list[str]) -> list[Finding]:
    names = list(dict.fromkeys(name[:40] for name in spare))
    if not names:
        return []
    shown = ", ".join(f"`{name}`" for name in names[:12]) + (" …" if len(names) > 12 else "")
    message = f"Kolommen die wij niet vragen en dus niet lezen: {shown}."
    return [note("K203", message, "U mag ze weglaten.")]
