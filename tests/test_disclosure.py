"""What is observed beside what is published of it, rule by rule."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tiny_agreement import EVENTS, agreement, indicator, table

from sources.agreement.model import Counts, Dimension, Indicator, Quantity, Variant, Way
from transforms.disclosure import publish
from transforms.disclosure.rounding import rounded, share_limits
from transforms.disclosure.shown import euros, number, percent
from transforms.intervals import wilson
from transforms.measures import measure
from transforms.observations import PUBLISHED, conform

PERSONS = Quantity(counts=Counts.PERSONS)
ANSWERS = Quantity(counts=Counts.ANSWERS)
INHABITANTS = Quantity(counts=Counts.PUBLIC, delivery="kerncijfers")


def published(one: Indicator, observed: pl.DataFrame) -> pl.DataFrame:
    """Publish figures of one indicator; areas are numbered in the order of the rows."""
    rows = observed.with_columns(
        pl.lit("I01").alias("indicator"),
        pl.lit(one.version).alias("version"),
        pl.lit("2026K3").alias("period"),
        pl.lit("").alias("partner"),
        pl.format("WK9901{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(2)).alias("area"),
    )
    for name, default in {"breakdown": "", "availability": "observed"}.items():
        if name not in rows.columns:
            rows = rows.with_columns(pl.lit(default).alias(name))
    if "value" not in rows.columns:
        rows = measure(one.way).figure(rows, one)
    known = agreement(indicators={"I01": one})
    return publish(conform(rows), known, "2026K3-1", parents={}).figures


def check(found: pl.DataFrame, drawn: str) -> None:
    expected = table(drawn)
    types = pl.Schema({name: PUBLISHED[name] for name in expected.columns})
    assert_frame_equal(found.select(expected.columns), expected.cast(types), abs_tol=1e-9)


def test_counts_are_rounded_to_five_and_a_rounded_count_under_ten_is_not_told() -> None:
    observed = table("""
        numerator
        0
        7
        8
        12
        13
        1238
        """)
    check(
        published(indicator(), observed),
        """
        numerator | value | denominator | shown         | status
        -         | -     | -           | minder dan 10 | protected
        -         | -     | -           | minder dan 10 | protected
        10        | 10    | -           | 10            | published
        10        | 10    | -           | 10            | published
        15        | 15    | -           | 15            | published
        1240      | 1240  | -           | 1.240         | published
        """,
    )


def test_a_share_needs_fifty_people_and_ten_on_either_side() -> None:
    observed = table("""
        numerator | denominator
        46        | 57
        42        | 120
        7         | 120
        113       | 120
        52        | 58
        53        | 62
        20        | 47
        20        | 48
        50        | 50
        0         | 0
        """)
    # 45 of 55 can be 41 of 59 (from 56.8 %) or 49 of 51 (to 98.9 %).
    # 52 of 58: as shown, ten others; 53 of 62: a reader would see 60 - 55.
    check(
        published(indicator(way=Way.SHARE, numerator=PERSONS, denominator=PERSONS), observed),
        """
        numerator | denominator | value | lower | upper | shown       | status
        45        | 55          | 0.82  | 0.56  | 0.99  | 82 %        | published
        40        | 120         | 0.33  | 0.21  | 0.48  | 33 %        | published
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | -           | -     | -     | -     | afgeschermd | protected
        50        | 60          | 0.83  | 0.59  | 1.0   | 83 %        | published
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | -           | -     | -     | -     | afgeschermd | protected
        20        | 50          | 0.4   | 0.19  | 0.66  | 40 %        | published
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | -           | -     | -     | -     | afgeschermd | protected
        """,
    )


def test_a_survey_needs_thirty_answers_and_is_told_in_steps_of_five_points() -> None:
    observed = table("""
        numerator | denominator
        22        | 27
        23        | 29
        23        | 30
        39        | 40
        40        | 41
        1         | 60
        """)
    # 29 answers look like 30. Both are told as 25 of 30, which can be 21 of 34 (from 45.04 %).
    check(
        published(indicator(way=Way.SHARE, numerator=ANSWERS, denominator=ANSWERS), observed),
        """
        numerator | denominator | value | lower | upper | shown       | status
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | 30          | 0.85  | 0.45  | 1.0   | 85 %        | published
        -         | 30          | 0.85  | 0.45  | 1.0   | 85 %        | published
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | -           | -     | -     | -     | afgeschermd | protected
        """,
    )


def test_a_rate_is_whole_in_a_small_area_and_has_a_decimal_in_a_large_one() -> None:
    observed = table("""
        numerator | denominator
        123       | 9999
        123       | 10000
        1234      | 60000
        4         | 5000
        16        | 24
        16        | 0
        16        | -
        """)
    rate = indicator(way=Way.RATE, numerator=PERSONS, denominator=INHABITANTS, multiplier=1000)
    # 16 of 24 inhabitants: the eight others could be known to each other. Where nobody lives there
    # is nothing to show, and where the inhabitants are not known there is no figure at all.
    check(
        published(rate, observed),
        """
        numerator | denominator | value | lower | upper | shown       | status
        125       | 9999        | 13    | 10    | 16    | 13          | published
        125       | 10000       | 12.5  | 10.0  | 15.4  | 12,5        | published
        1235      | 60000       | 20.6  | 19.3  | 21.9  | 20,6        | published
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | -           | -     | -     | -     | afgeschermd | protected
        """,
    )


def test_a_mean_needs_fifty_and_keeps_its_sum_to_itself() -> None:
    observed = table("""
        numerator | denominator | squares
        329       | 47          | 2400
        372       | 50          | 2900
        """)
    mean = indicator(way=Way.MEAN, numerator=Quantity(counts=Counts.ANSWERS, sum_of="cijfer"))
    # 372/50 = 7.44; s = 1.640; 2.0096 x 1.640/7.071 = 0.47, and half a step, is within 0.6.
    check(
        published(mean, observed),
        """
        numerator | denominator | value | lower | upper | shown       | status
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | 50          | 7.4   | 6.8   | 8.0   | 7,4         | published
        """,
    )


def test_money_of_persons_is_closed_for_no_rule_bounds_what_one_of_them_brought_in() -> None:
    debts = indicator(numerator=Quantity(counts=Counts.MONEY, sum_of="schuld", distinct="persoon"))
    check(
        published(debts, table("numerator\n1462000.0")),
        """
        value | status
        -     | protected
        """,
    )


def test_money_of_a_contract_passes_and_so_does_what_was_protected_at_its_source() -> None:
    money = indicator(numerator=Quantity(counts=Counts.MONEY, sum_of="besteed"))
    check(
        published(money, table("numerator\n1462000.0")),
        """
        numerator | value     | shown       | status    | source
        1462000   | 1462000.0 | € 1.462.000 | published | own
        """,
    )
    given_rows = table("""
        numerator
        0.083
        -
        """)
    share = indicator(
        way=Way.GIVEN,
        unit="%",
        protected_at_source=True,
    )
    check(
        published(share, given_rows),
        """
        value | shown             | status    | source
        0.083 | 8 %               | published | protected_at_source
        -     | niet gepubliceerd | protected | protected_at_source
        """,
    )
    estimate = share.model_copy(update={"estimate": True, "unit": "per 1.000"})
    assert published(estimate, table("numerator\n83.4"))["shown"].to_list() == ["83,4"]
    assert published(estimate, table("numerator\n83.4"))["source"].to_list() == ["estimate"]


def test_a_given_figure_that_no_source_protected_stays_closed() -> None:
    found = published(indicator(way=Way.GIVEN), table("numerator\n83.4"))
    assert found.select("value", "status").rows() == [(None, "protected")]


def test_what_did_not_come_or_is_not_ready_says_so() -> None:
    observed = table("""
        numerator | availability
        -         | not_delivered
        -         | in_development
        """)
    check(
        published(indicator(), observed),
        """
        numerator | value | shown          | status
        -         | -     | niet geleverd  | not_delivered
        -         | -     | in ontwikkeling | in_development
        """,
    )


def test_a_figure_says_what_it_counts_and_over_what_it_adds_up() -> None:
    one = indicator(
        way=Way.SHARE,
        numerator=PERSONS,
        denominator=PERSONS,
        additive_over=(Dimension.AREA, Dimension.BREAKDOWN),
        variants={"bruto": Variant(name="Bruto", numerator=EVENTS, denominator=EVENTS)},
    )
    observed = table("""
        numerator | denominator | breakdown
        30        | 60          | bruto
        30        | 60          | geld
        """)
    check(
        published(one, observed),
        """
        breakdown | numerator_counts | denominator_counts | unit      | additive       | edition
        bruto     | events           | events             | meldingen | area breakdown | 2026K3-1
        geld      | persons          | persons            | meldingen | area breakdown | 2026K3-1
        """,
    )


def test_an_agreement_can_ask_more_than_the_rules_and_not_less() -> None:
    strict = indicator(way=Way.SHARE, numerator=ANSWERS, denominator=ANSWERS, min_denominator=100)
    lax = indicator(way=Way.SHARE, numerator=ANSWERS, denominator=ANSWERS, min_denominator=5)
    observed = table("numerator | denominator\n20 | 97\n5 | 25")
    assert published(strict, observed)["status"].to_list() == ["protected", "protected"]
    assert published(lax, observed)["status"].to_list() == ["published", "protected"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (number(1240), "1.240"),
        (number(12.3, 1), "12,3"),
        (number(1234567.25, 2), "1.234.567,25"),
        (number(0.5), "1"),
        (number(-0.4), "0"),
        (number(-2), "-2"),
        (percent(0.845), "85 %"),
        (percent(0.29), "29 %"),
        (euros(1462000), "€ 1.462.000"),
    ],
)
def test_numbers_are_written_the_dutch_way(written: str, expected: str) -> None:
    assert written == expected


KINDS: dict[str, Indicator] = {
    "count": indicator(),
    "share": indicator(way=Way.SHARE, numerator=PERSONS, denominator=PERSONS),
    "survey": indicator(way=Way.SHARE, numerator=ANSWERS, denominator=ANSWERS),
    "rate": indicator(way=Way.RATE, numerator=EVENTS, denominator=INHABITANTS, multiplier=1000),
}

counts = st.lists(
    st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=20,
    max_size=40,
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20, deadline=None)
@given(drawn=counts)
def test_whatever_is_counted_a_protected_row_holds_no_number(
    kind: str, drawn: list[tuple[int, int]]
) -> None:
    observed = pl.DataFrame(drawn, schema=["numerator", "denominator"], orient="row")
    exact = measure(KINDS[kind].way).figure(observed, KINDS[kind])
    found = published(KINDS[kind], observed)
    numbers = found.select("numerator", "denominator", "value", "lower", "upper")
    held_back = found["status"] == "protected"
    assert numbers.filter(held_back).null_count().row(0) == (held_back.sum(),) * 5
    shown = pl.concat(
        [found.select("lower", "upper"), exact.select(pl.col("value").alias("exact"))],
        how="horizontal",
    ).filter(~held_back)
    assert shown.filter(~pl.col("exact").is_between("lower", "upper")).is_empty()
    rounded_counts = (
        numbers["numerator"]
        if kind == "rate"
        else numbers.select("numerator", "denominator").unpivot()["value"]
    )
    assert (rounded_counts.drop_nulls() % 5 == 0).all()
    if kind != "survey":
        assert (numbers["numerator"].drop_nulls() >= 10).all()


@settings(max_examples=60, deadline=None)
@given(n=st.integers(50, 300), share=st.floats(0, 1))
def test_published_limits_are_those_of_every_count_that_rounds_to_what_is_shown(
    n: int, share: float
) -> None:
    x = round(n * share)
    shown_x, shown_n = (5 * ((count + 2) // 5) for count in (x, n))
    fitting = pl.DataFrame(
        [
            (one, other)
            for one in range(max(shown_x - 4, 0), shown_x + 5)
            for other in range(shown_n - 4, shown_n + 5)
            if one <= other
        ],
        schema=["x", "n"],
        orient="row",
    ).select(*wilson(pl.col("x"), pl.col("n")))
    told = pl.DataFrame({"x": [shown_x], "n": [shown_n]}).select(
        *share_limits(pl.col("x"), pl.col("n"), slack=4, steps=100)
    )
    lowest, highest = fitting["lower"].min(), fitting["upper"].max()
    assert 0 <= float(str(lowest)) - told["lower"][0] < 0.01 + 1e-9
    assert 0 <= told["upper"][0] - float(str(highest)) < 0.01 + 1e-9


def test_rounding_moves_a_count_by_two_at_most() -> None:
    every = pl.DataFrame({"n": range(1000)}).with_columns(rounded(pl.col("n"), 5).alias("r"))
    assert (every["r"] % 5 == 0).all()
    assert (every["n"] - every["r"]).abs().max() == 2


def test_a_converted_share_is_rounded_up_and_never_told_of_what_is_not_shown() -> None:
    """The exact share is that of two counts: of 20 and 0.3 of 1 it would tell the 1."""
    observed = table("""
        numerator | converted
        100       | 0.0
        100       | 0.0149
        100       | 0.15
        100       | 0.1500001
        100       | 1.0
        7         | 0.3
        """)
    check(
        published(indicator(), observed),
        """
        numerator | converted | status
        100       | 0.0       | published
        100       | 0.05      | published
        100       | 0.15      | published
        100       | 0.2       | published
        100       | 1.0       | published
        -         | -         | protected
        """,
    )
