"""The folder of an agreement, read into its closed types: every fault of every file at once.

This is the pass over structure: which files there are, and what may stand in each. What must hold
between files is the business of `sources.agreement.sense`; what conditions mean, of
`transforms.conditions`; the files in `deliveries/`, of `sources.contracts.load`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from sources.agreement import theme
from sources.agreement.lines import Lines
from sources.agreement.model import (
    IDENTIFIER,
    Agreement,
    Calendar,
    Coherence,
    Conversation,
    Council,
    Efforts,
    ForceField,
    General,
    Goal,
    Indicator,
    Instruments,
    OwnAreas,
    Part,
    Partner,
    PartnerAgreement,
    Questions,
    Rainbow,
    Risks,
)
from sources.agreement.wording import explain, place_of
from sources.errors import AgreementError
from sources.strict_yaml import Document, Fault, Tree, scan

# By the field of `Agreement`: files that need not be there, and folders of files.
_ALONE: Mapping[str, tuple[str, type[Part]]] = {
    "areas": ("areas.yaml", OwnAreas),
    "calendar": ("calendar.yaml", Calendar),
    "coherence": ("coherence.yaml", Coherence),
    "council": ("council.yaml", Council),
    "efforts": ("efforts.yaml", Efforts),
    "forces": ("krachtenveld.yaml", ForceField),
    "instruments": ("instruments.yaml", Instruments),
    "questions": ("questions.yaml", Questions),
    "risks": ("risks.yaml", Risks),
}
_MANY: Mapping[str, type[Part]] = {
    "goals": Goal,
    "indicators": Indicator,
    "partners": Partner,
    "agreements": PartnerAgreement,
    "conversations": Conversation,
}
_NEEDED = ("goals", "indicators", "partners")

SINGLE_FILES = ("agreement.yaml", "rainbow.yaml", *(file for file, _ in _ALONE.values()))
FOLDERS = tuple(_MANY)
DELIVERIES = "deliveries"
LISTS = "lists"  # of codes, in `deliveries/`

# What a repository holds besides its agreement.
_BESIDE = re.compile(r"\..*|README\.md|LICENSE(\..*)?")

SomePart = TypeVar("SomePart", bound=Part)


def load(folder: Path) -> Agreement:
    """Return the agreement in a folder.

    Raises AgreementError with all faults, one per line (`goals/meedoen.yaml:12: what. What to
    do.`), and a last line with their number.
    """
    return load_with_lines(folder)[0]


def load_with_lines(folder: Path) -> tuple[Agreement, Lines]:
    """Return the agreement and the line of every value in it, for whoever finds faults later.

    Raises AgreementError as `load` does.
    """
    reading = _Reading(folder)
    reading.look_for_strays()
    general = reading.one("agreement.yaml", General)
    rainbow = reading.one("rainbow.yaml", Rainbow)
    alone = {name: reading.one_or_empty(file, part) for name, (file, part) in _ALONE.items()}
    many = {name: reading.many(name, part, needed=name in _NEEDED) for name, part in _MANY.items()}
    look, look_lines, look_faults = theme.read(folder)
    reading.faults += look_faults
    if reading.faults or general is None or rainbow is None:
        raise AgreementError(report([str(fault) for fault in sorted(reading.faults)]))
    parts = {"general": general, "rainbow": rainbow, "theme": look, **alone, **many}
    of_file = {document.name: document.lines for document in reading.documents}
    lines = Lines({**of_file, f"{theme.FOLDER}/{theme.COLOURS}": look_lines})
    return Agreement.model_validate(parts), lines


def report(faults: list[str]) -> str:
    """Return all faults, one per line, and a last line that counts them."""
    number = "1 fout" if len(faults) == 1 else f"{len(faults)} fouten"
    return "\n".join([*faults, f"{number} in de overeenkomst. Verbeter ze en kijk opnieuw."])


@dataclass
class _Reading:
    """One reading of a folder: what was found, and every fault so far."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)

    def one(self, name: str, part: type[SomePart]) -> SomePart | None:
        """Read a file that exists once."""
        path = self.folder / name
        if path.is_file():
            return self.read(path, part)
        self.fault(name, "Dit bestand ontbreekt", "Maak het, of kijk of dit de goede map is.")
        return None

    def one_or_empty(self, name: str, part: type[SomePart]) -> SomePart:
        """Read a file that need not be there; without it nothing was agreed of what it is about."""
        path = self.folder / name
        return (self.read(path, part) if path.is_file() else None) or part()

    def many(self, name: str, part: type[SomePart], *, needed: bool) -> dict[str, SomePart]:
        """Read every file of a folder; the file name is the key."""
        files = [path for path in _visible(self.folder / name) if _is_named_yaml(path)]
        if needed and not files:
            self.fault(name, "Hier staat geen enkel bestand", "Maak er minstens één.")
        read = {path.stem: self.read(path, part) for path in files}
        return {key: value for key, value in read.items() if value is not None}

    def read(self, path: Path, part: type[SomePart]) -> SomePart | None:
        document = scan(path, name=path.relative_to(self.folder).as_posix())
        self.documents.append(document)
        self.faults += document.faults
        if not isinstance(document.tree, dict):
            if not document.faults:
                self.fault(document.name, "Dit bestand is leeg", "Vul het in, of haal het weg.")
            return None
        try:
            return part.model_validate(_filled_in(document.tree))
        except ValidationError as error:
            self.faults += _explained(error, part, document)
            return None

    def look_for_strays(self) -> None:
        """Fault every file and folder that has no place in an agreement."""
        for path in _visible(self.folder):
            known = SINGLE_FILES if path.is_file() else (*FOLDERS, DELIVERIES, theme.FOLDER)
            if path.name not in known:
                self.fault(path.name, "Dit hoort niet in een overeenkomst", _where_it_belongs(path))
        for name in (*FOLDERS, f"{DELIVERIES}/{LISTS}"):
            for path in _visible(self.folder / name):
                if not _is_named_yaml(path):
                    to_do = "Noem het `naam.yaml`, met letters, cijfers en _."
                    self.fault(f"{name}/{path.name}", "Dit is geen bestand met een naam", to_do)
        for path in _visible(self.folder / theme.FOLDER):
            if path.name not in (theme.COLOURS, theme.LOGO):
                to_do = f"Hier horen alleen {theme.COLOURS} en {theme.LOGO}."
                self.fault(f"{theme.FOLDER}/{path.name}", "Dit hoort niet in het thema", to_do)
        for path in _visible(self.folder / DELIVERIES):
            if path.name != LISTS and not path.name.endswith(".odcs.yaml"):
                to_do = "Noem het `naam.odcs.yaml`, of haal het weg."
                self.fault(f"{DELIVERIES}/{path.name}", "Dit is geen leveringscontract", to_do)

    def fault(self, file: str, what: str, to_do: str) -> None:
        self.faults.append(Fault(file, 0, what, to_do))


def _explained(error: ValidationError, part: type[Part], document: Document) -> Iterator[Fault]:
    for one in error.errors(include_url=False):
        what, to_do = explain(one, part, document.lines)
        yield Fault(document.name, document.line(place_of(one)), what, to_do)


def _filled_in(tree: Tree) -> Tree:
    """Return the tree without keys that have no value: they are as good as not written."""
    if isinstance(tree, dict):
        return {key: _filled_in(value) for key, value in tree.items() if value is not None}
    if isinstance(tree, list):
        return [_filled_in(item) for item in tree]
    return tree


def _visible(folder: Path) -> list[Path]:
    """Return what lies in a folder, in order; nothing where there is no such folder."""
    inside = folder.iterdir() if folder.is_dir() else iter(())
    return sorted(path for path in inside if not _BESIDE.fullmatch(path.name))


def _is_named_yaml(path: Path) -> bool:
    return path.is_file() and path.suffix == ".yaml" and bool(re.match(IDENTIFIER, path.stem))


def _where_it_belongs(path: Path) -> str:
    known = ", ".join(SINGLE_FILES if path.is_file() else (*FOLDERS, DELIVERIES, theme.FOLDER))
    return f"Haal het weg, of zet het in een van deze: {known}."
