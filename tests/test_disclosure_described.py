"""What an edition says of itself in `edition.json`: all that tells what its figures count."""

import json
from typing import Any

import polars as pl
from sample_edition import sample

from reports.downloads import edition_json
from sources.agreement.model import AreaGrouping, OwnAreas
from sources.verdict import Outcome

EDITION = sample()


def said(**changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(edition_json(sample(**changes)))
    return told


def test_every_count_of_a_reading_is_described_and_so_is_what_it_is_part_of() -> None:
    told = said()
    counts = {one["id"]: one["counts"] for one in told["counts"]}
    roles = ("numerator", "denominator", "complement")
    named = {one[role] for one in told["readings"] for role in roles if one[role]}
    assert named == set(counts)
    assert {name for pair in told["within"] for name in pair} <= set(counts)
    assert counts["I28.complement"] == "events"
    assert counts["I07.denominator"] == "public"
    shared = {
        one["denominator"]
        for one in told["readings"]
        if one["way"] == "rate" and one["unit"].endswith("per 1.000 inwoners")
    }
    assert shared == {"I07.denominator"}


def test_every_figure_has_a_reading_and_an_area_in_the_description() -> None:
    told = said()
    readings = {(one["indicator"], one["variant"]) for one in told["readings"]}
    known = EDITION.agreement.indicators
    told_of = [
        one for one in EDITION.figures["indicator"].unique() if known[one].status == "active"
    ]
    assert {(name, "") for name in told_of} <= readings
    areas = {one["code"] for one in told["areas"]}
    assert set(EDITION.figures["area_code"]) <= areas


def test_rest_areas_lie_where_they_make_areas_add_up() -> None:
    parents = {one["code"]: one["parent"] for one in said()["areas"]}
    districts = [code for code in parents if code.startswith("WK")]
    assert parents["onbekend"] == "GM9901"
    assert {parents[f"onbekend_{code}"] for code in districts} == set(districts)


def test_a_delivery_that_was_refused_is_in_no_figure_and_so_not_in_the_description() -> None:
    all_refused = EDITION.deliveries.with_columns(outcome=pl.lit(Outcome.REFUSED.value))
    assert said()["deliveries"] != []
    assert said(deliveries=all_refused)["deliveries"] == []


def test_groupings_and_what_gave_way_are_told() -> None:
    areas = OwnAreas(groupings={"west": AreaGrouping(name="West", areas=("WK990101",))})
    tables = pl.DataFrame(
        [("I28.numerator", "2026K2", "totals"), ("I28.numerator", "2026K1", "")],
        schema=["count", "period", "fallback"],
        orient="row",
    )
    known = EDITION.agreement.model_copy(update={"areas": areas})
    told = said(agreement=known, protection=tables)
    assert told["groupings"] == [{"id": "west", "areas": ["WK990101"]}]
    assert told["fallbacks"] == [
        {"count": "I28.numerator", "period": "2026K2", "fallback": "totals"}
    ]
