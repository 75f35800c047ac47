"""What changed between the areas of two years, and figures of the one told in the other."""

import csv
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_agreement import DIVISION, agreement, deliveries, indicator, table

from sources.agreement.model import Areas, Counts, Grain, Indicator, Quantity, Way
from sources.example.maker.areas import all_areas
from sources.example.maker.conversions import conversions
from transforms.areas import REST, Hierarchy, hierarchy
from transforms.conversion import changes
from transforms.indicators import observe

EVERY_AREA = {
    level: Grain.QUARTER for level in (Areas.MUNICIPALITY, Areas.DISTRICT, Areas.NEIGHBOURHOOD)
}
BUURTEN = ("BU99010101", "BU99010102", "BU99010201")
AMOUNT = Quantity(counts=Counts.EVENTS, sum_of="aantal")


def went(*rows: tuple[str, str, float], since: int = 2023, to: int = 2026) -> pl.DataFrame:
    """Return rows of `gebied_omrekening`: from, to, weight."""
    every = [(code, since, successor, to, weight) for code, successor, weight in rows]
    names = ["van_code", "van_jaar", "naar_code", "naar_jaar", "gewicht"]
    schema = dict(zip(names, (pl.String, pl.Int64, pl.String, pl.Int64, pl.Float64), strict=True))
    return pl.DataFrame(every, schema=schema, orient="row")


def division(**codes: str) -> pl.DataFrame:
    """Return `gebied_indeling`, drawn as y2023="BU1 BU2"."""
    rows = [(int(year[1:]), code) for year, drawn in codes.items() for code in drawn.split()]
    return pl.DataFrame(rows, schema=["jaar", "code"], orient="row")


def towns(rows: pl.DataFrame, **given_: Any) -> Hierarchy:
    return hierarchy(DIVISION, None, rows, municipality="GM9901", year=2026, **given_)


def figures(one: Indicator, rows: pl.DataFrame, known: Hierarchy, *periods: str) -> pl.DataFrame:
    """Return the figures of one indicator in those quarters, all of them delivered."""
    asked = periods or ("2023K1",)
    return observe(
        agreement(indicators={"I01": one}),
        {"meldingen": rows.with_columns(pl.lit("gemeente").alias("_partner"))},
        known,
        quarters=asked,
        known_at=date(2026, 10, 28),
        deliveries=deliveries(*(("gemeente", "meldingen", period, True) for period in asked)),
    )


def values(found: pl.DataFrame, *areas: str) -> dict[str, tuple[float, float]]:
    """Return value and converted share per area."""
    kept = found.filter(pl.col("area").is_in(areas)) if areas else found
    told = kept.select("area", "value", "converted").iter_rows()
    return {area: (value, share) for area, value, share in told}


# --- what changed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "rows", "expected"),
    [
        ("A", "A", [("A", "A", 1)], {("A", "A"): "same"}),
        (
            "A B",
            "A B",
            [("A", "A", 0.95), ("A", "B", 0.05), ("B", "B", 1)],
            {("A", "A"): "border", ("A", "B"): "border", ("B", "B"): "border"},
        ),
        ("A", "B", [("A", "B", 1)], {("A", "B"): "renumbered"}),
        (
            "A B",
            "B A",
            [("A", "B", 1), ("B", "A", 1)],
            {("A", "B"): "renumbered", ("B", "A"): "renumbered"},
        ),
        (
            "A B",
            "C",
            [("A", "C", 1), ("B", "C", 1)],
            {("A", "C"): "merged", ("B", "C"): "merged"},
        ),
        (
            "A B",
            "B",
            [("A", "B", 1), ("B", "B", 1)],
            {("A", "B"): "merged", ("B", "B"): "enlarged"},
        ),
        (
            "A",
            "B C",
            [("A", "B", 0.6), ("A", "C", 0.4)],
            {("A", "B"): "split", ("A", "C"): "split"},
        ),
        (
            "A",
            "A C",
            [("A", "A", 0.6), ("A", "C", 0.4)],
            {("A", "A"): "split", ("A", "C"): "split"},
        ),
        ("A B", "A C", [], {("A", "A"): "same_code", ("B", None): "gone", (None, "C"): "new"}),
        (
            "A B",
            "A B C",
            [("A", "A", 1)],
            {("A", "A"): "same", ("B", "B"): "same_code", (None, "C"): "new"},
        ),
    ],
)
def test_what_became_of_an_area_is_told_and_never_more_than_is_known(
    before: str,
    after: str,
    rows: list[tuple[str, str, float]],
    expected: dict[tuple[str | None, str | None], str],
) -> None:
    found = changes(division(y2023=before, y2026=after), went(*rows), before=2023, after=2026)
    told = found.select("code", "successor", "change").iter_rows()
    assert {(code, successor): change for code, successor, change in told} == expected


def test_the_weights_of_an_area_are_exactly_one_together() -> None:
    thirds = went(("A", "A", 0.3333), ("A", "B", 0.3333), ("A", "C", 0.3333))
    found = hierarchy(DIVISION, None, thirds, municipality="GM9901", year=2026).moves
    assert [str(weight) for weight in found["weight"]] == ["0.333333334"] + ["0.333333333"] * 2


def test_voorbeeldstad_knew_one_border_one_number_and_one_split() -> None:
    now = pl.DataFrame([(2026, area[0]) for area in all_areas()], ["jaar", "code"], orient="row")
    old = conversions(2026).filter(pl.col("van_jaar") == 2023).select("van_jaar", "van_code")
    both = pl.concat([now, old.unique().rename({"van_jaar": "jaar", "van_code": "code"})])
    found = changes(both, conversions(2026), before=2023, after=2026)
    assert found.filter(pl.col("change") != "same").select(
        "code", "successor", "change"
    ).rows() == [
        ("BU99010509", "BU99010504", "renumbered"),
        ("BU99010601", "BU99010601", "border"),
        ("BU99010601", "BU99010602", "border"),
        ("BU99010602", "BU99010602", "border"),
        ("BU99010809", "BU99010803", "split"),
        ("BU99010809", "BU99010804", "split"),
    ]
    unchanged = changes(both, conversions(2026), before=2025, after=2026)["change"].unique()
    assert unchanged.to_list() == ["same"]


# --- figures --------------------------------------------------------------------------------------


OVER = went(
    ("BU99010101", "BU99010101", 0.75),
    ("BU99010101", "BU99010201", 0.25),
    ("BU99010102", "BU99010102", 1),
    ("BU99010201", "BU99010201", 1),
)
COUNTED = table("""
    dag        | plaats     | aantal
    2023-02-01 | BU99010101 | 8
    2023-02-01 | BU99010201 | 6
    2026-02-01 | BU99010101 | 8
    """)


def test_an_amount_of_a_former_area_is_divided_by_weight_and_says_so_where_it_matters() -> None:
    one = indicator(numerator=AMOUNT, levels=EVERY_AREA)
    found = figures(one, COUNTED, towns(OVER), "2023K1", "2026K1")
    assert values(found.filter(period="2023K1"), "GM9901", *BUURTEN, "WK990101", "WK990102") == {
        "GM9901": (14, 0),  # of the whole municipality nothing was converted
        "WK990101": (6, 1),
        "WK990102": (8, 0.25),
        "BU99010101": (6, 1),
        "BU99010102": (0, 0),
        "BU99010201": (8, 0.25),
    }
    now = values(found.filter(period="2026K1"), *BUURTEN)
    assert now == {"BU99010101": (8, 0), "BU99010102": (0, 0), "BU99010201": (0, 0)}


def test_within_a_wijk_nothing_was_converted_for_the_wijk() -> None:
    inside = went(("BU99010101", "BU99010101", 0.75), ("BU99010101", "BU99010102", 0.25))
    one = indicator(numerator=AMOUNT, levels=EVERY_AREA)
    found = figures(one, COUNTED, towns(inside))
    assert values(found, "WK990101", "BU99010102") == {"WK990101": (8, 0), "BU99010102": (2, 1)}


def test_a_new_number_and_a_merger_take_everything_and_nothing_is_an_estimate() -> None:
    rows = table("""
        dag        | plaats     | aantal
        2023-02-01 | BU99010109 | 5
        2023-02-01 | BU99010202 | 3
        2023-02-01 | BU99010201 | 4
        """)
    known = towns(
        went(
            ("BU99010109", "BU99010102", 1),
            ("BU99010202", "BU99010201", 1),
            ("BU99010201", "BU99010201", 1),
        )
    )
    found = figures(indicator(numerator=AMOUNT, levels=EVERY_AREA), rows, known)
    assert values(found, *BUURTEN) == {
        "BU99010101": (0, 0),
        "BU99010102": (5, 0),
        "BU99010201": (7, 0),
    }


def test_what_went_to_another_municipality_is_in_the_rest() -> None:
    known = towns(went(("BU99010101", "BU99010101", 0.75), ("BU99010101", "BU88880101", 0.25)))
    found = figures(indicator(numerator=AMOUNT, levels=EVERY_AREA), COUNTED, known)
    assert values(found, "BU99010101", REST, "GM9901") == {
        "BU99010101": (6, 1),
        REST: (2, 1),
        "GM9901": (14, 0),
    }


def test_answers_are_divided_and_a_person_goes_whole_to_the_largest_part() -> None:
    rows = table("""
        wie | dag        | plaats
        an  | 2023-02-01 | BU99010101
        bob | 2023-02-01 | BU99010101
        cor | 2023-02-01 | BU99010101
        dee | 2023-02-01 | BU99010201
        """)
    answers = indicator(levels=EVERY_AREA)
    persons = indicator(
        levels=EVERY_AREA, numerator=Quantity(counts=Counts.PERSONS, distinct="wie")
    )
    assert values(figures(answers, rows, towns(OVER)), "BU99010101", "BU99010201") == {
        "BU99010101": (2.25, 1),
        "BU99010201": (1.75, 0.75 / 1.75),
    }
    assert values(figures(persons, rows, towns(OVER)), "BU99010101", "BU99010201") == {
        "BU99010101": (3, 1),
        "BU99010201": (1, 0),
    }


def test_a_person_between_two_equal_parts_goes_to_the_lowest_code() -> None:
    rows = table("wie | dag | plaats\nan | 2023-02-01 | BU99010101")
    one = indicator(levels=EVERY_AREA, numerator=Quantity(counts=Counts.PERSONS, distinct="wie"))
    halves = [("BU99010101", "BU99010201", 0.5), ("BU99010101", "BU99010102", 0.5)]
    for order in (halves, halves[::-1]):
        found = figures(one, rows, towns(went(*order)))
        assert values(found, *BUURTEN)["BU99010102"] == (1, 1)


def test_a_postcode_of_an_earlier_year_is_laid_in_the_areas_of_now() -> None:
    postcodes = pl.DataFrame(
        [(2023, "9901AA", "BU99010101", 1.0), (2026, "9901AA", "BU99010201", 1.0)],
        schema=["jaar", "pc6", "buurt_code", "aandeel"],
        orient="row",
    )
    known = hierarchy(DIVISION, postcodes, OVER, municipality="GM9901", year=2026)
    rows = table("dag | plaats | aantal\n2023-02-01 | 9901AA | 8")
    found = figures(indicator(numerator=AMOUNT, levels=EVERY_AREA), rows, known)
    assert values(found, *BUURTEN)["BU99010201"] == (8, 0)


def test_inhabitants_go_over_with_what_is_counted_of_them() -> None:
    people = table("""
        jaar | code       | inwoners
        2023 | BU99010101 | 800
        2023 | BU99010102 | 100
        2023 | BU99010201 | 600
        """)
    rate = indicator(
        way=Way.RATE,
        numerator=AMOUNT,
        denominator=Quantity(counts=Counts.PUBLIC, delivery="kerncijfers", sum_of="inwoners"),
        multiplier=1000,
        levels={Areas.NEIGHBOURHOOD: Grain.QUARTER},
    )
    rows = COUNTED.with_columns(pl.lit("gemeente").alias("_partner"))

    def rates(known: pl.DataFrame) -> dict[str, tuple[float, float]]:
        found = observe(
            agreement(indicators={"I01": rate}),
            {"meldingen": rows, "kerncijfers": known},
            towns(OVER),
            quarters=["2023K1"],
            known_at=date(2026, 10, 28),
            deliveries=deliveries(("gemeente", "meldingen", "2023K1", True)),
        ).filter(pl.col("area").is_in(BUURTEN))
        return {
            area: (n, value)
            for area, n, value in found.select("area", "denominator", "value").iter_rows()
        }

    assert rates(people) == {
        "BU99010101": (600, 10),
        "BU99010102": (100, 0),
        "BU99010201": (800, 10),
    }
    # Of whom a part is not known, nobody is counted: half of the people is twice the rate.
    assert rates(people.filter(pl.col("code") != "BU99010101")) == {
        "BU99010101": (None, None),
        "BU99010102": (100, 0),
        "BU99010201": (None, None),
    }


GIVEN = indicator(
    way=Way.GIVEN,
    numerator=Quantity(counts=Counts.PERSONS, sum_of="aantal"),
    protected_at_source=True,
    levels={Areas.NEIGHBOURHOOD: Grain.QUARTER},
)


def test_a_figure_that_cannot_be_divided_keeps_its_code_and_says_that_the_border_was_another() -> (
    None
):
    rows = table("""
        dag        | plaats     | aantal
        2023-02-01 | BU99010101 | 8
        2023-02-01 | BU99010109 | 5
        2023-02-01 | BU99010209 | 3
        """)
    known = towns(
        went(
            ("BU99010101", "BU99010101", 0.9),
            ("BU99010101", "BU99010201", 0.1),
            ("BU99010109", "BU99010102", 1),
            ("BU99010201", "BU99010201", 1),
            ("BU99010209", "BU99010201", 0.5),
            ("BU99010209", "BU99010101", 0.5),
        )
    )
    assert values(figures(GIVEN, rows, known)) == {
        "BU99010101": (8, 1),
        "BU99010102": (5, 0),  # another number, the same border
        "BU99010201": (None, None),  # what was not given of it is not made up of others
    }


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_wijken_and_rest_add_up_before_and_after_whatever_the_weights(data: st.DataObject) -> None:
    codes = [*BUURTEN, "BU99010109", "WK990101", "WK990102", "BU88880101"]
    weights = st.integers(1, 1_000_000).map(lambda one: one / 1_000_000)
    rows = [
        (code, successor, data.draw(weights))
        for code in codes[:6]
        for successor in data.draw(st.lists(st.sampled_from(codes), max_size=3, unique=True))
    ]
    places = st.sampled_from([*codes, "9901AA", None])
    days = st.sampled_from([date(2023, 2, 1), date(2026, 2, 1)])
    amounts = st.integers(0, 10_000)
    drawn = data.draw(st.lists(st.tuples(days, places, amounts), min_size=1, max_size=20))
    schema = {"dag": pl.Date, "plaats": pl.String, "aantal": pl.Int64}
    counted = pl.DataFrame(drawn, schema=schema, orient="row")
    one = indicator(numerator=AMOUNT, levels=EVERY_AREA)

    found = figures(one, counted, towns(went(*rows)), "2023K1", "2026K1")

    mixed = data.draw(st.permutations(range(counted.height)))
    assert figures(one, counted[mixed], towns(went(*rows)), "2023K1", "2026K1").equals(found)
    for period, year in (("2023K1", 2023), ("2026K1", 2026)):
        per_area = dict(found.filter(period=period).select("area", "value").iter_rows())
        all_of_it = counted.filter(pl.col("dag").dt.year() == year)["aantal"].sum()
        wijken = sum(per_area[area] for area in ("WK990101", "WK990102", REST))
        buurten = sum(v for area, v in per_area.items() if area.startswith(("BU", REST)))
        assert per_area["GM9901"] == all_of_it
        assert wijken == pytest.approx(all_of_it, abs=1e-6)
        assert buurten == pytest.approx(all_of_it, abs=1e-6)
    assert found["converted"].is_between(0, 1).all()


# --- real areas -----------------------------------------------------------------------------------


ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PRAATPLAAT_SHARED", ROOT.parent / "shared")) / "data"
NATIONAL = SHARED / "nederland"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real data at {SHARED}; set PRAATPLAAT_SHARED")
def test_without_weights_the_real_wijken_are_only_told_by_their_code() -> None:
    """CBS's areas of 2019 (Den Haag), 2022 (wijken) and 2024: nobody gave us weights for those."""
    drawn = json.loads((NATIONAL / "wijken_2022_rd.geojson").read_text(encoding="utf-8"))
    wijken = [shape["properties"]["code"] for shape in drawn["features"]]
    with (NATIONAL / "gebieden_2024_codes_namen.csv").open(encoding="utf-8", newline="") as file:
        newest = [row["code"] for row in csv.DictReader(file) if row["code"].startswith("WK")]
    kwb = SHARED / "denhaag" / "kwb2019_84583NED_118col_GM0518.csv"
    with kwb.open(encoding="utf-8-sig", newline="") as file:
        codes = [row["Codering_3"].strip() for row in csv.DictReader(file, delimiter=";")]
    oldest = [code for code in codes if code.startswith("WK")]
    rows = [(2019, code) for code in oldest] + [(2022, code) for code in wijken]
    rows += [(2024, code) for code in newest]
    known = pl.DataFrame(rows, schema=["jaar", "code"], orient="row")

    def told(before: int, after: int, *, here: str) -> dict[str, int]:
        own = known.filter(pl.col("code").str.starts_with(f"WK{here}"))
        found = changes(own, went(), before=before, after=after)
        assert found["weight"].null_count() == found.height
        return dict(found.group_by("change").len().iter_rows())

    # Every wijk of Den Haag kept its code; that its border stayed is nowhere said.
    assert told(2019, 2022, here="0518") == {"same_code": 44}
    assert told(2022, 2024, here="0518") == {"same_code": 44}
    assert told(2022, 2024, here="") == {
        "same_code": len(set(wijken) & set(newest)),
        "gone": len(set(wijken) - set(newest)),
        "new": len(set(newest) - set(wijken)),
    }
    # Voorne aan Zee (GM1992) came of three municipalities in 2023: all of its codes are new.
    assert told(2022, 2024, here="1992") == {"new": sum(c[2:6] == "1992" for c in newest)}
    for gone in ("0501", "0530", "0614"):
        assert set(told(2022, 2024, here=gone)) == {"gone"}
