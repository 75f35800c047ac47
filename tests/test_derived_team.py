"""Trajecten of the sociaal team beside what is counted of them, each worked out by hand."""

import polars as pl
import pytest
from derived_rows import made
from polars.testing import assert_frame_equal
from tiny_agreement import table

from sources.contracts.derived.team_afgerond import ZRM_DOMAINS


def ended(drawn: str) -> pl.DataFrame:
    """Return `team_afgerond` of drawn trajecten, by their number."""
    return made("team_afgerond", sociaal_team_trajecten=drawn).sort("traject_id")


def test_a_change_counts_the_domains_the_help_was_about_that_were_scored_twice() -> None:
    # T1 money +2; T2 money and living 1 - 1; T3 nothing named, so all scored: -1 + 0; T4 knows no
    # such leefgebied, so all; T5 living was scored at the start only; T6 raising children was never
    # scored; T7 29 days apart, T8 30; T9 both kinds of housekeeping, and caring for oneself once.
    found = ended("""
        traject_id | datum_eind | leefgebieden | zrm_begin_datum | zrm_eind_datum | zrm_begin_financien | zrm_eind_financien | zrm_begin_huisvesting | zrm_eind_huisvesting | zrm_begin_basale_adl | zrm_eind_basale_adl | zrm_begin_instrumentele_adl | zrm_eind_instrumentele_adl
        T1         | 2026-08-01 | geld         | 2026-01-01      | 2026-08-01     | 2                   | 4                  | 3                     | 1                    | -                    | -                   | -                           | -
        T2         | 2026-08-01 | geld, wonen  | 2026-01-01      | 2026-08-01     | 2                   | 3                  | 3                     | 2                    | -                    | -                   | -                           | -
        T3         | 2026-08-01 | -            | 2026-01-01      | 2026-08-01     | 2                   | 1                  | 3                     | 3                    | -                    | -                   | -                           | -
        T4         | 2026-08-01 | geldzaken    | 2026-01-01      | 2026-08-01     | 2                   | 3                  | 3                     | 4                    | -                    | -                   | -                           | -
        T5         | 2026-08-01 | wonen        | 2026-01-01      | 2026-08-01     | 2                   | 4                  | 3                     | -                    | -                    | -                   | -                           | -
        T6         | 2026-08-01 | opvoeden     | 2026-01-01      | 2026-08-01     | 2                   | 4                  | 3                     | 4                    | -                    | -                   | -                           | -
        T7         | 2026-08-01 | geld         | 2026-01-01      | 2026-01-30     | 2                   | 4                  | -                     | -                    | -                    | -                   | -                           | -
        T8         | 2026-08-01 | geld         | 2026-01-01      | 2026-01-31     | 2                   | 4                  | -                     | -                    | -                    | -                   | -                           | -
        T9         | 2026-08-01 | huishouden,zelfzorg | 2026-01-01 | 2026-08-01    | 5                   | 1                  | -                     | -                    | 2                    | 3                   | 1                           | 3
        """)  # noqa: E501
    assert found["zrm_verandering"].to_list() == [2, 0, -1, 2, None, None, None, 2, 3]


@pytest.mark.parametrize(
    ("named", "points"), [("-", 13), ("gezondheid", 3), ("sociaal_netwerk,vervoer", 2)]
)
def test_every_domain_belongs_to_a_subject_or_counts_where_none_is_named(
    named: str, points: int
) -> None:
    scores = [f"zrm_{moment}_{name}" for name in ZRM_DOMAINS for moment in ("begin", "eind")]
    columns = ["traject_id", "datum_eind", "leefgebieden", "zrm_begin_datum", "zrm_eind_datum"]
    cells = ["T1", "2026-06-01", named, "2026-01-01", "2026-06-01", *("1 2 " * 13).split()]
    found = ended("\n".join(" | ".join(line) for line in ([*columns, *scores], cells)))
    assert found["zrm_verandering"].to_list() == [points]


def test_only_trajecten_that_have_ended_are_there_with_who_delivered_them() -> None:
    found = ended("""
        traject_id | datum_eind | _partner     | plan | doelen_aantal | doelen_behaald
        T1         | 2026-09-30 | sociaal_team | ja   | 3             | 2
        T2         | 2026-10-01 | sociaal_team | ja   | 3             | 2
        T3         | -          | sociaal_team | ja   | 3             | -
        T4         | 2026-01-05 | werk         | nee   | -             | -
        """)
    expected = table("""
        traject_id | partner      | plan | doelen_aantal | doelen_behaald
        T1         | sociaal_team | yes  | 3             | 2
        T4         | werk         | no   | -             | -
        """)
    assert_frame_equal(found.select(expected.columns), expected)


def test_four_digits_of_a_postcode_tell_the_wijk_where_all_of_them_lie_in_one() -> None:
    # T1 has its wijk as delivered; all postcodes of 9901 lie in one wijk, those of 9902 in another.
    found = ended("""
        traject_id | datum_eind | gebied_code | pc4
        T1         | 2026-08-01 | WK990102    | 9901
        T2         | 2026-08-01 | -           | 9901
        T3         | 2026-08-01 | -           | 9902
        T4         | 2026-08-01 | -           | 1234
        T5         | 2026-08-01 | -           | -
        """)
    assert found["gebied_code"].to_list() == ["WK990102", "WK990101", "WK990102", None, None]


def test_a_question_counts_a_year_after_it_was_closed_and_knows_whether_people_came_back() -> None:
    # 2025-09-30 plus 365 days is the reference day. Bo came back on the 365th day, Cas on the
    # 366th, Di on the day itself; Ed withdrew; Flo is open; of Gus nobody knows the name; Hal has
    # no day of closing; the second question of Bo is not a year old.
    reports = """
        client_pseudo | pc6    | datum_melding | datum_onderzoek_klaar | uitkomst
        Ann           | 9901AA | 2025-08-01    | 2025-09-30            | eigen_kracht
        Ann2          | 9901AA | 2025-08-01    | 2025-10-01            | eigen_kracht
        Bo            | 9901AA | 2025-01-05    | 2025-02-01            | netwerk
        Bo            | 9901AA | 2026-02-01    | 2026-03-01            | aanvraag
        Cas           | 9902AA | 2025-01-05    | 2025-02-01            | algemene_voorziening
        Cas           | 9902AA | 2026-02-02    | -                     | open
        Di            | 9902AA | 2025-01-05    | 2025-02-01            | aanvraag
        Di            | 9902AA | 2025-02-01    | -                     | open
        Ed            | 9902AA | 2025-01-05    | 2025-02-01            | ingetrokken
        Flo           | 9902AA | 2025-01-05    | -                     | open
        Hal           | 9902AA | 2025-01-05    | -                     | netwerk
        Iet           | 9902AA | 2025-06-01    | -                     | open
        """
    team = """
        client_pseudo | gebied_code | pc4  | datum_eind | uitkomst
        Iet           | WK990101    | -    | 2025-05-31 | opgelost
        Jo            | -           | 9902 | 2025-05-31 | doorverwezen
        -             | WK990101    | -    | 2025-05-31 | opgelost
        Kim           | WK990101    | -    | 2025-05-31 | overleden
        """
    found = made("vragen_afgesloten", wmo_meldingen=reports, sociaal_team_trajecten=team)
    expected = table("""
        client_pseudo | bron    | plaats   | jaar_later | zonder_maatwerk | opnieuw_gemeld
        Ann           | melding | 9901AA   | 2026-09-30 | yes             | no
        Bo            | melding | 9901AA   | 2026-02-01 | yes             | yes
        Cas           | melding | 9902AA   | 2026-02-01 | yes             | no
        Di            | melding | 9902AA   | 2026-02-01 | no              | no
        Iet           | team    | WK990101 | 2026-05-31 | yes             | yes
        Jo            | team    | WK990102 | 2026-05-31 | no              | no
        """)
    assert_frame_equal(found.sort("client_pseudo"), expected)
