"""New rows: where each goes in the agreement, and under which name."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from sources.agreement.model import Conversation, Indicator, Part, PartnerAgreement
from sources.agreement.workbook.operations import Append, Operation, Put
from sources.agreement.workbook.places import Trees
from sources.strict_yaml import Place

_PARTS: Mapping[str, type[Part]] = {
    "agreements": PartnerAgreement,
    "conversations": Conversation,
    "indicators": Indicator,
}
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Added:
    """An item that goes at the end of a list in a file; the list need not be there yet."""

    file: str
    place: Place
    item: Mapping[str, Any]


def operations(trees: Trees, added: Sequence[Added]) -> Iterator[tuple[str, Operation]]:
    """Yield per file what puts the new items in their lists.

    Of what is not there yet only the outermost key is put, with all that comes under it.
    """
    missing: dict[tuple[str, Place], Any] = {}
    for one in added:
        depth, _ = there(trees[one.file], one.place)
        if depth == len(one.place):
            yield one.file, Append(one.place, one.item)
            continue
        top, (*way, last) = one.place[: depth + 1], ("", *one.place[depth + 1 :])
        node = missing.setdefault((one.file, top), {})
        for step in way:
            node = node.setdefault(step, {})
        node.setdefault(last, []).append(one.item)
    for (file, place), nested in missing.items():
        order = _order(file, place, _at(trees[file], place[:-1]))
        yield file, Put(place, nested[""], order)


def there(tree: Any, place: Place) -> tuple[int, Any]:
    """Return how many steps of a place lead to something that is filled in, and what that is."""
    for depth, step in enumerate(place):
        below = tree.get(step) if isinstance(tree, dict) else tree[step]
        if not below:
            return depth, tree
        tree = below
    return len(place), tree


def _at(tree: Any, place: Place) -> Any:
    for step in place:
        tree = tree[step]
    return tree


def _order(file: str, place: Place, around: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys beside a place in their usual order; names chosen by people come last."""
    part = _PARTS[file.split("/", maxsplit=1)[0]]
    for step in place[:-1]:
        if step in part.model_fields:
            part = next(_parts(part.model_fields[str(step)].annotation))
    name = str(place[-1])
    return tuple(part.model_fields) if name in part.model_fields else (*around, name)


def _parts(annotation: object) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def proposed(name: str, taken: Collection[str], *, otherwise: str) -> str:
    """Return an id for what is called so: small letters, digits and _, not one that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    short = words[:_LONGEST].rsplit("_", 1)[0] if len(words) > _LONGEST else words
    first = short if short[:1].isalpha() else f"{otherwise}_{short}".rstrip("_")
    number = 2
    chosen = first
    while chosen in taken:
        chosen, number = f"{first}_{number}", number + 1
    return chosen
