"""The words by which a name is told from another word: lists, and words that stand beside names."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sources.privacy.people import people


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "mevrouw mevr mw meneer mijnheer menheer dhr heer mej juffrouw juf meester dokter dr drs ir "
    "prof ds imam pastor pater zuster tante oom"
)
"""What stands before a name, and before nothing else."""

SMALL = _words("van de den der die het ter ten te in op 't ’t")

BETWEEN = SMALL | _words("el al la le du da dos bin ben")
"""What stands between the parts of a name: van der Berg, el Amrani."""

ARTICLES = _words("de het een 't ’t die dat dit deze elke ons onze ieder iedere")

OF_PLACES = _words(
    "wijk buurt dorp stad straat stichting buurthuis wijkcentrum dorpshuis vereniging club school "
    "kerk moskee café restaurant winkel supermarkt team park plein gebouw zaal project cursus "
    "groep app training programma gemeente provincie in te uit"
)
"""What stands before the name of a place or an organisation."""

PLACE = re.compile(
    r"(?:straat|laan|weg|plein|buurt|wijk|kwartier|hof|park|kade|gracht|singel|markt|centrum|huis|"
    r"school|kerk|dorp|veld|raad|bank|dag|wet|team|club|kamer|tuin|café)$"
)
"""How names of places and organisations end."""

SAID = _words("zegt zei vertelt vertelde vroeg vraagt belt belde heet")
"""What only people do."""

DOES = SAID | _words(
    "is was kwam komt bracht brengt gaat ging heeft had doet deed wil wilde kan kon helpt hielp "
    "nam neemt geeft gaf zit zat woont woonde werkt werkte leert leerde kreeg krijgt liep loopt "
    "kookt kookte rijdt reed ziet zag hoort hoorde weet wist moet moest mag mocht blijft bleef "
    "staat stond wacht wachtte speelt speelde lacht lachte huilt huilde praat praatte luistert "
    "luisterde regelt regelde zorgt zorgde vindt vond wordt werd"
)
"""What stands behind someone, or something, that a sentence begins with."""

THING = re.compile(
    r"^(?:daar|hier|waar|er)\w*$|(?:heid|ing|tie|teit|schap|hulp|zorg|werk|les|groep|geld|dienst|"
    r"lijk|\w{3}en)$"
)
"""How words begin or end with which a sentence can begin, and that are no names."""

_DAYS = _words(
    "Januari Februari Maart April Mei Juni Juli Augustus September Oktober November December "
    "Maandag Dinsdag Woensdag Donderdag Vrijdag Zaterdag Zondag"
)


@dataclass(frozen=True, slots=True)
class Lists:
    """Names (also without capitals), places, words with a capital, and words of every day.

    `ordinary` are words that are names too, and those that are never one (`common`).
    """

    names: frozenset[str]
    low: frozenset[str]
    places: frozenset[str]
    capitals: frozenset[str]
    ordinary: frozenset[str]
    common: frozenset[str]


@cache
def lists() -> Lists:
    """Load the lists: those of `deduce`, and those in this folder."""
    known = people()
    names = known.names | _listed("names.txt")
    low = frozenset(name.lower() for name in names)
    common = known.common - low
    return Lists(
        names=names,
        low=low,
        places=known.places,
        capitals=_listed("capitals.txt") | _DAYS,
        ordinary=_listed("words.txt") | common,
        common=common,
    )


def _listed(name: str) -> frozenset[str]:
    lines = files("sources.privacy").joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
