"""Tables to suppress: drawn by hand, or made by the seed in the shape that programs compete on."""

from collections.abc import Mapping, Sequence

import numpy as np

from transforms.disclosure.suppression import Equations, Instance

_NUMBERS = ("value", "weight", "lb", "ub", "lpl", "upl", "spl")

Tree = tuple[int, list[tuple[int, list[int]]], list[int]]


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


def hierarchical(
    fans: Sequence[tuple[int, ...]], *, primaries: int, share: float, seed: int
) -> Instance:
    """Return a table of trees: (3, 3) is a total of 3 parts of 3 each, 13 codes in all.

    Primary cells are drawn by chance; each needs this share of its value on both sides.
    """
    chance = np.random.default_rng(seed)
    trees = [_tree(fan) for fan in fans]
    value = np.zeros([count for count, _, _ in trees])
    leaves = np.ix_(*[leaf for _, _, leaf in trees])
    value[leaves] = np.floor(np.exp(chance.uniform(0, np.log(1000), value[leaves].shape)))
    rows = []
    number = np.arange(value.size).reshape(value.shape)
    for axis, (_, sums, _) in enumerate(trees):
        along, told = np.moveaxis(value, axis, 0), np.moveaxis(number, axis, 0)
        for total, parts in reversed(sums):
            along[total] = along[parts].sum(axis=0)
        for total, parts in sums:
            ends = told[[total, *parts]].reshape(len(parts) + 1, -1).T
            rows += [(0.0, one.tolist(), [-1.0] + [1.0] * len(parts)) for one in ends]
    flat = value.ravel()
    status = np.full(flat.size, "s")
    status[chance.choice(flat.size, primaries, replace=False)] = "u"
    level = np.where(status == "u", np.ceil(flat * share), 0.0)
    return Instance(
        value=flat,
        weight=flat.copy(),
        status=status,
        lb=np.zeros(flat.size),
        ub=np.full(flat.size, 1.5 * flat.max()),
        lpl=level,
        upl=level.copy(),
        spl=np.zeros(flat.size),
        equations=Equations.of(rows),
    )


def _tree(fan: tuple[int, ...]) -> Tree:
    """Return the number of codes, per total its parts, and the codes without parts."""
    count, sums, level = 1, [], [0]
    for parts in fan:
        made = []
        for total in level:
            kids = list(range(count, count + parts))
            count += parts
            sums.append((total, kids))
            made += kids
        level = made
    return count, sums, level
