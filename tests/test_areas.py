"""Where a place lies: area codes, postcodes, and what cannot be placed."""

import polars as pl
from tiny_agreement import DIVISION, POSTCODES, areas

from sources.agreement.model import Areas
from transforms.areas import hierarchy


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
