"""What is observed beside what the internal edition tells of it, rule by rule."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tiny_agreement import EVENTS, agreement, indicator, table

from sources.agreement.model import (
    Areas,
    Counts,
    Dimension,
    Grain,
    Indicator,
    Quantity,
    Way,
)
from transforms.disclosure.internal import Confidential, confidential
from transforms.disclosure.internal.cells import MEMORY, ROUNDED
from transforms.disclosure.internal.money import LARGEST, SECOND, dominated
from transforms.measures import measure
from transforms.observations import PUBLISHED, conform

PERSONS = Quantity(counts=Counts.PERSONS)
ANSWERS = Quantity(counts=Counts.ANSWERS)
INHABITANTS = Quantity(counts=Counts.PUBLIC, delivery="kerncijfers")
LEVELS = {Areas.MUNICIPALITY: Grain.QUARTER, Areas.DISTRICT: Grain.QUARTER}
PARENTS = {"GM9901": "", "onbekend": "GM9901"} | {f"WK99010{n}": "GM9901" for n in range(1, 7)}
NOTHING = pl.DataFrame(schema=ROUNDED)
NO_EARLIER = pl.DataFrame(schema=MEMORY)


def observed(one: Indicator, drawn: str) -> pl.DataFrame:
    """Return drawn observations of one indicator; without areas each row has a wijk of its own."""
    rows = table(drawn)
    names = pl.format("WK99010{}", pl.int_range(1, pl.len() + 1))
    defaults = {
        "indicator": pl.lit("I01"),
        "version": pl.lit(1),
        "period": pl.lit("2026K3"),
        "partner": pl.lit(""),
        "breakdown": pl.lit(""),
        "availability": pl.lit("observed"),
        "area": names,
    }
    missing = [value.alias(name) for name, value in defaults.items() if name not in rows.columns]
    filled = rows.with_columns(*missing).with_columns(pl.col("partner", "breakdown").fill_null(""))
    if "value" in rows.columns:
        return conform(filled)
    return conform(measure(one.way).figure(filled, one))


def told(
    one: Indicator,
    drawn: str,
    *,
    rounded: pl.DataFrame = NOTHING,
    earlier: pl.DataFrame = NO_EARLIER,
) -> Confidential:
    known = agreement(indicators={"I01": one})
    rows = observed(one, drawn)
    return confidential(rows, known, "2026K3", parents=PARENTS, rounded=rounded, earlier=earlier)


def check(found: Confidential, drawn: str) -> None:
    expected = table(drawn)
    types = pl.Schema({name: PUBLISHED[name] for name in expected.columns})
    figures = found.figures.select(expected.columns)
    assert_frame_equal(figures, expected.cast(types), abs_tol=1e-9)


def test_counts_are_exact_from_three_and_zero_is_as_small_as_two() -> None:
    counts = """
        numerator
        0
        2
        3
        7
        1238
        """
    check(
        told(indicator(levels=LEVELS), counts),
        """
        numerator | value | shown                       | status
        -         | -     | minder dan 3 of afgeschermd | protected
        -         | -     | minder dan 3 of afgeschermd | protected
        3         | 3     | 3                           | published
        7         | 7     | 7                           | published
        1238      | 1238  | 1.238                       | published
        """,
    )


def test_a_share_of_few_is_told_in_people_and_from_twenty_in_percents() -> None:
    shares = """
        numerator | denominator
        7         | 10
        12        | 19
        12        | 20
        2         | 30
        28        | 30
        """
    # Wilson for 12 of 20: 38.66 to 78.12; the last one leaves two people over.
    check(
        told(
            indicator(way=Way.SHARE, numerator=PERSONS, denominator=PERSONS, levels=LEVELS), shares
        ),
        """
        numerator | denominator | value | lower | upper | shown        | status
        7         | 10          | -     | -     | -     | 7 van de 10  | published
        12        | 19          | -     | -     | -     | 12 van de 19 | published
        12        | 20          | 0.6   | 0.38  | 0.79  | 60 %         | published
        -         | -           | -     | -     | -     | afgeschermd  | protected
        -         | -           | -     | -     | -     | afgeschermd  | protected
        """,
    )


def test_a_survey_needs_ten_answers() -> None:
    answers = """
        numerator | denominator
        5         | 9
        5         | 10
        30        | 40
        """
    check(
        told(
            indicator(way=Way.SHARE, numerator=ANSWERS, denominator=ANSWERS, levels=LEVELS), answers
        ),
        """
        numerator | denominator | value | shown       | status
        -         | -           | -     | afgeschermd | protected
        5         | 10          | -     | 5 van de 10 | published
        30        | 40          | 0.75  | 75 %        | published
        """,
    )


def test_a_rate_has_one_decimal_also_in_a_small_area() -> None:
    rates = """
        numerator | denominator
        2         | 900
        11        | 870
        5         | 0
        898       | 900
        """
    one = indicator(
        way=Way.RATE, numerator=PERSONS, denominator=INHABITANTS, multiplier=1000, levels=LEVELS
    )
    # Byar for 11: 5.48 to 19.68; of the last area all but two people are counted.
    check(
        told(one, rates),
        """
        numerator | denominator | value | lower | upper | shown       | status
        -         | -           | -     | -     | -     | afgeschermd | protected
        11        | 870         | 12.6  | 6.3   | 22.7  | 12,6        | published
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | -           | -     | -     | -     | afgeschermd | protected
        """,
    )


def test_events_may_be_nearly_as_many_as_there_are_inhabitants() -> None:
    one = indicator(
        way=Way.RATE, numerator=EVENTS, denominator=INHABITANTS, multiplier=1000, levels=LEVELS
    )
    drawn = "numerator | denominator\n898 | 900"
    check(told(one, drawn), "value | shown | status\n997.8 | 997,8 | published")


def test_a_mean_needs_ten_and_never_shows_its_sum() -> None:
    means = """
        numerator | denominator | value | lower | upper
        61        | 9           | 6.777 | 5.2   | 8.3
        75        | 10          | 7.5   | 6.22  | 8.78
        """
    one = indicator(
        way=Way.MEAN, numerator=Quantity(counts=Counts.ANSWERS, sum_of="cijfer"), levels=LEVELS
    )
    check(
        told(one, means),
        """
        numerator | denominator | value | lower | upper | shown       | status
        -         | -           | -     | -     | -     | afgeschermd | protected
        -         | 10          | 7.5   | 6.2   | 8.8   | 7,5         | published
        """,
    )


ADDING = indicator(levels=LEVELS, additive_over=[Dimension.AREA])
CITY = """
    area     | numerator
    GM9901   | 76
    WK990101 | 40
    WK990102 | 2
    WK990103 | 9
    WK990104 | 25
    onbekend | 0
    """


def test_what_would_give_a_small_count_back_is_held_back_with_it_and_looks_the_same() -> None:
    """The rest area is 0 and a wijk is 2: the two hide each other, and the 2 may be 0."""
    found = told(ADDING, CITY.replace("onbekend | 0", "onbekend | 7").replace("76", "83"))
    check(
        found,
        """
        area_code | value | shown                       | status
        GM9901    | 83    | 83                          | published
        WK990101  | 40    | 40                          | published
        WK990102  | -     | minder dan 3 of afgeschermd | protected
        WK990103  | 9     | 9                           | published
        WK990104  | 25    | 25                          | published
        onbekend  | -     | minder dan 3 of afgeschermd | protected
        """,
    )


def hidden(found: Confidential) -> set[str]:
    return set(found.cells.filter("hidden")["area"])


def test_two_small_counts_hide_each_other_where_each_may_still_be_anything_small() -> None:
    assert hidden(told(ADDING, CITY)) == {"WK990102", "onbekend"}
    # 0 and 0: both would be known to be 0.
    zeros = CITY.replace("WK990102 | 2", "WK990102 | 0").replace("76", "74")
    assert hidden(told(ADDING, zeros)) == {"WK990102", "onbekend", "WK990103"}


def test_what_the_public_edition_tells_is_no_hiding_place() -> None:
    """A wijk of 9 that is 5 in public is at most 9: nothing that is 2 can be 0 beside it."""
    drawn = CITY.replace("onbekend | 0", "onbekend | 30").replace("76", "106")
    assert hidden(told(ADDING, drawn)) == {"WK990102", "WK990103"}
    public = {"GM9901": 105, "WK990101": 40, "WK990102": 0, "WK990103": 5, "WK990104": 30}
    public["onbekend"] = 30
    places = {"count": "I01.numerator", "period": "2026K3", "partner": "", "breakdown": ""}
    rows = [{**places, "area": area, "rounded": value} for area, value in public.items()]
    rounded = pl.DataFrame(rows, schema=ROUNDED)
    assert hidden(told(ADDING, drawn, rounded=rounded)) == {"WK990102", "WK990104"}


def test_what_was_hidden_stays_hidden_also_when_nothing_asks_for_it_any_more() -> None:
    first = told(ADDING, CITY)
    grown = CITY.replace("onbekend | 0", "onbekend | 8").replace("76", "84")
    grown = grown.replace("WK990102 | 2", "WK990102 | 6").replace("84", "88")
    assert hidden(told(ADDING, grown)) == set()
    assert hidden(told(ADDING, grown, earlier=first.cells)) == {"WK990102", "onbekend"}


def test_what_was_told_before_is_no_hiding_place_while_it_is_the_same() -> None:
    drawn = CITY.replace("WK990102 | 2", "WK990102 | 6").replace("76", "80")
    assert hidden(told(ADDING, drawn)) == {"WK990102", "onbekend"}
    # All wijken were told; only the largest is another count by now.
    cells = told(ADDING, drawn).cells
    changed = pl.when(pl.col("area") == "WK990101").then(38).otherwise("exact").alias("exact")
    earlier = cells.with_columns(changed, hidden=pl.col("area") == "onbekend")
    assert hidden(told(ADDING, drawn, earlier=earlier)) == {"WK990101", "onbekend"}


def share_of(quantity: Quantity) -> Indicator:
    """Return a share of the same kind of counts, that adds up over areas."""
    return indicator(
        way=Way.SHARE,
        numerator=quantity,
        denominator=quantity,
        levels=LEVELS,
        additive_over=[Dimension.AREA],
    )


def test_a_figure_is_held_back_with_all_its_counts() -> None:
    """Of a share with a small numerator the denominator is not to be found either."""
    found = told(
        share_of(EVENTS),
        """
        area     | numerator | denominator
        GM9901   | 98        | 150
        WK990101 | 41        | 60
        WK990102 | 1         | 20
        WK990103 | 20        | 30
        WK990104 | 36        | 40
        """,
    )
    check(
        found,
        """
        area_code | numerator | denominator | status
        GM9901    | 98        | 150         | published
        WK990101  | 41        | 60          | published
        WK990102  | -         | -           | protected
        WK990103  | -         | -           | protected
        WK990104  | 36        | 40          | published
        """,
    )


def test_answers_of_too_few_are_not_found_from_those_of_the_others() -> None:
    answers = """
        area     | numerator | denominator
        GM9901   | 70        | 109
        WK990101 | 40        | 60
        WK990102 | 5         | 9
        WK990103 | 25        | 40
        """
    check(
        told(share_of(ANSWERS), answers),
        """
        area_code | numerator | denominator | status
        GM9901    | 70        | 109         | published
        WK990101  | 40        | 60          | published
        WK990102  | -         | -           | protected
        WK990103  | -         | -           | protected
        """,
    )


@pytest.mark.parametrize(
    ("total", "largest", "second", "held"),
    [
        (1000, 400, 300, False),
        (1000, 600, 310, True),  # two make up 91 %
        (1000, 900, 50, True),
        (1000, 500, 400, False),  # 90 %, and 100 left over: twice a tenth of 500
        (1000, 890, 5, False),  # 105 left over: more than a tenth of 890
        (1000, 960, None, True),
        (0, 0, 0, False),
    ],
)
def test_a_sum_of_money_is_held_back_where_two_persons_make_up_nearly_all_of_it(
    total: float, largest: float, second: float | None, held: bool
) -> None:
    sums = pl.DataFrame(
        {"period": "2026K3", "numerator": total, LARGEST: largest, SECOND: second},
        schema_overrides={SECOND: pl.Float64},
    )
    assert sums.select(dominated()).item() is held


def test_the_other_sums_of_its_period_go_with_it() -> None:
    sums = pl.DataFrame(
        {
            "period": ["2026K2", "2026K3", "2026K3"],
            "numerator": [1000.0, 1000.0, 1000.0],
            LARGEST: [400.0, 400.0, 999.0],
            SECOND: [300.0, 300.0, 1.0],
        }
    )
    assert sums.select(dominated()).to_series().to_list() == [False, True, True]


def test_money_of_persons_stays_closed_as_long_as_no_measure_tells_who_brought_in_most() -> None:
    debts = Quantity(counts=Counts.MONEY, sum_of="schuld", distinct="persoon")
    check(told(indicator(numerator=debts), "numerator\n5000"), "value | status\n- | protected")
    contract = Quantity(counts=Counts.MONEY, sum_of="bedrag")
    check(
        told(indicator(numerator=contract), "numerator\n5000"), "value | status\n5000 | published"
    )


@pytest.mark.parametrize("availability", ["not_delivered", "in_development"])
def test_what_did_not_come_is_not_held_back(availability: str) -> None:
    found = told(indicator(), f"area | numerator | availability\nGM9901 | - | {availability}")
    assert found.figures["status"].to_list() == [availability]


def test_the_order_of_the_observations_makes_no_difference() -> None:
    known = agreement(indicators={"I01": ADDING})
    rows = observed(ADDING, CITY)
    links = {"parents": PARENTS, "rounded": NOTHING, "earlier": NO_EARLIER}
    one = confidential(rows, known, "2026K3", **links)  # type: ignore[arg-type]
    other = confidential(rows.reverse(), known, "2026K3", **links)  # type: ignore[arg-type]
    assert_frame_equal(one.figures, other.figures)
    assert_frame_equal(one.cells, other.cells)
