"""Two editions beside each other, and what changed in a figure that both tell."""

import polars as pl
from polars.testing import assert_frame_equal
from tiny_agreement import agreement, indicator, table

from sources.agreement.model import Counts, Quantity, Way
from transforms.changes import CHANGES, changes
from transforms.observations import PUBLISHED

PERSONS = Quantity(counts=Counts.PERSONS)
SHARE = indicator(way=Way.SHARE, numerator=PERSONS, denominator=PERSONS)
AGREED = agreement(indicators={"I01": SHARE})


def edition(drawn: str) -> pl.DataFrame:
    rows = table(drawn).with_columns(
        pl.col("shown").cast(pl.String),
        period=pl.lit("2026K2"),
        indicator=pl.lit("I01"),
        breakdown=pl.lit(""),
    )
    usual = {"version": 1, "status": "published", "partner": ""}
    rows = rows.with_columns(pl.lit(v).alias(n) for n, v in usual.items() if n not in rows.columns)
    rows = rows.with_columns(pl.lit(None).alias(n) for n in PUBLISHED if n not in rows.columns)
    return rows.select(pl.col(name).cast(dtype) for name, dtype in PUBLISHED.items())


BEFORE = """
    area_code | shown         | status        | version
    GM9901    | 84 %          | published     | 1
    WK990101  | 80 %          | published     | 1
    WK990102  | 75 %          | published     | 1
    WK990103  | afgeschermd   | protected     | 1
    WK990104  | niet geleverd | not_delivered | 1
    WK990105  | 60 %          | published     | 1
    WK990106  | 50 %          | published     | 1
    onbekend  | 40 %          | published     | 1
    """

AFTER = """
    area_code | shown       | status    | version
    GM9901    | 84 %        | published | 1
    WK990101  | 82 %        | published | 1
    WK990102  | afgeschermd | protected | 1
    WK990103  | 70 %        | published | 1
    WK990104  | 90 %        | published | 1
    WK990105  | 65 %        | published | 2
    WK990107  | 55 %        | published | 1
    onbekend  | 45 %        | published | 1
    """


def test_what_reads_differently_is_told_with_its_reason() -> None:
    expected = table("""
        area     | was           | now         | reason
        WK990101 | 80 %          | 82 %        | revision
        WK990102 | 75 %          | afgeschermd | newly_protected
        WK990103 | afgeschermd   | 70 %        | newly_published
        WK990104 | niet geleverd | 90 %        | newly_published
        WK990105 | 60 %          | 65 %        | definition
        WK990106 | 50 %          |             | boundary
        WK990107 |               | 55 %        | boundary
        """)
    found = changes(edition(BEFORE), edition(AFTER), AGREED)
    assert_frame_equal(found.select(expected.columns), expected)
    assert dict(found.schema) == CHANGES


def test_the_first_edition_and_an_unchanged_one_change_nothing() -> None:
    for previous in (None, edition(BEFORE)):
        found = changes(previous, edition(BEFORE), AGREED)
        assert found.is_empty()
        assert dict(found.schema) == CHANGES


def test_a_period_indicator_or_partner_that_is_new_is_no_change() -> None:
    before, after = edition(BEFORE), edition(AFTER)
    later = after.with_columns(pl.lit("2026K3").alias("period"))
    partner = after.head(1).with_columns(pl.lit("welzijn").alias("partner"))
    another = after.with_columns(pl.lit("I02").alias("indicator"))
    assert changes(before, pl.concat([before, later, partner, another]), AGREED).is_empty()


def test_a_figure_that_is_new_in_an_area_that_was_there_is_no_boundary() -> None:
    before, after = edition(BEFORE), edition(BEFORE)
    without = before.filter(pl.col("area_code") != "WK990101")
    elsewhere = before.with_columns(pl.lit("I02").alias("indicator"))
    found = changes(pl.concat([without, elsewhere]), pl.concat([after, elsewhere]), AGREED)
    assert found.is_empty()


def quarters(drawn: str) -> pl.DataFrame:
    """Draw the share of one wijk per quarter, of a thousand people each."""
    rows = table(drawn).with_columns(
        indicator=pl.lit("I01"),
        version=pl.lit(1),
        area_code=pl.lit("WK990101"),
        partner=pl.lit(""),
        breakdown=pl.lit(""),
        status=pl.lit("published"),
        denominator=pl.lit(1000.0),
        value=pl.col("numerator") / 1000,
        shown=pl.col("numerator").cast(pl.String),
    )
    rows = rows.with_columns(pl.lit(None).alias(n) for n in PUBLISHED if n not in rows.columns)
    return rows.select(pl.col(name).cast(dtype) for name, dtype in PUBLISHED.items())


def test_what_clearly_differs_from_a_year_before_is_told_once_it_is_settled() -> None:
    before = quarters("""
        period | period_status | numerator
        2025K2 | definitief    | 500
        2025K3 | definitief    | 500
        2026K2 | voorlopig     | 700
        """)
    after = quarters("""
        period | period_status | numerator
        2025K2 | definitief    | 500
        2025K3 | definitief    | 500
        2026K2 | definitief    | 700
        2026K3 | voorlopig     | 900
        """)
    expected = table("""
        indicator | period | area     | was | now | reason
        I01       | 2026K2 | WK990101 | 500 | 700 | real
        """).with_columns(pl.col("was", "now").cast(pl.String))
    assert_frame_equal(changes(before, after, AGREED).select(expected.columns), expected)
    assert changes(after, after, AGREED).is_empty()


def test_a_difference_that_may_be_chance_is_no_real_change() -> None:
    before = quarters("""
        period | period_status | numerator
        2025K2 | definitief    | 500
        2026K2 | voorlopig     | 520
        """)
    after = before.with_columns(period_status=pl.lit("definitief"))
    assert changes(before, after, AGREED).is_empty()


def test_an_indicator_that_is_no_longer_agreed_changes_nothing() -> None:
    gone = quarters("""
        period | period_status | numerator
        2026K2 | definitief    | 500
        """).with_columns(indicator=pl.lit("I99"))
    assert changes(gone, edition(BEFORE), AGREED).is_empty()
