"""Tables to suppress, drawn by hand."""

from collections.abc import Mapping, Sequence

import numpy as np

from transforms.disclosure.suppression import Equations, Instance

_NUMBERS = ("value", "weight", "lb", "ub", "lpl", "upl", "spl")


def of(
    drawn: str,
    sums: Sequence[tuple[str, str]],
    change: Mapping[str, Mapping[str, float | str]] | None = None,
) -> Instance:
    """Return the table as drawn, with cells of one letter, and some of its numbers changed."""
    head, *lines = [
        [part.strip() for part in line.split("|")] for line in drawn.split("\n") if line.strip()
    ]
    cells = [line[0] for line in lines]
    columns: dict[str, list[float | str]] = {
        name: [line[at] for line in lines] for at, name in enumerate(head)
    }
    for name, values in (change or {}).items():
        for cell, value in values.items():
            columns[name][cells.index(cell)] = value
    rows = [
        (0.0, [cells.index(cell) for cell in total + parts], [-1.0] + [1.0] * len(parts))
        for total, parts in sums
    ]
    return Instance(
        status=np.array(columns["status"], dtype="U1"),
        equations=Equations.of(rows),
        **{name: np.array(columns[name], np.float64) for name in _NUMBERS},
    )
