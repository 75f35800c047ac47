"""Help in the arcs of the rainbow, of persons and households, worked out by hand."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from derived_rows import figures, made, told

from sources.agreement.model import ArcMapping

WMO, YOUTH, TEAM = "wmo_toewijzingen", "jeugd_trajecten", "sociaal_team_trajecten"


def mapped(contract: str, column: str, value: str, arc: int, *, since: date) -> ArcMapping:
    return ArcMapping(contract=contract, column=column, value=value, arc=arc, since=since)


ALWAYS = date(2020, 1, 1)
MAPPING = (
    mapped(WMO, "productcategorie", "01", 4, since=ALWAYS),
    mapped(WMO, "productcategorie", "07", 4, since=ALWAYS),
    mapped(WMO, "productcategorie", "07", 3, since=date(2026, 7, 1)),
    mapped(YOUTH, "hulpvorm", "02", 4, since=ALWAYS),
    mapped(TEAM, "vorm", "leun_steun", 2, since=ALWAYS),
)

# a: category 07, which moved to arc 3 in July. b: home help and a team. c: of a team, unknown to
# all. d: not mapped. e: ended in June. f: the Jeugdwet, of a place outside.
HELP: dict[str, Any] = {
    WMO: """
        toewijzing_nr | client_pseudo | aanbieder_agb | productcategorie | ingangsdatum | einddatum  | status_aanlevering | pc6
        T1            | a             | 1             | 07               | 2026-01-01   | -          | 1                  | 9901AA
        T2            | b             | 1             | 01               | 2026-01-01   | 2026-08-01 | 1                  | 9901AA
        T3            | d             | 1             | 18               | 2026-01-01   | -          | 1                  | 9901AA
        T4            | e             | 1             | 01               | 2026-01-01   | 2026-06-30 | 1                  | 9902AA
        """,  # noqa: E501
    TEAM: """
        client_pseudo | vorm       | datum_start | datum_eind | gebied_code | pc4
        b             | leun_steun | 2026-02-01  | -          | WK990102    | -
        -             | leun_steun | 2026-02-01  | -          | WK990102    | -
        c             | leun_steun | -           | -          | WK990102    | -
        g             | leun_steun | 2026-09-30  | -          | -           | 9902
        """,
    YOUTH: """
        client_pseudo | geboortejaar | aanbieder_agb | hulpvorm | crisis | datum_start | pc6
        f             | 2015         | 1             | 02       | 02     | 2026-01-10  | -
        """,
}


def test_each_help_is_in_the_arc_of_its_last_day_and_where_the_person_was_last() -> None:
    # b had help of two kinds: in June on one day, where the last place by name counts.
    found = made("hulp_per_boog", quarters=("2026K2", "2026K3"), mapping=MAPPING, **HELP)
    rows = found.filter(pl.col("dag") >= date(2026, 4, 1)).sort("client_pseudo", "dag", "boog")
    assert [f"{who} {arc} {day} {place}" for who, arc, day, place in rows.iter_rows()] == [
        "a 4 2026-06-30 9901AA",
        "a 3 2026-09-30 9901AA",
        "b 2 2026-06-30 WK990102",
        "b 4 2026-06-30 WK990102",
        "b 4 2026-08-01 WK990102",
        "b 2 2026-09-30 WK990102",
        "e 4 2026-06-30 9902AA",
        "f 4 2026-06-30 None",
        "f 4 2026-09-30 None",
        "g 2 2026-09-30 WK990102",
    ]


def test_i36_counts_persons_once_in_all_and_in_every_arc_and_contacts_apart() -> None:
    # With the rainbow of Voorbeeldstad: 07 is arc 3, all else of the Wmo and hulpvorm 02 arc 4.
    found = figures(
        "I36",
        **HELP,
        partner_activiteiten="""
            periode | activiteit_id | boog | gebied_code | contacten
            2026K3  | W01           | 2    | BU99010101  | 120
            2026K3  | ZZZ           | 1    | WK990102    | 30
            2026K2  | W01           | 2    | BU99010101  | 999
            """,
        gebied_kerncijfers="""
            jaar | code     | inwoners
            2026 | GM9901   | 1000
            2026 | WK990101 | 500
            2026 | WK990102 | 500
            """,
    )
    assert told(found) == {
        "": "5/1000 5",  # a, b, d, f, g
        "2": "2/1000 2",
        "3": "1/1000 1",
        "4": "3/1000 3",
        "contacten": "150/1000 150",
    }
    # b was seen last by the team, in the other wijk.
    elsewhere = told(found, area="WK990101")
    assert (elsewhere[""], elsewhere["4"]) == ("2/500 4", "1/500 2")  # d, and not b
    assert told(found, area="WK990102")[""] == "2/500 4"


FLOWS = {
    # Four quarters to 2025K3 | four quarters to 2026K3.
    "new": ("-", "leun", "in"),
    "gone": ("home", "-", "uit"),
    "to lighter help": ("home", "leun", "lichter"),
    "to heavier help": ("leun", "home", "zwaarder"),
    "the same": ("home", "home", "gelijk"),
    "the heaviest counts": ("home leun", "home", "gelijk"),
}


@pytest.mark.parametrize("case", FLOWS)
def test_a_person_flows_between_arcs(case: str) -> None:
    then, now, expected = FLOWS[case]
    wmo, team = [], []
    for text, begin, end in ((then, "2025-01-01", "2025-02-01"), (now, "2026-01-01", "2026-02-01")):
        for kind in text.split():
            if kind == "home":
                wmo.append(f"{begin} | a | 1 | 01 | {begin} | {end} | 1")
            elif kind == "leun":
                team.append(f"a | leun_steun | {begin} | {end}")
    head = (
        "toewijzing_nr | client_pseudo | aanbieder_agb | productcategorie | ingangsdatum | "
        "einddatum | status_aanlevering"
    )
    rows: dict[str, Any] = {
        WMO: "\n".join([head, *wmo]),
        TEAM: "\n".join(["client_pseudo | vorm | datum_start | datum_eind", *team]),
    }
    found = made("boogstromen", mapping=MAPPING, **rows)
    assert found.select("stroom", "periode").rows() == [(expected, "2025K4/2026K3")]


def test_i37_counts_each_person_in_one_flow() -> None:
    # New in 2026 are b, d, e, f and g. Before that a had home help, and z, who has no help now.
    earlier = HELP[WMO] + (
        "T5 | a | 1 | 01 | 2025-01-01 | 2025-06-30 | 1 | 9901AA\n"
        "T6 | z | 1 | 01 | 2025-01-01 | 2025-06-30 | 1 | 9901AA"
    )
    found = figures("I37", **(HELP | {WMO: earlier}))
    assert told(found) == {
        "": "7/- 7",
        "in": "5/- 5",  # b, d, e, f, g
        "lichter": "1/- 1",  # a, from home help to help in a group
        "uit": "1/- 1",  # z
    }


def test_i37_needs_two_times_four_quarters() -> None:
    assert figures("I37", since="2024K4", **HELP).height > 0
    assert figures("I37", since="2025K1", **HELP).is_empty()


# On 30 September: a has the Wmo and bijstand. b and c are a household by the number that bijstand
# knows; b has bijstand, c the Wmo. d is a child of nobody's number with the Wmo too. e had the Wmo
# until the day before. f has all three. g has one law, twice.
LAWS: dict[str, Any] = {
    WMO: """
        toewijzing_nr | client_pseudo | huishouden_pseudo | aanbieder_agb | productcategorie | ingangsdatum | einddatum  | status_aanlevering | pc6
        T1            | a             | -                 | 1             | 01               | 2026-01-01   | -          | 1                  | 9901AA
        T2            | c             | h2                | 1             | 01               | 2026-01-01   | -          | 1                  | 9901AA
        T3            | d             | -                 | 1             | 01               | 2026-01-01   | -          | 1                  | 9902AA
        T4            | e             | -                 | 1             | 01               | 2026-01-01   | 2026-09-29 | 1                  | 9902AA
        T5            | f             | -                 | 1             | 01               | 2026-01-01   | -          | 1                  | 9902AA
        T6            | g             | -                 | 1             | 01               | 2026-01-01   | -          | 1                  | 9902AA
        T7            | g             | -                 | 1             | 02               | 2026-01-01   | -          | 1                  | 9902AA
        """,  # noqa: E501
    YOUTH: """
        client_pseudo | geboortejaar | aanbieder_agb | hulpvorm | crisis | datum_start | datum_eind | pc6
        d             | 2015         | 1             | 02       | 02     | 2026-01-10  | -          | 9902AA
        f             | 2015         | 1             | 02       | 02     | 2026-01-10  | -          | 9902AA
        """,  # noqa: E501
    "pwet_uitkeringen": """
        dossier_id | client_pseudo | huishouden_pseudo | pc6    | begindatum | einddatum
        D1         | a             | h1                | 9901AA | 2026-01-01 | -
        D2         | b             | h2                | 9901AA | 2026-01-01 | -
        D3         | e             | h5                | 9902AA | 2026-01-01 | -
        D4         | f             | h6                | 9902AA | 2026-01-01 | -
        """,
}


def test_i33_counts_households_by_the_laws_that_help_them_on_the_last_day() -> None:
    found = figures(
        "I33",
        **LAWS,
        gebied_kerncijfers="""
            jaar | code     | huishoudens
            2026 | GM9901   | 1000
            2026 | WK990101 | 400
            2026 | WK990102 | 600
            """,
    )
    assert told(found) == {
        "": "4/1000 4",
        "alle": "1/1000 1",
        "wmo_jeugd": "1/1000 1",
        "wmo_pwet": "2/1000 2",
    }
    assert told(found, area="WK990101") == {
        **{"": "2/400 5", "alle": "0/400 0", "wmo_jeugd": "0/400 0", "wmo_pwet": "2/400 5"},
    }


def test_i34_has_households_with_three_kinds_of_help_and_nobody_who_leads_beside_it() -> None:
    # g has three of the Wmo; f has one, with a traject of youth and of a team with a regisseur.
    rows: dict[str, Any] = LAWS | {
        WMO: LAWS[WMO] + "T8 | g | - | 1 | 07 | 2026-01-01 | - | 1 | 9902AA",
        TEAM: """
            client_pseudo | huishouden_pseudo | vorm       | regisseur | datum_start | datum_eind
            f             | -                 | leun_steun | ja        | 2026-01-01  | -
            d             | -                 | leun_steun | nee       | 2026-01-01  | 2026-09-29
            """,
    }
    assert told(figures("I34", **rows))["zonder_regisseur"] == "1/- 1"
    nobody = rows | {TEAM: rows[TEAM].replace("ja ", "nee")}
    assert told(figures("I34", **nobody))["zonder_regisseur"] == "2/- 2"
