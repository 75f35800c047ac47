"""Assignments of the Wmo beside the episodes and figures that follow from them, by hand."""

import pytest
from derived_rows import figures, made, told

HEAD = (
    "toewijzing_nr | client_pseudo | aanbieder_agb | productcategorie | ingangsdatum | einddatum | "
    "reden_wijziging | startdatum_werkelijk | stopdatum_werkelijk | reden_beeindiging | "
    "status_aanlevering"
)


def episodes(*rows: str) -> list[str]:
    """Return `client category begin-end provider` of the episodes; `…` runs on."""
    found = made("wmo_perioden", wmo_toewijzingen="\n".join([HEAD, *rows]))
    ordered = found.sort("client_pseudo", "productcategorie", "begin")
    return [
        f"{row['client_pseudo']} {row['productcategorie']} {row['begin']}/{row['einde'] or '…'} "
        f"{row['aanbieder_agb']}"
        for row in ordered.iter_rows(named=True)
    ]


ONE = "T1 | a | 1 | 01 | 2025-01-01 | 2025-06-30 | - | - | - | - | 1"

EPISODES = {
    "one assignment is one episode": ([ONE], ["a 01 2025-01-01/2025-06-30 1"]),
    "help that begins the day after goes on": (
        [ONE, "T2 | a | 2 | 01 | 2025-07-01 | - | - | - | - | - | 1"],
        ["a 01 2025-01-01/… 2"],
    ),
    "help that begins two days after is new help": (
        [ONE, "T2 | a | 2 | 01 | 2025-07-02 | - | - | - | - | - | 1"],
        ["a 01 2025-01-01/2025-06-30 1", "a 01 2025-07-02/… 2"],
    ),
    "after an end on paper help goes on within 30 days": (
        [
            "T1 | a | 1 | 01 | 2025-01-01 | 2025-06-30 | 09 | - | - | - | 1",
            "T2 | a | 2 | 01 | 2025-07-30 | - | - | - | - | - | 1",
        ],
        ["a 01 2025-01-01/… 2"],
    ),
    "and not after 31 days": (
        [
            "T1 | a | 1 | 01 | 2025-01-01 | 2025-06-30 | - | - | 2025-06-30 | 38 | 1",
            "T2 | a | 2 | 01 | 2025-07-31 | - | - | - | - | - | 1",
        ],
        ["a 01 2025-01-01/2025-06-30 1", "a 01 2025-07-31/… 2"],
    ),
    "what counts is how the help with the latest end ended": (
        [
            "T1 | a | 1 | 01 | 2025-01-01 | 2025-06-30 | - | - | - | - | 1",
            "T2 | a | 2 | 01 | 2025-02-01 | 2025-04-30 | 11 | - | - | - | 1",
            "T3 | a | 3 | 01 | 2025-07-20 | - | - | - | - | - | 1",
        ],
        ["a 01 2025-01-01/2025-06-30 1", "a 01 2025-07-20/… 3"],
    ),
    "another kind of help, or another person, is another episode": (
        [
            ONE,
            "T2 | a | 1 | 02 | 2025-07-01 | - | - | - | - | - | 1",
            "T3 | b | 1 | 01 | 2025-07-01 | - | - | - | - | - | 1",
        ],
        ["a 01 2025-01-01/2025-06-30 1", "a 02 2025-07-01/… 1", "b 01 2025-07-01/… 1"],
    ),
    "a pause is no end, a stop is": (
        [
            "T1 | a | 1 | 01 | 2025-01-01 | 2025-12-31 | - | - | 2025-06-30 | 20 | 1",
            "T2 | a | 1 | 02 | 2025-01-01 | 2025-12-31 | - | - | 2025-06-30 | 19 | 1",
        ],
        ["a 01 2025-01-01/2025-12-31 1", "a 02 2025-01-01/2025-06-30 1"],
    ),
    "help begins when it really began": (
        ["T1 | a | 1 | 01 | 2025-01-01 | - | - | 2025-02-10 | - | - | 1"],
        ["a 01 2025-02-10/… 1"],
    ),
    "what was taken back, ended before it began or begins later is not there": (
        [
            "T1 | a | 1 | 01 | 2025-01-01 | 2025-01-01 | 13 | - | - | - | 1",
            "T2 | a | 1 | 02 | 2025-01-01 | - | - | - | - | - | 3",
            "T3 | a | 1 | 03 | 2025-01-01 | - | - | 2025-03-01 | 2025-02-01 | 19 | 1",
            "T4 | a | 1 | 04 | 2026-10-01 | - | - | - | - | - | 1",
            "T5 | a | 1 | 05 | 2025-01-01 | 2025-01-01 | - | - | - | - | 1",
        ],
        [],
    ),
    "of two that end on one day the later one tells the provider": (
        [
            "T1 | a | 1 | 01 | 2025-01-01 | 2025-12-31 | - | - | - | - | 1",
            "T9 | a | 9 | 01 | 2025-02-01 | 2025-12-31 | - | - | - | - | 1",
            "T2 | a | 2 | 01 | 2025-02-01 | 2025-12-31 | - | - | - | - | 1",
        ],
        ["a 01 2025-01-01/2025-12-31 9"],
    ),
}


@pytest.mark.parametrize("case", EPISODES)
def test_assignments_become_episodes(case: str) -> None:
    rows, expected = EPISODES[case]
    assert episodes(*rows) == expected


DOUBLE = """
    toewijzing_nr | client_pseudo | aanbieder_agb | productcategorie | ingangsdatum | einddatum  | status_aanlevering
    T01           | a             | 1             | 01               | 2026-01-01   | -          | 1
    T02           | a             | 2             | 01               | 2026-07-01   | 2026-07-14 | 1
    T03           | b             | 1             | 01               | 2026-01-01   | -          | 1
    T04           | b             | 2             | 01               | 2026-07-01   | 2026-07-13 | 1
    T05           | c             | 1             | 01               | 2026-01-01   | -          | 1
    T06           | c             | 2             | 02               | 2026-01-01   | -          | 1
    T07           | d             | 1             | 01               | 2026-01-01   | -          | 1
    T08           | d             | 1             | 01               | 2026-02-01   | -          | 1
    T09           | e             | 1             | 07               | 2026-06-20   | -          | 1
    T10           | e             | 2             | 07               | 2026-06-20   | 2026-06-26 | 1
    T11           | e             | 2             | 07               | 2026-06-27   | -          | 1
    T12           | f             | 1             | 01               | 2026-01-01   | 2026-06-30 | 1
    T13           | f             | 2             | 01               | 2026-06-01   | -          | 1
    """  # noqa: E501


def test_two_providers_of_one_kind_of_help_side_by_side_for_fourteen_days_are_a_signal() -> None:
    # a: 14 days. b: 13. c: two kinds of help. d: one provider. e: of one provider two assignments
    # that touch, the fourteenth day is 3 July. f: 30 days in June.
    found = made("dubbele_hulp", quarters=("2026K2", "2026K3"), wmo_toewijzingen=DOUBLE)
    days = found.sort("client_pseudo").select("client_pseudo", "productcategorie", "dag").rows()
    assert [(who, what, str(day)) for who, what, day in days] == [
        ("a", "01", "2026-07-14"),
        ("e", "07", "2026-09-30"),
        ("f", "01", "2026-06-30"),
    ]


def test_i34_counts_persons_with_two_providers_per_quarter() -> None:
    found = figures("I34", quarters=("2026K2", "2026K3"), wmo_toewijzingen=DOUBLE)
    assert told(found, period="2026K2")[""] == "1/- 1"
    assert told(found, period="2026K3")[""] == "2/- 2"


STARTS = """
    toewijzing_nr | client_pseudo | aanbieder_agb | productcategorie | ingangsdatum | einddatum  | reden_wijziging | startdatum_werkelijk | status_aanlevering
    T1            | a             | 1             | 01               | 2026-02-01   | -          | -               | 2026-02-10           | 1
    T2            | a             | 1             | 02               | 2026-03-01   | -          | -               | 2026-03-05           | 1
    T3            | b             | 1             | 01               | 2025-02-01   | -          | -               | 2025-02-10           | 1
    T4            | c             | 1             | 01               | 2026-02-01   | 2026-02-01 | 13              | 2026-02-01           | 1
    T5            | d             | 1             | 01               | 2026-02-01   | -          | -               | 2026-03-31           | 1
    """  # noqa: E501
REPORTS = """
    melding_id | client_pseudo | datum_melding | uitkomst             | besluit    | pc6
    M1         | a             | 2026-01-01    | aanvraag             | toegekend  | 9901AA
    M2         | a             | 2026-03-01    | aanvraag             | deels      | 9901AA
    M3         | b             | 2026-01-01    | open                 | -          | 9901AA
    M4         | c             | 2026-01-01    | aanvraag             | toegekend  | 9901AA
    M5         | d             | 2026-03-31    | aanvraag             | toegekend  | 9902AA
    M6         | d             | 2026-01-01    | eigen_kracht         | -          | 9902AA
    M7         | d             | 2026-01-01    | aanvraag             | afgewezen  | 9902AA
    M8         | d             | 2026-01-01    | aanvraag             | ingetrokken | 9902AA
    """


def test_a_melding_waits_for_the_first_help_that_begins_on_its_day_or_later() -> None:
    found = made("meldingen_tot_hulp", wmo_meldingen=REPORTS, wmo_toewijzingen=STARTS)
    starts = dict(found.select("melding_id", "datum_start").iter_rows())
    assert {melding: str(starts[melding]) for melding in ("M1", "M2", "M3", "M4", "M5")} == {
        "M1": "2026-02-10",  # the first of two
        "M2": "2026-03-05",  # the second one of these
        "M3": "None",  # help of before the melding is no answer to it
        "M4": "None",  # taken back
        "M5": "2026-03-31",  # on the day itself
    }


def test_i30_tells_the_median_wait_for_help_of_those_who_have_it_and_those_who_wait() -> None:
    # Waits: M1 40 days, M2 4, M5 0; M3 and M4 wait since 1 January. Half of five have help by 40.
    found = figures("I30", wmo_meldingen=REPORTS, wmo_toewijzingen=STARTS)
    main = told(found)
    assert main[""] == "3/5 40"
    assert main["open"] == "-/- 2"
    assert main["norm"] == "-/- 0.6"
    assert told(found, area="WK990102")[""] == "1/1 0"
