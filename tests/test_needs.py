"""Which columns leave the store: those that a figure looks at, and no other about people."""

from typing import Any

import pytest
from tiny_agreement import agreement, indicator

from flows.settings import EXAMPLE
from sources.agreement.load import load
from sources.agreement.model import Areas, Counts, Grain, Quantity, Term, Variant
from sources.contracts.derived import tables
from sources.contracts.load import load as contracts
from sources.contracts.model import FieldType
from transforms.needs import needs
from transforms.readings import readings

BY_PARTNER = {Areas.PARTNER: Grain.QUARTER}
TERM = Term(start="begin", end="eind", days=42, suspension="stil", suspension_agreed="akkoord")
PEOPLE = Quantity(counts=Counts.PERSONS, distinct="persoon", where="soort = 'a'")
INHABITANTS = Quantity(counts=Counts.PUBLIC, delivery="kerncijfers", sum_of="inwoners")
VARIANT = Variant(name="Anders", numerator=PEOPLE, filters=("kanaal <> 'x'",))


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        pytest.param({}, "dag plaats", id="when and where"),
        pytest.param({"date": None}, "_period plaats", id="no date: the delivery's period"),
        pytest.param({"date": None, "period_column": "kw"}, "kw plaats", id="a period of its own"),
        pytest.param({"levels": BY_PARTNER}, "_partner dag plaats", id="by partner: who sent it"),
        pytest.param(
            {"levels": BY_PARTNER, "partner_column": "wie"}, "dag plaats wie", id="or who it names"
        ),
        pytest.param({"breakdown": "thema"}, "dag plaats thema", id="by class"),
        pytest.param({"numerator": PEOPLE}, "dag persoon plaats soort", id="persons and a where"),
        pytest.param({"filters": ("bedrag > 3",)}, "bedrag dag plaats", id="a filter"),
        pytest.param(
            {"variants": {"v": VARIANT}},
            "dag kanaal persoon plaats soort",
            id="a variant",
        ),
        pytest.param(
            {"term": TERM, "date": "due", "filters": ("in_time",)},
            "akkoord begin eind plaats stil",
            id="a term, without what it adds itself",
        ),
    ],
)
def test_an_indicator_needs(changes: dict[str, Any], needed: str) -> None:
    known = agreement(indicators={"I01": indicator(**changes)})
    assert needs(known) == {"meldingen": needed.split()}


def test_inhabitants_of_another_delivery_come_with_their_year_and_area() -> None:
    rate = indicator(way="rate", denominator=INHABITANTS)
    assert needs(agreement(indicators={"I01": rate})) == {
        "kerncijfers": ["code", "inwoners", "jaar"],
        "meldingen": ["dag", "plaats"],
    }


def test_what_is_not_counted_yet_needs_nothing() -> None:
    assert needs(agreement(indicators={"I01": indicator(status="in_development")})) == {}


def test_every_column_that_voorbeeldstad_needs_is_in_its_contract() -> None:
    known = contracts(EXAMPLE)
    for contract, columns in needs(load(EXAMPLE)).items():
        own = {column.name for column in known[contract].columns}
        assert set(columns) <= own | {"_partner", "_period"}


def test_a_pseudonym_leaves_the_store_only_where_a_derived_table_tells_people_apart() -> None:
    known, whole = contracts(EXAMPLE), load(EXAMPLE)
    made_of = [reading.table.made_of for reading in readings(whole) if reading.table is not None]
    for contract, columns in needs(whole).items():
        asked = {column for one in made_of for column in one.get(contract, ())}
        people = {c.name for c in known[contract].columns if c.type is FieldType.PERSON}
        assert people & set(columns) <= asked


def test_a_derived_table_needs_what_it_is_made_of_whatever_an_indicator_looks_at() -> None:
    one = indicator(delivery="dubbele_hulp", area_column="pc6", date="dag")
    table = tables()["dubbele_hulp"]
    assert needs(agreement(indicators={"I01": one})) == {
        "wmo_toewijzingen": sorted(table.made_of["wmo_toewijzingen"])
    }
