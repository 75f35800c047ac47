"""Trajecten of jeugdhulp beside what is counted of them, worked out by hand."""

import pytest
from derived_rows import figures, made, told

HEAD = (
    "_period | client_pseudo | geboortejaar | aanbieder_agb | hulpvorm | crisis | pc6 | "
    "datum_aanmelding | datum_beschikking | datum_start | datum_eind | reden_eind | "
    "reden_beeindiging | informant | nut_cijfer | zonder_hulp"
)


def drawn(*rows: str) -> str:
    return "\n".join([HEAD, *rows])


def record(
    *,
    who: str = "a",
    at: str = "1",
    form: str = "02",
    asked: str = "-",
    start: str = "-",
    end: str = "-",
    period: str = "2026K3",
    born: str = "2015",
    rest: str = "- | - | - | - | -",
    place: str = "9901AA",
    crisis: str = "02",
) -> str:
    """Draw a row of L03; `rest`: reden_eind, reden_beeindiging, informant, cijfer, zonder_hulp."""
    first = f"{period} | {who} | {born} | {at} | {form} | {crisis} | {place}"
    return f"{first} | {asked} | {asked} | {start} | {end} | {rest}"


def chains(*rows: str) -> list[str]:
    """Return `client form start/end reason` of the trajecten; `…` runs on, `wacht` waits."""
    found = made("jeugd_trajectketens", jeugd_trajecten=drawn(*rows))
    ordered = found.sort("client_pseudo", "hulpvorm", "datum_start", nulls_last=True)
    return [
        f"{row['client_pseudo']} {row['hulpvorm']} {row['datum_start'] or 'wacht'}/"
        f"{row['datum_eind'] or '…'} {row['reden'] or '-'}"
        for row in ordered.iter_rows(named=True)
    ]


ENDED = "01 | 31 | - | - | -"
CHAINS = {
    "of one traject the latest delivery counts": (
        [
            record(period="2026K1", start="2026-01-10"),
            record(period="2026K2", start="2026-01-10", end="2026-05-01", rest=ENDED),
        ],
        ["a 02 2026-01-10/2026-05-01 01"],
    ),
    "two who answered are one traject": (
        [
            record(start="2026-01-10", end="2026-05-01", rest="02 | 34 | jeugdige | 8 | 04"),
            record(start="2026-01-10", end="2026-05-01", rest="02 | 34 | ouder | 6 | 02"),
        ],
        ["a 02 2026-01-10/2026-05-01 02"],
    ),
    "records that overlap or touch are one, with the reason of the last": (
        [
            record(start="2026-01-10", end="2026-05-01", rest="02 | 34 | - | - | -"),
            record(start="2026-05-02", end="2026-06-30", rest=ENDED),
            record(start="2026-06-01", end="2026-06-10", rest="03 | 32 | - | - | -"),
        ],
        ["a 02 2026-01-10/2026-06-30 01"],
    ),
    "a day between makes two": (
        [
            record(start="2026-01-10", end="2026-05-01", rest=ENDED),
            record(start="2026-05-03"),
        ],
        ["a 02 2026-01-10/2026-05-01 01", "a 02 2026-05-03/… -"],
    ),
    "so does another provider or another form": (
        [
            record(start="2026-01-10", end="2026-05-01", rest=ENDED),
            record(start="2026-05-02", at="2"),
            record(start="2026-05-02", form="03"),
        ],
        ["a 02 2026-01-10/2026-05-01 01", "a 02 2026-05-02/… -", "a 03 2026-05-02/… -"],
    ),
    "who waited and began waits no longer": (
        [
            record(period="2026K1", asked="2026-01-05"),
            record(period="2026K2", asked="2026-01-05", start="2026-04-10"),
        ],
        ["a 02 2026-04-10/… -"],
    ),
    "who is left out of a later list still waits": (
        [record(period="2026K1", asked="2026-01-05")],
        ["a 02 wacht/… -"],
    ),
    "who waits in two quarters waits once": (
        [
            record(period="2026K1", asked="2026-01-05"),
            record(period="2026K2", asked="2026-01-05"),
        ],
        ["a 02 wacht/… -"],
    ),
    "who waits since another day, by a correction, waits once": (
        [
            record(period="2026K1", asked="2026-01-05"),
            record(period="2026K2", asked="2026-01-08"),
        ],
        ["a 02 wacht/… -"],
    ),
    "who began waits no longer, also where the day of asking is gone": (
        [
            record(period="2026K1", asked="2026-01-05"),
            record(period="2026K2", start="2026-04-10"),
        ],
        ["a 02 2026-04-10/… -"],
    ),
    "who had help before and asks again waits": (
        [
            record(period="2026K1", start="2026-01-10", end="2026-02-01", rest=ENDED),
            record(period="2026K2", asked="2026-04-05"),
        ],
        ["a 02 2026-01-10/2026-02-01 01", "a 02 wacht/… -"],
    ),
    "the reason of iJw is told in the words of BiJ where those are missing": (
        [
            record(who=str(n), start="2026-01-10", end="2026-05-01", rest=f"- | {n} | - | - | -")
            for n in (31, 32, 33, 34, 35, 36)
        ]
        + [record(who="4", start="2026-01-10", end="2026-05-01", rest="- | 02 | - | - | -")],
        [
            f"{who} 02 2026-01-10/2026-05-01 {reason}"
            for who, reason in (
                *(("31", "01"), ("32", "03"), ("33", "04"), ("34", "02"), ("35", "05")),
                *(("36", "-"), ("4", "05")),
            )
        ],
    ),
}


@pytest.mark.parametrize("case", CHAINS)
def test_records_become_trajecten(case: str) -> None:
    rows, expected = CHAINS[case]
    assert chains(*rows) == expected


def test_i21_counts_a_youngster_once_in_four_quarters_where_they_lived_last() -> None:
    # a has two trajecten; b only waits; c ended before; d moved from one wijk to the other.
    found = figures(
        "I21",
        jeugd_trajecten=drawn(
            record(who="a", start="2025-11-01", end="2025-12-01", rest=ENDED),
            record(who="a", start="2026-02-01", form="03"),
            record(who="b", asked="2026-02-01"),
            record(who="c", start="2025-01-01", end="2025-09-30", rest=ENDED),
            record(who="d", start="2025-01-01", end="2025-12-31", rest=ENDED),
            record(who="d", start="2026-05-01", form="04", place="9902AA"),
        ),
        gebied_kerncijfers="""
            jaar | code     | inwoners_0_17
            2026 | GM9901   | 50
            2026 | WK990101 | 25
            2026 | WK990102 | 25
            """,
    )
    assert told(found) == {"": "2/50 4"}
    assert told(found, area="WK990101") == {"": "1/25 4"}
    assert told(found, area="WK990102") == {"": "1/25 4"}


def test_i22_leaves_out_what_ended_by_itself_or_went_on_elsewhere() -> None:
    ends = {
        **{"a": "03 | 32", "b": "04 | 33", "c": "02 | 34", "d": "01 | 31", "e": "05 | 35"},
        **{"f": "- | 38", "g": "- | 02", "h": "- | 20", "i": "- | -", "j": "- | 32"},
    }
    rows = [
        record(who=who, start="2026-01-10", end="2026-05-01", rest=f"{end} | - | - | -")
        for who, end in ends.items()
    ]
    found = figures("I22", jeugd_trajecten=drawn(*rows, record(who="z", start="2026-01-10")))
    # a, b and j stopped too early, of a, b, c, d, i and j.
    assert told(found) == {"": "3/6 0.5", "in_overleg": "1/6 0.1667"}


ANSWERS = drawn(
    record(who="a", start="2026-01-10", end="2026-05-01", rest="01 | 31 | jeugdige | 7 | 04"),
    record(who="a", start="2026-01-10", end="2026-05-01", rest="01 | 31 | ouder | 6 | 02"),
    record(who="b", start="2026-01-10", end="2026-05-01", rest="01 | 31 | jeugdige | 9 | 01"),
    record(who="c", start="2026-01-10", end="2026-05-01", rest="01 | 31 | ouder | - | 03"),
    record(who="d", start="2026-01-10", end="2026-05-01", rest="01 | 31 | - | - | -"),
    record(who="e", start="2026-01-10", rest="- | - | jeugdige | 10 | 04"),
)


def test_i23_tells_youngsters_and_parents_apart() -> None:
    assert told(figures("I23", jeugd_trajecten=ANSWERS)) == {
        "": "2/3 0.6667",
        "jeugdige": "2/2 1",
        "ouder": "0/1 0",
    }


def test_i23_has_every_mark_beside_it() -> None:
    assert told(figures("I23_cijfers", jeugd_trajecten=ANSWERS)) == {
        **{"": "3/- 3", "6": "1/- 0.3333", "7": "1/- 0.3333", "9": "1/- 0.3333"},
        **{"jeugdige": "2/- 2", "ouder": "1/- 1"},
    }


def test_i24_counts_answers_with_lighter_help_or_none() -> None:
    expected = {"": "3/4 0.75", "geen_hulp": "2/4 0.5"}
    assert told(figures("I24", jeugd_trajecten=ANSWERS)) == expected


def again(*rows: str) -> dict[str, bool]:
    """Return who is in the cohort of the four quarters that end in 2026K3, and came back."""
    found = made("jeugd_na_hulp", jeugd_trajecten=drawn(*rows))
    assert set(found["periode"]) <= {"2025K4/2026K3"}
    return dict(found.sort("client_pseudo").select("client_pseudo", "opnieuw").iter_rows())


AGAIN: dict[str, tuple[list[str], dict[str, bool]]] = {
    "an end of two years ago is too long ago": ([record(start="2023-01-01", end="2024-09-30")], {}),
    "a day later is in it": ([record(start="2023-01-01", end="2024-10-01")], {"a": False}),
    "so is a year ago": ([record(start="2023-01-01", end="2025-09-30")], {"a": False}),
    "and a day less is not": ([record(start="2023-01-01", end="2025-10-01")], {}),
    "help that still runs beside it is no end": (
        [record(start="2023-01-01", end="2025-01-10"), record(start="2024-01-01", form="03")],
        {},
    ),
    "nor is other help that begins the day after": (
        [record(start="2023-01-01", end="2025-01-10"), record(start="2025-01-11", form="03")],
        {},
    ),
    "with a day between it has ended, and came back": (
        [record(start="2023-01-01", end="2025-01-10"), record(start="2025-01-12", form="03")],
        {"a": True},
    ),
    "after exactly a year it came back": (
        [record(start="2023-01-01", end="2025-01-10"), record(start="2026-01-10")],
        {"a": True},
    ),
    "after a year and a day it did not": (
        [record(start="2023-01-01", end="2025-01-10"), record(start="2026-01-11")],
        {"a": False},
    ),
    "of two ends the last one counts": (
        [
            record(start="2023-01-01", end="2024-11-10"),
            record(start="2025-01-01", end="2025-06-10", form="03"),
        ],
        {"a": False},
    ),
    "who turns 18 in 2026 is no longer in it": (
        [
            record(start="2023-01-01", end="2025-01-10", born="2008"),
            record(who="b", start="2023-01-01", end="2025-01-10", born="2009"),
        ],
        {"b": False},
    ),
}


@pytest.mark.parametrize("case", AGAIN)
def test_who_needs_help_again(case: str) -> None:
    rows, expected = AGAIN[case]
    assert again(*rows) == expected


BACK = drawn(
    record(who="a", start="2020-01-01", end="2021-08-01"),
    record(who="a", start="2026-08-01", form="03"),
    record(who="b", start="2020-01-01", end="2021-07-31"),
    record(who="b", start="2026-08-01", form="03"),
    record(who="c", start="2026-08-01", end="2026-08-10"),
    record(who="c", start="2026-08-10", form="03"),
    record(who="d", start="2023-01-01", end="2025-01-10"),
    record(who="e", start="2023-01-01", end="2025-01-10"),
    record(who="e", start="2025-06-01", end="2025-08-10"),
)


def test_i25_looks_forward_from_an_end_and_back_from_a_start() -> None:
    # Forward: d and e ended and nobody came back after that. Back: of a, b and twice c one had
    # help that ended at most five years before; on the day itself is not before.
    found = figures("I25", jeugd_trajecten=BACK)
    assert told(found) == {"": "2/2 1", "terugkijkend": "1/4 0.25"}


def test_i25_looks_back_only_where_five_years_are_known() -> None:
    found = figures("I25", since="2020K4", jeugd_trajecten=BACK)
    assert told(found)["terugkijkend"] == "1/4 0.25"
    assert told(figures("I25", since="2021K1", jeugd_trajecten=BACK)) == {"": "2/2 1"}


def test_i26_counts_the_wait_of_who_began_and_who_waits_without_crisis_and_foster_care() -> None:
    # Waits: 10, 15, 20 and 30 days; d waits since 1 September, 29 days at the reference date.
    found = figures(
        "I26",
        jeugd_trajecten=drawn(
            record(who="a", asked="2026-03-01", start="2026-03-11"),
            record(who="b", asked="2026-03-01", start="2026-03-21"),
            record(who="c", asked="2026-03-01", start="2026-03-31"),
            record(who="d", asked="2026-09-01"),
            record(who="g", asked="2026-03-01", start="2026-03-16"),
            record(who="e", asked="2026-03-01", start="2026-03-01", crisis="01"),
            record(who="e", asked="2026-03-01", start="2026-06-01"),  # goes on, as no crisis
            record(who="f", asked="2026-03-01", start="2026-09-01", form="11"),
        ),
    )
    main = told(found)
    assert (main[""], main["open"], main["norm"]) == ("4/5 20", "-/- 1", "-/- 1")
