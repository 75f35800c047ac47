"""Conditions of an agreement: what they mean for nulls, and what a rehearsal finds."""

import polars as pl
import pytest
from tiny_agreement import agreement, indicator, table

from sources.agreement.lines import Lines
from sources.agreement.model import Counts, Quantity, Term, Variant
from sources.contracts.model import Column, Contract, FieldType
from transforms.conditions import all_hold, holds, rehearse

TYPES = {"aantal": FieldType.INTEGER, "dag": FieldType.DATE, "soort": FieldType.TEXT}

MELDINGEN = Contract(
    id="meldingen",
    code="L99",
    version="1.0.0",
    title="Meldingen",
    purpose="Voorbeeld",
    columns=tuple(Column(n, n, t, "Voorbeeld") for n, t in TYPES.items()),
    key=("dag",),
    rules=(),
)


def events(where: str) -> Quantity:
    return Quantity(counts=Counts.EVENTS, where=where)


def faults(**changes: object) -> list[str]:
    return rehearse(agreement(indicators={"I28": indicator(**changes)}), {"meldingen": MELDINGEN})


def test_an_unknown_answer_never_counts_and_negation_does_not_bring_it_back() -> None:
    rows = table("""
        aantal | soort
        5      | a
        -      | a
        5      | -
        """)
    answers = rows.select(
        more=holds("aantal > 3"),
        not_more=holds("not (aantal > 3)"),
        other=holds("soort <> 'b'"),
        unknown=holds("soort is null"),
        both=all_hold(("aantal > 3", "soort = 'a'")),
        always=holds("") | pl.col("soort").is_null(),
    )
    assert answers.rows() == [
        (True, False, True, False, True, True),
        (False, False, True, False, False, True),
        (True, False, False, True, False, True),
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "aantal > 3",
        "soort in ('a', 'b') and dag >= date '2026-01-01'",
        "soort is null or aantal between 1 and 5",
        "_partner = 'welzijn'",
    ],
)
def test_a_condition_per_row_passes_the_rehearsal(condition: str) -> None:
    assert faults(filters=(condition,), numerator=events(condition)) == []


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("sum(aantal) > 3", "is niet per rij waar of onwaar"),
        ("aantal in (select 1)", "kijkt in een andere tabel"),
        ("1 = 1", "noemt geen kolom"),
        ("aantal + 1", "is niet per rij waar of onwaar"),
        ("leeftijd > 3", "heeft geen kolom `leeftijd`"),
        ("aantal = 'veel'", "is niet uit te rekenen"),
        ("aantal >", "is niet uit te rekenen"),
        ("in_time", "heeft geen kolom `in_time`"),
    ],
)
def test_a_condition_that_cannot_judge_a_row_is_a_fault_with_its_place(
    condition: str, said: str
) -> None:
    (fault,) = faults(numerator=events(condition))
    assert fault.startswith("indicators/I28.yaml:0: numerator.where: ")
    assert said in fault
    assert "\n" not in fault


def test_every_place_of_a_condition_is_rehearsed() -> None:
    wrong = "nergens > 1"
    found = faults(
        filters=("aantal > 1", wrong),
        numerator=events(wrong),
        denominator=events(wrong),
        variants={
            "bruto": Variant(name="Bruto", numerator=events(wrong), filters=(wrong,)),
        },
    )
    assert [fault.split(" de levering")[0] for fault in found] == [
        "indicators/I28.yaml:0: filters.1:",
        "indicators/I28.yaml:0: numerator.where:",
        "indicators/I28.yaml:0: denominator.where:",
        "indicators/I28.yaml:0: variants.bruto.filters.0:",
        "indicators/I28.yaml:0: variants.bruto.numerator.where:",
    ]


def test_due_and_in_time_are_there_where_a_term_is() -> None:
    term = Term(start="dag", end="dag", days=42)
    assert faults(term=term, numerator=events("in_time and due is not null")) == []


def test_a_denominator_from_another_delivery_is_tried_on_that_delivery() -> None:
    below = Quantity(counts=Counts.PUBLIC, delivery="kerncijfers", where="aantal > 1")
    assert faults(denominator=below) == []  # that the delivery is not there is told elsewhere
    kerncijfers = Contract(
        id="kerncijfers",
        code="L98",
        version="1.0.0",
        title="Kerncijfers",
        purpose="Voorbeeld",
        columns=(Column("inwoners", "inwoners", FieldType.INTEGER, "Voorbeeld"),),
        key=(),
        rules=(),
    )
    contracts = {"meldingen": MELDINGEN, "kerncijfers": kerncijfers}
    found = rehearse(agreement(indicators={"I07": indicator(denominator=below)}), contracts)
    assert found == [
        "indicators/I07.yaml:0: denominator.where: de levering `kerncijfers` heeft geen kolom "
        "`aantal`. Noem een kolom van die levering."
    ]


def test_a_wrong_condition_is_told_with_its_line() -> None:
    file, place = "indicators/I28.yaml", ("numerator", "where")
    broken = agreement(indicators={"I28": indicator(numerator=events("nergens > 1"))})
    found = rehearse(broken, {"meldingen": MELDINGEN}, lines=Lines({file: {place: 23}}))
    assert [fault.split(" de levering")[0] for fault in found] == [f"{file}:23: numerator.where:"]
