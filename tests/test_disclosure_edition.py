"""A whole edition: counts that are linked, editions after each other, and figures of others."""

from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tiny_agreement import EVENTS, agreement, indicator, table

from sources.agreement.model import Agreement, Counts, Dimension, Indicator, Quantity, Way
from transforms.disclosure import Protected, publish
from transforms.observations import conform

PARENTS = {"GM9901": "", "WK990101": "GM9901", "WK990102": "GM9901", "onbekend": "GM9901"}
AREA, PARTNER = Dimension.AREA, Dimension.PARTNER
HELPED = Quantity(counts=Counts.PERSONS, where="geholpen")
PERSONS = Quantity(counts=Counts.PERSONS)


def protected(
    drawn: str, known: Agreement | None = None, *, earlier: Protected | None = None, **changes: Any
) -> Protected:
    """Publish drawn observations; without an agreement those of one count with `changes`."""
    known = known or agreement(
        indicators={"I01": indicator(**{"additive_over": (AREA,)} | changes)}
    )
    defaults = {
        **{"indicator": "I01", "period": "2026K3", "partner": "", "breakdown": ""},
        **{"area": "GM9901", "availability": "observed"},
    }
    rows = table(drawn)
    missing = [pl.lit(text).alias(name) for name, text in defaults.items() if name not in rows]
    empty = [pl.lit(None).alias(n) for n in ("denominator", "value") if n not in rows]
    text = pl.col("partner", "breakdown").cast(pl.String).fill_null("")
    observed = conform(rows.with_columns(*missing, *empty, version=pl.lit(1)).with_columns(text))
    before = earlier.rounded if earlier else None
    return publish(observed, known, "2026K3", parents=PARENTS, earlier=before)


def shown(found: Protected, *keys: str) -> list[tuple[str, ...]]:
    return found.figures.select(*keys, "shown").rows()


def test_published_counts_add_up_and_ordinary_ones_would_not() -> None:
    found = protected("""
        area     | numerator
        GM9901   | 36
        WK990101 | 12
        WK990102 | 12
        onbekend | 12
        """)
    told = dict(found.rounded.select("area", "rounded").iter_rows())
    assert told["GM9901"] == 35 == told["WK990101"] + told["WK990102"] + told["onbekend"]


def both(count: Indicator, share: Indicator) -> Agreement:
    return agreement(indicators={"I01": count, "I02": share})


SHARE = indicator(way=Way.SHARE, numerator=HELPED, denominator=PERSONS)


def test_a_plain_count_says_no_more_than_the_share_of_the_same_count() -> None:
    """Of 57 people 53 were helped: who was not is among a few, so neither figure is told."""
    known = both(indicator(numerator=HELPED), SHARE)
    found = protected(
        """
        indicator | area     | numerator | denominator
        I01       | WK990101 | 53        | -
        I01       | WK990102 | 53        | -
        I02       | WK990101 | 53        | 57
        I02       | WK990102 | 53        | 157
        """,
        known,
    )
    assert shown(found, "indicator", "area_code") == [
        ("I01", "WK990101", "afgeschermd"),
        ("I01", "WK990102", "55"),
        ("I02", "WK990101", "afgeschermd"),
        ("I02", "WK990102", "35 %"),
    ]
    assert found.rounded.filter(pl.col("count") == "I02.numerator").is_empty()


def test_a_count_that_stands_alone_is_less_than_ten_and_says_so() -> None:
    found = protected("area | numerator\nWK990101 | 4\nWK990102 | 0\nonbekend | 9")
    assert shown(found) == [("minder dan 10",), ("minder dan 10",), ("10",)]


def test_what_was_shown_stays_and_one_late_client_is_not_seen() -> None:
    editions = [
        protected("""
            area     | numerator
            GM9901   | 41
            WK990101 | 12
            WK990102 | 29
            """)
    ]
    for late in (1, 2):
        drawn = f"area|numerator\nGM9901|{41 + late}\nWK990101|{12 + late}\nWK990102|29"
        editions.append(protected(drawn, earlier=editions[-1]))
    for before, after in pairwise(editions):
        assert_frame_equal(before.figures, after.figures)
        assert after.tables.select("kept", "changed").row(0) == (3, 0)
    assert shown(protected("area|numerator\nWK990101|14"), "area_code") != shown(
        protected("area|numerator\nWK990101|12"), "area_code"
    )


def test_the_memory_of_an_edition_also_holds_what_was_held_back() -> None:
    found = protected("area | numerator\nWK990101 | 4\nWK990102 | 33")
    expected = table("""
        count         | period | area     | partner | breakdown | rounded
        I01.numerator | 2026K3 | WK990101 | -       | -         | 5
        I01.numerator | 2026K3 | WK990102 | -       | -         | 35
        """).with_columns(pl.col("partner", "breakdown").fill_null(""))
    assert_frame_equal(found.rounded, expected)


ADDS_UP = [
    ("declared and true", (AREA,), "20", "area"),
    ("declared and not true", (AREA,), "21", ""),
    ("not declared", (), "20", ""),
]


@pytest.mark.parametrize(("why", "over", "whole", "additive"), ADDS_UP, ids=[a[0] for a in ADDS_UP])
def test_a_figure_says_it_adds_up_only_where_it_does(
    why: str, over: tuple[Dimension, ...], whole: str, additive: str
) -> None:
    found = protected(
        f"""
        area     | period | numerator
        GM9901   | 2026K3 | {whole}
        WK990101 | 2026K3 | 12
        WK990102 | 2026K3 | 8
        GM9901   | 2026K2 | 30
        WK990101 | 2026K2 | 18
        WK990102 | 2026K2 | 12
        """,
        additive_over=over,
    )
    told = dict(found.figures.select("period", "additive").iter_rows())
    assert told == {"2026K3": additive, "2026K2": "area" if over else ""}


def test_what_an_office_published_of_our_count_stands_and_passes_as_it_is() -> None:
    """The office says 40, and of our own 38 nobody hears."""
    office = indicator(way=Way.GIVEN, protected_at_source=True, unit="mensen")
    ours = indicator(numerator=PERSONS, published_as="C01", additive_over=(AREA,))
    known = agreement(indicators={"I01": ours, "C01": office})
    found = protected(
        """
        indicator | area     | numerator | value
        C01       | WK990101 | -         | 40.0
        C01       | WK990102 | -         | -
        I01       | GM9901   | 60        | 60.0
        I01       | WK990101 | 38        | 38.0
        I01       | WK990102 | 22        | 22.0
        """,
        known,
    )
    assert shown(found, "indicator", "area_code", "source", "additive") == [
        ("C01", "WK990101", "protected_at_source", "", "40,0"),
        ("C01", "WK990102", "protected_at_source", "", "niet gepubliceerd"),
        ("I01", "GM9901", "own", "area", "60"),
        ("I01", "WK990101", "own", "area", "40"),
        ("I01", "WK990102", "own", "area", "20"),
    ]
    assert set(found.tables["fallback"]) == {""}


def test_an_edition_tells_how_each_table_was_rounded() -> None:
    found = protected("area | numerator\nGM9901 | 24\nWK990101 | 12\nWK990102 | 12")
    expected = table("""
        count         | period | cells | largest | mean | ordinary | kept | changed
        I01.numerator | 2026K3 | 3     | 3.0     | 2.0  | 1.6667   | 0    | 0
        """)
    told = found.tables.select(expected.columns).cast(expected.schema)
    assert_frame_equal(told, expected, abs_tol=1e-3)


def test_rows_in_another_order_give_the_same_edition() -> None:
    lines = ["area | partner | numerator", "GM9901 | - | 41", "GM9901 | welzijn | 33"]
    lines += ["GM9901 | bieb | 8", "WK990101 | - | 12", "WK990102 | - | 13", "onbekend | - | 16"]
    known = agreement(indicators={"I01": indicator(additive_over=(AREA, PARTNER))})
    one = protected("\n".join(lines), known)
    other = protected("\n".join([lines[0], *lines[:0:-1]]), known)
    for name in ("figures", "rounded", "tables"):
        assert_frame_equal(getattr(one, name), getattr(other, name))


def test_a_rest_area_counts_along_in_a_rate_of_which_it_is_no_figure() -> None:
    inhabitants = Quantity(counts=Counts.PUBLIC, delivery="kerncijfers", sum_of="inwoners")
    rate = indicator(
        way=Way.RATE,
        numerator=EVENTS,
        denominator=inhabitants,
        multiplier=1000,
        additive_over=(AREA,),
    )
    found = protected(
        """
        area     | numerator | denominator
        GM9901   | 36        | 9000
        WK990101 | 12        | 4000
        WK990102 | 12        | 5000
        onbekend | 12        | -
        """,
        agreement(indicators={"I01": rate}),
    )
    assert found.figures["area_code"].to_list() == ["GM9901", "WK990101", "WK990102"]
    assert set(found.figures["additive"]) == {"area"}
    told = dict(found.figures.select("area_code", "numerator").iter_rows())
    assert told["GM9901"] >= told["WK990101"] + told["WK990102"]
