"""A contract as a Frictionless Data package: it describes the very files that we accept.

The checker below reads a file by the package alone, by the rules of Data Package 2.0. The package
`frictionless` would do it too, but brings forty others along.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sources.contracts import frictionless
from sources.contracts.load import standard
from sources.contracts.model import Contract
from sources.example.maker import FAULTS

TABLES = {name: one for name, one in standard().items() if one.reader == "csv"}
MOST_ROWS = 200

# Data Package 2.0: https://datapackage.org/standard/table-schema/
PROPERTIES = {
    *("name", "type", "format", "title", "description", "constraints", "missingValues"),
    *("trueValues", "falseValues", "decimalChar"),
}
CONSTRAINTS = {
    "string": {"required", "enum", "pattern", "maxLength"},
    "integer": {"required", "enum", "minimum", "maximum"},
    "number": {"required", "enum", "minimum", "maximum"},
    "date": {"required"},
    "boolean": {"required"},
}


def package(contract: Contract) -> dict[str, Any]:
    told = frictionless.package(contract, path="levering.csv", said={"contract": contract.code})
    return dict(json.loads(json.dumps(told)))


def cast(text: str, field: dict[str, Any]) -> object:
    """Return the value of a text; ValueError where it is none of the field's type."""
    match field["type"]:
        case "integer":
            return int(text)
        case "number":
            return float(text.replace(field["decimalChar"], "."))
        case "date":
            return datetime.strptime(text, field["format"]).date()  # noqa: DTZ007
        case "boolean":
            return {
                **dict.fromkeys(field["trueValues"], True),
                **dict.fromkeys(field["falseValues"], False),
            }[text]
    return text


def broken(text: str, field: dict[str, Any], missing: list[str]) -> str:
    """Return which constraint a cell breaks; '' where it breaks none."""
    asked = field.get("constraints", {})
    if text in field.get("missingValues", missing):
        return "required" if asked.get("required") else ""
    try:
        value: Any = cast(text, field)
    except (ValueError, KeyError):
        return "type"
    tests: dict[str, Callable[[Any], object]] = {
        "enum": lambda allowed: value in allowed,
        "pattern": lambda pattern: re.fullmatch(pattern, text),
        "maxLength": lambda most: len(text) <= most,
        "minimum": lambda least: value >= least,
        "maximum": lambda most: value <= most,
    }
    return next(
        (name for name, test in tests.items() if name in asked and not test(asked[name])), ""
    )


def errors(content: bytes, told: dict[str, Any]) -> Iterator[tuple[int, str, str]]:
    """Yield row, field and constraint of all that a package finds wrong in a file."""
    (resource,) = told["resources"]
    dialect, schema = resource["dialect"], resource["schema"]
    fields = {field["name"]: field for field in schema["fields"]}
    text = content.decode(resource["encoding"] + "-sig")
    rows = csv.DictReader(
        io.StringIO(text, newline=""),
        delimiter=dialect["delimiter"],
        quotechar=dialect["quoteChar"],
        doublequote=dialect["doubleQuote"],
        strict=True,
    )
    assert set(rows.fieldnames or ()) <= set(fields), "superset: a file holds no other fields"
    seen = set()
    for number, row in enumerate(rows, start=2):
        for name, cell in row.items():
            if what := broken(cell, fields[name], schema["missingValues"]):
                yield number, name, what
        if key := tuple(row[name] for name in schema.get("primaryKey", ())):
            if key in seen:
                yield number, "", "primaryKey"
            seen.add(key)


def good_files(made: Path, contract: Contract) -> list[bytes]:
    """Return the beginnings of the maker's own files, and the examples as a file."""
    others = {fault.name for fault in FAULTS}
    found = sorted(made.rglob(f"*_{contract.code}_2026*_v1.csv"))
    own = [p for p in found if p.name not in others and p.parent.name != "initiatief"]
    return [example(contract), *(path.read_bytes() for path in own[:3])]


def example(contract: Contract) -> bytes:
    columns = [column for column in contract.columns if not column.derived]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=contract.dialect.delimiter)
    writer.writerow([column.header for column in columns])
    writer.writerow([column.example for column in columns])
    return out.getvalue().encode()


@pytest.mark.parametrize("name", TABLES)
def test_the_package_finds_nothing_wrong_in_a_good_file(name: str, made: Path) -> None:
    told = package(TABLES[name])
    for content in good_files(made, TABLES[name]):
        assert list(errors(content, told))[:5] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_column_that_a_file_holds_is_a_field_with_what_it_must_satisfy(name: str) -> None:
    columns = [column for column in TABLES[name].columns if not column.derived]
    schema = frictionless.schema(TABLES[name])
    assert [field["name"] for field in schema["fields"]] == [each.header for each in columns]
    for column, field in zip(columns, schema["fields"], strict=True):
        asked = field.get("constraints", {})
        assert set(field) <= PROPERTIES
        assert set(asked) <= CONSTRAINTS[field["type"]], column.name
        assert asked.get("required", False) is column.required
        assert list(map(str, asked.get("enum", []))) == list(column.codes)
        assert field["title"] == column.label
        assert field["description"] == column.description


FILE = (
    "verhaal_id;datum;soort;verteller_rol;titel;tekst;thema;gebied_code;boog;toestemming;schuurt\r\n"
    "A1;03-09-2026;verhaal;inwoner;Thuis;Het ging goed.;meedoen;WK990101;2;ja;nee\r\n"
    "A2;04-09-2026;signaal;inwoner;Vast;Het liep vast.;meedoen;GM9901;;nee;ja\r\n"
)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("03-09-2026", "2026-09-03", [(2, "datum", "type")]),
        (";verhaal;", ";roddel;", [(2, "soort", "enum")]),
        ("WK990101", "WK9901", [(2, "gebied_code", "pattern")]),
        (";2;ja", ";5;ja", [(2, "boog", "maximum")]),
        (";2;ja", ";-1;ja", [(2, "boog", "minimum")]),
        (";2;ja", ";twee;ja", [(2, "boog", "type")]),
        (";ja;nee", ";ja;misschien", [(2, "schuurt", "type")]),
        (";Thuis;", ";;", [(2, "titel", "required")]),
        (";Thuis;", f";{'x' * 81};", [(2, "titel", "maxLength")]),
        ("A2;", "A1;", [(3, "", "primaryKey")]),
    ],
)
def test_what_is_not_as_agreed_is_found_by_the_package_too(
    old: str, new: str, found: list[tuple[int, str, str]]
) -> None:
    told = package(TABLES["verhalen_signalen"])
    assert list(errors(FILE.replace(old, new, 1).encode(), told)) == found


def test_the_dialect_is_that_of_the_contract() -> None:
    told = frictionless.dialect(TABLES["verhalen_signalen"])
    assert (told["delimiter"], told["quoteChar"], told["header"]) == (";", '"', True)


def test_the_package_says_of_which_delivery_it_is() -> None:
    said = {"partner": "welzijn", "contract": "L10", "period": "2026K3", "number": "1"}
    told = frictionless.package(TABLES["verhalen_signalen"], path="naam.csv", said=said)
    (resource,) = told["resources"]
    assert told["praatplaat"] == said
    assert (resource["path"], resource["encoding"], resource["format"]) == (
        *("naam.csv", "utf-8"),
        "csv",
    )
