"""Where the rows of the workbook live: in which file of the agreement, and at which place in it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sources.agreement.workbook.columns import Misread
from sources.strict_yaml import Place

Trees = Mapping[str, Any]
"""The tree of every file of an agreement, by its name (`goals/meedoen.yaml`)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as the agreement has it: its mark, where it stands, and its values by key."""

    mark: str
    file: str
    place: Place
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Home:
    """Where a new row goes: the list in a file; without a list, a file of its own in a folder."""

    file: str
    place: Place = ()


Entries = Callable[[Trees], Iterator[Entry]]
Homes = Callable[[Trees, Mapping[str, Any]], Home]
"""Says where a new row with these values goes. Raises Misread."""


def files(folder: str) -> Entries:
    """Rows that are a file each."""

    def entries(trees: Trees) -> Iterator[Entry]:
        for file, tree in _in(trees, folder):
            yield Entry(stem(file), file, (), tree)

    return entries


def home_in(folder: str) -> Homes:
    """A new row is a new file in a folder; its name is proposed by whoever makes it."""
    return lambda trees, values: Home(folder)


def listed(folder: str, key: str) -> Entries:
    """Rows of one list in each file of a folder; `of` is the file."""

    def entries(trees: Trees) -> Iterator[Entry]:
        for file, tree in _in(trees, folder):
            for number, item in enumerate(tree.get(key) or ()):
                values = {**item, "of": stem(file)}
                yield Entry(f"{stem(file)} {number + 1}", file, (key, number), values)

    return entries


def home_listed(folder: str, key: str) -> Homes:
    """A new row goes at the end of that list in its file."""

    def home(trees: Trees, values: Mapping[str, Any]) -> Home:
        return Home(_file(trees, folder, values["of"]), (key,))

    return home


def targets(trees: Trees) -> Iterator[Entry]:
    """Targets of the municipality stand with their indicator, those of a partner on its sheets."""
    for file, tree in _in(trees, "indicators"):
        yield from _numbered(tree, (), file, {"indicator": stem(file)})
    for file, tree in _in(trees, "agreements"):
        for number, sheet in enumerate(tree.get("result_sheets") or ()):
            for indicator, promise in (sheet.get("promises") or {}).items():
                place = ("result_sheets", number, "promises", indicator)
                of = {"indicator": indicator, "of": stem(file), "sheet": _key(sheet)}
                yield from _numbered(promise or {}, place, file, of)


def _numbered(
    holder: Mapping[str, Any], place: Place, file: str, of: Mapping[str, str]
) -> Iterator[Entry]:
    called = "/".join(of.values())
    for number, target in enumerate(holder.get("targets") or ()):
        where = (*place, "targets", number)
        yield Entry(f"{called} {number + 1}", file, where, {**target, **of})


def home_of_target(trees: Trees, values: Mapping[str, Any]) -> Home:
    """Return the indicator's own list, or that of the promise on the sheet that the row names."""
    indicator, agreed, sheet = (values.get(key) for key in ("indicator", "of", "sheet"))
    if f"indicators/{indicator}.yaml" not in trees:
        to_do = "Kies er een uit de lijst."
        raise Misread(f"Indicator “{indicator}” bestaat niet", to_do, key="indicator")
    if not agreed and not sheet:
        return Home(f"indicators/{indicator}.yaml", ("targets",))
    file = _file(trees, "agreements", agreed)
    keys = [_key(one) for one in trees[file].get("result_sheets") or ()]
    if sheet not in keys:
        what = f"Resultaatblad “{sheet or ''}” staat niet in overeenkomst “{agreed}”"
        raise Misread(what, f"Kies uit: {', '.join(keys) or 'niets'}.", key="sheet")
    return Home(file, ("result_sheets", keys.index(sheet), "promises", str(indicator), "targets"))


def _in(trees: Trees, folder: str) -> Iterator[tuple[str, Any]]:
    return ((file, tree) for file, tree in trees.items() if file.startswith(f"{folder}/"))


def _file(trees: Trees, folder: str, name: object) -> str:
    file = f"{folder}/{name}.yaml"
    if file not in trees:
        raise Misread(f"“{name or ''}” bestaat niet", "Kies een naam uit de lijst.", key="of")
    return file


def _key(sheet: Mapping[str, Any]) -> str:
    return str(sheet.get("id") or sheet["goal"])


def stem(file: str) -> str:
    """Return the id of a file: its name without folder and ending."""
    return file.rsplit("/", 1)[-1].removesuffix(".yaml")
