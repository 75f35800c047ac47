"""Indicators of Voorbeeldstad as its agreement defines them: raw rows beside the figures by hand.

Of each figure every row with something to count is drawn; where it is not the municipality's, the
area or the partner is named.
"""

from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
from derived_rows import delivered
from polars.testing import assert_frame_equal
from tiny_agreement import agreement, areas, table

from sources.agreement.load import load_with_lines
from sources.agreement.model import Indicator
from sources.contracts.derived import contracts_of
from transforms.indicators import observe

FOLDER = Path(__file__).parent.parent / "sources/example/voorbeeldstad"
KNOWN_AT = date(2026, 10, 28)
SHOWN = ["period", "area", "partner", "breakdown", "numerator", "denominator", "value"]
INHABITANTS = """
    jaar | code       | inwoners
    2026 | GM9901     | 1000
    2026 | WK990101   | 600
    2026 | WK990102   | 400
"""


@cache
def indicators() -> dict[str, Indicator]:
    return load_with_lines(FOLDER)[0].indicators


def observed(name: str, *, year: bool = False, **drawn: str) -> pl.DataFrame:
    """Return the figures of an indicator of Voorbeeldstad over rows drawn per contract."""
    one = indicators()[name]
    return observe(
        agreement(indicators={name: one.model_copy(update={"goal": "doel"})}),
        {contract: delivered(contract, told) for contract, told in drawn.items()},
        areas(),
        quarters=["2026K3"],
        known_at=KNOWN_AT,
        deliveries=_all_came(contracts_of(one.delivery), year=year),
    )


def check(name: str, expected: str, *, year: bool = False, **drawn: str) -> None:
    """Compare the figures of 2026K3, or of the year, with those drawn."""
    found = observed(name, year=year, **drawn)
    told = found.filter((pl.col("numerator") > 0) | (pl.col("denominator") > 0))
    by_hand = table(expected)
    for key, usual in {"area": "GM9901", "partner": "", "breakdown": ""}.items():
        given = pl.col(key).fill_null(usual) if key in by_hand.columns else pl.lit(usual)
        by_hand = by_hand.with_columns(given.alias(key))
    columns = [column for column in SHOWN if column in by_hand.columns]
    assert_frame_equal(
        told.select(columns),
        by_hand.select(pl.col(column).cast(told.schema[column]) for column in columns),
        check_row_order=False,
        abs_tol=5e-4,
    )


def _all_came(contracts: tuple[str, ...], *, year: bool) -> pl.DataFrame:
    quarters = [f"{y}K{q}" for y in (2023, 2024, 2025, 2026) for q in range(1, 5)][:15]
    periods = ["2026"] if year else quarters
    return pl.DataFrame(
        [("gemeente", contract, period, True) for contract in contracts for period in periods],
        schema=["partner", "contract", "period", "accepted"],
        orient="row",
    )


def test_i01_shares_who_agrees_among_the_five_answers_of_a_year() -> None:
    # No opinion is none of the five; CEO-8 is another question; 2025 is another year.
    check(
        "I01",
        """
        period | area     | breakdown | numerator | denominator | value
        2026   | -        | -         | 2         | 3           | 0.667
        2026   | WK990101 | -         | 1         | 2           | 0.5
        2026   | WK990102 | -         | 1         | 1           | 1.0
        """,
        year=True,
        clientervaring="""
        vraag_id | antwoord_code  | datum      | gebied_code
        CEO-9    | helemaal_eens  | 2026-01-20 | WK990101
        CEO-9    | oneens         | 2026-01-20 | WK990101
        CEO-9    | eens           | 2026-02-01 | WK990102
        CEO-9    | geen_mening    | 2026-02-01 | WK990102
        CEO-8    | eens           | 2026-02-01 | WK990102
        CEO-9    | eens           | 2025-12-31 | WK990102
        """,
    )


TEAM = """
    traject_id | datum_eind | gebied_code | _partner     | uitkomst  | plan | netwerk_betrokken | doelen_aantal | doelen_behaald | beoordeeld_door | leefgebieden | zrm_begin_datum | zrm_eind_datum | zrm_begin_financien | zrm_eind_financien
    T1         | 2025-10-01 | WK990101    | welzijn      | opgelost  | ja   | ja                | 4             | 3              | inwoner         | geld         | 2025-01-01      | 2025-10-01     | 2                   | 4
    T2         | 2026-09-30 | WK990101    | welzijn      | maatwerk  | ja   | nee               | 2             | 2              | samen           | geld         | 2026-01-01      | 2026-09-30     | 3                   | 3
    T3         | 2026-03-01 | WK990102    | welzijn      | netwerk   | ja   | geen_netwerk      | 3             | 0              | professional    | geld         | 2025-12-01      | 2026-03-01     | 3                   | 2
    T4         | 2026-03-01 | WK990102    | welzijn      | opgelost  | nee  | -                 | -             | -              | -               | geld         | -               | -              | -                   | -
    T5         | 2026-03-01 | WK990102    | welzijn      | verhuisd  | ja   | ja                | 2             | -              | -               | geld         | 2025-12-01      | 2026-03-01     | 1                   | 5
    T6         | 2025-09-30 | WK990102    | welzijn      | opgelost  | ja   | ja                | 2             | 2              | inwoner         | geld         | 2025-01-01      | 2025-09-30     | 1                   | 5
    T7         | -          | WK990102    | welzijn      | -         | ja   | ja                | 2             | -              | -               | geld         | 2026-01-01      | -              | 1                   | -
"""  # noqa: E501
"""T1 to T5 ended in the four quarters to 2026K3, T6 just before; T7 runs on."""


def test_i02_tells_forward_equal_and_back_beside_how_many_were_measured_twice() -> None:
    # T1 went 2 points forward, T2 none, T3 one back; T4 was not measured and T5 moved away.
    check(
        "I02",
        """
        area     | partner      | breakdown | numerator | denominator | value
        -        | -            | -         | 1         | 3           | 0.333
        -        | -            | gelijk    | 1         | 3           | 0.333
        -        | -            | achteruit | 1         | 3           | 0.333
        -        | -            | dekking   | 3         | 4           | 0.75
        WK990101 | -            | -         | 1         | 2           | 0.5
        WK990101 | -            | gelijk    | 1         | 2           | 0.5
        WK990101 | -            | achteruit | 0         | 2           | 0
        WK990101 | -            | dekking   | 2         | 2           | 1
        WK990102 | -            | -         | 0         | 1           | 0
        WK990102 | -            | gelijk    | 0         | 1           | 0
        WK990102 | -            | achteruit | 1         | 1           | 1
        WK990102 | -            | dekking   | 1         | 2           | 0.5
        -        | welzijn      | -         | 1         | 3           | 0.333
        -        | welzijn      | gelijk    | 1         | 3           | 0.333
        -        | welzijn      | achteruit | 1         | 3           | 0.333
        -        | welzijn      | dekking   | 3         | 4           | 0.75
        """,
        sociaal_team_trajecten=TEAM,
    )


def test_i03_shares_the_plans_in_which_the_network_takes_part() -> None:
    # T1 and T5 of T1, T2, T3 and T5: no network is no.
    check(
        "I03",
        """
        area     | partner      | numerator | denominator | value
        -        | -            | 2         | 4           | 0.5
        WK990101 | -            | 1         | 2           | 0.5
        WK990102 | -            | 1         | 2           | 0.5
        -        | welzijn      | 2         | 4           | 0.5
        """,
        sociaal_team_trajecten=TEAM,
    )


def test_i05_shares_the_goals_reached_as_the_inhabitant_says() -> None:
    # T1: 3 of 4. Together with T2: 5 of 6. T1, T2 and T3 of the five that ended were judged.
    check(
        "I05",
        """
        area     | partner      | breakdown | numerator | denominator | value
        -        | -            | -         | 3         | 4           | 0.75
        -        | -            | samen     | 5         | 6           | 0.833
        -        | -            | dekking   | 3         | 5           | 0.6
        WK990101 | -            | -         | 3         | 4           | 0.75
        WK990101 | -            | samen     | 5         | 6           | 0.833
        WK990101 | -            | dekking   | 2         | 2           | 1
        WK990102 | -            | dekking   | 1         | 3           | 0.333
        -        | welzijn      | -         | 3         | 4           | 0.75
        -        | welzijn      | samen     | 5         | 6           | 0.833
        -        | welzijn      | dekking   | 3         | 5           | 0.6
        """,
        sociaal_team_trajecten=TEAM,
    )


REPORTS = """
    client_pseudo | pc6    | datum_melding | datum_onderzoek_klaar | uitkomst
    Ann           | 9901AA | 2024-09-01    | 2024-10-01            | eigen_kracht
    Bo            | 9901AA | 2024-12-01    | 2025-01-10            | netwerk
    Bo            | 9901AA | 2025-11-01    | -                     | open
    Cas           | 9902AA | 2024-12-01    | 2025-01-10            | aanvraag
    Di            | 9902AA | 2024-08-01    | 2024-09-30            | eigen_kracht
    Ed            | 9902AA | 2025-09-01    | 2025-10-01            | eigen_kracht
"""
SUPPORT = """
    client_pseudo | gebied_code | datum_eind | uitkomst
    Flo           | WK990102    | 2025-03-01 | opgelost
    Gus           | WK990102    | 2025-03-01 | doorverwezen
    -             | WK990102    | 2025-03-01 | opgelost
"""
"""A year after closing falls in 2025K4/2026K3 but for Di (a day too early) and Ed (too late)."""


def test_i06_shares_what_was_solved_without_a_provision_and_did_not_come_back() -> None:
    # Ann and Flo, of Ann, Bo (who came back), Cas, Flo and Gus.
    check(
        "I06",
        """
        area     | numerator | denominator | value
        -        | 2         | 5           | 0.4
        WK990101 | 1         | 2           | 0.5
        WK990102 | 1         | 3           | 0.333
        """,
        wmo_meldingen=REPORTS,
        sociaal_team_trajecten=SUPPORT,
    )


def test_i35_shares_who_came_back_of_the_reports_without_a_provision() -> None:
    # Bo, of Ann and Bo.
    check(
        "I35",
        """
        area     | numerator | denominator | value
        -        | 1         | 2           | 0.5
        WK990101 | 1         | 2           | 0.5
        """,
        wmo_meldingen=REPORTS,
        sociaal_team_trajecten=SUPPORT,
    )


def test_i11_follows_everyone_of_whom_18_months_ended_in_the_period() -> None:
    # Of Ann to Flo and Ian 18 months are over between 1 October 2025 and 30 September 2026; of Gus
    # they were a day before, and Hal asked for no asylum. Ann does all; Bo no money; Cas says: a
    # little; Di was never asked; Ed moved and Flo died; Ian was asked too late.
    check(
        "I11",
        """
        breakdown     | numerator | denominator | value
        -             | 1         | 5           | 0.2
        wonen         | 3         | 5           | 0.6
        geld          | 2         | 5           | 0.4
        regelen       | 3         | 5           | 0.6
        kennissen     | 3         | 5           | 0.6
        eigen_oordeel | 2         | 5           | 0.4
        gemeten       | 3         | 5           | 0.6
        verhuisd      | 1         | 7           | 0.143
        overleden     | 1         | 7           | 0.143
        """,
        inburgering_trajecten="""
        client_pseudo | groep        | datum_huisvesting | uit_beeld | meting_18m_datum | wonen_zelfstandig | geld_zelfstandig | regelen_zelfstandig | contacten | eigen_oordeel
        Ann           | asiel        | 2024-04-01        | geen      | 2025-10-15       | 4                 | 4                | 5                   | 4         | ja
        Bo            | asiel        | 2025-03-31        | geen      | 2026-09-01       | 5                 | 3                | 5                   | 5         | ja
        Cas           | asiel        | 2025-01-10        | geen      | 2026-07-10       | 5                 | 5                | 5                   | 5         | een_beetje
        Di            | asiel        | 2025-01-10        | geen      | -                | -                 | -                | -                   | -         | -
        Ed            | asiel        | 2025-01-10        | verhuisd  | 2026-07-10       | 5                 | 5                | 5                   | 5         | ja
        Flo           | asiel        | 2025-01-10        | overleden | -                | -                 | -                | -                   | -         | -
        Gus           | asiel        | 2024-03-31        | geen      | 2025-09-30       | 5                 | 5                | 5                   | 5         | ja
        Hal           | gezin_overig | 2025-01-10        | geen      | 2026-07-10       | 5                 | 5                | 5                   | 5         | ja
        Ian           | asiel        | 2025-01-10        | geen      | 2026-08-11       | 5                 | 5                | 5                   | 5         | ja
        """,  # noqa: E501
    )


def test_i12_shares_the_plans_that_were_there_ten_weeks_after_settling() -> None:
    # Due are 2025-10-01 (Ann, in time), 2025-10-10 (Bo, a day late), 2026-09-30 (Cas, none yet);
    # Di was due a day before the period, Ed is due a day after it.
    check(
        "I12",
        """
        numerator | denominator | value
        1         | 3           | 0.333
        """,
        inburgering_trajecten="""
        client_pseudo | datum_huisvesting | datum_pip
        Ann           | 2025-07-23        | 2025-10-01
        Bo            | 2025-08-01        | 2025-10-11
        Cas           | 2026-07-22        | -
        Di            | 2025-07-22        | 2025-08-01
        Ed            | 2026-07-23        | 2026-08-01
        """,
    )


ACTIVITIES = """
    periode | partner_id   | activiteit_id | doelgroep   | gebied_code | telwijze           | contacten | unieke_deelnemers | uitkomst_gemeten | uitkomst_positief
    2025K4  | bieb         | B01           | volwassenen | WK990101    | uniek_geregistreerd | 90       | 40                | 10               | 6
    2026K3  | bieb         | B01           | volwassenen | WK990102    | uniek_geregistreerd | 80       | 30                | 10               | 8
    2025K3  | bieb         | B01           | volwassenen | WK990102    | uniek_geregistreerd | 80       | 30                | 10               | 1
    2026K3  | bieb         | B05           | volwassenen | WK990102    | uniek_geregistreerd | 80       | 30                | 10               | 1
    2026K3  | bieb         | B02           | -           | WK990101    | contacten          | 12        | -                 | -                | -
    2026K3  | bieb         | B02           | -           | WK990102    | contacten          | 6         | -                 | -                | -
    2026K2  | bieb         | B02           | -           | WK990102    | contacten          | 60        | -                 | -                | -
    2026K3  | welzijn      | W05           | jongeren    | BU99010101  | contacten          | 35        | -                 | -                | -
    2026K3  | welzijn      | W09           | jongeren    | WK990102    | uniek_geschat      | 20        | 8                 | -                | -
    2026K3  | welzijn      | W10           | jongeren    | WK990102    | uniek_geregistreerd | 50       | 10                | -                | -
    2026K3  | welzijn      | W08           | kinderen    | WK990102    | uniek_geschat      | 50        | 10                | -                | -
"""  # noqa: E501


def test_i13_shares_the_steps_forward_of_the_taalhuis_alone() -> None:
    check(
        "I13",
        """
        partner     | numerator | denominator | value
        -           | 14        | 20          | 0.7
        bieb        | 14        | 20          | 0.7
        """,
        partner_activiteiten=ACTIVITIES,
    )


def test_i15_counts_questions_per_1000_inhabitants_in_a_quarter() -> None:
    check(
        "I15",
        """
        area     | numerator | denominator | value
        -        | 18        | 1000        | 18
        WK990101 | 12        | 600         | 20
        WK990102 | 6         | 400         | 15
        """,
        partner_activiteiten=ACTIVITIES,
        gebied_kerncijfers=INHABITANTS,
    )


def test_i27_counts_contacts_with_youngsters_apart_from_who_is_on_a_list() -> None:
    check(
        "I27",
        """
        area     | breakdown  | numerator | value
        -        | -          | 55        | 55
        WK990101 | -          | 35        | 35
        WK990102 | -          | 20        | 20
        -        | deelnemers | 10        | 10
        WK990102 | deelnemers | 10        | 10
        """,
        partner_activiteiten=ACTIVITIES,
    )


SIGNALS = """
    signaal_id | client_pseudo | datum      | pc6    | brp_ok | contact | hulp_aanvaard
    S1         | Ann           | 2025-10-01 | 9901AA | ja     | nee     | -
    S2         | Ann           | 2025-10-31 | 9901AA | ja     | ja      | ja
    S3         | Bo            | 2026-09-30 | 9901AA | ja     | ja      | nee
    S4         | Cas           | 2026-01-01 | 9902AA | ja     | nee     | -
    S5         | Di            | 2026-01-01 | 9902AA | nee    | ja      | ja
    S6         | Ed            | 2025-09-30 | 9902AA | ja     | ja      | ja
"""
"""Ann is one melding, Bo and Cas are two more; Di does not live here and Ed was too early."""


def test_i16_shares_the_meldingen_with_real_contact() -> None:
    check(
        "I16",
        """
        area     | numerator | denominator | value
        -        | 2         | 3           | 0.667
        WK990101 | 2         | 2           | 1
        WK990102 | 0         | 1           | 0
        """,
        schuldhulp_signalen=SIGNALS,
    )


def test_i17_shares_who_took_help_of_those_reached_and_of_all() -> None:
    check(
        "I17",
        """
        area     | breakdown | numerator | denominator | value
        -        | -         | 1         | 2           | 0.5
        WK990101 | -         | 1         | 2           | 0.5
        -        | van_alle  | 1         | 3           | 0.333
        WK990101 | van_alle  | 1         | 2           | 0.5
        WK990102 | van_alle  | 0         | 1           | 0
        """,
        schuldhulp_signalen=SIGNALS,
    )


DEBTS = """
    traject_id | datum_aanmelding | crisis | datum_eerste_gesprek | datum_eind | resultaat
    D1         | 2025-09-03       | nee    | 2025-10-01           | 2026-09-30 | regeling
    D2         | 2026-08-01       | nee    | 2026-08-30           | -          | -
    D3         | 2026-09-02       | nee    | -                    | -          | -
    D4         | 2026-09-03       | nee    | -                    | -          | -
    D5         | 2026-08-01       | ja     | 2026-08-04           | 2025-10-01 | uitval_inwoner
    D6         | 2026-08-01       | ja     | 2026-08-05           | 2026-01-01 | uitval_schuldeiser
    D7         | 2020-01-01       | nee    | 2020-01-02           | 2026-01-01 | stabiel
    D8         | 2020-01-01       | nee    | 2020-01-02           | 2026-01-01 | doorverwezen
    D9         | 2020-01-01       | nee    | 2020-01-02           | 2025-09-30 | wsnp
"""


def test_i18_judges_the_first_talk_when_four_weeks_are_over_and_a_crisis_after_three_days() -> None:
    # Due on the first day of the period and in time (D1), a day late (D2), due on its last day and
    # still waiting (D3), due a day after it (D4). D5 is in time for a crisis, D6 a day late.
    check(
        "I18",
        """
        breakdown | numerator | denominator | value
        -         | 1         | 3           | 0.333
        crisis    | 1         | 2           | 0.5
        """,
        schuldhulp_trajecten=DEBTS,
    )


def test_i19_shares_what_was_finished_of_what_ended_and_names_who_dropped_out() -> None:
    # Finished D1 and D7; D5 and D6 dropped out; D8 was referred and D9 ended a day too early.
    check(
        "I19",
        """
        breakdown          | numerator | denominator | value
        -                  | 2         | 4           | 0.5
        uitval_inwoner     | 1         | 4           | 0.25
        uitval_schuldeiser | 1         | 4           | 0.25
        """,
        schuldhulp_trajecten=DEBTS,
    )


MONEY = """
    overeenkomst_id | resultaatblad_id | boog | periode | toegekend | besteed
    welzijn         | -                | -    | 2026K3  | 2000.0    | 1500.0
    welzijn         | meedoen          | 2    | 2025K3  | 900.0     | 600.0
    welzijn         | meedoen          | 2    | 2025K4  | 900.0     | 850.0
    welzijn         | meedoen          | 2    | 2026K1  | 1500.0    | 400.0
    welzijn         | meedoen          | 2    | 2026K2  | 1500.0    | 800.0
    welzijn         | meedoen          | 2    | 2026K3  | 1500.0    | 1200.0
    welzijn         | zich_redden      | 1    | 2026K3  | 500.0     | 300.0
    bieb            | -                | -    | 2026K3  | 500.0     | 510.0
    bieb            | meedoen          | 2    | 2026K3  | 500.0     | 510.0
    inkoop-0001     | -                | -    | 2026K3  | 500.0     | -
"""


def test_i38_divides_the_spending_of_four_quarters_over_all_inhabitants_per_arc() -> None:
    # Arc 2: 250 in 2025K4, 1200 in 2026 by welzijn, 510 by the library. Arc 1: 300.
    check(
        "I38",
        """
        breakdown | numerator | denominator | value
        -         | 2260      | 1000        | 2.26
        1         | 300       | 1000        | 0.3
        2         | 1960      | 1000        | 1.96
        """,
        financien=MONEY,
        gebied_kerncijfers=INHABITANTS,
    )


def test_i39_shares_what_was_spent_this_year_of_what_was_granted() -> None:
    # What the last agreement spent is not known, so it counts on neither side.
    check(
        "I39",
        """
        partner | numerator | denominator | value
        -       | 2010      | 2500        | 80.4
        bieb    | 510       | 500         | 102
        welzijn | 1500      | 2000        | 75
        """,
        financien=MONEY,
    )


def test_money_has_no_limits_because_no_chance_is_in_it() -> None:
    found = observed("I39", financien=MONEY)
    assert found["value"].null_count() == 0
    assert found["lower", "upper"].null_count().row(0) == (found.height, found.height)


def test_an_indicator_in_development_has_one_row_and_no_number() -> None:
    for name in ("I04", "I10"):
        found = observed(name, gebied_kerncijfers=INHABITANTS)
        assert found["availability"].to_list() == ["in_development"]
        assert found["value"].to_list() == [None]
