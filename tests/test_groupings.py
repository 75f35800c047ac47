"""The municipality's own groupings of wijken and buurten, and what they add up to."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tiny_agreement import DIVISION, POSTCODES, agreement, deliveries, indicator, table

from flows.settings import ZONE, Town
from flows.steps import round as rounds
from flows.steps.observe import areas
from sources.agreement.model import AreaGrouping, Areas, Counts, Grain, OwnAreas, Quantity, Way
from sources.errors import AgreementError
from sources.store import Store
from transforms.areas import Hierarchy, hierarchy
from transforms.disclosure import publish
from transforms.indicators import observe
from transforms.intervals import wilson

OWN = {
    "noord": AreaGrouping(name="Noord", areas=("WK990101",)),
    "hoeken": AreaGrouping(name="De hoeken", kind="kern", areas=("BU99010101", "BU99010201")),
}
CAME = deliveries(("gemeente", "meldingen", "2026K3", True))
BOTH = {Areas.GROUPING: Grain.QUARTER, Areas.NEIGHBOURHOOD: Grain.QUARTER}


def grouped(conversions: pl.DataFrame | None = None) -> Hierarchy:
    return hierarchy(
        DIVISION, POSTCODES, conversions, municipality="GM9901", year=2026, groupings=OWN
    )


ANSWERS = table("""
    dag        | plaats     | tevreden
    2026-07-01 | 9901AA     | yes
    2026-07-02 | BU99010102 | yes
    2026-07-03 | BU99010101 | no
    2026-07-04 | BU99010201 | yes
    2026-07-04 | WK990101   | no
    2026-07-04 | WK990102   | no
    2026-07-05 | elders     | yes
    """).with_columns(pl.lit("gemeente").alias("_partner"))


def test_a_figure_of_a_grouping_is_that_of_its_areas_with_an_interval_of_its_own() -> None:
    share = indicator(
        way=Way.SHARE,
        numerator=Quantity(counts=Counts.ANSWERS, where="tevreden"),
        denominator=Quantity(counts=Counts.ANSWERS),
        levels=BOTH,
    )
    asked = agreement(indicators={"I01": share}, areas=OwnAreas(groupings=OWN))
    found = observe(
        asked,
        {"meldingen": ANSWERS},
        grouped(),
        quarters=["2026K3"],
        known_at=date(2026, 10, 28),
        deliveries=CAME,
    )
    counts = ["area", "numerator", "denominator", "value", "lower", "upper"]
    own = found.filter(pl.col("area").is_in(list(OWN))).select(counts)
    expected = pl.DataFrame(
        {"area": ["hoeken", "noord"], "numerator": [2.0, 2.0], "denominator": [3.0, 4.0]}
    )
    x, n = pl.col("numerator"), pl.col("denominator")
    assert_frame_equal(own, expected.with_columns(*wilson(x, n), value=x / n).select(counts))
    per_buurt = dict(found.select("area", "denominator").iter_rows())
    assert per_buurt["BU99010101"] + per_buurt["BU99010201"] == 3
    published = publish(found, asked, "2026K3", parents=grouped().parents()).figures
    assert set(OWN) <= set(published["area_code"])


def test_inhabitants_of_a_grouping_are_those_of_all_its_areas() -> None:
    rate = indicator(
        way=Way.RATE,
        denominator=Quantity(counts=Counts.PUBLIC, delivery="kerncijfers", sum_of="inwoners"),
        multiplier=1000,
        levels={Areas.GROUPING: Grain.QUARTER},
    )
    people = table("""
        jaar | code       | inwoners
        2026 | WK990101   | 2000
        2026 | BU99010101 | 500
        2025 | BU99010201 | 300
        """)

    def denominators(known: pl.DataFrame) -> dict[str, float]:
        found = observe(
            agreement(indicators={"I01": rate}),
            {"meldingen": ANSWERS, "kerncijfers": known},
            grouped(),
            quarters=["2026K3"],
            known_at=date(2026, 10, 28),
            deliveries=CAME,
        )
        return dict(found.select("area", "denominator").iter_rows())

    assert denominators(people) == {"noord": 2000, "hoeken": 800}
    assert denominators(people.filter(jaar=2026)) == {"noord": 2000, "hoeken": None}


def test_a_person_counts_once_in_each_kind_of_grouping() -> None:
    rows = table("""
        wie | dag        | plaats
        an  | 2026-07-01 | 9901AA
        an  | 2026-08-01 | BU99010201
        bob | 2026-08-01 | 9901AA
        """).with_columns(pl.lit("gemeente").alias("_partner"))
    persons = indicator(
        numerator=Quantity(counts=Counts.PERSONS, distinct="wie"),
        levels={Areas.GROUPING: Grain.QUARTER},
    )
    found = observe(
        agreement(indicators={"I01": persons}),
        {"meldingen": rows},
        grouped(),
        quarters=["2026K3"],
        known_at=date(2026, 10, 28),
        deliveries=CAME,
    )
    assert dict(found.select("area", "value").iter_rows()) == {"noord": 1, "hoeken": 2}


def test_of_a_former_area_only_what_lies_in_the_grouping_counts() -> None:
    conversions = pl.DataFrame(
        [
            ("BU99010109", 2023, "BU99010101", 2026, 0.75),
            ("BU99010109", 2023, "BU99010102", 2026, 0.25),
        ],
        schema=["van_code", "van_jaar", "naar_code", "naar_jaar", "gewicht"],
        orient="row",
    )
    rows = table("dag | plaats | aantal\n2023-02-01 | BU99010109 | 8").with_columns(
        pl.lit("gemeente").alias("_partner")
    )
    one = indicator(
        numerator=Quantity(counts=Counts.EVENTS, sum_of="aantal"),
        levels={Areas.GROUPING: Grain.QUARTER},
    )
    found = observe(
        agreement(indicators={"I01": one}),
        {"meldingen": rows},
        grouped(conversions),
        quarters=["2023K1"],
        known_at=date(2026, 10, 28),
        deliveries=deliveries(("gemeente", "meldingen", "2023K1", True)),
    )
    assert found.select("area", "value", "converted").rows() == [
        ("hoeken", 6, 1),
        ("noord", 8, 0),  # all of it lies in the wijk
    ]


# --- with a store ---------------------------------------------------------------------------------


AT = datetime(2026, 8, 3, 9, tzinfo=ZONE)


@pytest.fixture
def delivered(town: Town, drop: Callable[..., list[Path]]) -> Town:
    """Voorbeeldstad of which the areas came, and what became of those of earlier years."""
    drop("GM9901_cbs_L12[abcd]_2026_v1.csv")
    rounds.receive_waiting(town, at=AT, tell=lambda _: None)
    return town


def test_what_was_delivered_about_areas_reaches_the_figures(delivered: Town) -> None:
    with Store.open(delivered.settings.store, holder="de test") as store:
        known = areas(delivered, store, known_at=AT)
    assert known.codes(Areas.GROUPING) == ["team_centrum", "team_west", "team_oost"]
    assert known.moves.filter(pl.col("weight") == 1).select("code", "successor").rows() == [
        ("BU99010509", "BU99010504"),
        ("BU99010602", "BU99010602"),
    ]
    assert known.parts.filter(pl.col("year") == 2023)["place"].unique().sort().to_list() == [
        "BU99010601@2023",
        "BU99010809@2023",
    ]
    assert not known.split(Areas.NEIGHBOURHOOD).filter(pl.col("share") > 0).is_empty()


def test_an_area_that_the_division_lacks_is_named_with_its_line(
    delivered: Town, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(delivered.settings.agreement, tmp_path / "overeenkomst"))
    file = folder / "areas.yaml"
    text = file.read_text(encoding="utf-8").replace("[WK990103, WK990104]", "[WK990103, WK990144]")
    file.write_text(text, encoding="utf-8")
    line = text[: text.index("WK990144")].count("\n") + 1
    wrong = replace(delivered.settings, agreement=folder).open()

    said = rf"areas.yaml:{line}: WK990144 staat niet in de indeling van 2026\. Kies een code"
    with pytest.raises(AgreementError, match=said) as raised:
        rounds.observe_quarter(wrong, "2026K2", known_at=AT, tell=lambda _: None)
    assert re.findall(r"WK\d+", str(raised.value)) == ["WK990144"]


def test_before_a_division_came_nothing_is_said_of_groupings(town: Town) -> None:
    observed = rounds.observe_quarter(town, "2026K2", known_at=AT, tell=lambda _: None)
    assert not observed.is_empty()
