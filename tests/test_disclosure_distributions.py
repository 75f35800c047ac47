"""A distribution as it may be shown: shares of a rounded whole, small classes put together."""

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tiny_agreement import agreement, areas, deliveries, indicator, table

from sources.agreement.model import Edition
from transforms.disclosure import publish
from transforms.disclosure.distributions import shares
from transforms.indicators import observe

RULES = Edition()
PLACE = {"indicator": "I23", "version": 1, "period": "2026K3", "area": "GM9901", "partner": ""}

ROUNDED = """
    breakdown | numerator
              | 100
    nooit     | 5
    soms      | 10
    vaak      | 80
    altijd    | 5
    """


def placed(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(*(pl.lit(v).alias(k) for k, v in PLACE.items()))


def check(found: pl.DataFrame, drawn: str) -> None:
    expected = table(drawn)
    typed = expected.cast({name: found.schema[name] for name in expected.columns})
    assert_frame_equal(found.select(expected.columns), typed)


def test_without_an_order_a_small_class_is_held_back() -> None:
    check(
        shares(placed(table(ROUNDED)), RULES, scale=()),
        """
        breakdown | numerator | denominator | value | held
        nooit     | -         | -           | -     | yes
        soms      | 10        | 100         | 0.1   | no
        vaak      | 80        | 100         | 0.8   | no
        altijd    | -         | -           | -     | yes
        """,
    )


def test_on_a_scale_a_small_class_goes_together_with_its_neighbour() -> None:
    check(
        shares(placed(table(ROUNDED)), RULES, scale=("nooit", "soms", "vaak", "altijd")),
        """
        breakdown   | numerator | denominator | value | held
        nooit+soms  | 15        | 100         | 0.15  | no
        vaak+altijd | 85        | 100         | 0.85  | no
        """,
    )


def test_of_a_whole_below_fifty_and_of_nearly_all_of_it_nothing_is_told() -> None:
    few = table("breakdown | numerator\n | 45\nja | 20\nnee | 25")
    nearly = table("breakdown | numerator\n | 100\nja | 95\nnee | 5")
    for rows in (few, nearly):
        found = shares(placed(rows), RULES, scale=())
        assert found["held"].all()
        assert found.select("numerator", "denominator", "value").null_count().row(0) == (2, 2, 2)


COUNTS = st.lists(st.integers(0, 12).map(lambda fives: 5 * fives), min_size=1, max_size=8)


def slow(counts: list[int]) -> list[int]:
    """Put neighbours together from below, one by one; a small tail joins what lies below it."""
    groups: list[int] = []
    size = 0
    for count in counts:
        size += count
        if size >= RULES.threshold:
            groups.append(size)
            size = 0
    if groups:
        groups[-1] += size
        return groups
    return [size]


@given(COUNTS)
def test_classes_put_together_keep_their_order_and_their_sum(counts: list[int]) -> None:
    scale = [f"k{number}" for number in range(len(counts))]
    # A whole so large that only the classes themselves decide.
    rows = pl.DataFrame({"breakdown": ["", *scale], "numerator": [10_000, *counts]})
    found = shares(placed(rows), RULES, scale=scale)
    told = slow(counts)
    assert [name for joined in found["breakdown"] for name in joined.split("+")] == scale
    assert found["numerator"].to_list() == [t if t >= RULES.threshold else None for t in told]


def test_an_edition_shows_the_whole_as_a_count_and_its_classes_as_shares() -> None:
    one = indicator(
        way="distribution",
        breakdown="antwoord",
        scale=("nooit", "soms", "vaak", "altijd"),
        additive_over=("breakdown",),
    )
    answers = ["nooit"] * 4 + ["soms"] * 11 + ["vaak"] * 80 + ["altijd"] * 5
    rows = pl.DataFrame({"antwoord": answers, "plaats": "9901AA", "_partner": "gemeente"})
    town = agreement(indicators={"I01": one})
    seen = observe(
        town,
        {"meldingen": rows.with_columns(dag=pl.lit(date(2026, 8, 1)))},
        areas(),
        quarters=("2026K3",),
        known_at=date(2026, 10, 28),
        deliveries=deliveries(("gemeente", "meldingen", "2026K3", True)),
    )
    figures = publish(seen, town, "2026K3", parents={}).figures
    assert figures.select("breakdown", "shown", "unit", "status").rows() == [
        ("", "100", "meldingen", "published"),
        ("nooit+soms", "15 %", "%", "published"),
        ("vaak+altijd", "85 %", "%", "published"),
    ]
