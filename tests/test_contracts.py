"""A contract file is read whole or refused with every fault, its file and its line."""

from pathlib import Path

import pytest

from sources.contracts.expectations import checks, suite
from sources.contracts.generic import CELLS, possible
from sources.contracts.load import load, standard
from sources.contracts.model import Column, Dialect, FieldType, Rule, Snapshot
from sources.errors import AgreementError
from sources.verdict import Level

CONTRACT = """\
apiVersion: v3.1.0
kind: DataContract
id: bezoeken
name: Bezoeken
version: "2.0.0"
status: active
description:
  purpose: Laten zien wie er komt.
  usage: Een regel per bezoek.
schema:
  - name: bezoeken
    logicalType: object
    properties:
      - name: nr
        businessName: Nummer
        logicalType: integer
        required: true
        primaryKey: true
        primaryKeyPosition: 2
        description: Uw nummer.
        examples: [007]
        logicalTypeOptions: {minimum: 1, maximum: 10.5}
      - name: klant
        logicalType: string
        primaryKey: true
        primaryKeyPosition: 1
        customProperties:
          - {property: type, value: person}
          - {property: header, value: BSN}
          - {property: aliases, value: [klantnummer]}
      - name: kanaal
        logicalType: string
        logicalTypeOptions: {maxLength: 9, pattern: '^[a-z]+$'}
        customProperties:
          - {property: codes, value: {balie: Aan de balie}}
          - {property: missing, value: ['.']}
    quality:
      - id: V450
        name: Te veel
        type: sql
        query: >-
          SELECT COUNT(*) FROM ${object} WHERE nr > 5
          AND kanaal = 'balie'
        mustBe: 0
        severity: SIGNAAL
        dimension: accuracy
        description: Dat is veel.
        businessImpact: Het telt mee.
        customProperties:
          - {property: how_to_mend, value: Tel na.}
          - {property: column, value: nr}
          - {property: wrong, value: 9}
          - {property: right, value: 4}
slaProperties:
  - {property: frequency, value: 1, unit: year}
  - {property: latency, value: 10, unit: d}
  - {property: retention, value: 2, unit: y}
customProperties:
  - {property: code, value: L99}
  - {property: law, value: Wmo}
  - {property: snapshot, value: state}
  - {property: delimiter, value: ','}
  - {property: decimal, value: .}
  - {property: references, value: [gebied_indeling]}
  - {property: forbidden, value: [naam]}
  - {property: refuse_above, value: 0.1}
  - {property: minutes, value: 15}
"""


def agreement(folder: Path, text: str, name: str = "bezoeken") -> Path:
    (folder / "deliveries").mkdir(exist_ok=True)
    (folder / "deliveries" / f"{name}.odcs.yaml").write_text(text)
    return folder


def test_a_contract_is_read_with_its_types(tmp_path: Path) -> None:
    contract = load(agreement(tmp_path, CONTRACT))["bezoeken"]

    assert contract.columns == (
        Column(
            *("nr", "nr", FieldType.INTEGER, "Uw nummer."),
            required=True,
            minimum=1.0,
            maximum=10.5,
            example="007",
            label="Nummer",
        ),
        Column(
            *("klant", "BSN", FieldType.PERSON, ""),
            aliases=("klantnummer",),
            personal=True,
            label="klant",
            bsn=True,
        ),
        Column(
            *("kanaal", "kanaal", FieldType.TEXT, ""),
            codes={"balie": "Aan de balie"},
            missing=(".",),
            max_length=9,
            label="kanaal",
            pattern="^[a-z]+$",
        ),
    )
    assert contract.rules == (
        Rule(
            *("V450", Level.WARNING, "nr > 5 AND kanaal = 'balie'", "Dat is veel.", "Tel na."),
            column="nr",
            title="Te veel",
            why="Het telt mee.",
            dimension="accuracy",
            wrong="9",
            right="4",
        ),
    )
    assert (contract.key, contract.code, contract.version) == (("klant", "nr"), "L99", "2.0.0")
    assert (contract.snapshot, contract.law) == (Snapshot.STATE, "Wmo")
    assert contract.dialect == Dialect(delimiter=",", decimal=".")
    assert (contract.references, contract.forbidden) == (("gebied_indeling",), ("naam",))
    assert (contract.refuse_above, contract.minutes) == (0.1, 15)
    assert (contract.frequency, contract.due_days, contract.retention_months) == ("year", 10, 24)


FAULTS = [
    ("kind: DataContract", "kind: Contract", 2, "`Contract` kan niet bij `kind`"),
    ("id: bezoeken\n", "id: visites\n", 3, "past niet bij de bestandsnaam"),
    ("apiVersion: v3.1.0", "apiVersion: v2.2.0", 1, "geen ODCS v3"),
    ("status: active", "staat: active", 6, "`staat` kennen wij hier niet"),
    ("  purpose: Laten zien wie er komt.\n", "", 7, "`purpose` ontbreekt"),
    ("name: nr\n", "name: Nr; DROP\n", 14, "kan geen kolomnaam zijn"),
    ("logicalType: integer", "logicalType: int", 16, "`int` kan niet bij `logicalType`"),
    ("required: true", "required: ja", 17, "`ja` kan niet bij `required`"),
    ("minimum: 1,", "minimum: een,", 22, "hoort een getal"),
    ("value: person", "value: persoon", 28, "`persoon` kan niet bij `type`"),
    ("[klantnummer]", "[nr]", 23, "`nr` hoort bij twee kolommen"),
    ("'^[a-z]+$'", "'['", 33, "geen reguliere uitdrukking"),
    ("property: missing", "property: missend", 36, "`missend` kennen wij hier niet"),
    ("id: V450", "id: V410", 38, "is een code van het programma"),
    ("id: V450", "id: Z1", 38, "`Z1` is geen code"),
    ("SELECT COUNT(*)", "SELECT nr", 41, "een andere vorm dan wij lezen"),
    ("mustBe: 0", "mustBe: 1", 44, "Hier hoort 0"),
    ("severity: SIGNAAL", "severity: FOUT", 45, "`FOUT` kan niet bij `severity`"),
    ("value: nr}", "value: nummer}", 49, "Kolom `nummer` bestaat niet"),
    ("  - {property: law, value: Wmo}\n", "", 58, "personen, maar geen wet"),
    ("value: ','", "value: ';;'", 62, "niet precies een teken"),
    ("[gebied_indeling]", "[buurten]", 1, "`buurten` bestaat niet"),
    ("value: L99", "value: l06", 1, "ook van `partner_activiteiten`"),
]


@pytest.mark.parametrize(("was", "now", "line", "told"), FAULTS, ids=[f[3] for f in FAULTS])
def test_a_fault_is_told_with_its_line_and_what_to_do(
    tmp_path: Path, was: str, now: str, line: int, told: str
) -> None:
    assert was in CONTRACT

    with pytest.raises(AgreementError) as raised:
        load(agreement(tmp_path, CONTRACT.replace(was, now, 1)))

    places = [fault for fault in str(raised.value).splitlines() if told in fault]
    assert len(places) == 1, raised.value
    assert places[0].startswith(f"bezoeken.odcs.yaml:{line}: ")
    assert places[0].endswith(".")


def test_a_contract_may_look_into_its_own_earlier_deliveries(tmp_path: Path) -> None:
    own = CONTRACT.replace("[gebied_indeling]", "[bezoeken]")

    assert load(agreement(tmp_path, own))["bezoeken"].references == ("bezoeken",)


def test_two_contracts_may_not_wait_for_each_other(tmp_path: Path) -> None:
    agreement(tmp_path, CONTRACT.replace("[gebied_indeling]", "[andere]"))
    other = CONTRACT.replace("[gebied_indeling]", "[bezoeken]").replace("L99", "L98")
    agreement(tmp_path, other.replace("id: bezoeken", "id: andere"), name="andere")

    with pytest.raises(AgreementError) as raised:
        load(tmp_path)

    assert str(raised.value).count("verwijst weer naar dit contract") == 2


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    twice = CONTRACT.replace("SIGNAAL", "FOUT").replace("kind: DataContract", "kind: X")
    agreement(tmp_path, twice)
    agreement(tmp_path, twice.replace("id: bezoeken", "id: andere"), name="andere")

    with pytest.raises(AgreementError) as raised:
        load(tmp_path)

    told = str(raised.value).splitlines()
    assert [line.split(":")[:2] for line in told] == [
        [f"{name}.odcs.yaml", line] for name in ("andere", "bezoeken") for line in ("2", "45")
    ]


def test_the_agreements_own_contract_goes_before_the_standard_one(tmp_path: Path) -> None:
    own = CONTRACT.replace("id: bezoeken", "id: pc6_buurt")

    contracts = load(agreement(tmp_path, own, name="pc6_buurt"))

    assert contracts["pc6_buurt"].title == "Bezoeken"
    assert set(contracts) == set(standard())


@pytest.mark.parametrize("name", standard())
def test_a_standard_contract_tells_a_partner_what_it_needs_to_know(name: str) -> None:
    contract = standard()[name]

    assert contract.purpose and contract.usage and contract.source_note
    assert set(contract.key) <= {column.name for column in contract.columns if column.required}
    for column in contract.columns:
        assert column.description and column.label
    for rule in contract.rules:
        assert rule.message and rule.how_to_mend and rule.why and rule.title
        assert rule.wrong and rule.right and rule.wrong != rule.right, rule.code


def test_every_code_is_told_in_words_that_can_be_filled_in() -> None:
    column = Column("c", "Kop", FieldType.NUMBER, "", minimum=0.5, max_length=3, codes={"a": "b"})

    for told in CELLS.values():
        message, mend = told.said(column)
        assert "{" not in message + mend
        assert message.endswith(".") and mend


def test_a_code_is_expected_only_of_a_column_that_can_get_it() -> None:
    date = Column("d", "d", FieldType.DATE, "")

    assert {"V402", "V403", "V415"} <= set(possible(date))
    assert not {"V401", "V404", "V413", "V417"} & set(possible(date))


def test_a_suite_holds_the_shape_and_every_check_once(tmp_path: Path) -> None:
    contract = load(agreement(tmp_path, CONTRACT))["bezoeken"]

    codes = [expected["meta"]["code"] for expected in suite(contract)]

    assert codes.count("shape") == 2 + len(contract.columns)
    assert sorted(set(codes) - {"shape"}) == sorted(check.code for check in checks(contract))
    assert "V450" in codes
