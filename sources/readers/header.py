"""Which column of a file is which column of the contract."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sources.contracts.model import Column, Contract
from sources.readers.reading import MAX_COLUMNS, Refused, note, refuse
from sources.verdict import Finding, Level

_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad*"), None)
_UNIT = re.compile(r"_?[(\[][^()\[\]]*[)\]]$")
_DATA = re.compile(r"\W*\d.*|.*(\d{4}|[\"',@\n\r]).*", re.DOTALL)  # no name of a column is so

PERSONAL = (
    *("naam", "achternaam", "voornaam", "voornamen", "voorletters", "roepnaam", "tussenvoegsel"),
    *("adres", "straat", "straatnaam", "huisnummer", "huisnr", "e-mail", "email", "e-mailadres"),
    *("mailadres", "emailadres", "telefoon", "telefoonnummer", "mobiel", "bsn"),
    "burgerservicenummer",
)
"""Headers that stop a file of any contract that does not ask for them (deliveries.md, nr. 21)."""


@dataclass(frozen=True, slots=True)
class Header:
    """The place (from 0) of each contract column in the file, how many there are, and notes.

    A column of the contract that is not in the file is not in `places`.
    """

    places: dict[str, int]
    width: int
    findings: tuple[Finding, ...]


@lru_cache(maxsize=4096)
def normal(header: str) -> str:
    """Return a header without what does not tell two apart: case, accents, spaces, `*`, BOM."""
    decomposed = unicodedata.normalize("NFKD", header.translate(_INVISIBLE))
    plain = "".join(each for each in decomposed if unicodedata.category(each) not in {"Mn", "Cc"})
    return re.sub(r"[\s_]+", "_", plain.casefold().strip().strip("\"'")).strip("_")


def resembles(contract: Contract, cells: Iterable[str]) -> int:
    """Return how many contract columns these cells name; to choose a sheet or a delimiter."""
    found = Counter(_recognised(contract, cells))
    asked = Counter(normal(column.header) for column in contract.columns)
    if contract.bare:
        return sum((found & asked).values())
    return sum(
        any(name in found for name in _names(contract, column)) for column in contract.columns
    )


def match(contract: Contract, cells: Sequence[str], *, row: int, broken: bool = False) -> Header:
    """Return which cell of the header is which column.

    Of a `broken` header a piece of a row can be part: then no name is quoted but the contract's.

    Raises Refused (K2xx, S9xx) with every fault at once: no header, a forbidden column, a required
    column that is missing, a column that stands there twice. A value is never shown.
    """
    if len(cells) > MAX_COLUMNS:
        message = f"Er zijn {len(cells)} kolommen. Wij lezen er hoogstens {MAX_COLUMNS}."
        raise refuse("B105", message, "Verwijder de kolommen die niet in de uitleg staan.", row=row)
    names = _recognised(contract, cells)
    known = {name for column in contract.columns for name in _names(contract, column)}
    faults = [*_forbidden(contract, names, known), *_twice(contract, names)]
    if not known & set(names):
        raise Refused(*faults, _no_header(contract, cells, row))
    places: dict[str, int] = {}
    notes: list[Finding] = []
    spare = [name for name in names if name and name not in known]
    for column in contract.columns:
        found = _places(contract, column, names)
        place = next((place for place in found if place not in places.values()), None)
        if place is not None:
            places[column.name] = place
            notes.extend(_alias(column, names[place]))
        elif not column.derived:
            (faults if column.required else notes).append(_missing(column, spare))
    if faults:
        raise Refused(*faults)
    return Header(places, len(names), (*notes, *_extra(spare, broken=broken)))


def _recognised(contract: Contract, cells: Iterable[str]) -> list[str]:
    """Return the cells as names; one that says its unit as well goes by the contract's name."""
    names = [normal(cell) for cell in cells]
    known = {name for column in contract.columns for name in _names(contract, column)}
    if not any(name.endswith((")", "]")) for name in (*names, *known)):
        return names
    without = {_UNIT.sub("", name): name for name in known}
    absent = known - set(names)
    for place, name in enumerate(names):
        meant = without.get(_UNIT.sub("", name)) if name and name not in known else None
        if meant in absent:
            names[place] = meant
            absent.discard(meant)
    return names


def _places(contract: Contract, column: Column, names: Sequence[str]) -> list[int]:
    own = _names(contract, column)
    return [place for wanted in own for place, name in enumerate(names) if name == wanted]


def _names(contract: Contract, column: Column) -> tuple[str, ...]:
    """Return the headers by which a column goes: its own first, then its name and its aliases."""
    if contract.bare:
        return (normal(column.header),)
    return _spelled(column.header, column.name, column.aliases)


@lru_cache(maxsize=4096)
def _spelled(header: str, name: str, aliases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(normal, (header, name, *aliases))))


def _no_header(contract: Contract, cells: Sequence[str], row: int) -> Finding:
    required = ", ".join(column.header for column in contract.columns if column.required)
    message = "Op de eerste regel staan niet de kolomnamen van deze levering."
    mend = f"Zet de kolomnamen op de eerste regel, minstens: {required}."
    pieces = (re.split(r"[;,|\t]", cell) for cell in cells)
    if any(resembles(contract, some) > 1 for some in pieces):
        message = "De kolomnamen staan samen in één cel, en de waarden ook."
        mend = "Kies in Excel Gegevens, Tekst naar kolommen. Kies daar het scheidingsteken."
    return Finding("K206", Level.REFUSE_FILE, message, mend, row=row)


def forbidden(contract: Contract, cells: Sequence[str]) -> list[Finding]:
    """Return an AFKEUR (S901) for each of these names that may stand in no delivery of a contract.

    Of a sheet that is not read as well.
    """
    known = {name for column in contract.columns for name in _names(contract, column)}
    return _forbidden(contract, [normal(cell) for cell in cells], known)


def _forbidden(contract: Contract, names: list[str], known: set[str]) -> list[Finding]:
    always = () if contract.bare else PERSONAL
    wrong = {normal(each) for each in (*contract.forbidden, *always)} - known
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
    counts = Counter(name for name in names if name)
    asked = Counter(_names(contract, column)[0] for column in contract.columns)
    return [
        Finding(
            "K204",
            Level.REFUSE_FILE,
            f"De kolom `{column.header}` staat er meer dan een keer.",
            "Laat de goede staan en verwijder de andere.",
            column=column.header,
        )
        for column in contract.columns
        if sum(counts[name] for name in _names(contract, column))
        > asked[_names(contract, column)[0]]
    ]


def _missing(column: Column, spare: list[str]) -> Finding:
    names = [name for name in spare if not _DATA.fullmatch(name)]
    near = difflib.get_close_matches(normal(column.header), names, n=1, cutoff=0.75)
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


def _extra(spare: list[str], *, broken: bool) -> list[Finding]:
    """Return one MELDING about names that are not asked; of cells that may be a row it quotes none.

    Where the line end after the column names is lost, the first row stands among them.
    """
    names = list(dict.fromkeys(name[:40] for name in spare))
    if not names:
        return []
    if broken or any(map(_DATA.fullmatch, spare)):
        message = f"Er zijn {len(names)} kolommen die wij niet vragen. Die lezen wij niet."
        mend = "Kijk of op de regel met kolomnamen alleen kolomnamen staan."
        return [note("K203", message, mend)]
    shown = ", ".join(f"`{name}`" for name in names[:12]) + (" …" if len(names) > 12 else "")
    message = f"Kolommen die wij niet vragen en dus niet lezen: {shown}."
    return [note("K203", message, "U mag ze weglaten.")]
