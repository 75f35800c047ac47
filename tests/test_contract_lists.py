"""Code lists: per law, per day, and of the agreement where it has its own."""

from pathlib import Path

import pytest
import yaml

from sources.contracts import code_lists
from sources.contracts.load import load, standard
from sources.errors import AgreementError
from sources.strict_yaml import Fault
from sources.verdict import Level

VOORBEELDSTAD = Path("sources/example/voorbeeldstad")
LISTS = Path("sources/contracts/lists")

LIST = """\
title: Hoe iemand binnenkomt
law: Wmo
source: Afspraak met de balie
codes:
  '01': {label: Aan de balie}
  '02': {label: Per fax, until: 2019-12-31}
  '03': {label: Met de app, from: 2024-01-01}
"""

CONTRACT = """\
apiVersion: v3.1.0
kind: DataContract
id: bezoeken
name: Bezoeken
version: "1.0.0"
status: active
description: {purpose: Laten zien wie er komt.}
schema:
  - name: bezoeken
    logicalType: object
    properties:
      - {name: nr, logicalType: string, required: true, primaryKey: true}
      - {name: dag, logicalType: date}
      - name: kanaal
        logicalType: string
        customProperties:
          - {property: code_list, value: kanaal}
          - {property: valid_on, value: dag}
          - {property: expired, value: SIGNAAL}
customProperties:
  - {property: code, value: L99}
  - {property: law, value: Wmo}
"""


def agreement(folder: Path, *, contract: str = CONTRACT, codes: str = LIST) -> Path:
    lists = folder / "deliveries" / "lists"
    lists.mkdir(parents=True)
    (lists / "kanaal.yaml").write_text(codes)
    (lists.parent / "bezoeken.odcs.yaml").write_text(contract)
    return folder


def test_a_column_takes_its_codes_and_their_days_from_a_list(tmp_path: Path) -> None:
    column = load(agreement(tmp_path))["bezoeken"].column("kanaal")

    assert column.codes == {"01": "Aan de balie", "02": "Per fax", "03": "Met de app"}
    assert column.validity == {"02": ("", "2019-12-31"), "03": ("2024-01-01", "")}
    assert (column.valid_on, column.expired) == ("dag", Level.WARNING)


def test_a_code_outside_its_days_is_refused_where_the_contract_says_nothing(tmp_path: Path) -> None:
    bare = CONTRACT.replace("          - {property: valid_on, value: dag}\n", "")
    bare = bare.replace("          - {property: expired, value: SIGNAAL}\n", "")

    column = load(agreement(tmp_path, contract=bare))["bezoeken"].column("kanaal")

    assert (column.valid_on, column.expired) == ("", Level.REFUSE_ROW)


FAULTS = [
    ("value: kanaal}", "value: kanalen}", "bezoeken.odcs.yaml:17", "`kanalen` bestaat niet"),
    ("value: Wmo}", "value: Jeugd}", "bezoeken.odcs.yaml:17", "van een andere wet: Wmo"),
    ("  - {property: law, value: Wmo}\n", "", "bezoeken.odcs.yaml:17", "van een andere wet: Wmo"),
    ("value: dag}", "value: nr}", "bezoeken.odcs.yaml:16", "geen kolom met een datum"),
    ("value: SIGNAAL}", "value: MELDING}", "bezoeken.odcs.yaml:19", "`MELDING` kan niet"),
    ("{property: expired, value: SIGNAAL}", "{property: codes, value: {a: b}}", ":19", "al in een"),
    ("until: 2019-12-31", "until: 31-12-2019", "kanaal.yaml:6", "geen datum"),
    ("2024-01-01}", "2024-01-01, until: 2023-12-31}", "kanaal.yaml:7", "eindigt voor hij begint"),
    (
        "2024-01-01}",
        "2024-01-01, till: 2030-12-31}",
        "kanaal.yaml:7",
        "`till` kennen wij hier niet",
    ),
    ("{label: Aan de balie}", "{from: 2020-01-01}", "kanaal.yaml:5", "`label` ontbreekt"),
    ("title: Hoe iemand binnenkomt\n", "", "kanaal.yaml:1", "`title` ontbreekt"),
]


@pytest.mark.parametrize(("was", "now", "place", "told"), FAULTS, ids=[f[3] for f in FAULTS])
def test_a_fault_in_a_list_or_its_use_is_told_with_its_line(
    tmp_path: Path, was: str, now: str, place: str, told: str
) -> None:
    assert was in CONTRACT + LIST

    with pytest.raises(AgreementError) as raised:
        load(agreement(tmp_path, contract=CONTRACT.replace(was, now), codes=LIST.replace(was, now)))

    (line,) = [line for line in str(raised.value).splitlines() if told in line]
    assert place in line


def test_a_list_without_codes_leaves_a_column_free_until_the_agreement_fills_it() -> None:
    free = standard()["wmo_toewijzingen"].column("aanbieder_agb")
    own = load(VOORBEELDSTAD)["wmo_toewijzingen"].column("aanbieder_agb")

    assert (free.codes, free.validity, free.pattern) == ({}, {}, "^[0-9]{8}$")
    assert own.codes["99990009"] == "Op Wielen"
    assert own.validity["99990009"] == ("2019-01-01", "")


def test_one_reason_means_something_else_in_the_wmo_and_in_the_jeugdwet() -> None:
    contracts = standard()
    wmo = contracts["wmo_toewijzingen"].column("reden_beeindiging")
    youth = contracts["jeugd_trajecten"].column("reden_beeindiging")

    assert wmo.codes["31"] == "Verhuizing naar een andere gemeente"
    assert youth.codes["31"] == "Volgens plan"


def test_the_perspective_of_youth_care_is_asked_until_2020() -> None:
    perspective = standard()["jeugd_trajecten"].column("perspectief")

    assert set(perspective.validity.values()) == {("", "2020-12-31")}
    assert (perspective.valid_on, perspective.expired) == ("datum_start", Level.WARNING)


# domain.md, section 6.3: how many codes each list has, and one of them.
COUNTS = [
    ("wmo020", 18, "16", "Opvang"),
    ("wmo588", 11, "20", "Tijdelijk beëindigd"),
    ("wmo002", 14, "11", "Gemeentelijke herindeling"),
    ("wj756", 7, "16", "Dagdeel van 4 uur"),
    ("wmo757", 4, "6", "Totaal binnen de geldigheid van de toewijzing"),
    ("cod467", 4, "3", "Verwijderen"),
    ("cod327", 7, "06", "Zelf of geen verwijzer"),
    ("jz020", 24, "54", "Jeugd-ggz"),
    ("jz588", 11, "35", "Door een externe oorzaak"),
    ("bij_hulpvorm", 8, "11", "Pleegzorg"),
    ("bij_reden", 5, "05", "Door externe omstandigheden"),
]


@pytest.mark.parametrize(("name", "count", "code", "label"), COUNTS, ids=[c[0] for c in COUNTS])
def test_a_national_list_is_whole(name: str, count: int, code: str, label: str) -> None:
    faults: list[Fault] = []
    found = code_lists.standard(faults)[name]

    assert faults == []
    assert (len(found.codes), found.codes[code]) == (count, label)


@pytest.mark.parametrize("path", sorted(LISTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_ordinary_yaml_reads_the_same_codes_as_we_do(path: Path) -> None:
    """An unquoted 08 would be 8, or an error, for whoever reads the list with another program."""
    ours = code_lists.load(path.parent, [])[path.stem].codes

    assert list(yaml.safe_load(path.read_text())["codes"]) == list(ours)


def test_every_list_is_used_by_a_contract() -> None:
    used = {
        custom["value"]
        for path in Path("sources/contracts/standard").glob("*.yaml")
        for column in yaml.safe_load(path.read_text())["schema"][0]["properties"]
        for custom in column.get("customProperties", [])
        if custom["property"] == "code_list"
    }
    assert used == {path.stem for path in LISTS.glob("*.yaml")}
