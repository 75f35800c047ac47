"""What pydantic says of a value, in plain Dutch for the data team: what is wrong, what to do."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import get_args

from pydantic_core import ErrorDetails

from sources.agreement.lines import Place
from sources.agreement.model import AREA_CODE, IDENTIFIER, MAIL_ADDRESS, PERIOD_ID, Part

_PATTERNS = {
    AREA_CODE: ("geen gebiedscode", "Schrijf GM en 4, WK en 6 of BU en 8 cijfers."),
    PERIOD_ID: ("geen periode", "Schrijf 2026K3, 2025K4/2026K3 of 2026."),
    IDENTIFIER: ("geen naam van een bestand", "Gebruik letters, cijfers en _, een letter voorop."),
    MAIL_ADDRESS: ("geen mailadres", "Schrijf er één, zoals team@organisatie.nl."),
}

# By the first word of pydantic's own code (`int_parsing`, `int_type`), or by the whole code.
_TYPES = {
    "not_a_day": ("geen dag", "Schrijf jaar-maand-dag, zoals 2026-01-31."),
    "date": ("een dag die niet bestaat", "Schrijf jaar-maand-dag, zoals 2026-01-31."),
    "int": ("geen heel getal", "Schrijf alleen cijfers."),
    "float": ("geen getal", "Schrijf cijfers met een punt, zoals 0.75."),
    "finite": ("geen getal", "Schrijf cijfers met een punt, zoals 0.75."),
    "bool": ("geen ja of nee", "Schrijf true of false."),
    "string": ("geen tekst", "Schrijf één tekst achter de dubbele punt."),
    "tuple": (
        "geen lijst",
        "Schrijf een lijst: [a, b], of een streep per waarde.",
    ),
    "dict": ("geen rij van sleutels", "Schrijf op elke regel eronder `sleutel: waarde`."),
    "model": ("geen rij van sleutels", "Schrijf op elke regel eronder `sleutel: waarde`."),
}


_BOUNDS = {
    "greater_than_equal": ("is te klein", "Kies minstens {ge}."),
    "less_than_equal": ("is te groot", "Kies hoogstens {le}."),
    "string_too_short": ("is te kort", "Schrijf minstens {min_length} teken."),
    "too_short": ("is te kort", "Schrijf er minstens {min_length}."),
}


def explain(error: ErrorDetails, part: type[Part], written: Collection[Place]) -> tuple[str, str]:
    """Return what is wrong and what to do, for one error of pydantic about a file of type `part`.

    `written` are the places that stand in the file: a key without a value is not a missing key.
    """
    place = place_of(error)
    name, kind = _name(place), error["type"]
    context: Mapping[str, object] = error.get("ctx", {})
    if kind == "missing":
        if place in written:
            return f"`{name}` is leeg", "Vul een waarde in."
        return f"`{name}` ontbreekt", f"Voeg de regel `{name}: …` toe."
    if kind == "extra_forbidden":
        return f"`{name}` is hier onbekend", _known_instead(name, _keys(part, place[:-1]))
    if kind in {"enum", "literal_error"}:
        choices = str(context["expected"]).replace("'", "`").replace(" or ", " of ")
        return f"{_shown(error, name)} is geen keuze", f"Kies uit: {choices}."
    if kind == "string_pattern_mismatch":
        what, to_do = _PATTERNS[str(context["pattern"])]
        return f"{_shown(error, name)} is {what}", to_do
    if kind in _BOUNDS:
        what, to_do = _BOUNDS[kind]
        return f"{_shown(error, name)} {what}", to_do.format(**context)
    what, to_do = _TYPES.get(kind) or _TYPES[kind.split("_")[0]]
    return f"{_shown(error, name)} is {what}", to_do


def place_of(error: ErrorDetails) -> Place:
    """Return the place in the file; pydantic marks a wrong key of a mapping with `[key]`."""
    return tuple(step for step in error["loc"] if step != "[key]")


def _name(place: Place) -> str:
    """Return how a place is called: its key, with the number in the list where there is one."""
    if not place:
        return "het bestand"
    if isinstance(place[-1], int):
        return f"{_name(place[:-1])} nr. {place[-1] + 1}"
    return place[-1]


def _shown(error: ErrorDetails, name: str) -> str:
    value = error["input"]
    if error["loc"][-1] == "[key]" or not isinstance(value, str):
        return f"`{name}`"
    return f"`{name}: {value if len(value) <= 40 else value[:39] + '…'}`"


def _known_instead(name: str, known: list[str]) -> str:
    if close := difflib.get_close_matches(name, known, n=1):
        return f"Bedoelt u `{close[0]}`?"
    return f"Haal de regel weg, of kies uit: {', '.join(known)}."


def _keys(part: type[Part], place: Place) -> list[str]:
    """Return the keys that are known at a place, walking down from the file's own type."""
    for step in place:
        if step in part.model_fields:
            part = next(_parts(part.model_fields[str(step)].annotation), part)
    return list(part.model_fields)


def _parts(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)
