"""What is said of a text file and of one row of it: code, level, and the Dutch words."""

from sources.readers.reading import Refused, refuse
from sources.verdict import Finding, Level, Records

_AGAIN = "Open het bestand in Excel en bewaar het opnieuw als CSV UTF-8 of als .xlsx."

_APART = (
    "Elke rij staat in één cel. Kies in Excel Gegevens, Tekst naar kolommen, en het "
    "scheidingsteken. Bewaar het bestand als .xlsx."
)

_QUOTE = "Zet tekst met een scheidingsteken of een regeleinde tussen aanhalingstekens."
_CLOSE = "Schrijf een aanhalingsteken in de tekst dubbel, of haal het weg."
_ROWS = {
    "R301": ("Deze rij heeft meer velden dan er kolommen zijn.", _QUOTE),
    "R302": (
        "Deze rij heeft minder velden dan er kolommen zijn.",
        "Zet voor elke lege cel een scheidingsteken, of lever de rij in Excel.",
    ),
    "R303": ("Een aanhalingsteken in deze rij gaat open en niet goed dicht.", _CLOSE),
    "R312": (
        "In deze rij staat een teken dat wij niet kunnen lezen.",
        "Typ de tekst in de rij opnieuw, en bewaar als CSV UTF-8.",
    ),
    "R313": (
        "Hier is een rij in stukken gebroken: rij {} tot en met {}. Die vallen uit.",
        "Haal het regeleinde uit de tekst. Of zet de tekst tussen aanhalingstekens.",
    ),
    "R314": (
        "In deze rij staan de velden met {} uit elkaar. De andere rijen doen dat anders.",
        "Gebruik in alle rijen hetzelfde scheidingsteken.",
    ),
}
_NOTES = {
    "R315": (
        "In deze rij staat een los aanhalingsteken. Er was één manier om de rij te lezen.",
        _CLOSE,
    ),
    "R316": (
        "In deze rij staat een scheidingsteken te veel, zonder cel erbij. Wij slaan het over.",
        "Zet tussen elke twee cellen één scheidingsteken.",
    ),
    "R317": (
        "Deze rij heeft meer velden dan kolommen. Wat te veel is, hoort bij de laatste kolom.",
        _QUOTE,
    ),
}


def remark(code: str, row: int, *words: object) -> Finding:
    """Return what is said of a row under a code; `words` fill the message."""
    level = Level.REFUSE_ROW if code in _ROWS else Level.NOTE
    message, mend = _ROWS[code] if code in _ROWS else _NOTES[code]
    return Finding(code, level, message.format(*words), mend, row=row)


def unsure() -> Refused:
    """Return the refusal of a file of which DuckDB counts other rows than we do; raise it."""
    message = "Wij kunnen de rijen van dit bestand niet zeker uit elkaar houden."
    return refuse("B110", message, _AGAIN)


def no_rows(records: Records | None = None) -> Refused:
    """Return the refusal of a table without rows; raise it."""
    said, mend = "Onder de kolomnamen staan geen rijen.", "Kijk of u het goede bestand stuurde."
    return Refused(Finding("B108", Level.REFUSE_FILE, said, mend), records=records)


def no_good_rows(*findings: Finding, records: Records, names: int, fields: int) -> Refused:
    """Return the refusal of a table of which every row falls out, with why each does; raise it.

    `names` is how many columns have a name, `fields` how many most rows have.
    """
    said = "Geen enkele rij heeft evenveel velden als er kolomnamen zijn."
    if fields == names + 1:
        said += f" De rijen hebben er {fields}, en er zijn {names} namen."
        mend = "Geef elke kolom een naam, ook de eerste. Of haal de kolom zonder naam weg."
        return Refused(Finding("B110", Level.REFUSE_FILE, said, mend), *findings, records=records)
    mend = _APART if fields == 1 < names else _AGAIN
    return Refused(Finding("B110", Level.REFUSE_FILE, said, mend), *findings, records=records)
