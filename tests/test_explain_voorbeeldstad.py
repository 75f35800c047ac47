"""`praatplaat explain` on Voorbeeldstad: every kind of figure, and what was known when."""

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

import polars as pl
import pytest
from conftest import Command, Demonstration

from flows.settings import ZONE, Town
from flows.steps import asked
from flows.steps.explain import explain
from reports.explained import Explanation, as_data, as_text
from sources.errors import UsageError
from sources.store import Store
from transforms.explain import Reason

pytestmark = pytest.mark.slow

QUARTERS = ("2026K2", "2026K3")
PSEUDONYM = re.compile(r"[0-9a-f]{32}")
POSTCODE = re.compile(r"\b\d{4}[A-Z]{2}\b")


def told(demonstration: Demonstration, **question: str) -> Explanation:
    """Return the explanation of a figure of the newest edition, or of another one."""
    town, edition = demonstration.town, question.pop("edition", QUARTERS[-1])
    with opened(town) as store:
        moment = asked.of_edition(store, edition)
        return explain(town, store, asked.Question(**question), moment)


def opened(town: Town) -> Any:
    return Store.open(town.settings.store, holder="de test", read_only=True)


def observed(demonstration: Demonstration, quarter: str) -> pl.DataFrame:
    """Return the figures that an edition was made of."""
    with opened(demonstration.town) as store:
        moment = asked.of_edition(store, quarter)
        figures: pl.DataFrame = store.observations(quarter, known_at=moment.known_at)
        return figures


def smallest(figures: pl.DataFrame) -> list[dict[str, Any]]:
    """Return of every indicator its newest figure of the smallest kind: a wijk before the whole."""
    whole = pl.col("area").str.starts_with("GM")
    order = [whole, "period", "breakdown", "partner", "area"]
    there = figures.filter(pl.col("availability") == "observed", pl.col("value").is_not_null())
    last = [False, True, True, True, True]
    return (
        there.sort(order, descending=last, maintain_order=True)
        .unique("indicator", keep="first", maintain_order=True)
        .sort("indicator")
        .to_dicts()
    )


def test_the_way_to_every_indicator_adds_up_to_what_was_observed(
    demonstration: Demonstration,
) -> None:
    figures = smallest(observed(demonstration, QUARTERS[-1]))
    assert len(figures) > 35
    wrong = []
    with opened(demonstration.town) as store:
        moment = asked.of_edition(store, QUARTERS[-1])
        for row in figures:
            keys = {name: row[name] for name in ("area", "partner", "period", "breakdown")}
            one = explain(
                demonstration.town, store, asked.Question(row["indicator"], **keys), moment
            )
            said = "Dat is precies het cijfer." in as_text(one)
            if not (said and one.agrees and adds_up(one) and one.was is None):
                wrong.append(row)
    assert wrong == []


def adds_up(one: Explanation) -> bool:
    """Return whether each step leaves what came before less what fell out, from the deliveries."""
    assert one.way is not None
    counted = [(d.contract, d.accepted_rows) for d in one.deliveries if d.counts]
    for looked in one.looked:
        if looked.accepted != sum(rows for name, rows in counted if name == looked.contract):
            return False
        left = looked.rows
        for made in (made for made in one.made if made.contract == looked.contract):
            if made.before != left:
                return False
            left = made.left
    if one.reading and one.reading.table and unexplained(one):
        return False
    if not one.made and one.reading and one.reading.table is None:
        assert [looked.rows for looked in one.looked] == [one.way.rows]
    left = one.way.rows
    for step in one.way.steps:
        left -= step.gone
        if left != step.left:
            return False
    return left == one.way.left


def unexplained(one: Explanation) -> set[str]:
    """Return the contracts of a derived table of which no step is told, though rows fell out.

    Of `meldingen_tot_hulp` and `contacten_per_boog` each row of the first contract is one row.
    """
    assert one.way is not None
    told = {made.contract for made in one.made}
    return {x.contract for x in one.looked if x.contract not in told and x.rows != one.way.rows}


def test_it_tells_in_words_what_the_figure_is_and_how_it_came_about(
    demonstration: Demonstration,
) -> None:
    text = as_text(told(demonstration, indicator="I28", area="WK990103"))
    assert text.startswith("Alleen voor binnen")
    for words in (
        "Onderzoek binnen zes weken",
        "Molenwijk (WK990103), okt. 2025 t/m sept. 2026, zoals in editie 2026K3",
        "Termijn: 42 dagen",
        "ontvangen 21 oktober 2026",
        "Valt buiten het filter: uitkomst not in ('ingetrokken', 'overleden', 'verhuisd')",
        "De termijn is nog niet om",
        "Ligt in een ander gebied",
        "Dat is precies het cijfer.",
        "Streefwaarde 2026, alleen hier: 70",
        "Wilson",
        "Voorlopig",
        "Ik werd snel geholpen (I31)",
        "Teamleider toegang",
    ):
        assert words in text, words


def test_the_steps_of_a_derived_table_are_told(demonstration: Demonstration) -> None:
    one = told(demonstration, indicator="I36", breakdown="3")
    names = [made.name for made in one.made]
    assert names[:3] == ["wmo_given", "wmo_begun", "wmo_episodes"]
    assert all(0 < made.left <= made.before for made in one.made)
    assert "Teruggenomen of verwijderd (zoals met reden 13)" in as_text(one)


def test_nothing_that_is_told_is_of_a_person(demonstration: Demonstration) -> None:
    for indicator in ("I11", "I28", "I36"):
        one = told(demonstration, indicator=indicator)
        for text in (as_text(one), json.dumps(as_data(one))):
            assert not PSEUDONYM.search(text)
            assert not POSTCODE.search(text)


def test_a_frozen_baseline_is_what_the_first_edition_published(
    demonstration: Demonstration,
) -> None:
    agreement = demonstration.town.agreement
    copied = "Overgenomen uit editie 2026K2."
    frozen = {
        name: (one.baseline.period, one.baseline.value, one.baseline.denominator)
        for name, one in agreement.indicators.items()
        if one.baseline and one.baseline.note.endswith(copied)
    }
    assert len(frozen) > 20
    with opened(demonstration.town) as store:
        told = store.figures("2026K2").filter(area_code="GM9901", partner="", breakdown="")
    rows = told.filter(pl.col("period_status") == "definitief").iter_rows(named=True)
    there = {(one["indicator"], one["period"]): one for one in rows}
    for name, (period, value, denominator) in frozen.items():
        one = there[name, period]
        assert value == pytest.approx(one["value"], rel=1e-5), name
        assert denominator == one["denominator"], name


# indicator; what is told where its baseline is only a period
NOT_FROZEN = {
    "I11": "Leg haar niet vast: dat cijfer is afgeschermd.",
    "I19": "Leg haar vast als `value: {value:g}`, `denominator: {denominator}`: zo staat het in",
    "I25": "Leg haar vast zodra dat cijfer definitief is.",
}


@pytest.mark.parametrize(("indicator", "said"), NOT_FROZEN.items())
def test_what_a_baseline_can_be_frozen_as_is_told(
    demonstration: Demonstration, indicator: str, said: str
) -> None:
    town = demonstration.town
    base = town.agreement.indicators[indicator].baseline
    assert base
    loose = base.model_copy(update={"value": None})
    one = town.agreement.indicators[indicator].model_copy(update={"baseline": loose})
    indicators = {**town.agreement.indicators, indicator: one}
    unfrozen = replace(town, agreement=town.agreement.model_copy(update={"indicators": indicators}))
    with opened(town) as store:
        moment = asked.of_edition(store, QUARTERS[-1])
        found = explain(unfrozen, store, asked.Question(indicator), moment)
    assert said.format(value=base.value or 0, denominator=base.denominator) in as_text(found)
    if "zo staat het in" in said:
        assert found.start
        of_a_concept = as_text(replace(found, start=replace(found.start, concept=True)))
        assert "Leg haar vast zodra editie 2026K3 is vastgesteld." in of_a_concept


def test_a_figure_in_development_says_so(demonstration: Demonstration) -> None:
    one = told(demonstration, indicator="I04")
    assert one.way is None
    assert "Er is geen cijfer: in ontwikkeling." in as_text(one)


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ({"indicator": "I99"}, "I28"),
        ({"indicator": "I28", "area": "WK000000"}, "WK990103"),
        ({"indicator": "I28", "period": "2026K3"}, "2025K4/2026K3"),
        ({"indicator": "I28", "partner": "welzijn"}, "Noem er geen"),
        ({"indicator": "I28", "breakdown": "netto"}, "bruto"),
        ({"indicator": "I28", "edition": "2019K1"}, "2026K2"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    demonstration: Demonstration, question: dict[str, str], there: str
) -> None:
    with pytest.raises(UsageError) as refused:
        told(demonstration, **question)
    assert there in str(refused.value)


def test_a_figure_is_provisional_in_one_edition_and_settles_in_the_next(
    demonstration: Demonstration,
) -> None:
    period = {"period": "2025K3/2026K2"}
    before, after = (
        told(demonstration, indicator="I28", edition=edition, **period) for edition in QUARTERS
    )
    assert before.figure and after.figure
    assert (before.figure.period_status, after.figure.period_status) == (
        "voorlopig",
        "nader voorlopig",
    )
    older = told(demonstration, indicator="I28", period="2025K2/2026K1")
    assert older.figure and older.figure.period_status == "definitief"


def test_what_came_after_the_first_edition_is_counted(demonstration: Demonstration) -> None:
    asked_for = {"indicator": "I07", "period": "2026K2"}
    before = told(demonstration, **asked_for, edition="2026K2")
    after = told(demonstration, **asked_for)
    assert before.first is None
    assert after.first and after.first.edition == "2026K2"
    assert before.way and after.way
    assert after.first.numerator == before.way.numerator != after.way.numerator
    corrected = after.way.deliveries.keys() - before.way.deliveries.keys()
    assert after.first.late == sum(after.way.deliveries[one] for one in corrected) > 0
    assert "In de eerste editie (2026K2" in as_text(after)


def test_rows_that_are_told_of_again_every_quarter_do_not_count_as_late(
    demonstration: Demonstration,
) -> None:
    after = told(demonstration, indicator="I28", period="2025K3/2026K2")
    assert after.first and after.way
    assert after.first.late is None
    assert after.first.denominator == after.way.denominator
    assert "Dat is hetzelfde als nu." in as_text(after)


def test_what_was_known_on_a_day_is_observed_again_and_is_what_it_was(
    demonstration: Demonstration, tmp_path: Any, praatplaat: Command
) -> None:
    copy = demonstration.copy(tmp_path)
    ran = praatplaat(
        "observe", "--quarter", "2026K2", "--known-at", "2026-08-10", "--home", copy.home
    )
    assert ran.code == 0, ran.err
    then = datetime(2026, 8, 11, tzinfo=ZONE)
    with opened(copy.town) as store:
        again = store.observations("2026K2", known_at=then)
    assert again.equals(observed(demonstration, "2026K2"))


def test_a_day_to_come_is_refused(praatplaat: Command, demonstration: Demonstration) -> None:
    ran = praatplaat("explain", "I28", "--known-at", "2999-01-01", "--home", demonstration.home)
    assert ran.code == 2
    assert "nog niet geweest" in ran.err


def test_the_command_tells_it_to_a_person_and_to_a_program(
    demonstration: Demonstration, praatplaat: Command
) -> None:
    options = ("--area", "WK990103", "--home", demonstration.home)
    text = praatplaat("explain", "I28", *options)
    assert text.code == 0, text.err
    assert text.out.startswith("Alleen voor binnen")
    data = json.loads(praatplaat("explain", "I28", *options, "--json").out)
    assert data["agrees"] is True
    assert {step["reason"] for step in data["way"]["steps"]} <= set(Reason)
    assert data["figure"]["numerator"] == data["way"]["numerator"]
    both = praatplaat("explain", "I28", "--edition", "2026K2", "--known-at", "2026-08-03", *options)
    assert both.code == 2
