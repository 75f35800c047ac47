"""Where a place lies: area codes, postcodes, and what cannot be placed."""

import polars as pl
import pytest
from tiny_agreement import DIVISION, POSTCODES, areas

from sources.agreement.model import AreaGrouping, Areas
from transforms.areas import hierarchy
from transforms.conversion import WEIGHT


def test_every_place_lies_in_a_wijk_and_a_buurt_or_in_a_rest_area() -> None:
    assert areas().places.rows() == [
        ("BU99010101", "WK990101", "BU99010101"),
        ("BU99010102", "WK990101", "BU99010102"),
        ("BU99010201", "WK990102", "BU99010201"),
        ("GM9901", "onbekend", "onbekend"),
        ("WK990101", "WK990101", "onbekend_WK990101"),
        ("WK990102", "WK990102", "onbekend_WK990102"),
        ("9901AA", "WK990101", "BU99010101"),
        ("9901AB", "WK990101", "BU99010102"),  # 60 % of its addresses
        ("9902AA", "WK990102", "BU99010201"),
    ]


def test_equal_parts_of_a_postcode_go_to_the_lowest_code_whatever_their_order() -> None:
    halves = POSTCODES.with_columns(aandeel=pl.lit(0.5))
    for postcodes in (halves, halves.reverse()):
        found = hierarchy(DIVISION, postcodes, municipality="GM9901", year=2026).places
        assert found.filter(pl.col("place") == "9901AB")["neighbourhood"].item() == "BU99010101"


def test_the_levels_with_their_rest_areas() -> None:
    known = areas()
    assert known.codes(Areas.DISTRICT) == ["WK990101", "WK990102"]
    assert known.with_rest(Areas.DISTRICT) == ["WK990101", "WK990102", "onbekend"]
    assert known.with_rest(Areas.NEIGHBOURHOOD)[3:] == [
        "onbekend_WK990101",
        "onbekend_WK990102",
        "onbekend",
    ]
    assert known.with_rest(Areas.MUNICIPALITY) == ["GM9901"]


def test_the_division_of_the_year_counts_else_the_one_before_else_the_first() -> None:
    older = DIVISION.head(2).with_columns(pl.lit(2024).alias("jaar").cast(pl.Int64))
    both = pl.concat([DIVISION, older])
    sizes = {
        year: hierarchy(both, municipality="GM9901", year=year).names.height
        for year in (2023, 2024, 2025, 2026, 2027)
    }
    assert sizes == {2023: 2, 2024: 2, 2025: 2, 2026: 6, 2027: 6}


def test_areas_and_postcodes_of_another_municipality_are_not_ours() -> None:
    elsewhere = DIVISION.with_columns(pl.col("code", "ouder").str.replace("9901", "9902"))
    known = hierarchy(pl.concat([DIVISION, elsewhere]), POSTCODES, municipality="GM9902", year=2026)
    assert known.names["code"].str.slice(2, 4).unique().to_list() == ["9902"]
    assert known.places.filter(pl.col("place").str.len_chars() == 6)["place"].to_list() == [
        "GM9902"
    ]


def test_a_postcode_in_several_buurten_keeps_its_parts() -> None:
    parts = areas().parts
    assert parts.schema["weight"] == WEIGHT
    assert parts.with_columns(pl.col("weight").cast(pl.Float64)).rows() == [
        ("9901AB", None, "WK990101", "BU99010102", 0.6),
        ("9901AB", None, "WK990101", "BU99010101", 0.4),
    ]


def test_an_area_says_which_share_of_its_addresses_is_placed_wrongly_at_most() -> None:
    across = pl.DataFrame(
        [(2026, "9902AA", "BU99010101", 0.25), (2026, "9902AA", "BU99010201", 0.75)],
        schema=POSTCODES.schema,
        orient="row",
    )
    both = pl.concat([POSTCODES.filter(pl.col("pc6") != "9902AA"), across])
    known = hierarchy(DIVISION, both, municipality="GM9901", year=2026)
    # Of Noordhoek: one whole postcode, and 0.4 and 0.25 of two that were placed elsewhere.
    assert dict(known.split(Areas.NEIGHBOURHOOD).iter_rows()) == {
        "BU99010101": pytest.approx(0.65 / 1.65),
        "BU99010102": pytest.approx(0.4),
        "BU99010201": pytest.approx(0.25),
    }
    assert dict(known.split(Areas.DISTRICT).iter_rows()) == {
        "WK990101": pytest.approx(0.25 / 2.25),
        "WK990102": pytest.approx(0.25),
    }


def test_a_part_of_a_postcode_in_an_unknown_buurt_is_in_the_rest() -> None:
    elsewhere = POSTCODES.with_columns(pl.col("buurt_code").str.replace("BU99010102", "BU99010199"))
    known = hierarchy(DIVISION, elsewhere, municipality="GM9901", year=2026)
    assert known.parts.filter(pl.col("weight") > 0.5)["district"].to_list() == ["onbekend"]
    assert "9901AB" not in known.places["place"]


def test_a_grouping_is_a_level_of_its_own_without_a_rest() -> None:
    own = {
        "noord": AreaGrouping(name="Noord", areas=("WK990101",)),
        "hoeken": AreaGrouping(name="Hoeken", kind="kern", areas=("BU99010201", "BU99010101")),
    }
    known = hierarchy(DIVISION, POSTCODES, municipality="GM9901", year=2026, groupings=own)
    assert known.codes(Areas.GROUPING) == known.with_rest(Areas.GROUPING) == ["noord", "hoeken"]
    placed = known.at(Areas.GROUPING, known.places).select("place", "area").sort("place", "area")
    assert placed.rows() == [
        ("9901AA", "hoeken"),
        ("9901AA", "noord"),
        ("9901AB", "noord"),
        ("9902AA", "hoeken"),
        ("BU99010101", "hoeken"),
        ("BU99010101", "noord"),
        ("BU99010102", "noord"),
        ("BU99010201", "hoeken"),
        ("WK990101", "noord"),
    ]


def test_a_part_of_nothing_is_no_part() -> None:
    postcodes = pl.DataFrame(
        [(2026, "9901AA", "BU99010101", 1.0), (2026, "9901AA", "BU99010201", 0.0)],
        schema=POSTCODES.schema,
        orient="row",
    )
    known = hierarchy(DIVISION, postcodes, municipality="GM9901", year=2026)
    assert known.parts.is_empty()
    assert known.places.rows()[-1] == ("9901AA", "WK990101", "BU99010101")
