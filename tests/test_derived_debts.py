"""Early signals and amounts beside the meldingen and the spending that follow from them."""

from derived_rows import made
from polars.testing import assert_frame_equal
from tiny_agreement import table


def test_signals_about_one_person_in_a_month_are_one_melding() -> None:
    # Ann: two in August, one in September; Bo: three, of whom the second led to contact and the
    # third to help. Cas was not seen to live here the first time; of two nobody knows who it is.
    signals = """
        signaal_id | client_pseudo | datum      | pc6    | brp_ok | contact | hulp_aanvaard
        S01        | Ann           | 2026-08-03 | 9901AA | ja     | nee      | -
        S02        | Ann           | 2026-08-31 | 9902AA | ja     | nee      | -
        S03        | Ann           | 2026-09-01 | 9902AA | ja     | ja      | nee
        S04        | Bo            | 2026-08-01 | 9901AA | ja     | nee      | -
        S05        | Bo            | 2026-08-09 | 9901AA | ja     | ja      | -
        S06        | Bo            | 2026-08-20 | 9901AA | ja     | ja      | ja
        S07        | Cas           | 2026-08-02 | 9902AA | nee     | ja      | ja
        S08        | Cas           | 2026-08-05 | 9901AA | ja     | nee      | -
        S09        | -             | 2026-08-07 | 9901AA | ja     | nee      | -
        S10        | -             | 2026-08-07 | 9901AA | ja     | ja      | nee
        """
    expected = table("""
        datum      | pc6    | contact | hulp_aanvaard
        2026-08-01 | 9901AA | yes     | yes
        2026-08-03 | 9902AA | no      | no
        2026-08-05 | 9901AA | no      | no
        2026-08-07 | 9901AA | no      | no
        2026-08-07 | 9901AA | yes     | no
        2026-09-01 | 9902AA | yes     | no
        """)
    found = made("schuld_meldingen", schuldhulp_signalen=signals)
    assert_frame_equal(found.sort(found.columns), expected)


def test_one_month_in_two_years_is_two_meldingen() -> None:
    signals = """
        signaal_id | client_pseudo | datum      | brp_ok | contact
        S1         | Ann           | 2025-08-03 | ja     | nee
        S2         | Ann           | 2026-08-03 | ja     | nee
        """
    assert made("schuld_meldingen", schuldhulp_signalen=signals).height == 2


def test_what_was_spent_in_a_quarter_is_what_came_on_top_since_1_january() -> None:
    # The agreement as a whole is left out; of 2026K2 the second part is not known, so that K3 holds
    # both quarters; the first part went down in 2026K2: what was too much is taken back.
    amounts = """
        overeenkomst_id | resultaatblad_id | boog | periode | besteed
        welzijn         | -                | -    | 2026K1  | 150.0
        welzijn         | meedoen          | 2    | 2025K4  | 400.5
        welzijn         | meedoen          | 2    | 2026K1  | 100.0
        welzijn         | meedoen          | 2    | 2026K2  | 80.0
        welzijn         | meedoen          | 2    | 2026K3  | 300.25
        welzijn         | zich_redden      | 1    | 2026K1  | 50.0
        welzijn         | zich_redden      | 1    | 2026K2  | -
        welzijn         | zich_redden      | 1    | 2026K3  | 120.0
        bibliotheek     | zich_redden      | 1    | 2026K3  | 7.0
        """
    expected = table("""
        overeenkomst_id | resultaatblad_id | boog | periode | besteed_erbij
        bibliotheek     | zich_redden      | 1    | 2026K3  | 7.0
        welzijn         | meedoen          | 2    | 2025K4  | 400.5
        welzijn         | meedoen          | 2    | 2026K1  | 100.0
        welzijn         | meedoen          | 2    | 2026K2  | -20.0
        welzijn         | meedoen          | 2    | 2026K3  | 220.25
        welzijn         | zich_redden      | 1    | 2026K1  | 50.0
        welzijn         | zich_redden      | 1    | 2026K2  | -
        welzijn         | zich_redden      | 1    | 2026K3  | 70.0
        """)
    found = made("uitgaven", financien=amounts).sort(expected.columns[:4])
    assert_frame_equal(found, expected)


def test_a_year_of_spending_adds_up_to_what_the_last_quarter_says() -> None:
    amounts = """
        overeenkomst_id | resultaatblad_id | boog | periode | besteed
        welzijn         | meedoen          | 2    | 2026K3  | 30.0
        welzijn         | meedoen          | 2    | 2026K1  | 10.0
        welzijn         | meedoen          | 2    | 2026K4  | 45.0
        welzijn         | meedoen          | 2    | 2026K2  | 18.0
        """
    assert made("uitgaven", financien=amounts)["besteed_erbij"].sum() == 45.0
