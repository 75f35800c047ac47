"""Every contract is a contract by the standard's own JSON Schema, and by that of other readers."""

import json
from copy import deepcopy
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

STANDARD = sorted(Path("sources/contracts/standard").glob("*.odcs.yaml"))
OWN = sorted(Path("tests/real").glob("*/deliveries/*.odcs.yaml"))

SCHEMA = json.loads(files("open_data_contract_standard").joinpath("schema.json").read_text())
LINT = jsonschema.Draft201909Validator(SCHEMA)


def document(path: Path) -> dict[str, Any]:
    """Read a contract as any other program would."""
    loaded: dict[str, Any] = yaml.safe_load(path.read_text())
    return loaded


def faults(contract: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in LINT.iter_errors(contract)]


def test_the_schema_is_that_of_the_version_our_contracts_name() -> None:
    assert "v3.1.0" in SCHEMA["properties"]["apiVersion"]["enum"]
    assert {document(path)["apiVersion"] for path in STANDARD} == {"v3.1.0"}


@pytest.mark.parametrize("path", STANDARD + OWN, ids=lambda path: path.stem)
def test_a_contract_keeps_to_the_standard(path: Path) -> None:
    assert faults(document(path)) == []


def _spoiled(contract: dict[str, Any], how: str) -> dict[str, Any]:
    spoiled = deepcopy(contract)
    table = spoiled["schema"][0]
    match how:
        case "own key":
            table["properties"][0]["code_list"] = "wmo020"
        case "other type":
            table["properties"][0]["logicalType"] = "text"
        case "own dimension":
            table["quality"][0]["dimension"] = "beauty"
        case "two results":
            table["quality"][0]["mustNotBe"] = 1
        case "custom as mapping":
            spoiled["customProperties"] = {"code": "L02"}
        case "no version":
            del spoiled["version"]
    return spoiled


@pytest.mark.parametrize(
    "how",
    ["own key", "other type", "own dimension", "two results", "custom as mapping", "no version"],
)
def test_the_lint_finds_what_the_standard_does_not_know(how: str) -> None:
    good = document(Path("sources/contracts/standard/wmo_toewijzingen.odcs.yaml"))

    assert faults(good) == []
    assert faults(_spoiled(good, how)) != []


@pytest.mark.parametrize("path", STANDARD, ids=lambda path: path.stem)
def test_ordinary_yaml_reads_codes_and_texts_as_text(path: Path) -> None:
    """We read every scalar as text; a program that guesses types must find the same codes."""
    contract = document(path)
    columns = contract["schema"][0]["properties"]
    custom = [each for column in columns for each in column.get("customProperties", [])]
    codes = [code for each in custom if each["property"] == "codes" for code in each["value"]]
    texts = [text for column in columns for text in (column["name"], column["description"])]

    assert [code for code in codes if not isinstance(code, str)] == []
    assert [text for text in texts if not isinstance(text, str)] == []
