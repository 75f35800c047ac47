"""What an indicator declares of its counts beside what is said of it: those that no example has."""

from typing import Any

import pytest
from tiny_agreement import agreement, indicator

from sources.agreement.checks import declarations
from sources.agreement.known import Known
from sources.agreement.lines import Lines
from sources.agreement.model import Areas, Counts, Dimension, Grain, Quantity, Way
from sources.contracts.model import Column, Contract, FieldType

PERSONS = Quantity(counts=Counts.PERSONS)
BREAKDOWN = Dimension.BREAKDOWN
YEARS = {Areas.MUNICIPALITY: Grain.YEAR}


def said(codes: tuple[str, ...] = (), **indicators: Any) -> list[str]:
    """Return what is said of indicators; the column `thema` of the delivery has these codes."""
    column = Column("thema", "thema", FieldType.TEXT, "", codes=dict.fromkeys(codes, ""))
    contract = Contract("meldingen", "L01", "1.0.0", "", "", columns=(column,), key=(), rules=())
    known = Known(agreement(indicators=indicators), {"meldingen": contract}, Lines())
    return [f"{fault.file.split('/')[-1]}: {fault.what}" for fault in declarations.faults(known)]


CLASSES: list[tuple[tuple[str, ...], list[str]]] = [
    (
        ("geld", "wonen"),
        ["I01.yaml: Mensen tellen niet op over klassen: wie er twee heeft, telt twee keer"],
    ),
    (("geld", "wonen", "meer_dan_een"), []),
]


@pytest.mark.parametrize(("codes", "expected"), CLASSES)
def test_people_add_up_over_classes_only_with_a_class_of_who_is_in_several(
    codes: tuple[str, ...], expected: list[str]
) -> None:
    one = indicator(numerator=PERSONS, breakdown="thema", additive_over=(BREAKDOWN,))
    assert said(codes, I01=one) == expected


OFFICE = indicator(way=Way.GIVEN, protected_at_source=True)
OURS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    (
        {"way": Way.MEAN},
        ["I01.yaml: Alleen van een aantal kan een ander hetzelfde getal publiceren"],
    ),
    ({"levels": YEARS}, ["I01.yaml: C01 bestaat op geen niveau over dezelfde periode"]),
]


@pytest.mark.parametrize(("changes", "expected"), OURS)
def test_an_office_publishes_a_count_of_the_same_level_and_period(
    changes: dict[str, Any], expected: list[str]
) -> None:
    ours = indicator(**{"numerator": PERSONS, "published_as": "C01"} | changes)
    assert said(I01=ours, C01=OFFICE) == expected
