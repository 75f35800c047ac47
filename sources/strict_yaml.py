"""YAML in which nothing is guessed: every scalar is text, and every value knows its line.

Ordinary YAML reads `0012` as 10, `12:30` as 750 and `nee` beside `no` as text beside False, and
of two equal keys it silently keeps the last. Here a type is given by whoever knows it (an
agreement, a contract), never by the look of a text. Refused, each with its line: duplicate keys,
anchors, aliases, tags, merge keys (`<<`), keys that are not a single text, a second document.

An empty value (`until:`) is None, "nothing filled in"; an empty text is written `""`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.reader import Reader

from sources.errors import AgreementError

Tree = None | str | list["Tree"] | dict[str, "Tree"]
Place = tuple[str | int, ...]

# What PyYAML says, by a piece of its text, and what the data team can do about it.
_ADVICE = {
    "cannot start any token": (
        "Hier staat een teken waarmee geen waarde kan beginnen (een tab, @ of %)",
        "Spring in met spaties en zet de tekst tussen aanhalingstekens.",
    ),
    "mapping values are not allowed": (
        "Hier staat een dubbele punt die geen sleutel afsluit",
        "Zet de hele tekst tussen aanhalingstekens.",
    ),
    "unexpected end of stream": (
        "Een aanhalingsteken is geopend en niet gesloten",
        "Sluit de tekst met hetzelfde aanhalingsteken.",
    ),
}
_OTHERWISE = (
    "De opbouw van het bestand breekt hier",
    "Kijk of het inspringen en de haakjes op deze en de vorige regel kloppen.",
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: where, what is wrong, and what to do (both Dutch); line 0 is the whole file."""

    file: str
    line: int
    what: str
    to_do: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.what}. {self.to_do}"


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its tree of texts, the line of every place in it, and what was refused.

    `name` is how faults call the file. A place is the path of keys and list positions, such as
    `("targets", 0, "value")`. What was refused is not in the tree.
    """

    name: str
    tree: Tree
    lines: Mapping[Place, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest part around it that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read(path: Path, *, name: str | None = None) -> Document:
    """Return the file as a document without faults.

    Raises AgreementError with every fault of the file, one per line: `file:line: what. What to do.`
    """
    document = scan(path, name=name)
    if document.faults:
        raise AgreementError("\n".join(map(str, document.faults)))
    return document


def scan(path: Path, *, name: str | None = None) -> Document:
    """Return what can be read of the file, with its faults beside it; for who collects faults."""
    called = name or path.name
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        what = "Deze regel is geen UTF-8"
        return _unreadable(called, line, what, "Bewaar het bestand als UTF-8.")
    except OSError:
        what = "Dit bestand is niet te lezen"
        return _unreadable(called, 1, what, "Kijk of het bestaat en of u het mag openen.")
    if control := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        return _unreadable(called, line, "Hier staat een onzichtbaar teken", "Haal het weg.")
    return _parse(text, called)


def _unreadable(name: str, line: int, what: str, to_do: str) -> Document:
    return Document(name, None, faults=(Fault(name, line, what, to_do),))


def _parse(text: str, name: str) -> Document:
    builder = _Builder(name)
    try:
        tree = builder.document(iter(yaml.parse(text, Loader=yaml.CBaseLoader)))
    except yaml.MarkedYAMLError as error:
        tree = None
        said = error.problem or ""
        open_quote = "unexpected end of stream" in said
        mark = error.context_mark if open_quote else error.problem_mark
        advice = next((a for piece, a in _ADVICE.items() if piece in said), _OTHERWISE)
        builder.fault(mark.line + 1 if mark else 1, *advice)
    return Document(name, tree, builder.lines, tuple(sorted(builder.faults)))


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1


class _Builder:
    """Builds the tree from the parser's events, which still show anchors, aliases and tags."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []

    def fault(self, line: int, what: str, to_do: str) -> None:
        self.faults.append(Fault(self.name, line, what, to_do))

    def document(self, events: Iterator[yaml.Event]) -> Tree:
        tree: Tree = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    line = _line(event)
                    self.fault(line, "Hier begint een tweede document", "Maak er een bestand van.")
                    break
                tree = self.node(next(events), events, ())
        return tree

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Tree:
        line = _line(event)
        self.lines.setdefault(place, line)
        if isinstance(event, yaml.AliasEvent):
            what = f"`*{event.anchor}` verwijst naar een andere plek"
            self.fault(line, what, "Schrijf de waarde hier voluit.")
            return None
        assert isinstance(event, yaml.NodeEvent)
        self._refuse_marks(event, line)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, place)
        assert isinstance(event, yaml.ScalarEvent)
        return None if event.value == "" and not event.style else str(event.value)

    def _refuse_marks(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            what = f"`&{event.anchor}` maakt een anker"
            self.fault(line, what, "Haal het anker weg en schrijf elke waarde voluit.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.fault(line, f"`{tag}` is een tag", "Haal de tag weg: elke waarde is hier tekst.")

    def sequence(self, events: Iterator[yaml.Event], place: Place) -> Tree:
        items: list[Tree] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.node(event, events, (*place, len(items))))
        return items

    def mapping(self, events: Iterator[yaml.Event], place: Place) -> Tree:
        found: dict[str, Tree] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.key(event, events, place)
            if key is None or key in found:
                self._skip(events)
                continue
            self.lines[(*place, key)] = _line(event)
            found[key] = self.node(next(events), events, (*place, key))
        return found

    def key(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> str | None:
        line = _line(event)
        if not isinstance(event, yaml.ScalarEvent) or event.value == "":
            self._skip(events, event)
            self.fault(line, "Een sleutel moet een enkele tekst zijn", "Schrijf `sleutel: waarde`.")
            return None
        self._refuse_marks(event, line)
        if event.value == "<<":
            self.fault(line, "`<<` voegt samen", "Schrijf de regels hier voluit.")
            return None
        if first := self.lines.get((*place, event.value)):
            what = f"`{event.value}` staat er twee keer, ook op regel {first}"
            self.fault(line, what, "Haal een van beide weg.")
        return str(event.value)

    def _skip(self, events: Iterator[yaml.Event], event: yaml.Event | None = None) -> None:
        """Leave out one node, after its first event if that was taken already."""
        event = event or next(events)
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = next(events)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
