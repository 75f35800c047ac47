"""Newcomers beside the cohort that they belong to, and what is known of them at 18 months."""

from derived_rows import made
from polars.testing import assert_frame_equal
from tiny_agreement import table


def test_the_day_is_18_months_later_or_the_last_day_of_a_shorter_month() -> None:
    # Of Di 18 months are over the day after the reference date; Ed never got a home.
    settled = """
        client_pseudo | groep | uit_beeld | datum_huisvesting
        Ann           | asiel | geen      | 2025-01-15
        Bo            | asiel | geen      | 2024-08-31
        Cas           | asiel | geen      | 2025-03-30
        Di            | asiel | geen      | 2025-04-01
        Ed            | asiel | geen      | -
        """
    found = made("nieuwkomers_cohort", inburgering_trajecten=settled).sort("client_pseudo")
    expected = table("""
        client_pseudo | datum_18m  | gemeten | zelfstandig
        Ann           | 2026-07-15 | no      | no
        Bo            | 2026-02-28 | no      | no
        Cas           | 2026-09-30 | no      | no
        """)
    assert_frame_equal(found.select(expected.columns), expected)


def test_who_was_asked_within_a_month_of_that_day_counts_with_four_parts_and_an_own_answer() -> (
    None
):
    # All came on 2025-01-31, so 17 to 19 months are 2026-06-30 to 2026-08-31. Ann was asked on the
    # first day of these, Bo on the last, Cas and Di a day outside them; Ed scores a 3, Flo finds it
    # so a little, of Gus one part was left empty.
    measured = """
        client_pseudo | datum_huisvesting | meting_18m_datum | wonen_zelfstandig | geld_zelfstandig | regelen_zelfstandig | contacten | eigen_oordeel
        Ann           | 2025-01-31        | 2026-06-30       | 4                 | 4                | 4                   | 4         | ja
        Bo            | 2025-01-31        | 2026-08-31       | 5                 | 5                | 5                   | 5         | ja
        Cas           | 2025-01-31        | 2026-06-29       | 5                 | 5                | 5                   | 5         | ja
        Di            | 2025-01-31        | 2026-09-01       | 5                 | 5                | 5                   | 5         | ja
        Ed            | 2025-01-31        | 2026-07-31       | 5                 | 3                | 5                   | 5         | ja
        Flo           | 2025-01-31        | 2026-07-31       | 5                 | 5                | 5                   | 5         | een_beetje
        Gus           | 2025-01-31        | 2026-07-31       | 5                 | 5                | -                   | 5         | ja
        Hal           | 2025-01-31        | -                | -                 | -                | -                   | -         | -
        """  # noqa: E501
    found = made("nieuwkomers_cohort", inburgering_trajecten=measured).sort("client_pseudo")
    expected = table("""
        client_pseudo | gemeten | wonen | geld | regelen | kennissen | zelf_ja | zelfstandig
        Ann           | yes     | yes   | yes  | yes     | yes       | yes              | yes
        Bo            | yes     | yes   | yes  | yes     | yes       | yes              | yes
        Cas           | no      | no    | no   | no      | no        | no               | no
        Di            | no      | no    | no   | no      | no        | no               | no
        Ed            | yes     | yes   | no   | yes     | yes       | yes              | no
        Flo           | yes     | yes   | yes  | yes     | yes       | no               | no
        Gus           | yes     | yes   | yes  | no      | yes       | yes              | no
        Hal           | no      | no    | no   | no      | no        | no               | no
        """)
    assert_frame_equal(found.select(expected.columns), expected)
