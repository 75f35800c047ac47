"""What is observed beside the counted cells of it, and what ties them together."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from tiny_agreement import (
    EVENTS,
    agreement,
    areas,
    deliveries,
    indicator,
    table,
)

from sources.agreement.model import (
    Agreement,
    AreaGrouping,
    Areas,
    Counts,
    Dimension,
    Grain,
    Indicator,
    OwnAreas,
    Quantity,
    Variant,
    Way,
)
from transforms.disclosure.counts import catalogue
from transforms.disclosure.linked import KEY, Linked, linked
from transforms.indicators import observe
from transforms.observations import conform

PERSONS = Quantity(counts=Counts.PERSONS)
PARENTS = {
    **{"GM9901": "", "WK990101": "GM9901", "WK990102": "GM9901", "onbekend": "GM9901"},
    **{"BU99010101": "WK990101", "BU99010102": "WK990101", "onbekend_WK990101": "WK990101"},
    **{"BU99010201": "WK990102", "onbekend_WK990102": "WK990102"},
}
AREA, PARTNER, BREAKDOWN = Dimension.AREA, Dimension.PARTNER, Dimension.BREAKDOWN


def tied(observed: str, known: Agreement | None = None, **changes: object) -> Linked:
    """Link drawn observations of indicator I01, of which `changes` are told."""
    rows = table(observed)
    defaults = {
        **{"indicator": "I01", "period": "2026K3", "partner": "", "breakdown": ""},
        **{"availability": "observed", "area": "GM9901"},
    }
    missing = [pl.lit(text).alias(name) for name, text in defaults.items() if name not in rows]
    number = [] if "denominator" in rows else [pl.lit(None, pl.Float64).alias("denominator")]
    filled = rows.with_columns(*missing, *number, version=pl.lit(1))
    text = pl.col("partner", "breakdown").cast(pl.String).fill_null("")
    known = known or agreement(indicators={"I01": indicator(**changes)})
    return linked(conform(filled.with_columns(text)), known, parents=PARENTS)


def sums(found: Linked) -> list[str]:
    """Write each sum out: `GM9901 20 = WK990101 12 + WK990102 8`, of what differs in its cells."""
    cells = found.cells.select("cell", *KEY, "exact")
    rows = found.sums.join(cells, on="cell")
    return sorted(_written(one.sort("sign", "cell")) for one in rows.partition_by("sum"))


def _written(one: pl.DataFrame) -> str:
    differ = [name for name in KEY if one[name].n_unique() > 1]
    told = [
        (sign, " ".join(str(part) or "alle" for part in (*names, exact)))
        for sign, exact, *names in one.select("sign", "exact", *differ).iter_rows()
    ]
    assert sum(s * int(t.split()[-1]) for s, t in told) == 0
    left, right = (" + ".join(t for s, t in told if s == sign) for sign in (-1, 1))
    return f"{left} = {right}"


def within(found: Linked, *names: str) -> list[tuple[str, str]]:
    """Return small and large, each by the columns named."""
    said = found.cells.select("cell", told=pl.concat_str(*names, separator=" "))
    small = found.within.join(said, left_on="small", right_on="cell")
    both = small.join(said, left_on="large", right_on="cell", suffix="_large")
    return sorted(both.select("told", "told_large").rows())


def test_a_municipality_is_the_sum_of_its_wijken_and_a_wijk_that_of_its_buurten() -> None:
    found = tied(
        """
        area              | numerator
        GM9901            | 21
        WK990101          | 12
        WK990102          | 8
        onbekend          | 1
        BU99010101        | 3
        BU99010102        | 9
        onbekend_WK990101 | 0
        BU99010201        | 7
        onbekend_WK990102 | 1
        """,
        additive_over=(AREA,),
    )
    assert sums(found) == [
        "GM9901 21 = WK990101 12 + WK990102 8 + onbekend 1",
        "WK990101 12 = BU99010101 3 + BU99010102 9 + onbekend_WK990101 0",
        "WK990102 8 = BU99010201 7 + onbekend_WK990102 1",
    ]


def test_without_wijken_the_buurten_and_every_rest_add_up_to_the_municipality() -> None:
    found = tied(
        """
        area              | numerator
        GM9901            | 20
        onbekend          | 1
        BU99010101        | 3
        BU99010102        | 9
        BU99010201        | 7
        """,
        additive_over=(AREA,),
    )
    assert sums(found) == ["GM9901 20 = BU99010101 3 + BU99010102 9 + BU99010201 7 + onbekend 1"]


COUNTED = [
    ("declared and true", (AREA,), 8, True, []),
    ("declared and not true", (AREA,), 9, False, [("I01.numerator", "2026K3", "area")]),
    ("true and not declared", (), 8, False, []),
]


@pytest.mark.parametrize(("why", "additive", "south", "adds_up", "broken"), COUNTED)
def test_areas_add_up_where_that_is_declared_and_true(
    why: str,
    additive: tuple[Dimension, ...],
    south: int,
    adds_up: bool,
    broken: list[tuple[str, ...]],
) -> None:
    found = tied(
        f"""
        area     | numerator
        GM9901   | 20
        WK990101 | 12
        WK990102 | {south}
        """,
        additive_over=additive,
    )
    assert bool(sums(found)) is adds_up, why
    parts = [("WK990101", "GM9901"), ("WK990102", "GM9901")]
    assert within(found, "area") == ([] if adds_up else parts)
    assert found.broken.rows() == broken


def test_a_part_that_is_larger_than_its_total_is_tied_to_nothing() -> None:
    found = tied("partner | numerator\n- | 20\nwelzijn | 21\nbieb | 3", additive_over=(PARTNER,))
    assert (sums(found), within(found, "partner")) == ([], [])


def test_partners_and_classes_add_up_each_on_its_own_side() -> None:
    found = tied(
        """
        partner | breakdown | numerator
        -       | -         | 20
        -       | geld      | 14
        -       | wonen     | 6
        welzijn | -         | 13
        welzijn | geld      | 9
        welzijn | wonen     | 4
        bieb    | -         | 7
        bieb    | geld      | 5
        bieb    | wonen     | 2
        """,
        additive_over=(PARTNER, BREAKDOWN),
        breakdown="thema",
    )
    assert sums(found) == [
        "alle 13 = geld 9 + wonen 4",
        "alle 14 = bieb 5 + welzijn 9",
        "alle 20 = bieb 7 + welzijn 13",
        "alle 20 = geld 14 + wonen 6",
        "alle 6 = bieb 2 + welzijn 4",
        "alle 7 = geld 5 + wonen 2",
    ]


def test_people_over_partners_are_parts_of_all_and_no_sum() -> None:
    found = tied(
        """
        partner | numerator
        -       | 20
        welzijn | 13
        bieb    | 9
        """,
        numerator=PERSONS,
    )
    assert sums(found) == []
    assert within(found, "partner") == [("bieb", ""), ("welzijn", "")]


def test_a_share_leaves_a_complement_that_no_figure_shows() -> None:
    share = indicator(way=Way.SHARE, numerator=PERSONS, denominator=PERSONS)
    found = tied(
        """
        numerator | denominator
        12        | 57
        """,
        agreement(indicators={"I01": share}),
    )
    expected = table("""
        count           | exact | shown | counts
        I01.complement  | 45    | no    | persons
        I01.denominator | 57    | yes   | persons
        I01.numerator   | 12    | yes   | persons
        """)
    told = found.cells.select("count", "exact", "shown", "counts")
    assert_frame_equal(told, expected)
    assert sums(found) == ["I01.denominator 57 = I01.complement 45 + I01.numerator 12"]
    assert within(found, "count") == [("I01.numerator", "I01.denominator")]


def test_two_shares_of_one_denominator_each_leave_their_own_complement() -> None:
    other = Variant(name="Anders", numerator=Quantity(counts=Counts.PERSONS, where="b"))
    one = Quantity(counts=Counts.PERSONS, where="a")
    share = indicator(way=Way.SHARE, numerator=one, denominator=PERSONS, variants={"anders": other})
    found = tied(
        """
        breakdown | numerator | denominator
                  | 12        | 57
        anders    | 30        | 57
        """,
        agreement(indicators={"I01": share}),
    )
    assert sums(found) == [
        "I01.denominator 57 = I01.anders.complement 27 + I01.anders.numerator 30",
        "I01.denominator 57 = I01.complement 45 + I01.numerator 12",
    ]
    assert found.broken.is_empty()


def test_a_rate_is_a_count_and_a_constant_and_where_nobody_is_known_to_live_only_a_count() -> None:
    inhabitants = Quantity(counts=Counts.PUBLIC, delivery="kerncijfers", sum_of="inwoners")
    rate = indicator(way=Way.RATE, numerator=PERSONS, denominator=inhabitants, multiplier=1000)
    found = tied(
        """
        area     | numerator | denominator
        WK990101 | 12        | 5000
        onbekend | 2         | -
        """,
        agreement(indicators={"I01": rate}),
    )
    expected = table("""
        count           | area     | exact | shown | public
        I01.denominator | WK990101 | 5000  | yes   | yes
        I01.numerator   | WK990101 | 12    | yes   | no
        I01.numerator   | onbekend | 2     | no    | no
        """)
    assert_frame_equal(found.cells.select(expected.columns), expected)
    assert within(found, "count") == [("I01.numerator", "I01.denominator")]


def test_four_quarters_of_a_wijk_are_the_year_of_its_buurten() -> None:
    found = tied(
        """
        area              | period        | numerator
        WK990102          | 2025K4        | 5
        WK990102          | 2026K1        | 6
        WK990102          | 2026K2        | 7
        WK990102          | 2026K3        | 8
        BU99010201        | 2025K4/2026K3 | 25
        onbekend_WK990102 | 2025K4/2026K3 | 1
        """,
        additive_over=(AREA,),
    )
    assert sums(found) == [
        "2025K4/2026K3 26 = 2025K4 5 + 2026K1 6 + 2026K2 7 + 2026K3 8",
        "WK990102 26 = BU99010201 25 + onbekend_WK990102 1",
    ]
    years = found.cells.filter((pl.col("area") == "WK990102") & (pl.col("exact") == 26))
    assert years["shown"].to_list() == [False]


@pytest.mark.parametrize("counts", [Counts.PERSONS, Counts.HOUSEHOLDS])
def test_people_of_four_quarters_are_not_those_of_the_year(counts: Counts) -> None:
    found = tied(
        """
        period        | numerator
        2025K4        | 5
        2026K1        | 6
        2026K2        | 7
        2026K3        | 8
        2025K4/2026K3 | 26
        """,
        numerator=Quantity(counts=counts),
    )
    assert sums(found) == []


def test_a_grouping_is_the_sum_of_its_areas_where_they_are_all_counted() -> None:
    groupings = {
        "west": AreaGrouping(name="West", areas=("WK990101", "WK990102")),
        "team": AreaGrouping(name="Team", areas=("WK990101", "BU99010201")),
    }
    known = agreement(
        indicators={"I01": indicator(additive_over=(AREA,))}, areas=OwnAreas(groupings=groupings)
    )
    found = tied(
        """
        area     | numerator
        WK990101 | 12
        WK990102 | 8
        west     | 20
        team     | 15
        """,
        known,
    )
    assert sums(found) == ["west 20 = WK990101 12 + WK990102 8"]


def test_what_was_not_delivered_is_no_cell_and_zero_is_one() -> None:
    found = tied(
        """
        area     | numerator | availability
        WK990101 | 0         | observed
        WK990102 | -         | not_delivered
        """
    )
    assert found.cells.select("area", "exact").rows() == [("WK990101", 0)]


def test_one_count_cannot_have_two_values_in_one_place() -> None:
    both = agreement(indicators={"I01": indicator(), "I02": indicator()})
    observed = "indicator | numerator\nI01 | 12\nI02 | 13"
    with pytest.raises(ValueError, match=r"I01\.numerator"):
        tied(observed, both)


def where(text: str, **changes: object) -> Indicator:
    return indicator(numerator=Quantity(counts=Counts.EVENTS, where=text), **changes)


SAME: list[tuple[str, Indicator, Indicator, bool]] = [
    ("the same words", where("a = 1"), where("a = 1"), True),
    ("other spaces", where("a = 1  and b"), where("a=1 and  b"), True),
    ("another order", where("a = 1 and b"), where("b and a = 1"), True),
    ("in a filter or in the count", where("a = 1 and b"), where("b", filters=("a = 1",)), True),
    ("another value", where("a = 1"), where("a = 2"), False),
    ("another list", where("a in ('x', 'y')"), where("a in ('x', 'z')"), False),
    ("another day", where("a = 1"), where("a = 1", date="besluit"), False),
    ("another place", where("a = 1"), where("a = 1", area_column="pc6"), False),
    ("another delivery", where("a = 1"), where("a = 1", delivery="L02"), False),
    ("or instead of and", where("a = 1 or b"), where("a = 1 and b"), False),
]


@pytest.mark.parametrize(("why", "one", "other", "same"), SAME, ids=[row[0] for row in SAME])
def test_two_readings_share_a_count_where_they_count_the_same(
    why: str, one: Indicator, other: Indicator, same: bool
) -> None:
    names = [
        c.numerator for c in catalogue(agreement(indicators={"A1": one, "B1": other})).readings
    ]
    assert names == ["A1.numerator", "A1.numerator" if same else "B1.numerator"], why


def test_a_count_with_a_condition_more_is_part_of_the_one_without() -> None:
    share = indicator(
        way=Way.SHARE,
        numerator=Quantity(counts=Counts.EVENTS, where="a = 1"),
        denominator=EVENTS,
        variants={"streng": Variant(name="S", numerator=EVENTS, filters=("b",))},
    )
    known = catalogue(agreement(indicators={"A1": share}))
    assert known.within == (
        ("A1.numerator", "A1.denominator"),
        ("A1.streng.denominator", "A1.denominator"),
        ("A1.streng.numerator", "A1.denominator"),
        ("A1.streng.numerator", "A1.streng.denominator"),
    )


def test_people_count_once_at_their_last_address_and_the_rest_area_makes_them_add_up() -> None:
    """An moves from Noord to Zuid, Bo is in two places, and of Cy no address is known."""
    rows = table("""
        wie | dag        | plaats
        an  | 2026-07-01 | 9901AA
        an  | 2026-09-01 | 9902AA
        bo  | 2026-08-01 | 9901AA
        bo  | 2026-07-05 | 9901AB
        cy  | 2026-08-02 | -
        """)
    one = indicator(
        numerator=Quantity(counts=Counts.PERSONS, distinct="wie"),
        levels={
            Areas.MUNICIPALITY: Grain.QUARTER,
            Areas.DISTRICT: Grain.QUARTER,
            Areas.NEIGHBOURHOOD: Grain.QUARTER,
        },
        additive_over=(AREA,),
    )
    known = agreement(indicators={"I01": one})
    observed = observe(
        known,
        {"meldingen": rows.with_columns(_partner=pl.lit("welzijn"), _period=pl.lit("2026K3"))},
        areas(),
        quarters=["2026K3"],
        known_at=date(2026, 11, 1),
        deliveries=deliveries(("welzijn", "meldingen", "2026K3", True)),
    )
    assert sums(linked(observed, known, parents=PARENTS)) == [
        "GM9901 3 = WK990101 1 + WK990102 1 + onbekend 1",
        "WK990101 1 = BU99010101 1 + BU99010102 0 + onbekend_WK990101 0",
        "WK990102 1 = BU99010201 1 + onbekend_WK990102 0",
    ]


def test_shuffled_rows_give_the_same_links() -> None:
    drawn = """
        area     | partner | numerator
        GM9901   | -       | 20
        GM9901   | welzijn | 15
        GM9901   | bieb    | 5
        WK990101 | -       | 12
        WK990102 | -       | 8
        """
    lines = [line for line in drawn.splitlines() if line.strip()]
    found: Sequence[Linked] = [
        tied("\n".join([lines[0], *order]), additive_over=(AREA, PARTNER))
        for order in (lines[1:], lines[:0:-1])
    ]
    for name in ("cells", "sums", "within"):
        assert_frame_equal(getattr(found[0], name), getattr(found[1], name))
