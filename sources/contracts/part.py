"""A piece of a contract file, read as the type asked for; faults are collected, not raised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sources.strict_yaml import Document, Fault, Place, Tree

Number = TypeVar("Number", float, None)


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping in a document, with the place of each of its keys.

    A value that is missing or of the wrong kind becomes a fault and the default (or an empty
    value), so that reading goes on and one run shows every fault.
    """

    document: Document
    faults: list[Fault]
    tree: Mapping[str, Tree]
    places: Mapping[str, Place]
    place: Place

    def fault(self, key: str, what: str, to_do: str) -> None:
        """Note a fault at a key, or at the part itself where the key is absent."""
        line = self.document.line(self.places.get(key, self.place))
        self.faults.append(Fault(self.document.name, line, what, to_do))

    def only(self, known: Iterable[str]) -> None:
        """Note a fault for each key that is not known here."""
        allowed = set(known)
        for key in self.tree:
            if key not in allowed:
                self.fault(key, f"`{key}` kennen wij hier niet", "Verbeter of verwijder de regel.")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default the key must be filled."""
        value = self.tree.get(key)
        if isinstance(value, str):
            return value
        if value is not None:
            self.fault(key, f"Bij `{key}` hoort een tekst", "Schrijf een enkele waarde.")
        elif default is None:
            self.fault(key, f"`{key}` ontbreekt", f"Vul `{key}` in.")
        return default or ""

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str:
        """Return a text that must be one of the options; else a fault and the default."""
        value = self.text(key, default)
        allowed = list(options)
        if value in allowed or value == default:
            return value
        if key in self.tree:
            what = f"`{value}` kan niet bij `{key}`"
            self.fault(key, what, f"Kies uit: {', '.join(allowed)}.")
        return default if default is not None else allowed[0]

    def flag(self, key: str) -> bool:
        """Return a yes or no, written true or false; absent is false."""
        return self.choice(key, ("true", "false"), "false") == "true"

    def number(self, key: str, default: Number) -> float | Number:
        """Return a number, or the default where the key is absent."""
        if key not in self.tree:
            return default
        try:
            return float(self.text(key))
        except ValueError:
            self.fault(key, f"Bij `{key}` hoort een getal", "Schrijf een getal met een punt.")
            return default

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; absent is empty."""
        value = self.tree.get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(str(item) for item in value)
        self.fault(key, f"Bij `{key}` hoort een lijst van teksten", "Schrijf [een, twee].")
        return ()

    def mapping(self, key: str) -> dict[str, str]:
        """Return a mapping of text to text; absent is empty."""
        value = self.tree.get(key)
        if value is None:
            return {}
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return {name: str(item) for name, item in value.items()}
        self.fault(key, f"Bij `{key}` horen regels `code: uitleg`", "Schrijf ze onder elkaar.")
        return {}

    def below(self, key: str) -> "Part":
        """Return the mapping at a key; absent is an empty one."""
        value = self.tree.get(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"Bij `{key}` horen regels `sleutel: waarde`", "Schrijf ze zo.")
        return _part(self.document, self.faults, value, (*self.place, key))

    def parts(self, key: str) -> list["Part"]:
        """Return the mappings in the list at a key; absent is empty."""
        value = self.tree.get(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, f"Bij `{key}` hoort een lijst", "Begin elk deel met een streepje.")
            return []
        place = (*self.place, key)
        return [
            _part(self.document, self.faults, item, (*place, number))
            for number, item in enumerate(value)
        ]


def top(document: Document, faults: list[Fault]) -> Part:
    """Return the whole document as a part."""
    return _part(document, faults, document.tree, ())


def custom(part: Part, known: Iterable[str]) -> Part:
    """Return the `customProperties` of a part, a list of property and value, as one mapping."""
    tree: dict[str, Tree] = {}
    places: dict[str, Place] = {}
    for item in part.parts("customProperties"):
        item.only({"property", "value", "description"})
        name = item.text("property")
        if name in tree:
            item.fault("property", f"`{name}` staat er twee keer", "Haal er een weg.")
        tree[name] = item.tree.get("value")
        places[name] = (*item.place, "value")
    place = (*part.place, "customProperties") if "customProperties" in part.tree else part.place
    found = Part(part.document, part.faults, tree, places, place)
    found.only(known)
    return found


def _part(document: Document, faults: list[Fault], tree: Tree, place: Place) -> Part:
    mapping = tree if isinstance(tree, dict) else {}
    places = {key: (*place, key) for key in mapping}
    return Part(document, faults, mapping, places, place)
