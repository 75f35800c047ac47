"""The codes that every contract has, with what a partner reads of them.

Numbers below 50 are the program's, those from 50 on a contract's own; a number is never used for
something else later. `V4xx` and `S9xx` codes are given by `sources.conform`, cell by cell.
"""

from sources.contracts.model import Column, FieldType
from sources.contracts.telling import COLUMNS, OWN_WAYS
from sources.contracts.told import AMOUNTS, DATES, NOTE, NUMBERS, OUT, PEOPLE, TEXTS, Told
from sources.verdict import Level

__all__ = ["CELLS", "COLUMNS", "Told", "possible"]

CELLS: dict[str, Told] = {
    "V401": Told(OUT, "`{header}` is leeg, maar moet gevuld zijn.", "Vul de cel in."),
    "V402": Told(
        OUT,
        "In `{header}` staat geen datum die wij kunnen lezen.",
        "Schrijf dag-maand-jaar, zoals 14-08-2026.",
        DATES,
    ),
    "V403": Told(
        OUT,
        "De datum in `{header}` bestaat niet.",
        "Verbeter de dag, de maand of het jaar. Schrijf dag-maand-jaar, zoals 14-08-2026.",
        DATES,
    ),
    "V404": Told(
        OUT,
        "In `{header}` staat geen heel getal.",
        "Schrijf alleen cijfers, zonder komma of tekst.",
        (FieldType.INTEGER,),
    ),
    "V405": Told(
        OUT,
        "In `{header}` staat geen getal.",
        "Schrijf alleen cijfers, met hoogstens een komma.",
        NUMBERS,
    ),
    "V406": Told(
        OUT, "In `{header}` staat geen ja of nee.", "Schrijf ja of nee.", (FieldType.BOOLEAN,)
    ),
    "V407": Told(
        OUT,
        "In `{header}` staat geen hele postcode.",
        "Schrijf vier cijfers en twee letters, zoals 1234AB.",
        (FieldType.PC6,),
    ),
    "V408": Told(
        OUT,
        "In `{header}` staat geen code van een gebied.",
        "Schrijf de code van het CBS: GM en 4 cijfers, WK en 6 cijfers of BU en 8 cijfers.",
        (FieldType.AREA,),
    ),
    "V409": Told(
        OUT,
        "In `{header}` staat geen periode.",
        "Schrijf het jaar, de letter K en het kwartaal, zoals 2026K3.",
        (FieldType.PERIOD,),
    ),
    "V410": Told(OUT, "`{header}` is lager dan {minimum}.", "Controleer het getal."),
    "V411": Told(OUT, "`{header}` is hoger dan {maximum}.", "Controleer het getal."),
    "V412": Told(
        OUT, "De tekst in `{header}` is langer dan {length} tekens.", "Maak de tekst korter."
    ),
    "V413": Told(
        OUT, "De code in `{header}` staat niet in onze lijst.", "Kies uit de lijst: {codes}."
    ),
    "V414": Told(
        NOTE,
        "In `{header}` staat de omschrijving. Wij hebben de code ingevuld die erbij hoort.",
        "Vul de code in: {codes}.",
        TEXTS,
    ),
    "V415": Told(
        NOTE,
        "In `{header}` staat: niet van toepassing. Wij lezen de cel als leeg.",
        "Laat de cel leeg.",
    ),
    "V416": Told(
        NOTE, "In `{header}` staat: onbekend. Wij lezen de cel als leeg.", "Laat de cel leeg."
    ),
    "V417": Told(
        OUT,
        "Het nummer in `{header}` is geen geldig BSN.",
        "Controleer het nummer bij de bron. Maak de kolom in Excel op als tekst: dan blijft een "
        "nul vooraan staan.",
        PEOPLE,
    ),
    "V418": Told(
        NOTE,
        "In `{header}` ontbrak de nul vooraan. Wij hebben die teruggezet.",
        "Maak de kolom in Excel op als tekst.",
        (FieldType.PERSON, FieldType.TEXT),
    ),
    "V419": Told(
        OUT,
        "Het nummer in `{header}` is een testnummer.",
        "Lever de gegevens van echte inwoners, of haal de rij weg.",
        PEOPLE,
    ),
    "V420": Told(
        OUT,
        "In `{header}` staat een foutmelding van Excel.",
        "Verbeter de formule, of vul de waarde zelf in.",
    ),
    "V421": Told(
        OUT,
        "Het getal in `{header}` kan twee dingen betekenen: een punt voor duizend of een komma.",
        "Schrijf het getal zonder punt.",
        NUMBERS,
    ),
    "V422": Told(
        NOTE,
        "In `{header}` staat een ander teken voor de decimalen. Wij hebben dat omgezet.",
        "Gebruik het teken dat in de uitleg staat.",
        AMOUNTS,
    ),
    "V423": Told(
        NOTE,
        "In `{header}` heeft het jaar twee cijfers. Wij hebben er vier van gemaakt.",
        "Schrijf het jaar met vier cijfers.",
        DATES,
    ),
    "V424": Told(
        NOTE,
        "In `{header}` staat ook een tijd. Wij gebruiken alleen de datum.",
        "Lever alleen de datum.",
        DATES,
    ),
    "V425": Told(
        OUT,
        "De tekst in `{header}` heeft niet de vorm die is afgesproken.",
        "Kijk naar het voorbeeld: {example}.",
    ),
    "V426": Told(
        NOTE,
        "In `{header}` staat een datum die in oude systemen onbekend betekent. "
        "Wij lezen de cel als leeg.",
        "Laat de cel leeg.",
        DATES,
    ),
    "V427": Told(
        OUT,
        "Excel heeft de code in `{header}` veranderd in een getal met een macht van tien.",
        "Maak de kolom in Excel op als tekst en vul de code opnieuw in.",
        (FieldType.PERSON, FieldType.TEXT),
    ),
    **OWN_WAYS,
}


def possible(column: Column) -> list[str]:
    """Return the codes that `sources.conform` can give to a cell of this column."""
    free = not column.codes
    limits = {
        "V401": column.required,
        "V410": column.minimum is not None,
        "V411": column.maximum is not None,
        "V412": column.max_length is not None,
        "V413": not free,
        "V414": not free,
        "V418": column.type is FieldType.PERSON or (free and column.pad > 0),
        "V425": bool(column.pattern),
        "V428": bool(column.missing),
        "V434": column.pc4,
        "V435": not free or bool(column.pattern),
        "V436": bool(column.validity) and column.expired is Level.WARNING,
        "V437": bool(column.validity) and column.expired is Level.REFUSE_ROW,
        "V439": not free,
        "V443": column.past,
        **dict.fromkeys(("S907", "S908", "S909"), free and column.personal),
        **dict.fromkeys(("V438", "V440", "V441", "S902", "S903", "S904", "S905", "S906"), free),
    }
    return [
        code
        for code, told in CELLS.items()
        if limits.get(code, True) and (not told.types or column.type in told.types)
    ]
