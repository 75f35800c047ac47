"""Values as YAML text, as this house writes it: short on one line, long ones folded.

Nothing is trusted to a rule of thumb: each way to write a text is read back, and the first that
gives the same text is taken.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

WIDTH = 100

# What YAML takes for the end of a line, or refuses; JSON leaves it as it is.
_UNSEEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def document(tree: Mapping[str, Any]) -> str:
    """Return a whole file: texts, lists and mappings of them, in the order of the tree."""
    return "\n".join(entry(key, value, indent=0) for key, value in tree.items()) + "\n"


def entry(key: str, value: Any, *, indent: int) -> str:
    """Return `key: value` in block style; lines after the first start with their indent."""
    name = scalar(key, flow=False)
    if isinstance(value, str):
        return f"{name}: {text(value, indent=indent, room=WIDTH - indent - len(name) - 2)}"
    line = f"{name}: {inline(value)}"
    if not value or (_is_plain_list(value) and indent + len(line) <= WIDTH):
        return line
    return f"{name}:\n{block(value, indent=indent + 2)}"


def block(value: Mapping[str, Any] | Sequence[Any], *, indent: int) -> str:
    """Return a mapping or a list in block style, every line with its indent."""
    margin = " " * indent
    if isinstance(value, Mapping):
        return "\n".join(margin + entry(k, v, indent=indent) for k, v in value.items())
    return "\n".join(margin + item(one, indent=indent) for one in value)


def item(value: Any, *, indent: int) -> str:
    """Return `- value`, with its dash at `indent`; the first line has no indent yet."""
    if isinstance(value, Mapping):
        return "- " + block(value, indent=indent + 2).lstrip()
    return f"- {scalar(value, flow=False)}"


def inline(value: Any) -> str:
    """Return a value on one line, as it may stand between braces or brackets."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{inline(k)}: {inline(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(map(inline, value)) + "]"


def scalar(value: str, *, flow: bool) -> str:
    """Return a text on one line: bare where it is read back as itself, else in double quotes."""
    bare = "\n" not in value and _is_read(f"[{value}]" if flow else f"- {value}", [value])
    if bare and _is_read(f"{{k: {value}}}" if flow else f"k: {value}", {"k": value}):
        return value
    escaped = json.dumps(value, ensure_ascii=False)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


def text(value: str, *, indent: int, room: int) -> str:
    """Return the text of a key at `indent`; `room` is what is left on the line of the key."""
    short = scalar(value, flow=False)
    if "\n" not in value and len(short) <= room:
        return short
    margin = " " * (indent + 2)
    for written in _blocks(value, margin):
        if _is_read(f"{' ' * indent}k: {written}", {"k": value}):
            return written
    return short


def _blocks(value: str, margin: str) -> Iterator[str]:
    """Yield the text folded over lines, and as it is; one line end is written as an empty line."""
    runs = re.split("(\n+)", value)
    folded = (run + "\n" if run.startswith("\n") else _wrapped(run, margin) for run in runs)
    yield f">-\n{''.join(folded)}"
    yield "|-\n" + "\n".join(margin + line if line else "" for line in value.split("\n"))


def _wrapped(line: str, margin: str) -> str:
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _is_plain_list(value: Any) -> bool:
    return isinstance(value, Sequence) and all(isinstance(one, str) for one in value)


def _is_read(written: str, expected: object) -> bool:
    try:
        return bool(yaml.load(written, Loader=yaml.CBaseLoader) == expected)  # noqa: S506
    except yaml.YAMLError:
        return False
