"""Benefits beside what is counted of them, worked out by hand."""

import pytest
from derived_rows import figures, made, told

HEAD = (
    "dossier_id | client_pseudo | huishouden_pseudo | pc6 | begindatum | einddatum | "
    "reden_beeindiging"
)

K4 = "2025K4/2026K3"  # from 1 October 2025 up to and with 30 September 2026


def left(
    *rows: str, table: str = "bijstand_uitstroom", column: str = "naar_werk"
) -> dict[str, bool]:
    """Return who is in the four quarters that end in 2026K3, and whether the column holds."""
    found = made(table, pwet_uitkeringen="\n".join([HEAD, *rows]))
    assert found["periode"].to_list() == [K4] * found.height
    return dict(found.sort("client_pseudo").select("client_pseudo", column).iter_rows())


TO_WORK: dict[str, tuple[list[str], dict[str, bool]]] = {
    "who still has it": (["D1 | a | h | 9901AA | 2025-10-01 | - | -"], {"a": False}),
    "who got it a day later is not in it": (["D1 | a | h | 9901AA | 2025-10-02 | - | -"], {}),
    "nor whose benefit ended a day earlier": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2025-09-30 | werk_loondienst"],
        {},
    ),
    "who left for work": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2026-03-15 | werk_loondienst"],
        {"a": True},
    ),
    "or to work for oneself": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2026-03-15 | zelfstandig"],
        {"a": True},
    ),
    "and not for another reason": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2026-03-15 | aow"],
        {"a": False},
    ),
    "an end of a month ago counts": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2026-08-30 | werk_loondienst"],
        {"a": True},
    ),
    "a month after the last of August is the last of September": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2026-08-31 | werk_loondienst"],
        {"a": True},
    ),
    "an end of less than a month ago does not count yet": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2026-09-01 | werk_loondienst"],
        {"a": False},
    ),
    "a benefit that comes back within 30 days ran on": (
        [
            "D1 | a | h | 9901AA | 2020-01-01 | 2026-03-01 | werk_loondienst",
            "D2 | a | h | 9901AA | 2026-03-30 | - | -",
        ],
        {"a": False},
    ),
    "after 30 days it is a new one, and there again after a month": (
        [
            "D1 | a | h | 9901AA | 2020-01-01 | 2026-03-01 | werk_loondienst",
            "D2 | a | h | 9901AA | 2026-03-31 | - | -",
        ],
        {"a": False},
    ),
    "after more than a month who left has left": (
        [
            "D1 | a | h | 9901AA | 2020-01-01 | 2026-03-01 | werk_loondienst",
            "D2 | a | h | 9901AA | 2026-04-02 | - | -",
        ],
        {"a": True},
    ),
}


@pytest.mark.parametrize("case", TO_WORK)
def test_who_goes_to_work(case: str) -> None:
    rows, expected = TO_WORK[case]
    assert left(*rows) == expected


YEAR_AFTER: dict[str, tuple[list[str], dict[str, bool]]] = {
    "two years before the end is too long ago": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2024-09-30 | werk_loondienst"],
        {},
    ),
    "a day later is not": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2024-10-01 | werk_loondienst"],
        {"a": False},
    ),
    "a year before the end is just long enough": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2025-09-30 | werk_loondienst"],
        {"a": False},
    ),
    "a day less is not": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2025-10-01 | werk_loondienst"],
        {},
    ),
    "bijstand again within the year": (
        [
            "D1 | a | h | 9901AA | 2020-01-01 | 2025-01-10 | werk_loondienst",
            "D2 | a | h | 9901AA | 2026-01-10 | - | -",
        ],
        {"a": True},
    ),
    "and again after it": (
        [
            "D1 | a | h | 9901AA | 2020-01-01 | 2025-01-10 | werk_loondienst",
            "D2 | a | h | 9901AA | 2026-01-11 | - | -",
        ],
        {"a": False},
    ),
    "of two times the last one counts": (
        [
            "D1 | a | h | 9901AA | 2020-01-01 | 2024-11-10 | werk_loondienst",
            "D2 | a | h | 9901AA | 2025-03-01 | 2025-07-01 | zelfstandig",
        ],
        {"a": False},
    ),
    "who left for something else is not in it": (
        ["D1 | a | h | 9901AA | 2020-01-01 | 2025-03-15 | opleiding"],
        {},
    ),
}


@pytest.mark.parametrize("case", YEAR_AFTER)
def test_who_stays_at_work_for_a_year(case: str) -> None:
    rows, expected = YEAR_AFTER[case]
    assert left(*rows, table="bijstand_na_werk", column="weer_bijstand") == expected


PEOPLE = "\n".join(
    [
        HEAD,
        "D1 | a | h1 | 9901AA | 2020-01-01 | -          | -",
        "D1 | b | h1 | 9901AA | 2020-01-01 | -          | -",
        "D2 | c | h2 | 9902AA | 2025-10-01 | 2026-02-10 | werk_loondienst",
        "D3 | d | h3 | 9902AA | 2024-01-01 | 2025-08-31 | werk_loondienst",
        "D4 | e | h4 | 1234ZZ | 2026-07-01 | -          | -",
        "D5 | f | h5 | 9902AA | 2026-07-01 | 2026-09-29 | verhuizing",
    ]
)


def test_i14_is_a_cohort_of_four_quarters_and_does_not_add_up_over_them() -> None:
    # On 1 October 2025 a, b and c had bijstand; c went to work. A year before that d did.
    found = figures("I14", quarters=("2026K2", "2026K3"), pwet_uitkeringen=PEOPLE)
    assert told(found) == {"": "1/3 0.3333", "na_een_jaar": "1/1 1"}
    assert told(found, area="WK990102") == {"": "1/1 1", "na_een_jaar": "1/1 1"}
    # On 1 July 2025 a, b and d had it; d went to work.
    assert told(found, period="2025K3/2026K2")[""] == "1/3 0.3333"


def test_i14_tells_no_year_after_of_a_year_that_was_not_delivered() -> None:
    found = figures("I14", since="2025K1", pwet_uitkeringen=PEOPLE)
    assert told(found) == {"": "1/3 0.3333"}


def test_i20_counts_households_on_the_last_day() -> None:
    # a and b are one household; e moved in with a postcode that is not here; f had left by then.
    found = figures(
        "I20",
        pwet_uitkeringen=PEOPLE,
        gebied_kerncijfers="""
            jaar | code     | huishoudens
            2026 | GM9901   | 1000
            2026 | WK990101 | 600
            2026 | WK990102 | 400
            """,
    )
    assert told(found) == {"": "2/1000 2"}
    assert told(found, area="WK990101") == {"": "1/600 1.667"}
    assert told(found, area="onbekend")[""].startswith("1/-")
