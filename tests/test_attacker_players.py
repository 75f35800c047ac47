"""Those who know more than a stranger: what they find, and what they do not."""

from typing import Any

import polars as pl
import pytest
from attacked import COUNT, RULES, edition, table

from reports.attacker import WIDE, Aids, Kind, Knowledge, Release, attack_frames
from reports.attacker.players import insider, own_rows
from reports.attacker.reading.decoding import decode
from reports.attacker.search.recovery import recover

READING = COUNT | {"contract": "c"}


def narrow(*told: Release) -> set[tuple[str, str]]:
    """Return who finds what too nearly. The base is less than allowed, which is found as well."""
    findings = attack_frames(told, Knowledge()).findings
    return {(one.player, one.figure) for one in findings if one.kind is Kind.NARROW}


def told_twice(first: int, second: int) -> list[Release]:
    """Return two editions that tell of one quarter; between them a delivery came."""
    return [
        edition(
            table("area_code numerator", f"GM1 {shown}").with_columns(period=pl.lit("2026K2")),
            readings=[READING],
            rules=RULES | {"base": 4, "threshold": 8},
            areas={"GM1": ""},
            name=name,
            deliveries=[
                {"partner": "p", "contract": "c", "period": "2026K2", "number": number + 1}
                for number in range(count)
            ],
        )
        for count, (name, shown) in enumerate([("2026K2", first), ("2026K3", second)], start=1)
    ]


@pytest.mark.parametrize(
    ("first", "second", "known"),
    [
        (20, 20, False),  # 17..22 and one more
        (20, 24, True),  # 20..23 and one more
        (24, 20, True),  # 21..24 and one less
        (20, 28, False),  # not by one client
    ],
)
def test_who_knows_of_one_client_knows_too_much_where_a_figure_moves(
    first: int, second: int, known: bool
) -> None:
    found = narrow(*told_twice(first, second))
    assert found == ({("openbaar", "A.numerator|2026K2|GM1||")} if known else set())


def with_package(exact: int) -> list[Release]:
    """Return a public edition of two partners, and the package of one of them."""
    counts = table("partner numerator", "'' 12\np1 6\np2 6").with_columns(
        area_code=pl.lit("GM1"), additive=pl.lit("partner")
    )
    own = table("partner numerator", f"p1 {exact}").with_columns(area_code=pl.lit("GM1"))
    shared: dict[str, Any] = {"readings": [READING], "areas": {"GM1": ""}}
    public = edition(counts, rules=RULES | {"base": 3, "threshold": 5}, **shared)
    package = edition(own, rules={"threshold": 3}, reader="p1", **shared)
    return [public, package]


@pytest.mark.parametrize(("exact", "known"), [(6, False), (8, True)])
def test_a_partner_takes_its_own_rows_off_the_total(exact: int, known: bool) -> None:
    assert (("p1", "A.numerator|2026K3|GM1|p2|") in narrow(*with_package(exact))) is known


def test_a_partner_reckons_with_what_its_own_counts_hang_together_with_and_no_more() -> None:
    """Of C it tells nothing, but what it counts is within it; of B it tells nothing at all."""
    names = ("A", "B", "C")
    readings = [COUNT | {"indicator": one, "numerator": f"{one}.numerator"} for one in names]
    every = pl.concat(
        table("partner numerator", f"'' {total}\np1 6\np2 6").with_columns(
            area_code=pl.lit("GM1"), additive=pl.lit("partner"), indicator=pl.lit(one)
        )
        for one, total in zip(names, (12, 12, 15), strict=True)
    )
    shared: dict[str, Any] = {
        "readings": readings,
        "counts": {f"{one}.numerator": "events" for one in names},
        "areas": {"GM1": ""},
        "within": [("A.numerator", "C.numerator")],
    }
    public = decode(edition(every, rules=RULES | {"base": 3, "threshold": 5}, **shared))
    own = table("partner numerator", "p1 8").with_columns(area_code=pl.lit("GM1"))
    package = edition(own, rules={"threshold": 3}, reader="p1", **shared)
    found = insider([public], package, Knowledge(), Aids()).intervals
    assert {"A.numerator", "C.numerator"} <= set(found["count"])
    assert not found["count"].str.contains("B.numerator").any()
    mine = decode(own_rows(package))
    whole = recover([public, mine], Knowledge(), need=WIDE).intervals
    same = ["count", "partner", "lower", "upper", "width"]
    reckoned = whole.filter(pl.col("count").is_in(found["count"].implode()))
    hers = pl.col("partner") == "p2"
    assert found.filter(hers).select(same).equals(reckoned.filter(hers).select(same))
