"""What the attacker finds in small editions, drawn as tables."""

import json
from pathlib import Path

import polars as pl
import pytest
from attacked import COUNT, COUNTS, RATE, SHARE, edition, table

from reports.attacker import Aids, Finding, Kind, Knowledge, Release, attack_frames, intervals
from reports.attacker.reading.files import read

SAFE = """
    GM1       40
    WK1       20
    WK2       15
    WK3       -
    onbekend  -
"""


def found(*told: Release, known: Knowledge | None = None) -> set[tuple[Kind, str]]:
    findings = attack_frames(told, known or Knowledge()).findings
    return {(one.kind, one.figure) for one in findings}


def kinds(*told: Release) -> set[Kind]:
    return {kind for kind, _ in found(*told)}


def changed(drawn: str, old: str, new: str) -> str:
    assert old in drawn
    return drawn.replace(old, new)


def test_an_edition_of_controlled_rounding_has_no_finding() -> None:
    audit = attack_frames([edition(table("area_code numerator", SAFE))], Knowledge())
    assert audit.findings == ()
    told = audit.tables.select("count", "cells", "protected").rows()
    assert told == [("A.numerator", 5, 2)]
    assert audit.tables["narrowest"].item() >= 4


@pytest.mark.parametrize(
    ("old", "new", "kind", "figure"),
    [
        ("WK2       15", "WK2       14", Kind.NOT_ROUNDED, "A|1|2026K3|WK2||"),
        ("WK2       15", "WK2       14", Kind.EXACT, "A.numerator|2026K3|WK2||"),
        ("WK3       -", "WK3       5", Kind.TOO_SMALL, "A|1|2026K3|WK3||"),
        ("WK3       -", "WK3       0", Kind.TOO_SMALL, "A|1|2026K3|WK3||"),
        ("WK2       15", "WK2       35", Kind.BROKEN_SUM, "A.numerator|2026K3|GM1||"),
        ("GM1       40", "GM1       -", Kind.BROKEN_SUM, "A.numerator|2026K3|GM1||"),
    ],
)
def test_one_number_that_breaks_a_promise_is_found(
    old: str, new: str, kind: Kind, figure: str
) -> None:
    told = edition(table("area_code numerator", changed(SAFE, old, new)))
    assert (kind, figure) in found(told)


def test_a_total_that_is_held_back_is_found_where_all_its_parts_are_shown() -> None:
    rows = "GM1 -\nWK1 20\nWK2 15\nWK3 10\nonbekend 10"
    assert Kind.MISSING_TOTAL in kinds(edition(table("area_code numerator", rows)))


def test_a_total_that_is_absent_is_found_where_its_level_is_told() -> None:
    rows = "WK1 20\nWK2 15\nWK3 10\nonbekend 10"
    assert Kind.MISSING_TOTAL in kinds(edition(table("area_code numerator", rows)))


def test_a_second_symbol_is_found() -> None:
    rows = table("area_code numerator", SAFE)
    told = edition(rows)
    other = pl.when(pl.col("area_code") == "WK3").then(pl.lit("afgeschermd")).otherwise("shown")
    damaged = edition(rows).figures.with_columns(shown=other)
    assert Kind.SYMBOLS not in kinds(told)
    assert Kind.SYMBOLS in kinds(Release(told.edition, told.reader, told.about, damaged))


SHARES = """
    GM1       60  110  0.55  0.4   0.7
    WK1       25  50   0.5   0.27  0.76
    WK2       35  60   0.58  0.36  0.81
    WK3       -   -    -     -     -
    onbekend  -   -    -     -     -
"""
COLUMNS = "area_code numerator denominator value lower upper"


def shares(drawn: str = SHARES) -> Release:
    rows = table(COLUMNS, drawn).with_columns(
        shown=pl.coalesce((pl.col("value") * 100).round().cast(pl.Int64).cast(pl.String) + " %")
    )
    return edition(
        rows.with_columns(
            pl.col("shown").fill_null("afgeschermd"), denominator_counts=pl.lit("events")
        ),
        readings=[SHARE],
    )


def test_limits_and_values_that_follow_from_rounded_counts_are_no_finding() -> None:
    assert kinds(shares()) == set()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("50   0.5   0.27", "50   0.52  0.27", Kind.VALUE),  # 26 of 50
        ("60   0.58  0.36", "60   0.583 0.36", Kind.VALUE),  # one decimal too many
        ("0.5   0.27  0.76", "0.5   0.37  0.63", Kind.LIMITS),  # of 25 of 50 itself
    ],
)
def test_a_number_that_does_not_follow_is_found(old: str, new: str, kind: Kind) -> None:
    assert kind in kinds(shares(changed(SHARES, old, new)))


def test_a_value_that_does_not_follow_narrows_the_counts_that_lead_to_it() -> None:
    known = intervals([shares(changed(SHARES, "0.5   0.27", "0.5217  0.27"))], Knowledge())
    bounds = known.filter(area="WK1", count="A.numerator").select("lower", "upper").row(0)
    assert bounds == (24.0, 24.0)  # only 24 of 46 is 52,17 %


def test_a_rate_from_the_raw_count_gives_that_count_back() -> None:
    rows = table(COLUMNS, "GM1 40 2000 20.5 - -").with_columns(
        denominator_counts=pl.lit("public"), shown=pl.lit("20,5")
    )
    told = edition(rows, readings=[RATE])
    assert (Kind.VALUE, "A|1|2026K3|GM1||") in found(told)
    bounds = intervals([told], Knowledge()).filter(area="GM1").select("lower", "upper").row(0)
    assert bounds == (41.0, 41.0)


def test_two_groups_that_differ_by_a_few_are_sought_as_a_count_of_their_own() -> None:
    counts = {**COUNTS, "B.numerator": "events"}
    other = COUNT | {"indicator": "B", "numerator": "B.numerator"}
    rows = table("indicator area_code numerator", "A GM1 20\nB GM1 20")
    told = edition(
        rows, readings=[COUNT, other], counts=counts, within=[("B.numerator", "A.numerator")]
    )
    left = intervals([told], Knowledge()).filter(kind="left").select("lower", "upper").row(0)
    assert left == (0.0, 8.0)


def test_one_figure_of_two_editions_is_one_count_where_the_deliveries_are_the_same() -> None:
    came = [{"partner": "p", "contract": "c", "period": "2026K2", "number": 1}]
    reading = COUNT | {"contract": "c"}
    one = edition(table("area_code numerator", "GM1 10"), readings=[reading], deliveries=came)
    rows = table("area_code numerator", "GM1 15")
    two = edition(rows, readings=[reading], deliveries=came, name="2026K3-2")
    later = edition(
        rows, readings=[reading], deliveries=[*came, came[0] | {"number": 2}], name="2026K3-2"
    )
    assert (Kind.NARROW, "A.numerator|2026K3|GM1||") in found(one, two)
    assert kinds(one, later) == set()


def test_years_that_overlap_cannot_exceed_the_two_years_around_them() -> None:
    years = ["2024K1/2024K4", "2024K3/2025K2", "2025K1/2025K4"]
    rows = pl.DataFrame(
        {"period": years, "area_code": ["GM1"] * 3, "numerator": [None, 20.0, None]}
    )
    reading = COUNT | {"levels": {"municipality": "four_quarters"}}
    assert (Kind.NARROW, "A.numerator|2024K3/2025K2|GM1||") in found(
        edition(rows, readings=[reading])
    )


def test_nobody_lives_there_is_no_finding_where_everybody_knows_it() -> None:
    rows = table("area_code numerator", "GM1 -")
    counts = {**COUNTS, "A.numerator": "persons"}
    known = Knowledge(
        inhabitants=pl.DataFrame(
            {"area": ["GM1"], "year": [2026], "inhabitants": [2]},
            schema={"area": pl.String(), "year": pl.Int32(), "inhabitants": pl.Int64()},
        )
    )
    assert found(edition(rows, counts=counts), known=known) == set()


def test_a_figure_that_its_own_office_tells_otherwise_is_found() -> None:
    rows = table("area_code value", "GM1 125").with_columns(
        source=pl.lit("protected_at_source"), shown=pl.lit("125")
    )
    theirs = pl.DataFrame(
        {
            "indicator": ["A"],
            "period": ["2026K3"],
            "area_code": ["GM1"],
            "breakdown": [""],
            "value": [123.0],
        }
    )
    given = COUNT | {"way": "given", "numerator": None}
    told = edition(rows, readings=[given])
    assert found(told, known=Knowledge(sources=theirs)) == {(Kind.SOURCE, "A|1|2026K3|GM1||")}


def test_quarters_beside_four_quarters_at_one_level_are_found() -> None:
    rows = table("period area_code numerator", "2026K3 GM1 40\n2026K2 GM1 40\n2025K4/2026K3 GM1 80")
    assert (Kind.TWO_GRAINS, "A|1|2025K4/2026K3|GM1||") in found(edition(rows))


def pages(*rows: tuple[str, str, str]) -> pl.DataFrame:
    printed = [("wijk/WK1/index.html", *row) for row in rows]
    return pl.DataFrame(printed, schema=["page", "figure", "part", "text"], orient="row")


@pytest.mark.parametrize(
    ("figure", "part", "text", "kind"),
    [
        ("A|1|2026K3|WK1||", "number", "20 mensen", None),
        ("A|1|2026K3|WK1||", "number", "21 mensen", Kind.TWO_VALUES),
        ("A|1|2026K3|WK1||", "ground", "tussen 18 en 22", Kind.UNTOLD),
        ("A|1|2026K3|WK9||", "number", "20 mensen", Kind.UNTOLD),
        ("A|1|2026K3|WK3||", "remark", "minder dan de gemeente", Kind.WORD),
    ],
)
def test_what_a_page_prints_must_be_in_the_files(
    figure: str, part: str, text: str, kind: Kind | None
) -> None:
    told = edition(table("area_code numerator", SAFE), pages=pages((figure, part, text)))
    assert kinds(told) == ({kind} if kind else set())


def test_a_word_that_the_shown_numbers_do_not_lead_to_is_found() -> None:
    told = shares()
    for text, kind in (
        ("ongeveer gelijk aan de gemeente", None),
        ("minder dan de gemeente", Kind.WORD),
    ):
        page = pages(("A|1|2026K3|WK1||", "remark", text))
        with_page = Release(told.edition, told.reader, told.about, told.figures, pages=page)
        assert kinds(with_page) == ({kind} if kind else set())


def test_what_is_internal_among_what_is_public_is_found() -> None:
    rows = table("area_code numerator", SAFE)
    told = edition(rows, marked=("index.html",), files=("intern/gemeente/index.html",))
    assert found(told) == {
        (Kind.INTERNAL, "index.html"),
        (Kind.INTERNAL, "intern/gemeente/index.html"),
    }


def test_a_package_that_holds_back_one_count_alone_is_found() -> None:
    rows = "GM1 40\nWK1 20\nWK2 18\nWK3 -\nonbekend {}"
    rules = {"threshold": 3}
    public = edition(table("area_code numerator", SAFE))
    for rest, alone in (("1", True), ("-", False)):
        package = edition(
            table("area_code numerator", rows.format(rest)).with_columns(
                shown=pl.when(pl.col("numerator").is_null())
                .then(pl.lit("minder dan 3"))
                .otherwise(pl.col("numerator").cast(pl.Int64).cast(pl.String))
            ),
            rules=rules,
            reader="gemeente",
        )
        exact = (Kind.EXACT, "A.numerator|2026K3|WK3||") in found(public, package)
        assert exact is alone


def test_no_finding_tells_the_value_that_was_found() -> None:
    told = edition(table("area_code numerator", changed(SAFE, "WK2       15", "WK2       17")))
    findings = attack_frames([told], Knowledge()).findings
    assert findings
    assert not any("17" in str(one) for one in findings)


def test_what_was_safe_before_is_not_examined_again() -> None:
    told = edition(table("area_code numerator", SAFE))
    first = attack_frames([told], Knowledge())
    assert len(first.settled) == 1
    again = attack_frames([told], Knowledge(), Aids(settled=dict.fromkeys(first.settled, 123.0)))
    assert again.tables["narrowest"].to_list() == [123.0]


def test_the_files_of_an_edition_are_read_back_as_they_were(tmp_path: Path) -> None:
    told = edition(table("area_code numerator", SAFE))
    data = tmp_path / "openbaar" / "data"
    data.mkdir(parents=True)
    (data / "edition.json").write_text(json.dumps(told.about), "utf-8")
    (data / "figures.json").write_text(told.figures.write_json(), "utf-8")
    told.figures.write_csv(data / "figures.csv", separator=";", decimal_comma=True)
    (tmp_path / "openbaar" / "index.html").write_text(
        '<p class="number" data-figure="A|1|2026K3|WK1||"><strong>20</strong><br> mensen</p>',
        "utf-8",
    )
    (back,) = read([tmp_path])
    assert back.figures.equals(told.figures)
    assert back.pages.rows() == [("index.html", "A|1|2026K3|WK1||", "number", "20 mensen")]


def test_findings_are_sorted_and_say_where() -> None:
    told = edition(table("area_code numerator", changed(SAFE, "WK2       15", "WK2       14")))
    findings = attack_frames([told], Knowledge()).findings
    assert list(findings) == sorted(findings)
    assert isinstance(findings[0], Finding)
    assert all("2026K3" in str(one) for one in findings)
