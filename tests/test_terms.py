"""Until when something had to be ready, and whether it was."""

from datetime import date

import polars as pl
from polars.testing import assert_frame_equal
from tiny_agreement import table

from sources.agreement.model import Term
from transforms.terms import with_term

ROWS = """
    dag        | klaar      | uitstel | akkoord | verlengd   | due        | in_time
    2026-01-01 | 2026-01-15 | -       | -       | -          | 2026-01-15 | yes
    2026-01-01 | 2026-01-16 | 0       | yes     | -          | 2026-01-15 | no
    2026-01-01 | 2026-01-16 | 3       | yes     | -          | 2026-01-18 | yes
    2026-01-01 | 2026-01-16 | 3       | no      | -          | 2026-01-15 | no
    2026-01-01 | 2026-01-16 | 3       | -       | -          | 2026-01-15 | no
    2026-01-01 | 2026-02-01 | 3       | yes     | 2026-02-01 | 2026-02-01 | yes
    2026-03-17 | -          | 0       | no      | -          | 2026-03-31 | no
    2026-03-17 | -          | 1       | yes     | -          | 2026-04-01 | -
    -          | 2026-01-15 | 0       | no      | -          | -          | -
    """


def test_a_term_ends_after_its_days_and_the_suspension_that_was_agreed() -> None:
    drawn = table(ROWS)
    term = Term(
        start="dag",
        end="klaar",
        days=14,
        suspension="uitstel",
        suspension_agreed="akkoord",
        extended_until="verlengd",
    )
    found = with_term(drawn.drop("due", "in_time").lazy(), term, reference=date(2026, 3, 31))
    assert_frame_equal(found.collect(), drawn)


def test_without_a_column_for_consent_every_suspension_counts() -> None:
    rows = table("dag | klaar | uitstel\n2026-01-01 | 2026-01-16 | 3\n2026-01-01 | 2026-01-16 | -")
    term = Term(start="dag", end="klaar", days=14, suspension="uitstel")
    found = with_term(rows.lazy(), term, reference=date(2026, 3, 31)).collect()
    assert found["in_time"].to_list() == [True, False]


def test_without_a_term_rows_stay_as_they_are() -> None:
    rows = pl.LazyFrame({"dag": [date(2026, 1, 1)]})
    assert with_term(rows, None, reference=date(2026, 3, 31)).collect().columns == ["dag"]
