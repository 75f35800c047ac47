"""An attacker of our own on generated tables of the internal edition, the public one beside it.

It knows what is published, that counts add up and are not negative, and how the public edition
rounds. It looks for the smallest and the largest count that each figure that is held back can have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_array
from tiny_agreement import EVENTS, agreement, indicator

from sources.agreement.model import Agreement, Areas, Dimension, Grain, Indicator, Way
from transforms.disclosure import publish
from transforms.disclosure.internal import confidential
from transforms.disclosure.internal.cells import MEMORY
from transforms.measures import measure
from transforms.observations import conform

WIJKEN = {"WK990101": 3, "WK990102": 2, "WK990103": 2}
CLASSES = ("a", "b", "c")
LEVELS = dict.fromkeys((Areas.MUNICIPALITY, Areas.DISTRICT, Areas.NEIGHBOURHOOD), Grain.QUARTER)
BASE = 5

Place = tuple[str, str]  # area, class


def tree() -> dict[str, str]:
    """Return each area with the one above it, rest areas included."""
    found = {"GM9901": "", "onbekend": "GM9901"}
    for wijk, buurten in WIJKEN.items():
        found[wijk] = "GM9901"
        found |= {f"BU{wijk[2:]}0{n}": wijk for n in range(1, buurten + 1)}
        found[f"onbekend_{wijk}"] = wijk
    return found


PARENTS = tree()
LEAVES = [area for area in PARENTS if area not in set(PARENTS.values())]


def above(place: Place) -> Iterator[Place]:
    """Yield a place and every total that it is in."""
    area, kind = place
    while area:
        yield from ((area, one) for one in dict.fromkeys((kind, "")))
        area = PARENTS[area]


def summed(leaves: Mapping[Place, int]) -> dict[Place, int]:
    totals: dict[Place, int] = {}
    for place, count in leaves.items():
        for one in above(place):
            totals[one] = totals.get(one, 0) + count
    return totals


def observations(known: Indicator, x: Mapping[Place, int], n: Mapping[Place, int]) -> pl.DataFrame:
    rows = [
        {"area": area, "breakdown": kind, "numerator": x[area, kind], "denominator": n[area, kind]}
        for area, kind in sorted(x)
    ]
    told = pl.DataFrame(rows).with_columns(
        indicator=pl.lit("I01"),
        version=pl.lit(1),
        period=pl.lit("2026K3"),
        partner=pl.lit(""),
        availability=pl.lit("observed"),
    )
    if known.way is Way.COUNT:
        told = told.with_columns(denominator=pl.lit(None, dtype=pl.Float64))
    return conform(measure(known.way).figure(told, known))


Cell = tuple[str, str, str]  # numerator, denominator or complement; area; class


@dataclass
class Attack:
    """Unknown counts by name, with what is known of them: bounds, and sums that make zero."""

    bounds: dict[Cell, tuple[float, float | None]] = field(default_factory=dict)
    sums: list[dict[Cell, float]] = field(default_factory=list)

    def found(self, sought: list[Cell], truth: Mapping[Cell, int]) -> list[str]:
        """Return the cells of which less than two counts are possible, starting from the truth."""
        names = sorted(self.bounds)
        place = {name: number for number, name in enumerate(names)}
        terms = [(row, name, s) for row, one in enumerate(self.sums) for name, s in one.items()]
        rows, columns, signs = zip(*((row, place[name], s) for row, name, s in terms), strict=True)
        matrix = csr_array((signs, (rows, columns)), shape=(len(self.sums), len(names)))
        real = np.array([truth[name] for name in names], dtype=float)
        bounds = [self.bounds[name] for name in names]
        assert not (matrix @ real).any()
        assert all(
            low <= x and (high is None or x <= high)
            for x, (low, high) in zip(real, bounds, strict=True)
        )
        least, most = real.copy(), real.copy()
        for cell in sought:
            at = place[cell]
            for sign in (1.0, -1.0):
                if most[at] - least[at] < 1 - 1e-6:
                    goal = np.zeros(len(names))
                    goal[at] = sign
                    one = linprog(goal, A_eq=matrix, b_eq=np.zeros(len(self.sums)), bounds=bounds)
                    if one.status == 3:  # without end
                        most[at] = np.inf
                        continue
                    assert one.status == 0, one.message
                    least, most = np.minimum(least, one.x), np.maximum(most, one.x)
        return [
            f"{cell} is {truth[cell]}: {least[place[cell]]:.2f} to {most[place[cell]]:.2f}"
            for cell in sought
            if most[place[cell]] - least[place[cell]] < 1 - 1e-6
        ]


def attacked(
    figures: pl.DataFrame, rounded: pl.DataFrame, kinds: tuple[str, ...], ways: tuple[str, ...]
) -> Attack:
    """Put together all that a reader of both editions knows."""
    attack = Attack()
    public = {
        (name.removeprefix("I01."), area, kind): value
        for name, area, kind, value in rounded.select(
            "count", "area", "breakdown", "rounded"
        ).iter_rows()
    }
    for row in figures.iter_rows(named=True):
        for way in ways:
            cell = (way, row["area_code"], row["breakdown"])
            near = public.get(cell)
            low, high = (0.0, None) if near is None else (max(near - 4, 0), near + 4)
            told = row[way] if way in ("numerator", "denominator") else None
            attack.bounds[cell] = (low, high) if told is None else (told, told)
        if "complement" in ways:
            place = (row["area_code"], row["breakdown"])
            attack.sums.append(
                {(way, *place): -1.0 if way == "denominator" else 1.0 for way in ways}
            )
    for way in ways:
        attack.sums += [dict(terms) for terms in _sums(way, kinds)]
    return attack


def _sums(way: str, kinds: tuple[str, ...]) -> Iterator[list[tuple[Cell, float]]]:
    """Yield every sum of classes, and every sum of areas, with its total."""
    for area in PARENTS:
        parts = [((way, area, kind), 1.0) for kind in kinds if kind]
        yield [*parts, ((way, area, ""), -1.0)]
    for total in sorted(set(PARENTS.values()) - {""}):
        within = [area for area, parent in PARENTS.items() if parent == total]
        for kind in kinds:
            yield [*(((way, area, kind), 1.0) for area in within), ((way, total, kind), -1.0)]


def known(way: Way) -> Agreement:
    one = indicator(
        way=way,
        numerator=EVENTS,
        denominator=EVENTS if way is Way.SHARE else None,
        breakdown="soort",
        levels=LEVELS,
        additive_over=[Dimension.AREA, Dimension.BREAKDOWN],
    )
    return agreement(indicators={"I01": one})


counts = st.one_of(st.integers(0, 4), st.integers(0, 12), st.sampled_from([0, 0, 25, 80, 300]))
tables = st.lists(counts, min_size=len(LEAVES) * 3, max_size=len(LEAVES) * 3)
PLACES = [(area, kind) for area in LEAVES for kind in CLASSES]


def found_out(way: Way, numbers: list[int], others: list[int]) -> list[str]:
    """Publish both editions of a table; return what the attacker finds of what is hidden."""
    x = dict(zip(PLACES, numbers, strict=True))
    n = {place: x[place] + more for place, more in zip(PLACES, others, strict=True)}
    agreed = known(way)
    rows = observations(agreed.indicators["I01"], summed(x), summed(n))
    public = publish(rows, agreed, "2026K3", parents=PARENTS)
    made = confidential(
        rows,
        agreed,
        "2026K3",
        parents=PARENTS,
        rounded=public.rounded,
        earlier=pl.DataFrame(schema=MEMORY),
    )
    ways = ("numerator", "denominator", "complement") if way is Way.SHARE else ("numerator",)
    attack = attacked(made.figures, public.rounded, ("", *CLASSES), ways)
    totals = {"numerator": summed(x), "denominator": summed(n)}
    truth = {(name, *place): v for name, told in totals.items() for place, v in told.items()}
    truth |= {("complement", *p): totals["denominator"][p] - v for p, v in summed(x).items()}
    held = made.figures.filter(pl.col("status") == "protected")
    places = held.select("area_code", "breakdown").iter_rows()
    return attack.found([(name, *place) for place in places for name in ways[:2]], truth)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(tables)
def test_no_count_that_is_held_back_is_found_in_a_table_of_areas_and_classes(
    numbers: list[int],
) -> None:
    assert found_out(Way.COUNT, numbers, [0] * len(numbers)) == []


@settings(max_examples=6, deadline=None, derandomize=True)
@given(tables, tables)
def test_no_count_is_found_in_shares_of_which_both_counts_are_told(
    numbers: list[int], others: list[int]
) -> None:
    assert found_out(Way.SHARE, numbers, others) == []
