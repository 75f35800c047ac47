"""The codes of cells that other programs and people wrote in their own way, and of what they tell.

Those of a column as a whole are in `COLUMNS`.
"""

from sources.contracts.model import FieldType
from sources.contracts.told import AS_TEXT, DATES, NOTE, OUT, TEXTS, WARN, Told

OWN_WAYS: dict[str, Told] = {
    "V428": Told(
        NOTE,
        "In `{header}` staat een waarde die onbekend betekent. Wij lezen de cel als leeg.",
        "U hoeft niets te doen. Zo is het afgesproken.",
    ),
    "V429": Told(
        NOTE,
        "De datum in `{header}` staat er anders dan afgesproken. Wij lezen dag, maand, jaar.",
        "Schrijf dag-maand-jaar, zoals 14-08-2026.",
        DATES,
    ),
    "V430": Told(
        NOTE,
        "De datums in `{header}` beginnen met de maand. Wij hebben dag en maand omgedraaid.",
        "Schrijf dag-maand-jaar, zoals 14-08-2026.",
        DATES,
    ),
    "V431": Told(
        OUT,
        "In `{header}` kan de maand vooraan staan, of de dag. Dat is niet te zien.",
        "Schrijf dag-maand-jaar met streepjes, zoals 14-08-2026.",
        DATES,
    ),
    "V432": Told(
        NOTE,
        "In `{header}` staat een dagnummer van Excel. Wij hebben er de datum van gemaakt.",
        "Maak de kolom in Excel op als datum.",
        DATES,
    ),
    "V433": Told(
        OUT,
        "In `{header}` staat een getal. Misschien is het een dagnummer van Excel.",
        "Maak de kolom in Excel op als datum. Kijk of de datums kloppen.",
        DATES,
    ),
    "V434": Told(
        NOTE,
        "In `{header}` staan alleen de vier cijfers van de postcode. Een buurt weten wij dan niet.",
        "Vul de letters erbij in als u ze hebt.",
        (FieldType.PC6,),
    ),
    "V435": Told(
        OUT,
        "Excel heeft van de code in `{header}` een datum gemaakt.",
        AS_TEXT + "Vul de code daarna opnieuw in.",
        TEXTS,
    ),
    "V436": Told(
        WARN,
        "De code in `{header}` gold toen niet meer, of nog niet.",
        "Kies de code die op die dag gold. Klopt het toch? Dan hoeft u niets te doen.",
        TEXTS,
    ),
    "V437": Told(
        OUT,
        "De code in `{header}` gold toen niet meer, of nog niet.",
        "Kies de code die op die dag gold.",
        TEXTS,
    ),
    "V438": Told(
        WARN,
        "In `{header}` staan vreemde tekens, zoals een A met een streepje erop.",
        "Bewaar het bestand in Excel als: CSV UTF-8.",
        TEXTS,
    ),
    "V439": Told(
        NOTE,
        "In `{header}` stonden vreemde tekens. Wij herkenden de code en hebben die ingevuld.",
        "Bewaar het bestand in Excel als: CSV UTF-8.",
        TEXTS,
    ),
    "V440": Told(
        WARN,
        "De tekst in `{header}` begint met een =-teken, zoals een formule. Wij rekenen niets uit.",
        "Vul de uitkomst in. Is het gewone tekst? Dan hoeft u niets te doen.",
        TEXTS,
    ),
    "V441": Told(
        OUT,
        "In `{header}` staat een onzichtbaar teken dat niet in tekst hoort.",
        "Maak de cel leeg en typ de tekst opnieuw.",
        TEXTS,
    ),
    "V442": Told(
        OUT,
        "In `{header}` heeft het jaar twee cijfers. Het kan in twee eeuwen liggen.",
        "Schrijf het jaar met vier cijfers.",
        DATES,
    ),
    "V443": Told(
        OUT,
        "De datum in `{header}` ligt na de dag waarop dit bestand binnenkwam.",
        "Controleer de datum. Is het een plan? Laat de cel leeg tot het zover is.",
        DATES,
    ),
    "S902": Told(
        WARN,
        "In `{header}` stond een nummer dat een BSN kan zijn. Wij hebben het weggehaald.",
        "Zet nooit een BSN in een tekst. Haal het ook bij u weg.",
        TEXTS,
    ),
    "S903": Told(
        WARN,
        "In `{header}` stond een e-mailadres. Wij hebben het weggehaald.",
        "Zet geen e-mailadres in een tekst.",
        TEXTS,
    ),
    "S904": Told(
        WARN,
        "In `{header}` stond een telefoonnummer. Wij hebben het weggehaald.",
        "Zet geen telefoonnummer in een tekst.",
        TEXTS,
    ),
    "S905": Told(
        WARN,
        "In `{header}` stond een rekeningnummer. Wij hebben het weggehaald.",
        "Zet geen rekeningnummer in een tekst.",
        TEXTS,
    ),
    "S907": Told(
        WARN,
        "In `{header}` stond een postcode. Wij hebben die weggehaald.",
        "Zet geen postcode in een verhaal.",
        TEXTS,
    ),
    "S908": Told(
        WARN,
        "In `{header}` stond een hele datum. Wij hebben die weggehaald.",
        "Schrijf hoogstens de maand of het seizoen.",
        TEXTS,
    ),
    "S909": Told(
        WARN,
        "In `{header}` stond iets dat een naam kan zijn. Wij hebben het weggehaald.",
        "Schrijf `mijn buurvrouw` of `een vrijwilliger`. Was het geen naam? Bel ons dan.",
        TEXTS,
    ),
    "S906": Told(
        OUT,
        "In `{header}` staat een nummer dat een BSN kan zijn. Zo'n nummer bewaren wij niet.",
        "Gebruik uw eigen nummer. Heeft dat ook negen cijfers? Zet er dan een letter voor.",
        TEXTS,
    ),
}

COLUMNS: dict[str, tuple[str, str]] = {
    "V427": (
        "Excel heeft de nummers in `{header}` veranderd in getallen met een macht van tien.",
        AS_TEXT + "Haal de nummers daarna opnieuw uit uw systeem.",
    ),
    "V431": (
        "In de datums van `{header}` kan de maand vooraan staan, of de dag. "
        "Dat is in deze kolom niet te zien.",
        "Schrijf in de hele kolom dag-maand-jaar met streepjes, zoals 14-08-2026.",
    ),
    "V435": (
        "Excel heeft van de codes in `{header}` datums gemaakt.",
        AS_TEXT + "Haal de codes daarna opnieuw uit uw systeem.",
    ),
    "S906": (
        "In `{header}` staan nummers die een BSN kunnen zijn. Die mogen daar niet in.",
        "Vul in deze kolom uw eigen nummers in. Verwijder dit bestand als u het niet meer nodig "
        "hebt.",
    ),
}
"""What a partner reads where most cells of a column have this code, so that the file is refused."""
