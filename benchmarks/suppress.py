"""`python -m benchmarks.suppress [--iterations N]`: tables of 1,200 cells, and what is proven.

Prints for each the cost that `praatplaat suppress` reaches, the bound that no pattern can undercut,
the part between them, and seconds of processor time.
"""

import argparse
import time
from collections.abc import Sequence

import numpy as np

from transforms.disclosure.suppression import Equations, Instance, suppress

Tree = tuple[int, list[tuple[int, list[int]]], list[int]]

SHAPES = {
    "13 x 13 x 7, 75 primary": (((3, 3), (3, 3), (6,)), 75),
    "41 x 31, 3 primary": (((4, 9), (5, 5)), 3),
    "41 x 31, 40 primary": (((4, 9), (5, 5)), 40),
    "13 x 13, 20 primary": (((3, 3), (3, 3)), 20),
}
"""Trees of each dimension (a total, its parts, theirs) and the number of primary cells."""


def main() -> None:
    """Suppress each table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.suppress", description=__doc__)
    parser.add_argument("--iterations", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{'table':26}{'cells':>7}{'cost':>10}{'bound':>10}{'gap':>7}{'iterations':>12}{'s':>8}")
    for name, (fans, primaries) in SHAPES.items():
        table = hierarchical(fans, primaries=primaries, share=0.1, seed=asked.seed)
        begin = time.process_time()
        found = suppress(table, iterations=asked.iterations)
        took = time.process_time() - begin
        gap = 1 - found.lower_bound / found.cost if found.cost else 0.0
        print(
            f"{name:26}{table.value.size:7}{found.cost:10.0f}{found.lower_bound:10.0f}{gap:7.1%}"
            f"{found.iterations:12}{took:8.1f}",
            flush=True,
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


if __name__ == "__main__":
    main()
