"""The way from rows to a figure: why each row fell out, and that the end is the figure itself."""

from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_agreement import (
    DIVISION,
    EVENTS,
    POSTCODES,
    agreement,
    areas,
    deliveries,
    indicator,
    table,
)

from sources.agreement.model import Areas, Counts, Grain, Indicator, Quantity, Term, Variant, Way
from transforms.areas import hierarchy
from transforms.explain import Asked, Reason, Trail, trail
from transforms.indicators import observe
from transforms.periods import parse
from transforms.readings import readings_of

KNOWN_AT = date(2026, 10, 28)
REFERENCE = date(2026, 9, 30)
PERSONS = Quantity(counts=Counts.PERSONS, distinct="wie")
BOTH = {Areas.MUNICIPALITY: Grain.QUARTER, Areas.DISTRICT: Grain.QUARTER}
SHARE: dict[str, Any] = {
    "way": Way.SHARE,
    "denominator": EVENTS,
    "numerator": Quantity(counts=Counts.EVENTS, where="goed"),
}


def way(
    one: Indicator,
    rows: pl.DataFrame,
    *,
    area: str = "GM9901",
    level: Areas = Areas.MUNICIPALITY,
    variant: str = "",
    **asked: str,
) -> Trail:
    """Return the way to a figure of 2026K3, of rows that lie nowhere if they do not say."""
    without = [name for name in ("plaats", "_partner") if name not in rows.columns]
    told = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in without)
    reading = next(r for r in readings_of("I01", one) if r.variant == variant)
    known = Asked(reading, parse("2026K3"), level, area, **asked)
    return trail(told.lazy(), known, reference=REFERENCE, hierarchy=areas())


def fell(found: Trail) -> dict[str, int]:
    """Return how many rows fell out, by the reason; a condition by its text."""
    return {step.condition or step.reason.value: step.gone for step in found.steps if step.gone}


def adds_up(found: Trail) -> bool:
    """Return whether every step leaves what the one before it left, less what fell out."""
    left = [found.rows, *(step.left for step in found.steps)]
    gone = [step.gone for step in found.steps]
    return [a - b for a, b in pairwise(left)] == gone and left[-1] == found.left


def test_a_row_falls_out_by_the_first_test_that_it_fails() -> None:
    rows = table("""
        dag        | plaats     | soort | goed
        2026-07-01 | 9901AA     | a     | yes
        2026-07-02 | 9901AA     | a     | no
        2026-07-03 | 9901AA     | b     | yes
        2026-03-03 | 9901AA     | b     | yes
        -          | 9901AA     | a     | yes
        2026-04-01 | 9902AA     | a     | yes
        2026-10-01 | 9901AA     | a     | yes
        2026-07-04 | 9902AA     | a     | yes
        2026-07-05 | 1234ZZ     | a     | yes
        2026-07-06 | -          | a     | yes
        """)
    one = indicator(**SHARE, filters=("soort = 'a'",), levels=BOTH)
    found = way(one, rows, area="WK990101", level=Areas.DISTRICT)
    assert adds_up(found)
    assert fell(found) == {
        "soort = 'a'": 2,
        "undated": 1,
        "later": 1,
        "earlier": 1,
        "unplaced": 2,
        "elsewhere": 1,
    }
    assert (found.rows, found.left, found.numerator, found.denominator) == (10, 2, 1, 2)


def test_of_the_rest_area_what_lies_nowhere_is_what_counts() -> None:
    rows = table("""
        dag        | plaats
        2026-07-01 | 9901AA
        2026-07-05 | 1234ZZ
        2026-07-06 | -
        """)
    found = way(indicator(levels=BOTH), rows, area="onbekend", level=Areas.DISTRICT)
    assert fell(found) == {"elsewhere": 1}
    assert found.numerator == 2


def test_a_condition_of_the_denominator_or_else_of_the_numerator_says_what_is_counted() -> None:
    rows = table("""
        dag        | soort | goed
        2026-07-01 | a     | yes
        2026-07-01 | a     | no
        2026-07-01 | b     | yes
        """)
    below = Quantity(counts=Counts.EVENTS, where="soort = 'a'")
    share = way(indicator(**{**SHARE, "denominator": below}), rows)
    assert fell(share) == {"soort = 'a'": 1}
    assert (share.numerator, share.denominator) == (1, 2)
    count = way(indicator(numerator=SHARE["numerator"]), rows)
    assert fell(count) == {"goed": 1}
    assert (count.numerator, count.denominator) == (2, None)


def test_who_is_there_twice_counts_once_where_they_were_seen_last() -> None:
    rows = table("""
        dag        | wie | plaats
        2026-07-01 | a   | 9901AA
        2026-08-01 | a   | 9902AA
        2026-08-02 | b   | 9902AA
        2026-08-03 | -   | 9902AA
        """)
    one = indicator(numerator=PERSONS, levels=BOTH)
    found = way(one, rows, area="WK990102", level=Areas.DISTRICT)
    assert adds_up(found)
    assert fell(found) == {"nobody": 1, "again": 1}
    assert found.numerator == 2
    other = way(one, rows, area="WK990101", level=Areas.DISTRICT)
    assert fell(other)["elsewhere"] == 2


def test_a_term_that_is_not_over_is_told_apart_from_a_later_period() -> None:
    rows = table("""
        vraag      | klaar
        2026-07-01 | 2026-07-20
        2026-08-25 | -
        2026-06-01 | -
        """)
    one = indicator(
        **{**SHARE, "numerator": Quantity(counts=Counts.EVENTS, where="in_time")},
        term=Term(start="vraag", end="klaar", days=42),
        date="due",
    )
    found = way(one, rows)
    assert fell(found) == {"not_due": 1}
    assert (found.numerator, found.denominator) == (1, 2)


def test_a_wait_counts_who_still_waits_and_leaves_out_who_never_began() -> None:
    rows = table("""
        dag        | vraag      | klaar
        2026-07-01 | 2026-07-01 | 2026-07-20
        2026-07-01 | 2026-07-01 | -
        2026-07-01 | -          | -
        """)
    one = indicator(way=Way.WAIT, term=Term(start="vraag", end="klaar", days=42))
    found = way(one, rows)
    assert fell(found) == {"blank": 1}
    assert (found.numerator, found.denominator) == (1, 2)


def test_an_amount_is_divided_over_the_parts_of_its_place_and_that_is_told() -> None:
    rows = table("""
        dag        | plaats | aantal
        2026-07-01 | 9901AB | 10
        2026-07-01 | 9901AA | 2
        2026-07-01 | 9901AA | -
        """)
    amount = Quantity(counts=Counts.EVENTS, sum_of="aantal")
    one = indicator(numerator=amount, levels={Areas.NEIGHBOURHOOD: Grain.QUARTER})
    found = way(one, rows, area="BU99010101", level=Areas.NEIGHBOURHOOD)
    assert fell(found) == {"blank": 1}
    assert (found.left, found.divided, found.numerator) == (2, 1, 6)


def test_of_a_partner_and_a_class_only_its_own_rows_count() -> None:
    rows = table("""
        dag        | _partner | soort
        2026-07-01 | welzijn  | a
        2026-07-01 | welzijn  | b
        2026-07-01 | bieb     | a
        """)
    every = {**BOTH, Areas.PARTNER: Grain.QUARTER}
    one = indicator(way=Way.DISTRIBUTION, breakdown="soort", levels=every)
    found = way(one, rows, level=Areas.PARTNER, partner="welzijn", part="a")
    assert fell(found) == {"partner": 1, "part": 1}
    assert found.numerator == 1


def test_each_delivery_tells_how_many_of_its_rows_count() -> None:
    rows = table("""
        dag        | _delivery
        2026-07-01 | 1
        2026-07-02 | 2
        2026-07-03 | 2
        2026-03-03 | 3
        """)
    assert way(indicator(), rows).deliveries == {1: 1, 2: 2}


CONVERSIONS = table("""
    van_code   | van_jaar | naar_code  | naar_jaar | gewicht
    BU99010101 | 2025     | BU99010101 | 2026      | 0.75
    BU99010101 | 2025     | BU99010102 | 2026      | 0.25
    """)


@pytest.mark.parametrize("amount", [None, "aantal"])
def test_what_lies_in_an_area_of_an_earlier_year_counts_for_its_part(amount: str | None) -> None:
    rows = table("""
        dag        | plaats     | aantal
        2025-07-01 | BU99010101 | 8
        2025-07-02 | BU99010102 | 4
        2025-07-03 | 9901AA     | 1
        """).with_columns(_partner=pl.lit("bieb"))
    levels = {Areas.NEIGHBOURHOOD: Grain.QUARTER}
    one = indicator(numerator=Quantity(counts=Counts.EVENTS, sum_of=amount), levels=levels)
    known = hierarchy(DIVISION, POSTCODES, CONVERSIONS, municipality="GM9901", year=2026)
    figures = observe(
        agreement(indicators={"I01": one}),
        {"meldingen": rows},
        known,
        quarters=("2025K3",),
        known_at=KNOWN_AT,
        deliveries=deliveries(("bieb", "meldingen", "2025K3", True)),
    )
    (reading,) = readings_of("I01", one)
    for area, expected in figures.select("area", "numerator").iter_rows():
        question = Asked(reading, parse("2025K3"), Areas.NEIGHBOURHOOD, area)
        found = trail(rows.lazy(), question, reference=REFERENCE, hierarchy=known)
        assert found.numerator == expected
        assert adds_up(found)
        assert found.divided == (area in ("BU99010101", "BU99010102"))


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "dag": st.sampled_from([None, date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 30)]),
            "plaats": st.sampled_from([None, "9901AA", "9901AB", "9902AA", "WK990102", "1234ZZ"]),
            "wie": st.sampled_from([None, "a", "b", "c"]),
            "goed": st.sampled_from([None, True, False]),
            "aantal": st.sampled_from([None, 0, 1, 7]),
            "soort": st.sampled_from(["x", "y"]),
        }
    ),
    max_size=12,
)
TYPES = {
    **{"dag": pl.Date(), "plaats": pl.String(), "wie": pl.String()},
    **{"goed": pl.Boolean(), "aantal": pl.Int64(), "soort": pl.String()},
}
AMOUNT = Quantity(counts=Counts.EVENTS, sum_of="aantal")
KINDS = {
    "count": indicator(levels=BOTH, filters=("goed is not null",)),
    "amount": indicator(numerator=AMOUNT, levels=BOTH),
    "share": indicator(**SHARE, levels=BOTH),
    "share of persons": indicator(
        way=Way.SHARE,
        numerator=Quantity(counts=Counts.PERSONS, distinct="wie", where="goed"),
        denominator=Quantity(counts=Counts.PERSONS, distinct="wie", where="aantal > 0"),
        levels=BOTH,
        variants={"anders": Variant(name="Anders", numerator=PERSONS, filters=("soort = 'x'",))},
    ),
    "mean": indicator(way=Way.MEAN, numerator=AMOUNT, levels=BOTH),
    "distribution of persons": indicator(
        way=Way.DISTRIBUTION, numerator=PERSONS, breakdown="soort", levels=BOTH
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8, deadline=None)
@given(drawn=ROWS)
def test_the_way_ends_in_the_figure_whatever_the_rows(kind: str, drawn: list[Any]) -> None:
    one, rows = KINDS[kind], pl.DataFrame(drawn, schema=TYPES).with_columns(_partner=pl.lit("bieb"))
    came = deliveries(("bieb", "meldingen", "2026K3", True))
    figures = observe(
        agreement(indicators={"I01": one}),
        {"meldingen": rows},
        areas(),
        quarters=("2026K3",),
        known_at=KNOWN_AT,
        deliveries=came,
    )
    for row in figures.iter_rows(named=True):
        variant = row["breakdown"] if row["breakdown"] in one.variants else ""
        level = Areas.MUNICIPALITY if row["area"] == "GM9901" else Areas.DISTRICT
        part = "" if variant else row["breakdown"]
        found = way(one, rows, area=row["area"], level=level, variant=variant, part=part)
        assert adds_up(found)
        if row["numerator"] is not None:
            assert found.numerator == pytest.approx(row["numerator"])
        if row["denominator"] is not None:
            assert found.denominator == pytest.approx(row["denominator"])


def test_a_step_after_persons_were_made_one_counts_persons() -> None:
    order = list(Reason)
    rows = table("dag | wie\n2026-07-01 | a\n2026-07-02 | a")
    found = way(indicator(numerator=PERSONS), rows)
    tried = [order.index(step.reason) for step in found.steps]
    assert tried == sorted(tried)
    assert found.left == 1
