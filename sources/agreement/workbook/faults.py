"""Faults of an agreement, told to who filled in the workbook: by sheet and cell."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sources.agreement.workbook.comparing import Spot
from sources.agreement.workbook.sheets import Sheet
from sources.strict_yaml import Place, scan

Spots = Mapping[tuple[str, Place], Spot]

_FAULT = re.compile(r"(?P<file>[^\s:]+\.yaml)(:(?P<line>\d+))?: (?P<told>.*)")
_KEY = re.compile(r"`(\w+)(: [^`]*)?`")


def by_cell(report: str, agreement: Path, spots: Spots) -> str:
    """Return a report of faults in which each names the cell, or the row, that it is about.

    A fault about what is not in the workbook keeps its file and line.
    """
    return "\n".join(_told(line, agreement, spots) for line in report.splitlines())


def _told(line: str, agreement: Path, spots: Spots) -> str:
    fault = _FAULT.fullmatch(line)
    near = list(_near(agreement, fault["file"], int(fault["line"] or 0), spots)) if fault else []
    if not fault or not near:
        return line
    row, sheet, _ = near[0]
    named = [key for key, _ in _KEY.findall(fault["told"]) if key in row.columns]
    keys = named[:1] or list(dict.fromkeys(key for _, _, key in near if key))
    where = row.where(keys[0]) if len(keys) == 1 else row.where()
    return f"{where}: {_in_headings(fault['told'], sheet)}"


def _near(agreement: Path, file: str, line: int, spots: Spots) -> Iterator[Spot]:
    """Yield the spots of a line: of each place on it, of what lies in it, or of what is around."""
    for place, at in scan(agreement / file).lines.items() if line else [((), 0)]:
        if at == line:
            inside = [p for f, p in spots if f == file and place and p[: len(place)] == place]
            around = [place[:n] for n in range(len(place), -1, -1) if (file, place[:n]) in spots]
            yield from (spots[file, found] for found in (inside or around)[:1])


def _in_headings(told: str, sheet: Sheet) -> str:
    """Return a text with the headings that people see in the place of the keys in YAML."""
    headings = {column.key: column.heading for column in sheet.columns}
    return _KEY.sub(lambda found: headings.get(found[1], found[0]), told)
