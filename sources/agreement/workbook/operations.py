"""What can change in a file of the agreement, and what that gives, worked out on its tree alone."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sources.strict_yaml import Place


@dataclass(frozen=True, slots=True)
class Put:
    """A key of a mapping gets a value; None takes the key away.

    `order`: the keys of that mapping as they usually follow each other, for a key that is new.
    """

    place: Place
    value: Any
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Append:
    """A list gets another item at its end; the list itself stands in the file."""

    place: Place
    item: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drop:
    """An item of a list goes."""

    place: Place


Operation = Put | Append | Drop


def outside_of_dropped(operations: Sequence[Operation]) -> list[Operation]:
    """Return the changes without those in an item that goes."""
    gone = [one.place for one in operations if isinstance(one, Drop)]
    return [
        one
        for one in operations
        if not any(one.place[: len(place)] == place and one.place != place for place in gone)
    ]


def applied(tree: Any, operations: Sequence[Operation]) -> Any:
    """Return the tree after its changes, without looking at the text."""
    made = copy.deepcopy(tree)
    for one in operations:
        *above, last = one.place
        node = _at(made, above)
        if isinstance(one, Append):
            node[last].append(_plain(one.item))
        elif isinstance(one, Put) and one.value is not None:
            node[last] = _plain(one.value)
        elif isinstance(one, Put):
            node.pop(last, None)
    for place in sorted((o.place for o in operations if isinstance(o, Drop)), reverse=True):
        del _at(made, place[:-1])[place[-1]]
    return _without_emptied(made, operations)


def _without_emptied(tree: Any, operations: Sequence[Operation]) -> Any:
    """A list that lost its last item is no longer written."""
    for place in {o.place[:-1] for o in operations if isinstance(o, Drop)}:
        above = _at(tree, place[:-1])
        if not above[place[-1]]:
            del above[place[-1]]
    return tree


def bare(tree: Any) -> Any:
    """A mapping without keys is written as nothing: both say the same."""
    if isinstance(tree, dict):
        return {key: bare(value) for key, value in tree.items()} or ""
    return [bare(value) for value in tree] if isinstance(tree, list) else tree


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return value if isinstance(value, str) else [_plain(inner) for inner in value]


def _at(tree: Any, place: Sequence[str | int]) -> Any:
    for step in place:
        tree = tree[step]
    return tree
