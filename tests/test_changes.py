"""Two editions beside each other, and what changed in a figure that both tell."""

import polars as pl
from polars.testing import assert_frame_equal
from tiny_agreement import table

from transforms.changes import CHANGES, changes
from transforms.observations import FIGURES


def edition(drawn: str) -> pl.DataFrame:
    rows = table(drawn).with_columns(
        pl.col("shown").cast(pl.String),
        period=pl.lit("2026K2"),
        indicator=pl.lit("I01"),
        breakdown=pl.lit(""),
    )
    usual = {"version": 1, "status": "published", "partner": ""}
    rows = rows.with_columns(pl.lit(v).alias(n) for n, v in usual.items() if n not in rows.columns)
    rows = rows.with_columns(pl.lit(None).alias(n) for n in FIGURES if n not in rows.columns)
    return rows.select(pl.col(name).cast(dtype) for name, dtype in FIGURES.items())


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
    found = changes(edition(BEFORE), edition(AFTER))
    assert_frame_equal(found.select(expected.columns), expected)
    assert dict(found.schema) == CHANGES


def test_the_first_edition_and_an_unchanged_one_change_nothing() -> None:
    for previous in (None, edition(BEFORE)):
        found = changes(previous, edition(BEFORE))
        assert found.is_empty()
        assert dict(found.schema) == CHANGES


def test_a_period_indicator_or_partner_that_is_new_is_no_change() -> None:
    before, after = edition(BEFORE), edition(AFTER)
    later = after.with_columns(pl.lit("2026K3").alias("period"))
    partner = after.head(1).with_columns(pl.lit("welzijn").alias("partner"))
    another = after.with_columns(pl.lit("I02").alias("indicator"))
    assert changes(before, pl.concat([before, later, partner, another])).is_empty()


def test_a_figure_that_is_new_in_an_area_that_was_there_is_no_boundary() -> None:
    before, after = edition(BEFORE), edition(BEFORE)
    without = before.filter(pl.col("area_code") != "WK990101")
    elsewhere = before.with_columns(pl.lit("I02").alias("indicator"))
    found = changes(pl.concat([without, elsewhere]), pl.concat([after, elsewhere]))
    assert found.is_empty()
