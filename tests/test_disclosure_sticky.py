"""What was shown before: it stays, or moves no further than it must, and tells no more by that."""

from collections.abc import Mapping
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from linked_counts import BASE, known, memory, of_classes, tables, values

from transforms.disclosure.controlled import controlled
from transforms.disclosure.linked import Linked

STICKY = [
    ("was shown and still fits", 13, 10, 10),
    ("was shown above and still fits", 11, 15, 15),
    ("was shown and no longer fits", 16, 10, 15),
    ("is five away", 15, 10, 15),
    ("rose beyond it, and is nearer to what is further", 19, 10, 15),
    ("fell beyond it, and is nearer to what is further", 6, 15, 10),
    ("rose far beyond it", 48, 10, 45),
    ("was not shown", 13, None, 15),
]


@pytest.mark.parametrize(("why", "exact", "was", "expected"), STICKY, ids=[s[0] for s in STICKY])
def test_what_was_shown_stays_while_it_is_within_five_and_then_moves_no_further_than_it_must(
    why: str, exact: int, was: int | None, expected: int
) -> None:
    linked = known({"a": exact})
    earlier = memory(linked, {} if was is None else {"a": was})
    found = controlled(linked, base=BASE, earlier=earlier)
    assert found.select("rounded", "was").row(0) == (expected, was)


def test_one_late_client_changes_no_more_than_adding_up_asks() -> None:
    exact = {"alle": 41, "a": 12, "b": 13, "c": 16}
    linked = known(exact, "alle = a + b + c")
    first = controlled(linked, base=BASE)
    later = known(exact | {"alle": 42, "b": 14}, "alle = a + b + c")
    second = controlled(later, base=BASE, earlier=memory(linked, values(first, linked)))
    assert values(second, later) == values(first, linked)


GIVES_WAY = [
    ("two spared among the others are not enough", 3, 10, 10),
    ("six spared among the others are", 6, 20, 25),
]


@pytest.mark.parametrize(
    ("why", "parts", "was", "expected"), GIVES_WAY, ids=[row[0] for row in GIVES_WAY]
)
def test_a_shown_total_gives_way_only_where_that_spares_more_than_the_base(
    why: str, parts: int, was: int, expected: int
) -> None:
    """Every part is 4 and was not shown before: of three, 10 = 5 + 5 + 0 or 15 = 5 + 5 + 5."""
    named = {f"deel {number}": 4 for number in range(parts)}
    linked = known({"alle": 4 * parts} | named, "alle = " + " + ".join(named))
    earlier = memory(linked, {"alle": was})
    assert values(controlled(linked, base=BASE, earlier=earlier), linked)["alle"] == expected


def every_table(*, least: int, most: int, shown: Mapping[str, int]) -> tuple[Linked, pl.DataFrame]:
    """Return each table of two parts from `least` to `most`, and what was shown of all of them."""
    exact: dict[str, int] = {}
    was: dict[str, int] = {}
    sums = []
    for a, b in product(range(least, most + 1), repeat=2):
        here = f"{a},{b}"
        exact |= {f"{here}/a": a, f"{here}/b": b, f"{here}/alle": a + b}
        sums.append(f"{here}/alle = {here}/a + {here}/b")
        was |= {f"{here}/{name}": value for name, value in shown.items()}
    linked = known(exact, *sums)
    return linked, memory(linked, was)


def test_who_reruns_the_rounding_of_every_table_still_knows_no_count_within_four() -> None:
    """With the nearest multiple a count that moved would be known within two."""
    linked, earlier = every_table(least=11, most=29, shown={"a": 20, "b": 20, "alle": 40})
    found = controlled(linked, base=BASE, earlier=earlier)
    table, name = (pl.col("area").str.split("/").list.get(at) for at in (0, 1))
    told = linked.cells.join(found, on="cell", validate="1:1").select(
        "exact", "rounded", table=table, name=name
    )
    seen = (
        told.pivot("name", index="table", values=["exact", "rounded"])
        # Of 10 and 30 not every table that is shown so was tried.
        .filter(pl.col(one).is_between(15, 25) for one in ("rounded_a", "rounded_b"))
        .group_by("^rounded_.*$")
        .agg(pl.col(f"exact_{one}").max() - pl.col(f"exact_{one}").min() for one in ("a", "alle"))
    )
    assert seen.filter(pl.col("rounded_a") != 20).height > 4
    assert seen.select(pl.min_horizontal("exact_a", "exact_alle").min()).item() == 4


@settings(max_examples=60, deadline=None)
@given(inside=tables, before=tables)
def test_the_same_counts_are_shown_the_same_again(
    inside: list[list[int]], before: list[list[int]]
) -> None:
    linked, earlier = of_classes(inside), of_classes(before)
    shown = memory(earlier, values(controlled(earlier, base=BASE), earlier))
    once = values(controlled(linked, base=BASE, earlier=shown), linked)
    assert values(controlled(linked, base=BASE, earlier=memory(linked, once)), linked) == once
