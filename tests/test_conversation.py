"""Published figures beside the words, points and questions that the rules make of them."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tiny_agreement import agreement, indicator, table

from sources.agreement.model import (
    Agreement,
    Baseline,
    Counts,
    Direction,
    Indicator,
    PartnerAgreement,
    Promise,
    Quantity,
    ResultSheet,
    SeriesBreak,
    Target,
    Way,
)
from transforms.comparison import Comparison
from transforms.conversation import (
    Conversation,
    PointKind,
    Question,
    QuestionKind,
    conversation,
)
from transforms.observations import PUBLISHED
from transforms.standing import AGAINST, standing

PERSONS = Quantity(counts=Counts.PERSONS)
STORIES = pl.Schema(
    {"story_id": pl.String, "area": pl.String, "partner": pl.String, "rubs": pl.Boolean}
)


def share(**changes: Any) -> Indicator:
    given: dict[str, Any] = {"way": Way.SHARE, "numerator": PERSONS, "denominator": PERSONS}
    return indicator(**(given | changes))


def promised(partner: str, promise: Promise, one: Indicator) -> Agreement:
    """Return an agreement in which a partner promises this of I01."""
    sheet = ResultSheet(
        goal="meedoen",
        aim="",
        result="",
        horizon=2028,
        indicators=("I01",),
        promises={"I01": promise},
        target_group="",
        evidence=(),
    )
    with_partner = PartnerAgreement(
        partner=partner, kind="subsidie", begin=date(2025, 1, 1), general="", result_sheets=(sheet,)
    )
    return agreement(indicators={"I01": one}, agreements={partner: with_partner})


def figures(drawn: str) -> pl.DataFrame:
    """Draw published figures of shares; what is not drawn is the usual."""
    rows = table(drawn)
    usual = {
        "edition": "2026K3",
        "indicator": "I01",
        "version": 1,
        "period": "2026K3",
        "period_status": "definitief",
        "area_code": "GM9901",
        "partner": "",
        "breakdown": "",
        "status": "published",
    }
    for name, value in usual.items():
        if name not in rows.columns:
            rows = rows.with_columns(pl.lit(value).alias(name))
    x, n = (pl.col(name).cast(pl.Float64) for name in ("numerator", "denominator"))
    half = 1.96 * ((x / n) * (1 - x / n) / n).sqrt()
    rows = rows.with_columns(value=x / n, lower=x / n - half, upper=x / n + half, shown=pl.lit(""))
    others = [name for name in PUBLISHED if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None).alias(name) for name in others)
    return rows.select(pl.col(name).cast(dtype) for name, dtype in PUBLISHED.items())


def words(drawn: str, one: Indicator, against: str) -> list[str | None]:
    """Return the words of the figures, in the order in which they were drawn."""
    stands = standing(figures(drawn), agreement(indicators={"I01": one}))
    return stands[against].cast(pl.String).to_list()


def test_a_figure_is_compared_with_the_next_target_and_that_of_its_own_area_first() -> None:
    targets = (
        Target(year=2025, value=0.1),
        Target(year=2026, value=0.8),
        Target(year=2028, value=0.9),
        Target(year=2026, value=0.5, area="WK990101"),
    )
    drawn = """
        area_code | numerator | denominator
        GM9901    | 1600      | 2000
        GM9901    | 1900      | 2000
        WK990101  | 160       | 200
        WK990102  | 100       | 200
        """
    rows = (
        figures(drawn)
        .with_row_index("row")
        .with_columns(period=pl.when(pl.col("row") == 1).then(pl.lit("2026K2")).otherwise("period"))
    )
    stands = standing(rows.drop("row"), agreement(indicators={"I01": share(targets=targets)}))
    assert stands.select("target_value", pl.col("target").cast(pl.String)).rows() == [
        (0.8, "about equal"),
        (0.8, "more"),
        (0.5, "more"),
        (0.8, "less"),
    ]


def test_a_municipality_is_compared_with_the_baseline_that_was_agreed_and_a_wijk_with_its_own() -> (
    None
):
    drawn = """
        area_code | period | numerator | denominator
        GM9901    | 2024K4 | 500       | 1000
        WK990101  | 2024K4 | 50        | 100
        GM9901    | 2026K3 | 600       | 1000
        WK990101  | 2026K3 | 80        | 100
        """
    agreed = Baseline(period="2024", value=0.5, denominator=1000, area_year=2024)
    measured = Baseline(period="2024K4", area_year=2024)
    frozen = Baseline(period="2024K4", value=0.6, denominator=1000, area_year=2024)
    assert words(drawn, share(baseline=agreed), "baseline") == ["about equal", None, "more", None]
    assert words(drawn, share(baseline=measured), "baseline") == [
        "about equal",
        "about equal",
        "more",
        "more",
    ]
    # What is frozen holds for the municipality, whatever its own figure of that period became.
    assert words(drawn, share(baseline=frozen), "baseline") == [
        "less",
        "about equal",
        "about equal",
        "more",
    ]


def test_a_year_ago_counts_unless_the_figure_is_provisional_or_the_series_broke() -> None:
    drawn = """
        period | period_status   | numerator | denominator
        2025K2 | definitief      | 500       | 1000
        2025K3 | definitief      | 500       | 1000
        2026K2 | nader voorlopig | 600       | 1000
        2026K3 | voorlopig       | 600       | 1000
        """
    broken = (SeriesBreak(period="2026K1", reason="Nieuw systeem"),)
    assert words(drawn, share(), "year_ago") == [None, None, "more", None]
    assert words(drawn, share(breaks=broken), "year_ago") == [None] * 4


def test_above_15_percent_converted_a_figure_is_not_compared_over_time() -> None:
    drawn = """
        period | numerator | denominator | converted
        2024K3 | 500       | 1000        | {before}
        2025K3 | 600       | 1000        | {after}
        """
    measured = share(baseline=Baseline(period="2024K3", area_year=2024))
    for before, after, compared in (
        (0.0, 0.0, True),
        (0.15, 0.0, True),
        (0.2, 0.0, False),
        (0.0, 0.2, False),
        (0.2, 0.2, False),
    ):
        rows = drawn.format(before=before, after=after)
        for against in ("year_ago", "baseline"):
            assert words(rows, measured, against)[-1] == ("more" if compared else None)


def test_an_area_is_compared_with_the_municipality_and_a_large_one_with_the_rest_of_it() -> None:
    drawn = """
        area_code | numerator | denominator | partner
        GM9901    | 1000      | 2000        |
        WK990101  | 140       | 200         |
        WK990102  | 380       | 800         |
        GM9901    | 70        | 100         | welzijn
        """
    assert words(drawn, share(), "municipality") == [None, "more", "about equal", None]
    # 480 of 800 against the other 520 of 1,200; 1,000 of 2,000 would be nearer by.
    large = drawn.replace("380 ", "480 ")
    assert words(large, share(), "municipality")[2] == "more"


# way, of whom: what 16 is compared with; 3 of them is the share of one partner or wijk
HELD_AGAINST = [
    (Way.COUNT, "GM9901", "", 16.2, None),
    (Way.COUNT, "WK990101", "", None, None),
    (Way.COUNT, "WK990102", "", 4.0, None),
    (Way.COUNT, "GM9901", "bibliotheek", None, None),
    (Way.COUNT, "GM9901", "welzijn", 5.0, None),
    (Way.RATE, "WK990101", "", 16.2, 15.0),
    (Way.RATE, "WK990102", "", 4.0, 15.0),
    (Way.RATE, "GM9901", "bibliotheek", None, None),
    (Way.RATE, "GM9901", "welzijn", 5.0, None),
    (Way.SHARE, "WK990101", "", 16.2, 15.0),
    (Way.SHARE, "GM9901", "bibliotheek", None, None),
    (Way.MEAN, "WK990101", "", 16.2, 15.0),
    (Way.WAIT, "WK990101", "", 16.2, 15.0),
    (Way.DISTRIBUTION, "WK990101", "", None, None),
]


@pytest.mark.parametrize(("way", "area", "partner", "target", "whole"), HELD_AGAINST)
def test_a_part_is_not_held_against_what_all_reach_together(
    way: Way, area: str, partner: str, target: float | None, whole: float | None
) -> None:
    targets = (Target(year=2026, value=16.2), Target(year=2026, value=4.0, area="WK990102"))
    about = promised(
        "welzijn", Promise(targets=(Target(year=2026, value=5.0),)), share(way=way, targets=targets)
    )
    drawn = """
        area_code | partner     | numerator | denominator
        GM9901    |             | 150       | 10
        WK990101  |             | 30        | 10
        WK990102  |             | 30        | 10
        GM9901    | bibliotheek | 30        | 10
        GM9901    | welzijn     | 30        | 10
        """
    stands = standing(figures(drawn), about).filter(area_code=area, partner=partner)
    one = stands.row(0, named=True)
    assert (one["target_value"], one["municipality_value"]) == (target, whole)
    assert (one["target"] is None) == (target is None)


def test_what_is_not_published_is_not_compared() -> None:
    drawn = """
        status        | numerator | denominator | breakdown
        protected     | -         | -           |
        not_delivered | -         | -           | geld
        published     | 10        | 100         | bruto
        """
    stands = standing(
        figures(drawn),
        agreement(indicators={"I01": share(targets=(Target(year=2026, value=0.5),))}),
    )
    assert stands.select(AGAINST).null_count().row(0) == (3,) * len(AGAINST)


def test_figures_keep_their_order_and_columns() -> None:
    drawn = figures("area_code | numerator | denominator\nWK990102 | 50 | 100\nGM9901 | 60 | 100")
    stands = standing(drawn, agreement(indicators={"I01": share()}))
    assert_frame_equal(stands.select(drawn.columns), drawn)


def talk(drawn: str, stories: str = "", **indicators: Indicator) -> Conversation:
    about: Agreement = agreement(indicators=indicators)
    told = table(stories).cast(STORIES) if stories else pl.DataFrame(schema=STORIES)
    return conversation(standing(figures(drawn), about), about, told, area="WK990101")


AIM = {"targets": (Target(year=2026, value=0.5),)}


def test_what_is_certain_comes_first_the_largest_difference_before_the_smaller() -> None:
    found = talk(
        """
        indicator | area_code | numerator | denominator
        I01       | WK990101  | 70        | 100
        I02       | WK990101  | 90        | 100
        I03       | WK990101  | 20        | 100
        I04       | WK990101  | 55        | 100
        """,
        I01=share(**AIM),
        I02=share(**AIM),
        I03=share(**AIM),
        I04=share(**AIM),
    )
    assert [(p.indicator, p.word) for p in found.strengths] == [
        ("I02", Comparison.MORE),
        ("I01", Comparison.MORE),
    ]
    assert [(p.indicator, p.word) for p in found.improvements] == [("I03", Comparison.LESS)]


def test_a_difference_over_time_names_the_quarter_of_the_newest_settled_figure() -> None:
    found = talk(
        """
        area_code | period | period_status   | numerator | denominator
        WK990101  | 2025K2 | definitief      | 500       | 1000
        WK990101  | 2025K3 | definitief      | 500       | 1000
        WK990101  | 2026K2 | nader voorlopig | 600       | 1000
        WK990101  | 2026K3 | voorlopig       | 500       | 1000
        """,
        I01=share(direction=Direction.HIGHER),
    )
    assert [(p.against, p.period, p.value) for p in found.strengths] == [
        ("year_ago", "2026K2", 0.6)
    ]


def test_lower_can_be_better_and_without_a_better_side_nothing_is_strong_or_weak() -> None:
    drawn = """
        indicator | area_code | numerator | denominator
        I01       | WK990101  | 20        | 100
        I02       | WK990101  | 90        | 100
        """
    found = talk(
        drawn,
        I01=share(direction=Direction.LOWER, **AIM),
        I02=share(direction=Direction.NONE, **AIM),
    )
    assert [p.indicator for p in found.strengths] == ["I01"]
    assert [p.kind for p in found.improvements] == [PointKind.NOTHING_SURE]
    assert [q.kind for q in found.questions] == [QuestionKind.STANDS_OUT] * 2


# compared with a target of a half: numerator out of 100, what both sides rest on
UNSURE = {
    "about equal": ((55, 51), [PointKind.NOTHING_SURE, PointKind.NOTHING_SURE]),
    "one is better": ((90, 51), [PointKind.FIGURE, PointKind.NOTHING_SURE]),
    "one is worse": ((55, 10), [PointKind.NOTHING_SURE, PointKind.FIGURE]),
    "both": ((90, 10), [PointKind.FIGURE, PointKind.FIGURE]),
}


@pytest.mark.parametrize(("counted", "kinds"), UNSURE.values(), ids=UNSURE)
def test_only_a_difference_that_is_certain_is_praised_or_blamed(
    counted: tuple[int, int], kinds: list[PointKind]
) -> None:
    drawn = """
        indicator | area_code | numerator | denominator
        I01       | WK990101  | {}        | 100
        I02       | WK990101  | {}        | 100
        """
    told = "story_id | area | partner | rubs\nV1 | WK990101 | welzijn | no"
    found = talk(drawn.format(*counted), told, I01=share(**AIM), I02=share(**AIM))
    assert [p.kind for p in (*found.strengths, *found.improvements)] == kinds


def test_without_figures_a_story_is_strong_and_what_is_missing_can_be_better() -> None:
    found = talk(
        """
        indicator | area_code | numerator | denominator | status
        I01       | WK990101  | -         | -           | not_delivered
        """,
        """
        story_id | area     | partner | rubs
        V2       | WK990101 | welzijn | no
        V1       | WK990101 | welzijn | yes
        V0       | WK990102 | welzijn | no
        """,
        I01=share(**AIM),
    )
    assert [(p.kind, p.story) for p in found.strengths] == [(PointKind.STORY, "V2")]
    assert [(p.kind, p.indicator) for p in found.improvements] == [(PointKind.MISSING, "I01")]
    assert found.questions == (
        Question(QuestionKind.RUBBING_STORY, story="V1"),
        Question(QuestionKind.MISSING, "I01"),
    )


def test_a_pair_of_which_one_is_better_and_the_other_worse_is_asked_about_once() -> None:
    found = talk(
        """
        indicator | area_code | numerator | denominator
        I28       | WK990101  | 20        | 100
        I31       | WK990101  | 90        | 100
        """,
        I28=share(pairs=("I31",), **AIM),
        I31=share(pairs=("I28",), **AIM),
    )
    pair = Question(
        QuestionKind.DIVERGING_PAIR, "I28", "target", Comparison.LESS, "I31", Comparison.MORE
    )
    assert found.questions[0] == pair
    assert [q.kind for q in found.questions].count(QuestionKind.DIVERGING_PAIR) == 1


def test_at_most_three_questions_of_as_many_kinds_as_there_are() -> None:
    found = talk(
        """
        indicator | area_code | period | numerator | denominator | status
        I01       | WK990101  | 2025K3 | 30        | 100         | published
        I01       | WK990101  | 2026K3 | 80        | 100         | published
        I02       | WK990101  | 2025K3 | 30        | 100         | published
        I02       | WK990101  | 2026K3 | 80        | 100         | published
        I03       | WK990101  | 2026K3 | -         | -           | not_delivered
        """,
        "story_id | area | partner | rubs\nV1 | WK990101 | welzijn | yes",
        I01=share(),
        I02=share(),
        I03=share(),
    )
    assert [(q.kind, q.indicator) for q in found.questions] == [
        (QuestionKind.RUBBING_STORY, ""),
        (QuestionKind.MOVED, "I01"),
        (QuestionKind.MISSING, "I03"),
    ]


def test_a_partner_has_a_conversation_of_its_own() -> None:
    own = Promise(targets=(Target(year=2026, value=0.5),))
    rows = figures(
        """
        area_code | partner | numerator | denominator
        GM9901    |         | 90        | 100
        GM9901    | welzijn | 10        | 100
        """
    )
    none = pl.DataFrame(schema=STORIES)
    # Without a target of its own nobody judges it; a question in its place is not asked twice.
    for promise, improved, asked in (
        (own, PointKind.FIGURE, [QuestionKind.STANDS_OUT]),
        (Promise(), PointKind.NO_TARGET, [QuestionKind.NO_TARGET]),
        (Promise(question="Wat is genoeg?"), PointKind.NOTHING_KNOWN, []),
    ):
        about = promised("welzijn", promise, share(**AIM))
        found = conversation(standing(rows, about), about, none, partner="welzijn")
        assert [(p.kind, p.value) for p in found.improvements] == [
            (improved, 0.1 if promise is own else None)
        ]
        assert [question.kind for question in found.questions] == asked


@pytest.mark.parametrize(("area", "partner"), [("WK990101", ""), ("", "welzijn")])
def test_a_sheet_of_which_nothing_is_known_still_has_both_points(area: str, partner: str) -> None:
    about = agreement(indicators={"I01": share()})
    none = pl.DataFrame(schema=PUBLISHED)
    found = conversation(
        standing(none, about), about, pl.DataFrame(schema=STORIES), area=area, partner=partner
    )
    assert [p.kind for p in (*found.strengths, *found.improvements)] == [
        PointKind.NOTHING_KNOWN
    ] * 2
    assert found.questions == ()


def test_without_a_better_side_the_two_figures_that_differ_most_stand_out() -> None:
    plain = {f"I0{n}": share(direction=Direction.NONE) for n in (1, 2, 3)}
    about = agreement(indicators=plain)
    rows = figures(
        """
        indicator | area_code | numerator | denominator
        I01       | GM9901    | 500       | 1000
        I01       | WK990101  | 52        | 100
        I02       | GM9901    | 500       | 1000
        I02       | WK990101  | 90        | 100
        I03       | GM9901    | 500       | 1000
        I03       | WK990101  | 20        | 100
        """
    )
    none = pl.DataFrame(schema=STORIES)
    found = conversation(standing(rows, about), about, none, area="WK990101")
    # Of I01 the difference may be chance.
    points = [(p.kind, p.indicator) for p in (*found.strengths, *found.improvements)]
    assert points == [(PointKind.STANDS_OUT, "I02"), (PointKind.STANDS_OUT, "I03")]


@pytest.mark.parametrize(
    ("inhabited", "kinds", "asked"),
    [
        (True, [PointKind.NOTHING_KNOWN, PointKind.MISSING], [QuestionKind.MISSING]),
        (False, [PointKind.NOBODY, PointKind.NOBODY], []),
    ],
    ids=["where people live", "where nobody lives"],
)
def test_a_figure_is_only_missing_where_somebody_lives(
    inhabited: bool, kinds: list[PointKind], asked: list[QuestionKind]
) -> None:
    about = agreement(indicators={"I01": share()})
    rows = figures(
        """
        area_code | numerator | denominator | status
        WK990101  | -         | -           | not_delivered
        """
    )
    none = pl.DataFrame(schema=STORIES)
    stands = standing(rows, about)
    found = conversation(stands, about, none, area="WK990101", inhabited=inhabited)
    assert [p.kind for p in (*found.strengths, *found.improvements)] == kinds
    assert [question.kind for question in found.questions] == asked
