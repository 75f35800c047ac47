"""A YAML file changed at some places; every other byte of it stays as it was.

Comments, order, quotes and line ends are somebody's work: a file is never written anew. What the
change should give is also worked out on the tree alone, and both must agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from sources.agreement.workbook import writing
from sources.agreement.workbook.operations import (
    Append,
    Drop,
    Operation,
    Put,
    applied,
    bare,
    outside_of_dropped,
)
from sources.strict_yaml import Place


def changed(data: bytes, operations: Sequence[Operation]) -> bytes:
    """Return a file (UTF-8) after its changes. What lies in a dropped item is not changed."""
    text = data.decode("utf-8")
    ended = text.endswith("\n")
    end = "\r\n" if "\r\n" in text else "\n"
    lines, kept = text + ("" if ended else end), outside_of_dropped(operations)
    made = _Cut(lines).after(kept, end=end)
    if bare(_tree(made)) != bare(applied(_tree(lines), kept)):
        raise AssertionError("the change of a YAML text gave something else than was asked")
    return (made if ended else made.removesuffix(end)).encode()


def _tree(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - every scalar is text


class _Cut:
    """The pieces of one text that are replaced; found in the text as it was."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = yaml.compose(text, Loader=yaml.SafeLoader)
        self.pieces: list[tuple[int, int, str]] = []

    def after(self, operations: Sequence[Operation], *, end: str) -> str:
        """Return the text after its changes; lines that are new end as `end`."""
        lists: dict[Place, list[Drop | Append]] = {}
        for one in operations:
            if isinstance(one, Put):
                self.put(one)
            elif isinstance(one, Drop):
                lists.setdefault(one.place[:-1], []).append(one)
            else:
                lists.setdefault(one.place, []).append(one)
        for place, changes in lists.items():
            self.change_list(place, changes)
        made, at = [], 0
        for start, stop, new in sorted(self.pieces, key=lambda piece: piece[:2]):
            made += [self.text[at:start], new.replace("\n", end)]
            at = stop
        return "".join([*made, self.text[at:]])

    def put(self, one: Put) -> None:
        mapping, flow = self.node(one.place[:-1])
        keys = [key.value for key, _ in mapping.value]
        name = str(one.place[-1])
        if name not in keys:
            if one.value is not None:
                self.insert_key(mapping, one, flow=flow)
        elif one.value is None:
            self.drop_key(mapping, keys.index(name), flow=flow)
        else:
            key, value = mapping.value[keys.index(name)]
            self.replace(key, value, one.value, flow=flow)

    def replace(self, key: yaml.Node, node: yaml.Node, value: Any, *, flow: bool) -> None:
        start, stop = node.start_mark.index, self.end(node)
        column, name = key.start_mark.column, writing.scalar(key.value, flow=False)
        in_lines = isinstance(node, yaml.SequenceNode) and not node.flow_style
        if flow:
            new = writing.inline(value)
        elif isinstance(value, str):
            room = writing.WIDTH - column - len(name) - 2
            new = writing.text(value, indent=column, room=room)
        elif in_lines:
            new = writing.block(value, indent=node.start_mark.column).lstrip()
        else:
            start = self.text.index(":", self.end(key)) + 1
            new = writing.entry(key.value, value, indent=column)[len(name) + 1 :]
        glued = start == stop and not new.startswith((" ", "\n"))
        self.pieces.append((start, stop, f" {new}" if glued else new))

    def insert_key(self, mapping: yaml.MappingNode, one: Put, *, flow: bool) -> None:
        name = str(one.place[-1])
        before = one.order[: one.order.index(name)]
        anchor = [value for key, value in mapping.value if key.value in before]
        if flow:
            new = f"{writing.inline(name)}: {writing.inline(one.value)}"
            if anchor:
                self.insert(self.end(anchor[-1]), f", {new}")
            else:
                self.insert(mapping.start_mark.index + 1, new + (", " if mapping.value else ""))
            return
        first = mapping.value[0][0].start_mark
        new = writing.entry(name, one.value, indent=first.column)
        margin = " " * first.column
        if anchor:
            self.insert(self.line_end(self.end(anchor[-1])), f"{margin}{new}\n")
        else:
            self.insert(first.index, f"{new}\n{margin}")

    def drop_key(self, mapping: yaml.MappingNode, number: int, *, flow: bool) -> None:
        key, value = mapping.value[number]
        start, stop = key.start_mark.index, self.end(value)
        behind = mapping.value[number + 1 :]
        on_own_line = not self.text[self.line_start(start) : start].strip()
        if flow and number:
            self.pieces.append((self.end(mapping.value[number - 1][1]), stop, ""))
        elif (flow or not on_own_line) and behind:
            self.pieces.append((start, behind[0][0].start_mark.index, ""))
        elif flow or not on_own_line:
            self.pieces.append((start, stop, ""))
        else:
            self.pieces.append((self.line_start(start), self.line_end(stop), ""))

    def change_list(self, place: Place, changes: Sequence[Drop | Append]) -> None:
        node, flow = self.node(place)
        gone = {int(one.place[-1]) for one in changes if isinstance(one, Drop)}
        new = [one.item for one in changes if isinstance(one, Append)]
        kept = [inner for number, inner in enumerate(node.value) if number not in gone]
        if not kept and not new:
            mapping, around = self.node(place[:-1])
            names = [key.value for key, _ in mapping.value]
            self.drop_key(mapping, names.index(str(place[-1])), flow=around)
        elif node.flow_style or flow:
            written = [self.text[one.start_mark.index : self.end(one)] for one in kept]
            inside = ", ".join([*written, *map(writing.inline, new)])
            self.pieces.append((node.start_mark.index, self.end(node), f"[{inside}]"))
        else:
            self.change_lines(node, gone, new)

    def change_lines(
        self, node: yaml.SequenceNode, gone: set[int], new: Sequence[Mapping[str, Any]]
    ) -> None:
        dash = node.start_mark.column
        last = node.value[-1]
        for number in gone:
            start = self.dash_line(node.value[number], dash)
            self.pieces.append((start, self.line_end(self.end(node.value[number])), ""))
        for one in new:
            short = isinstance(last, yaml.MappingNode) and last.flow_style
            written = f"- {writing.inline(one)}" if short else writing.item(one, indent=dash)
            self.insert(self.line_end(self.end(last)), f"{' ' * dash}{written}\n")

    def dash_line(self, item: yaml.Node, dash: int) -> int:
        start = self.line_start(item.start_mark.index)
        while self.text[start + dash] != "-":
            start = self.line_start(start - 1)
        return start

    def insert(self, at: int, new: str) -> None:
        self.pieces.append((at, at, new))

    def node(self, place: Place) -> tuple[Any, bool]:
        """Return the node of a place, and whether it stands between braces or brackets."""
        node: Any = self.root
        flow = False
        for step in place:
            flow = flow or bool(node.flow_style)
            children = node.value if isinstance(step, int) else dict(self.children(node))
            node = children[step]
        return node, flow or bool(getattr(node, "flow_style", False))

    @staticmethod
    def children(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        return ((key.value, value) for key, value in node.value)

    def end(self, node: Any) -> int:
        """Return where a node really ends: PyYAML counts the empty lines and remarks behind it."""
        start, stop = int(node.start_mark.index), int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode):
            return start + len(self.text[start:stop].rstrip()) if node.style in ("|", ">") else stop
        if node.flow_style or not node.value:
            return stop
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        return self.text.index("\n", at) + 1
