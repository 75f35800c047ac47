"""Rows beside the figures that follow from them, each worked out by hand."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tiny_agreement import EVENTS, agreement, areas, deliveries, indicator, table

from sources.agreement.model import Areas, Counts, Grain, Indicator, Quantity, Term, Variant, Way
from transforms.indicators import observe
from transforms.observations import KEY, OBSERVATIONS

CAME = deliveries(("gemeente", "meldingen", "2026K3", True))


def figures(
    one: Indicator,
    rows: pl.DataFrame,
    *,
    quarters: tuple[str, ...] = ("2026K3",),
    came: pl.DataFrame = CAME,
    others: dict[str, pl.DataFrame] | None = None,
    **changes: Any,
) -> pl.DataFrame:
    if "_partner" not in rows.columns:
        rows = rows.with_columns(pl.lit("gemeente").alias("_partner"))
    return observe(
        agreement(indicators={"I01": one}, **changes),
        {"meldingen": rows} | (others or {}),
        areas(),
        quarters=quarters,
        known_at=date(2026, 10, 28),
        deliveries=came,
    )


def check(found: pl.DataFrame, drawn: str) -> None:
    """Compare the drawn columns, in the order of the figures' keys."""
    expected = table(drawn)
    expected = expected.cast({name: found.schema[name] for name in expected.columns})
    assert_frame_equal(
        found.select(expected.columns),
        expected.sort([c for c in KEY if c in expected.columns]),
        check_row_order=False,
        abs_tol=5e-4,
    )


def test_a_count_adds_up_from_buurt_to_wijk_to_gemeente_with_a_rest_for_what_has_no_place() -> None:
    rows = table("""
        dag        | plaats
        2026-07-01 | 9901AA
        2026-08-01 | 9901AB
        2026-09-30 | BU99010201
        2026-09-30 | WK990102
        2026-09-30 | 1234ZZ
        2026-09-30 | -
        2026-10-01 | 9901AA
        """)
    every = {level: Grain.QUARTER for level in Areas if level is not Areas.PARTNER}
    check(
        figures(indicator(levels=every), rows),
        """
        area              | numerator | value
        GM9901            | 6         | 6
        WK990101          | 2         | 2
        WK990102          | 2         | 2
        onbekend          | 2         | 2
        BU99010101        | 1         | 1
        BU99010102        | 1         | 1
        BU99010201        | 1         | 1
        onbekend_WK990101 | 0         | 0
        onbekend_WK990102 | 1         | 1
        """,
    )


ON_TIME = indicator(
    way=Way.SHARE,
    numerator=Quantity(counts=Counts.EVENTS, where="in_time"),
    denominator=EVENTS,
    term=Term(
        start="dag",
        end="klaar",
        days=42,
        suspension="uitstel",
        suspension_agreed="akkoord",
        extended_until="verlengd",
    ),
    date="due",
    filters=("uitkomst <> 'ingetrokken'",),
    variants={
        "bruto": Variant(
            name="Zonder uitstel",
            numerator=Quantity(counts=Counts.EVENTS, where="in_time"),
            term=Term(start="dag", end="klaar", days=42),
        )
    },
)


def test_who_waits_past_the_term_is_not_in_time_and_suspension_counts_only_when_agreed() -> None:
    rows = table("""
        plaats | dag        | klaar      | uitstel | akkoord | verlengd   | uitkomst
        9901AA | 2026-07-01 | 2026-08-12 | 0       | no      | -          | open
        9901AA | 2026-07-01 | 2026-08-13 | 0       | no      | -          | open
        9901AA | 2026-07-01 | 2026-08-20 | 10      | yes     | -          | open
        9901AA | 2026-07-01 | 2026-08-20 | 10      | no      | -          | open
        9901AA | 2026-07-01 | 2026-08-20 | 10      | -       | -          | open
        9901AA | 2026-07-01 | 2026-09-01 | 0       | no      | 2026-09-05 | open
        9901AA | 2026-07-01 | -          | 0       | no      | -          | open
        9901AA | 2026-09-01 | -          | 0       | no      | -          | open
        9901AA | 2026-07-01 | 2026-07-02 | 0       | no      | -          | ingetrokken
        9901AA | 2026-07-01 | 2026-07-02 | 0       | no      | -          | -
        """)
    # In time: the 1st, 3rd and 6th; the 7th still waits and is late; the 8th is due on 13 October;
    # the last two are filtered out, the null because SQL's answer to it is "unknown".
    check(
        figures(ON_TIME, rows),
        """
        breakdown | numerator | denominator | value  | lower  | upper
        bruto     | 1         | 7           | 0.1429 | 0.0257 | 0.5131
                  | 3         | 7           | 0.4286 | 0.1582 | 0.7495
        """,
    )


def test_what_was_not_delivered_is_never_a_zero_and_a_quarter_without_events_is() -> None:
    rows = table("""
        dag        | plaats
        2026-07-01 | 9901AA
        """)
    came = deliveries(
        ("gemeente", "meldingen", "2026K1", True),
        ("gemeente", "meldingen", "2026K2", False),
        ("gemeente", "meldingen", "2026K3", True),
        ("welzijn", "meldingen", "2026K3", False),
    )
    check(
        figures(indicator(), rows, came=came, quarters=("2025K4", "2026K1", "2026K2", "2026K3")),
        """
        period | value | coverage | availability  | period_status
        2026K1 | 0     | 1.0      | observed      | definitief
        2026K2 | -     | 0.0      | not_delivered | nader voorlopig
        2026K3 | 1     | 0.5      | observed      | voorlopig
        """,
    )


def test_a_delivery_that_is_not_there_at_all_gives_rows_without_numbers() -> None:
    found = observe(
        agreement(indicators={"I01": ON_TIME}),
        {},
        areas(),
        quarters=["2026K3"],
        known_at=date(2026, 10, 28),
        deliveries=CAME.clear(),
    )
    assert found.select("breakdown", "value", "availability").rows() == [
        ("", None, "not_delivered"),
        ("bruto", None, "not_delivered"),
    ]


def test_a_person_counts_once_per_period_at_the_last_place() -> None:
    rows = table("""
        wie | dag        | plaats
        an  | 2026-01-10 | 9901AA
        an  | 2026-08-01 | 9901AA
        an  | 2026-09-01 | 9902AA
        an  | 2026-09-02 | 9902AA
        bob | 2026-08-01 | 9901AA
        -   | 2026-08-01 | 9901AA
        """)
    persons = indicator(
        numerator=Quantity(counts=Counts.PERSONS, distinct="wie"),
        levels={Areas.MUNICIPALITY: Grain.QUARTER, Areas.DISTRICT: Grain.FOUR_QUARTERS},
    )
    quarters = ("2025K4", "2026K1", "2026K2", "2026K3")
    came = deliveries(*(("gemeente", "meldingen", quarter, True) for quarter in quarters))
    check(
        figures(persons, rows, came=came, quarters=quarters),
        """
        period        | area     | value
        2025K4        | GM9901   | 0
        2026K1        | GM9901   | 1
        2026K2        | GM9901   | 0
        2026K3        | GM9901   | 2
        2025K4/2026K3 | WK990101 | 1
        2025K4/2026K3 | WK990102 | 1
        2025K4/2026K3 | onbekend | 0
        """,
    )


def test_a_share_of_persons_counts_them_once_above_and_below() -> None:
    rows = table("""
        wie | dag        | plaats | tevreden
        an  | 2026-07-01 | 9901AA | no
        an  | 2026-08-01 | 9902AA | yes
        bob | 2026-08-01 | 9902AA | no
        cor | 2026-08-01 | 9901AA | -
        """)
    share = indicator(
        way=Way.SHARE,
        numerator=Quantity(counts=Counts.PERSONS, distinct="wie", where="tevreden"),
        denominator=Quantity(counts=Counts.PERSONS, distinct="wie"),
        levels={Areas.DISTRICT: Grain.QUARTER},
    )
    check(
        figures(share, rows),
        """
        area     | numerator | denominator | value
        WK990101 | 0         | 1           | 0.0
        WK990102 | 1         | 2           | 0.5
        onbekend | 0         | 0           | -
        """,
    )


INHABITANTS = table("""
    jaar | code     | inwoners
    2024 | GM9901   | 1000
    2025 | GM9901   | 2000
    2027 | GM9901   | 9000
    2025 | WK990101 | 500
    2025 | WK990102 | -
    """)

PER_THOUSAND = indicator(
    way=Way.RATE,
    numerator=Quantity(counts=Counts.EVENTS, sum_of="bezoekers"),
    denominator=Quantity(counts=Counts.PUBLIC, delivery="kerncijfers", sum_of="inwoners"),
    multiplier=1000,
    levels={Areas.MUNICIPALITY: Grain.QUARTER, Areas.DISTRICT: Grain.QUARTER},
)


def test_a_rate_is_per_inhabitant_of_the_latest_year_that_is_not_after_the_period() -> None:
    rows = table("""
        dag        | plaats   | bezoekers
        2026-07-01 | 9901AA   | 12
        2026-07-01 | 9902AA   | 3
        2026-07-01 | GM9901   | 5
        """)
    # Limits by Byar, for 20 and 12 events.
    check(
        figures(PER_THOUSAND, rows, others={"kerncijfers": INHABITANTS}),
        """
        area     | numerator | denominator | value | lower   | upper   | availability
        GM9901   | 20        | 2000        | 10.0  | 6.1054  | 15.4449 | observed
        WK990101 | 12        | 500         | 24.0  | 12.3870 | 41.9257 | observed
        WK990102 | -         | -           | -     | -       | -       | not_delivered
        onbekend | 5         | -           | -     | -       | -       | observed
        """,
    )


def test_an_amount_that_every_row_leaves_empty_was_not_delivered() -> None:
    rows = table("""
        dag        | plaats | bezoekers
        2026-07-01 | 9901AA | -
        2026-07-01 | 9902AA | 3
        2026-07-01 | 9902AA | -
        """)
    one = indicator(
        numerator=Quantity(counts=Counts.EVENTS, sum_of="bezoekers"),
        levels={Areas.DISTRICT: Grain.QUARTER},
    )
    check(
        figures(one, rows),
        """
        area     | value | availability
        WK990101 | -     | not_delivered
        WK990102 | 3     | observed
        onbekend | 0     | observed
        """,
    )


def test_a_mean_leaves_out_whoever_gave_no_answer() -> None:
    rows = table("""
        dag        | plaats | cijfer
        2026-07-01 | 9901AA | 6.5
        2026-07-01 | 9901AA | 7.0
        2026-07-01 | 9901AA | 9.0
        2026-07-01 | 9901AA | -
        """)
    one = indicator(way=Way.MEAN, numerator=Quantity(counts=Counts.ANSWERS, sum_of="cijfer"))
    # Mean 7.5, s = 1.3229, t(0.975; 2) = 4.3027.
    check(
        figures(one, rows),
        """
        numerator | denominator | value | lower  | upper
        22.5      | 3           | 7.5   | 4.2138 | 10.7862
        """,
    )


def test_a_figure_protected_at_its_source_is_taken_as_it_is_and_never_added_up() -> None:
    rows = table("""
        jaar | plaats   | aandeel
        2018 | GM9901   | 0.0834
        2019 | GM9901   | 0.0912
        2019 | WK990101 | -
        """).with_columns(pl.lit("2019").alias("_period"))
    one = indicator(
        way=Way.GIVEN,
        numerator=Quantity(counts=Counts.PERSONS, sum_of="aandeel"),
        multiplier=1000,
        protected_at_source=True,
        date=None,
        period_column="jaar",
        levels={Areas.MUNICIPALITY: Grain.YEAR, Areas.DISTRICT: Grain.YEAR},
    )
    check(
        figures(one, rows, came=deliveries(("cbs", "meldingen", "2019", True))),
        """
        period | area     | value | numerator | availability  | period_status
        2018   | GM9901   | 83.4  | -         | observed      | definitief
        2019   | GM9901   | 91.2  | -         | observed      | definitief
        2018   | WK990101 | -     | -         | not_delivered | definitief
        2019   | WK990101 | -     | -         | observed      | definitief
        2018   | WK990102 | -     | -         | not_delivered | definitief
        2019   | WK990102 | -     | -         | not_delivered | definitief
        """,
    )


def test_a_rate_from_counts_that_were_rounded_at_their_source_is_worked_out_per_row() -> None:
    rows = table("""
        jaar | plaats   | clienten | inwoners
        2019 | GM9901   | 125      | 5000
        2019 | WK990101 | 40       | 1000
        2019 | WK990102 | -        | 4000
        """)
    one = indicator(
        way=Way.RATE,
        numerator=Quantity(counts=Counts.PERSONS, sum_of="clienten"),
        denominator=Quantity(counts=Counts.PUBLIC, sum_of="inwoners"),
        multiplier=1000,
        protected_at_source=True,
        date=None,
        period_column="jaar",
        levels={Areas.MUNICIPALITY: Grain.YEAR, Areas.DISTRICT: Grain.YEAR},
    )
    check(
        figures(one, rows, came=deliveries(("cbs", "meldingen", "2019", True))),
        """
        area     | numerator | denominator | value | availability
        GM9901   | 125       | 5000        | 25.0  | observed
        WK990101 | 40        | 1000        | 40.0  | observed
        WK990102 | -         | -           | -     | observed
        """,
    )


def test_partners_have_their_own_figures_and_their_own_silence() -> None:
    rows = table("""
        dag        | plaats | _partner
        2026-07-01 | 9901AA | welzijn
        2026-07-01 | 9901AA | welzijn
        2026-07-01 | 9901AA | gemeente
        """)
    came = deliveries(
        ("gemeente", "meldingen", "2026K3", True),
        ("welzijn", "meldingen", "2026K3", True),
        ("bieb", "meldingen", "2026K3", False),
    )
    levels = {Areas.MUNICIPALITY: Grain.QUARTER, Areas.PARTNER: Grain.QUARTER}
    check(
        figures(indicator(levels=levels), rows, came=came),
        """
        area   | partner | value | coverage | availability
        GM9901 | bieb    | -     | 0.0      | not_delivered
        GM9901 | welzijn | 2     | 1.0      | observed
        GM9901 |         | 3     | 0.6667   | observed
        """,
    )


def test_a_breakdown_has_a_row_per_class_in_every_period_and_area() -> None:
    rows = table("""
        dag        | plaats | thema
        2026-07-01 | 9901AA | geld
        2026-07-01 | 9901AA | zorg
        2026-07-01 | 9902AA | zorg
        2026-07-01 | 9902AA | -
        """)
    one = indicator(breakdown="thema", levels={Areas.DISTRICT: Grain.QUARTER})
    check(
        figures(one, rows).filter(pl.col("area") != "onbekend"),
        """
        area     | breakdown | value
        WK990101 |           | 2
        WK990101 | geld      | 1
        WK990101 | zorg      | 1
        WK990102 |           | 2
        WK990102 | geld      | 0
        WK990102 | zorg      | 1
        """,
    )


@pytest.mark.parametrize(
    ("status", "said"), [("in_development", ["in_development"]), ("stopped", [])]
)
def test_an_indicator_in_development_has_one_row_and_a_stopped_one_none(
    status: str, said: list[str]
) -> None:
    found = figures(indicator(status=status), table("dag | plaats\n2026-07-01 | 9901AA"))
    assert found["availability"].to_list() == said
    assert dict(found.schema) == OBSERVATIONS


def test_four_quarters_are_not_told_before_four_quarters_were_asked_for() -> None:
    quarters = ("2025K4", "2026K1", "2026K2", "2026K3")
    rows = table("dag | plaats\n2026-07-01 | 9901AA\n2026-02-01 | 9901AA")
    rolling = indicator(levels={Areas.MUNICIPALITY: Grain.FOUR_QUARTERS})
    came = deliveries(*(("gemeente", "meldingen", quarter, True) for quarter in quarters))
    assert figures(rolling, rows, came=came, quarters=quarters)["period"].to_list() == [
        "2025K4/2026K3"
    ]
    later = came.filter(pl.col("period") != "2025K4")
    assert figures(rolling, rows, came=later, quarters=quarters).is_empty()


@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_wijken_and_rest_add_up_to_the_municipality_whatever_the_rows_and_their_order(
    data: st.DataObject,
) -> None:
    places = st.sampled_from(["9901AA", "9902AA", "WK990101", "BU99010102", "elders", None])
    days = st.dates(date(2025, 10, 1), date(2026, 9, 30))
    people = st.sampled_from(["an", "bob", "cor", None])
    drawn = data.draw(st.lists(st.tuples(days, places, people), min_size=1, max_size=30))
    rows = pl.DataFrame(
        drawn,
        schema={"dag": pl.Date, "plaats": pl.String, "wie": pl.String},
        orient="row",
    )
    levels = dict.fromkeys(
        (Areas.MUNICIPALITY, Areas.DISTRICT, Areas.NEIGHBOURHOOD), Grain.FOUR_QUARTERS
    )
    came = deliveries(*(("gemeente", "meldingen", q, True) for q in ("2025K4", "2026K3")))
    for counted in (EVENTS, Quantity(counts=Counts.PERSONS, distinct="wie")):
        one = indicator(levels=levels, numerator=counted)
        found = figures(one, rows, came=came)
        mixed = data.draw(st.permutations(range(rows.height)))
        assert_frame_equal(figures(one, rows[mixed], came=came), found)
        count = dict(found.select("area", "value").iter_rows())
        wijken = count["WK990101"] + count["WK990102"] + count["onbekend"]
        buurten = sum(value for area, value in count.items() if area.startswith("BU"))
        rests = count["onbekend_WK990101"] + count["onbekend_WK990102"] + count["onbekend"]
        assert wijken == buurten + rests == count["GM9901"]


def test_a_year_of_which_a_delivery_came_is_told_before_it_is_over() -> None:
    rows = table("dag | plaats\n2026-03-01 | 9901AA\n2025-03-01 | 9901AA")
    came = deliveries(
        ("gemeente", "meldingen", "2025", True), ("gemeente", "meldingen", "2026", True)
    )
    yearly = indicator(levels={Areas.MUNICIPALITY: Grain.YEAR})
    check(
        figures(yearly, rows, came=came, quarters=("2025K4", "2026K1", "2026K2", "2026K3")),
        """
        period | value | period_status
        2025   | 1     | definitief
        2026   | 1     | voorlopig
        """,
    )
