"""A wait: rows beside the figures that follow from them, by hand and by a slow reference."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tiny_agreement import EVENTS, agreement, areas, deliveries, indicator, table

from sources.agreement.model import Areas, Grain, Indicator, Term, Way
from transforms.indicators import observe

CAME = deliveries(("gemeente", "meldingen", "2026K3", True))
LEVELS = {Areas.MUNICIPALITY: Grain.QUARTER, Areas.DISTRICT: Grain.QUARTER}
TERM = Term(start="dag", end="hulp", days=14)


def waiting(term: Term = TERM) -> Indicator:
    both = {"numerator": EVENTS, "denominator": EVENTS}
    return indicator(way=Way.WAIT, term=term, levels=LEVELS, **both)


def observed(one: Indicator, rows: pl.DataFrame) -> pl.DataFrame:
    return observe(
        agreement(indicators={"I01": one}),
        {"meldingen": rows.with_columns(pl.lit("gemeente").alias("_partner"))},
        areas(),
        quarters=("2026K3",),
        known_at=date(2026, 10, 28),
        deliveries=CAME,
    )


def check(found: pl.DataFrame, drawn: str) -> None:
    expected = table(drawn)
    columns = expected.columns
    typed = expected.cast({name: found.schema[name] for name in columns})
    assert_frame_equal(found.select(columns), typed, check_row_order=False, abs_tol=5e-4)


ROWS = """
    plaats | dag        | hulp
    9901AA | 2026-07-01 | 2026-07-01
    9901AA | 2026-07-01 | 2026-07-08
    9901AA | 2026-07-01 | 2026-07-09
    9901AA | 2026-07-01 | 2026-07-22
    9901AA | 2026-09-20 | -
    9901AA | 2026-09-10 | -
    9901AA | 2026-09-01 | 2026-10-05
    9902AA | 2026-09-20 | -
    1234ZZ | -          | 2026-08-01
    """


def test_a_longer_wait_in_another_quarter_leaves_no_week_of_this_one_empty() -> None:
    rows = table("""
        plaats | dag        | hulp
        9901AA | 2026-01-01 | 2026-01-29
        9901AA | 2026-07-01 | 2026-07-08
        """)
    weeks = observed(waiting(), rows).filter(
        pl.col("area") == "GM9901", pl.col("breakdown").str.starts_with("w")
    )
    check(
        weeks,
        """
        breakdown | numerator | denominator
        w00       | 0         | 0
        w01       | 1         | 1
        w02       | 1         | 1
        w03       | 1         | 1
        w04       | 1         | 1
        """,
    )


def test_half_were_helped_by_when_the_curve_of_all_who_asked_falls_below_a_half() -> None:
    # Seven asked in wijk 01, judged on 30 September: helped after 0, 7, 8 and 21 days; waiting for
    # 10, 20 and (helped in October) 29 days. Waiting longer: 6/7, 5/7, 4/7; at 21 days two are at
    # risk: 4/7 x 1/2. On log(-log) the limits are 0 (0.86 is within reach of a half) and none.
    # Norm of two weeks: three helped, and one of the seven is not known yet; Wilson of 3 of 6.
    found = observed(waiting(), table(ROWS)).filter(pl.col("area") == "WK990101")
    check(
        found,
        """
        breakdown | numerator | denominator | value | lower  | upper
                  | 4         | 7           | 21    | 0      | -
        p90       | -         | -           | -     | 21     | -
        norm      | -         | -           | 0.5   | 0.1876 | 0.8124
        open      | -         | -           | 3     | -      | -
        w00       | 1         | 1           | -     | -      | -
        w01       | 2         | 2           | -     | -      | -
        w02       | 3         | 4           | -     | -      | -
        w03       | 4         | 6           | -     | -      | -
        w04       | 4         | 6           | -     | -      | -
        w05       | 4         | 7           | -     | -      | -
        """,
    )


def test_where_nobody_waits_there_is_no_wait_and_where_nobody_was_helped_no_median() -> None:
    found = observed(waiting(), table(ROWS)).filter(pl.col("breakdown") == "")
    check(
        found,
        """
        area     | numerator | denominator | value
        GM9901   | 4         | 8           | 21
        WK990101 | 4         | 7           | 21
        WK990102 | 0         | 1           | -
        onbekend | 0         | 0           | -
        """,
    )


def test_agreed_suspension_is_no_waiting_and_no_wait_is_below_zero() -> None:
    rows = table("""
        plaats | dag        | hulp       | stil | akkoord
        9901AA | 2026-07-01 | 2026-07-11 | 4    | yes
        9901AA | 2026-07-01 | 2026-07-11 | 4    | no
        9901AA | 2026-07-01 | 2026-07-02 | 9    | yes
        """)
    term = Term(start="dag", end="hulp", days=7, suspension="stil", suspension_agreed="akkoord")
    found = observed(waiting(term), rows).filter(pl.col("area") == "GM9901")
    # 6, 10 and 0 days.
    weeks = found.filter(pl.col("breakdown").str.starts_with("w")).sort("breakdown")
    assert weeks["numerator"].to_list() == [1, 2, 3]
    assert found.filter(pl.col("breakdown") == "")["value"].item() == 6


def test_what_was_not_delivered_has_no_wait() -> None:
    found = observe(
        agreement(indicators={"I01": waiting()}),
        {},
        areas(),
        quarters=["2026K3"],
        known_at=date(2026, 10, 28),
        deliveries=CAME.with_columns(accepted=False),
    )
    assert set(found["availability"]) == {"not_delivered"}
    assert found["value"].null_count() == found.height


Person = tuple[str, int, int | None]  # place, day of asking, days until help

PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["9901AA", "9902AA", "1234ZZ"]),
        st.integers(0, 91),
        st.one_of(st.none(), st.integers(0, 120)),
    ),
    min_size=1,
    max_size=40,
)

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def slow(people: list[Person]) -> dict[str, tuple[int, int]]:
    """Return helped and known per breakdown, counted one by one."""
    ended: list[tuple[int, bool]] = []
    for _, asked, days in people:
        left = (LAST - FIRST).days - asked
        over = days is not None and days <= left
        ended.append((days if over and days is not None else left, over))
    told = {"": (sum(over for _, over in ended), len(ended))}
    for week in range(-(-max(days for days, _ in ended) // 7) + 1):
        here = [over for days, over in ended if days <= 7 * week]
        told[f"w{week:02}"] = (sum(here), len(here))
    return told


@settings(max_examples=25, deadline=None)
@given(PEOPLE)
def test_the_counts_are_those_of_counting_one_by_one_and_areas_add_up(people: list[Person]) -> None:
    rows = [
        (place, FIRST + timedelta(asked), None if d is None else FIRST + timedelta(asked + d))
        for place, asked, d in people
    ]
    schema = {"plaats": pl.String(), "dag": pl.Date(), "hulp": pl.Date()}
    found = observed(waiting(), pl.DataFrame(rows, schema=schema, orient="row"))
    counted = found.drop_nulls("denominator")
    whole = counted.filter(pl.col("area") == "GM9901")
    assert {r["breakdown"]: (r["numerator"], r["denominator"]) for r in whole.to_dicts()} == slow(
        people
    )
    wijken = counted.filter(pl.col("area") != "GM9901").group_by("breakdown")
    added = wijken.agg(pl.col("numerator", "denominator").sum()).sort("breakdown")
    assert added.equals(whole.select(added.columns).sort("breakdown"))


@pytest.mark.parametrize("longest", [800])
def test_a_wait_of_more_than_a_year_is_only_in_the_total(longest: int) -> None:
    begin = LAST - timedelta(days=longest)
    rows = pl.DataFrame({"plaats": ["9901AA"] * 2, "dag": [FIRST] * 2, "hulp": [FIRST, None]})
    rows = rows.with_columns(sinds=pl.lit(begin), klaar="hulp")
    one = waiting(Term(start="sinds", end="klaar", days=14))
    found = observed(one, rows).filter(pl.col("area") == "GM9901")
    assert found["breakdown"].max() == "w52"
    last = found.filter(pl.col("breakdown") == "w52").select("numerator", "denominator")
    assert last.row(0) == (0, 0)
