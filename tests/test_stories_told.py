"""What is told of a story fits ten clients or more: who they are, and what is left out for it.

The rows of deliveries are drawn as tables; the property holds for any of them.
"""

from datetime import date
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.settings import EXAMPLE
from sources.agreement.load import load
from sources.contracts.derived import contracts_of
from transforms.areas import hierarchy
from transforms.clients import above, needed, persons
from transforms.stories import LEAST, newest, widened, with_checksum

AGREEMENT = load(EXAMPLE)
DIVISION = pl.DataFrame(
    [
        (2026, "GM9901", "Voorbeeldstad", None, None, None),
        (2026, "WK990101", "Oud", "GM9901", None, None),
        (2026, "WK990102", "Nieuw", "GM9901", None, None),
        (2026, "BU99010101", "Haven", "WK990101", None, None),
        (2026, "BU99010201", "Veld", "WK990102", None, None),
    ],
    schema={
        **{"jaar": pl.Int64, "code": pl.String, "naam": pl.String, "ouder": pl.String},
        **{"omtrek": pl.String, "soort": pl.String},
    },
    orient="row",
)
TOWN = hierarchy(DIVISION, municipality="GM9901", year=2026)
PARENTS = dict(TOWN.names.select("code", "parent").iter_rows())
GOALS = {goal: above(AGREEMENT, goal) for goal in AGREEMENT.goals}
Q = "2026K3"

ACTIVITIES = {
    "_partner": pl.String,
    "periode": pl.String,
    "gebied_code": pl.String,
    "partner_id": pl.String,
    "unieke_deelnemers": pl.Int64,
    "telwijze": pl.String,
}
TEAM = {
    "_partner": pl.String,
    "client_pseudo": pl.String,
    "datum_start": pl.Date,
    "datum_hulpvraag": pl.Date,
    "datum_eind": pl.Date,
    "gebied_code": pl.String,
}


def activities(*rows: tuple[str, str, int, str]) -> pl.DataFrame:
    """Return activities: quarter, area, how many different people, partner."""
    told = [("x", q, area, partner, n, "uniek_geregistreerd") for q, area, n, partner in rows]
    return pl.DataFrame(told, schema=ACTIVITIES, orient="row")


def team(*rows: tuple[str, date | None, date | None, str]) -> pl.DataFrame:
    """Return trajectories of the social team: client, begin, end, area."""
    told = [("sociaal_team", who, begin, begin, end, area) for who, begin, end, area in rows]
    return pl.DataFrame(told, schema=TEAM, orient="row")


def counted(frame: pl.DataFrame, goal: str, area: str, partner: str, quarter: str = Q) -> int:
    found = frame.filter(goal=goal, area=area, partner=partner, quarter=quarter)["persons"]
    return found[0] if len(found) else 0


def test_every_delivery_of_clients_has_the_columns_that_are_looked_at() -> None:
    from sources.contracts.load import load as contracts

    for name, columns in needed().items():
        own = {column.name for column in contracts(EXAMPLE)[name].columns}
        assert set(columns) <= own | {"_partner"}, name


def test_people_at_two_activities_may_be_the_same_so_the_largest_counts() -> None:
    rows = activities(
        (Q, "WK990101", 12, "welzijn"),
        (Q, "BU99010101", 30, "welzijn"),
        (Q, "WK990102", 9, "bibliotheek"),
    )
    told = persons({"partner_activiteiten": rows}, AGREEMENT, TOWN, quarters=[Q])

    assert counted(told, "meedoen", "WK990101", "welzijn") == 30
    assert counted(told, "meedoen", "BU99010101", "welzijn") == 30
    assert counted(told, "meedoen", "GM9901", "") == 30
    assert counted(told, "meedoen", "WK990102", "") == 9
    assert counted(told, "iedereen", "GM9901", "") == 30, "the goals above count along"
    assert counted(told, "meedoen", "WK990101", "bibliotheek") == 0


def test_a_client_counts_once_in_every_quarter_in_which_help_ran() -> None:
    rows = team(
        ("a", date(2026, 1, 5), date(2026, 7, 1), "WK990101"),  # ends on the first day
        ("a", date(2026, 8, 1), None, "WK990101"),  # the same person again
        ("b", date(2026, 9, 30), None, "WK990101"),
        ("c", date(2026, 10, 1), None, "WK990101"),  # begins after it
        ("d", date(2026, 1, 5), date(2026, 6, 30), "WK990101"),  # ended before it
        ("e", None, None, "WK990101"),  # never began
        ("f", date(2026, 8, 1), None, "onbekend"),
    )
    told = persons({"sociaal_team_trajecten": rows}, AGREEMENT, TOWN, quarters=[Q, "2026K2"])

    assert counted(told, "snelle_hulp", "WK990101", "sociaal_team") == 2
    assert counted(told, "snelle_hulp", "GM9901", "sociaal_team") == 3
    assert counted(told, "snelle_hulp", "GM9901", "") == 3, "whoever helped"
    assert counted(told, "snelle_hulp", "WK990101", "sociaal_team", "2026K2") == 2
    assert counted(told, "meedoen", "GM9901", "sociaal_team") == 0, "nothing was agreed on it"


STORY = {"area": pl.String, "theme": pl.String, "partner": pl.String, "quarter": pl.String}


def story(area: str, theme: str, partner: str) -> pl.DataFrame:
    return pl.DataFrame([(area, theme, partner, Q)], schema=STORY, orient="row")


def there(*rows: tuple[str, str, str, int]) -> pl.DataFrame:
    """Return how many clients there are: goal, area, partner, persons."""
    told = [(goal, Q, area, partner, n) for goal, area, partner, n in rows]
    schema = ["goal", "quarter", "area", "partner", "persons"]
    return pl.DataFrame(told, schema=schema, orient="row")


HERE = ("WK990101", "ontmoeten", "welzijn")
WIDENED = [
    # clients: goal, area, partner, persons                 told: area, theme, partner, widened
    ([("ontmoeten", "WK990101", "welzijn", 10)], (*HERE, "")),
    ([("ontmoeten", "GM9901", "welzijn", 10)], ("GM9901", "ontmoeten", "welzijn", "area")),
    ([("meedoen", "WK990101", "welzijn", 10)], ("WK990101", "meedoen", "welzijn", "theme")),
    ([("ontmoeten", "WK990101", "", 10)], ("WK990101", "ontmoeten", "", "partner")),
    (
        [("ontmoeten", "GM9901", "welzijn", 10), ("ontmoeten", "WK990101", "", 99)],
        ("GM9901", "ontmoeten", "welzijn", "area"),
    ),
    (
        [("ontmoeten", "WK990101", "welzijn", 9), ("iedereen", "GM9901", "", 10)],
        ("GM9901", "iedereen", "", "area+theme+partner"),
    ),
    ([("iedereen", "GM9901", "", 9)], None),
]


@pytest.mark.parametrize(("clients", "told"), WIDENED)
def test_no_more_is_left_out_of_a_story_than_ten_clients_ask(
    clients: list[tuple[str, str, str, int]], told: tuple[str, ...] | None
) -> None:
    shown = widened(story(*HERE), there(*clients), areas=PARENTS, goals=GOALS)
    rows = shown.select("area", "theme", "partner", "widened").rows()

    assert rows == ([told] if told else [])


AREAS = st.sampled_from(["BU99010101", "BU99010201", "WK990101", "WK990102", "GM9901"])
PARTNERS = st.sampled_from(["welzijn", "sociaal_team", "vluchtelingenwerk", ""])
THEMES = st.sampled_from(sorted(GOALS))
COUNTS = st.lists(
    st.tuples(AREAS, st.integers(0, 25), st.sampled_from(["welzijn", "sociaal_team"])), max_size=6
)
HELPED = st.lists(st.tuples(st.integers(0, 30), AREAS), max_size=60)
STORIES = st.lists(st.tuples(AREAS, THEMES, PARTNERS), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(stories=STORIES, came=COUNTS, helped=HELPED)
def test_whoever_knows_all_that_is_told_of_a_story_finds_ten_clients(
    stories: list[tuple[str, str, str]],
    came: list[tuple[str, int, str]],
    helped: list[tuple[int, str]],
) -> None:
    frame = pl.DataFrame([(*one, Q) for one in stories], schema=STORY, orient="row")
    given_ = frame.with_columns(nr=pl.int_range(pl.len()))
    rows = {
        "partner_activiteiten": activities(*((Q, area, n, who) for area, n, who in came)),
        "sociaal_team_trajecten": team(
            *((f"c{who}", date(2026, 7, 1), None, area) for who, area in helped)
        ),
    }
    clients = persons(rows, AGREEMENT, TOWN, quarters=[Q])

    shown = widened(given_, clients, areas=PARENTS, goals=GOALS)

    for one in shown.iter_rows(named=True):
        area, theme, partner = stories[one["nr"]]
        assert one["area"] in line(area)
        assert one["theme"] in GOALS[theme]
        assert one["partner"] in (partner, "")
        assert by_hand(one, came, helped) >= LEAST
    told = set(shown["nr"])
    for nr, (area, theme, partner) in enumerate(stories):
        options = product(line(area), GOALS[theme], {partner, ""})
        fits = (by_hand({"area": a, "theme": t, "partner": p}, came, helped) for a, t, p in options)
        assert (nr in told) == (max(fits) >= LEAST)


def line(area: str) -> list[str]:
    return [area, *(line(PARENTS[area]) if PARENTS.get(area) else [])]


def goals_of(contract: str) -> set[str]:
    """Return the goals of which some indicator is counted from a delivery, and those above."""
    active = [one for one in AGREEMENT.indicators.values() if one.status == "active"]
    counted = [one.goal for one in active if contract in contracts_of(one.delivery)]
    return {goal for below in counted for goal in GOALS[below]}


def by_hand(
    one: dict[str, str], came: list[tuple[str, int, str]], helped: list[tuple[int, str]]
) -> int:
    """Count from the rows themselves, by what the agreement says of goals and partners."""
    activity_goals = goals_of("partner_activiteiten")
    pages = {
        agreed.partner: {goal for page in agreed.result_sheets for goal in GOALS[page.goal]}
        for agreed in AGREEMENT.agreements.values()
    }
    most = 0
    for area, count, who in came:
        counts = one["theme"] in activity_goals or one["theme"] in pages.get(who, ())
        if counts and one["partner"] in ("", who) and one["area"] in line(area):
            most = max(most, count)
    team_goals = goals_of("sociaal_team_trajecten") | pages["sociaal_team"]
    if one["theme"] in team_goals and one["partner"] in ("", "sociaal_team"):
        most = max(most, len({who for who, area in helped if one["area"] in line(area)}))
    return most


ROW = {
    "_partner": "welzijn",
    "_period": "2026K2",
    "_delivery": 1,
    "_row": 2,
    "verhaal_id": "V1",
    "titel": "Titel",
    "tekst": "Tekst",
    "belangrijkste_verandering": None,
    "soort": "verhaal",
    "verteller_rol": "inwoner",
    "datum": date(2026, 5, 1),
    "thema": "meedoen",
    "gebied_code": "WK990101",
    "partner_id": "welzijn",
    "schuurt": False,
    "toestemming": "ja",
}


def test_of_a_story_that_comes_again_the_last_word_counts() -> None:
    again = ROW | {"_period": "2026K3", "_delivery": 5, "toestemming": "ingetrokken"}
    other = ROW | {"_partner": "sociaal_team", "_delivery": 3}

    kept = newest(pl.DataFrame([again, ROW, other]))

    assert sorted(kept.select("_partner", "_delivery").rows()) == [
        ("sociaal_team", 3),
        ("welzijn", 5),
    ]


@pytest.mark.parametrize(
    ("column", "value", "signed"),
    [
        ("tekst", "Een andere tekst", False),
        ("titel", "Een andere titel", False),
        ("belangrijkste_verandering", "Toch iets", False),
        ("gebied_code", "WK990102", False),
        ("partner_id", None, False),
        ("datum", date(2026, 5, 2), False),
        ("_delivery", 9, True),
        ("_row", 9, True),
    ],
)
def test_a_signature_is_for_what_a_reader_sees(column: str, value: object, signed: bool) -> None:
    before, after = (
        with_checksum(pl.DataFrame([row]))["checksum"][0] for row in (ROW, ROW | {column: value})
    )

    assert (before == after) is signed
