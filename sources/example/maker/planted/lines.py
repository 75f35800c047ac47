"""Rows of a CSV that are broken as rows: too long, too short, an open quote, another delimiter."""

from collections.abc import Callable
from typing import Final

Break = Callable[[str], list[str]]

BREAKS: Final[dict[str, Break]] = {
    "R301": lambda line: [line + ";en;nog;meer"],
    "R302": lambda line: [";".join(line.split(";")[:1]) + ";"],
    "R303": lambda line: ['"' + line],
    "R312": lambda line: [line[:3] + "\x07" + line[3:]],
    "R314": lambda line: [line.replace(";", "|")],
}
"""From a good line to the line or lines in its place, by the code of what is then found."""
