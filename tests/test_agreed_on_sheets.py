"""What was agreed with a partner is what its sheet tells: its own promise, its agenda, its term."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
from sample_edition import sample
from sheet_reader import Page

from reports.block import Block, Omitted, Sheet
from reports.edition import Edition
from reports.render import block
from reports.sheets import district, partner
from reports.shelf import Shelf
from sources.agreement.model import Baseline, DevelopmentPoint, Promise, Target
from transforms.standing import standing

EDITION = sample()


def edition(name: str, **changes: Any) -> Edition:
    """Return the edition with changes in the agreement with one partner."""
    known = EDITION.agreement
    agreed = known.agreements[name].model_copy(update=changes)
    agreements = {**known.agreements, name: agreed}
    return sample(agreement=known.model_copy(update={"agreements": agreements}))


def promising(promise: Promise) -> Edition:
    """Return the edition in which De Brug promises this of I08."""
    first, *rest = EDITION.agreement.agreements["welzijn"].result_sheets
    changed = first.model_copy(update={"promises": {"I08": promise}})
    return edition("welzijn", result_sheets=(changed, *rest))


def sheet(name: str, of: Edition = EDITION) -> Sheet:
    return next(one for one in partner.sheets(Shelf(of)) if one.id == name)


def told(name: str, of: Sheet) -> str:
    made = block(name, of)
    assert isinstance(made, Block), made
    return " ".join(Page(f"<body>{made.body}</body>").text().split())


ALL, OWN = Target(year=2026, value=0.58), Target(year=2026, value=0.71)
START = Baseline(period="2023", value=0.37, denominator=300, area_year=2024)

# promise, what the sheet tells, what it does not tell, target and baseline in the comparison
PROMISED = {
    "nothing of its own": (
        Promise(),
        ["geen eigen streefwaarde afgesproken"],
        ["streef 2026", "nulmeting 2024"],
        (None, None),
    ),
    "a target of its own": (
        Promise(targets=(OWN,)),
        ["eigen streef 2026: 71\u00a0% of meer"],
        ["58\u00a0% of meer", "nulmeting 2024"],
        (0.71, None),
    ),
    "a target and a baseline of its own": (
        Promise(targets=(OWN,), baseline=START),
        ["eigen streef 2026: 71\u00a0% of meer", "nulmeting 2023: 37\u00a0%"],
        ["58\u00a0% of meer", "nulmeting 2024"],
        (0.71, 0.37),
    ),
    "a question in the place of a target": (
        Promise(question="Wie hoort er nog niet bij?"),
        ["Wie hoort er nog niet bij?"],
        ["streef 2026: 58", "nulmeting 2024"],
        (None, None),
    ),
}


@pytest.mark.parametrize("name", PROMISED)
def test_the_sheet_of_a_partner_tells_what_it_promised_itself(name: str) -> None:
    promise, said, unsaid, _ = PROMISED[name]

    text = told("results", sheet("welzijn", promising(promise)))

    assert [one for one in said if " ".join(one.split()) not in text] == []
    assert [one for one in unsaid if " ".join(one.split()) in text] == []


@pytest.mark.parametrize("name", PROMISED)
def test_a_partners_figure_is_compared_with_what_it_promised_itself(name: str) -> None:
    promise, _, _, (target, baseline) = PROMISED[name]
    of = promising(promise)

    stands = standing(of.figures, of.agreement).filter(
        pl.col("period") == "2025K4/2026K3", breakdown="", indicator="I08"
    )
    mine = stands.row(by_predicate=pl.col("partner") == "welzijn", named=True)
    everybody = stands.filter(partner="", area_code="GM9901").row(0, named=True)

    assert (mine["target_value"], mine["baseline_value"]) == (target, baseline)
    assert everybody["target_value"] == ALL.value


HIGH = Target(year=2026, value=0.95)


def test_a_partner_is_called_lower_than_its_own_target_only() -> None:
    own = told("questions", sheet("welzijn", promising(Promise(targets=(HIGH,)))))
    assert "Dat is lager dan de eigen streefwaarde (95\u00a0%)." in own.replace("95 %", "95\u00a0%")
    indicators = dict(EDITION.agreement.indicators)
    indicators["I08"] = indicators["I08"].model_copy(update={"targets": (HIGH,)})
    of = promising(Promise())
    of = replace(of, agreement=of.agreement.model_copy(update={"indicators": indicators}))
    assert "streefwaarde" not in told("questions", sheet("welzijn", of))


def test_who_agreed_it_and_when_stands_under_the_general_part() -> None:
    assert (
        "Samen afgesproken op 19 november 2024, door bezoekers, vrijwilligers, De Brug en de"
        " gemeente." in told("general", sheet("welzijn"))
    )


def test_what_cannot_be_counted_yet_is_asked_as_a_question_and_is_no_zero() -> None:
    first, *rest = EDITION.agreement.agreements["welzijn"].result_sheets
    point = DevelopmentPoint(
        question="Wat merkt een mantelzorger hiervan?",
        who="De Brug",
        by=date(2027, 1, 31),
        indicator="I04",
    )
    changed = first.model_copy(update={"indicators": ("I04",), "promises": {}})
    of = edition("welzijn", result_sheets=(changed, *rest), development=(point,))
    without = sample(
        agreement=of.agreement, figures=of.figures.filter(pl.col("indicator") != "I04")
    )

    text = told("results", sheet("welzijn", without))

    assert "Wat merkt een mantelzorger hiervan?" in text
    assert "Mantelzorgers die het te zwaar hebben" not in text


def test_a_goal_without_any_figure_says_so_and_one_with_figures_does_not() -> None:
    text = told("results", sheet("welzijn"))
    assert text.count("Bij dit doel staat nog geen cijfer.") == 1
    assert text.index("Bij dit doel staat") > text.index("We willen dat meer inwoners zich redden")


@pytest.mark.parametrize(
    ("by", "status", "late"),
    [
        (date(2026, 6, 21), "loopt", True),
        (date(2026, 6, 21), "nog niet", True),
        (date(2026, 6, 21), "gedaan", False),
        (EDITION.known_at, "loopt", False),
        (None, "loopt", False),
    ],
)
def test_what_is_past_its_day_and_not_done_is_later_than_agreed(
    by: date | None, status: str, late: bool
) -> None:
    first, *_ = EDITION.agreement.agreements["welzijn"].process_sheets
    changed = first.model_copy(update={"by": by, "status": status})
    text = told("process", sheet("welzijn", edition("welzijn", process_sheets=(changed,))))
    assert ("later dan afgesproken" in text) is late


def test_each_way_in_which_an_agreement_stands_has_a_mark_of_its_own() -> None:
    first, *_ = EDITION.agreement.agreements["welzijn"].process_sheets
    stands = ("gedaan", "loopt", "nog niet", "anders afgesproken")
    pages = tuple(first.model_copy(update={"status": one}) for one in stands)
    made = block("process", sheet("welzijn", edition("welzijn", process_sheets=pages)))
    assert isinstance(made, Block)
    assert len(set(re.findall(r'<svg class="shape box".*?</svg>', made.body, re.DOTALL))) == 4


@pytest.mark.parametrize("name", ["general", "results", "process", "finance", "development"])
def test_an_agreement_that_is_over_is_on_no_sheet(name: str) -> None:
    over = edition("welzijn", begin=date(2021, 1, 1), end=date(2026, 9, 29))
    last_day = edition("welzijn", begin=date(2021, 1, 1), end=date(2026, 9, 30))

    assert isinstance(block(name, sheet("welzijn", over)), Omitted)
    assert isinstance(block(name, sheet("welzijn", last_day)), Block)


def test_questions_of_its_roles_come_after_those_that_were_written_for_the_sheet() -> None:
    text = told("questions", sheet("welzijn"))
    written = "Wie komt er niet in De Huiskamer, en hoe bereiken wij hen wel?"
    of_role = "Wat wilt u samen met ons uitproberen?"

    assert -1 < text.index(written) < text.index(of_role)


def test_a_wijk_is_asked_the_question_that_stands_in_the_place_of_its_target() -> None:
    wijken = {one.id: one for one in district.sheets(Shelf(EDITION))}
    asking = "Wanneer is het hier goed, als iedereen elkaar al kent?"

    assert [name for name, one in wijken.items() if asking in told("questions", one)] == [
        "WK990108"
    ]


def test_every_sheet_of_a_partner_names_the_hoofddoel() -> None:
    for one in partner.sheets(Shelf(EDITION)):
        assert "Iedereen telt mee en doet mee" in told("partner", one)
