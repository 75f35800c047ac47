"""A contract in the words of Frictionless Data, so that other programs can check a file too.

Data Package 2.0 (https://datapackage.org/standard/): a Table Schema, a Table Dialect, and a data
package that holds both. They describe a file that is written as agreed: what our reader repairs
(another date form, a label for a code) is not in them, and neither are the row rules, for which
Table Schema has no words.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sources.contracts.model import Column, Contract, FieldType

PROFILES: Final = "https://datapackage.org/profiles/2.0"

_KINDS = {
    FieldType.INTEGER: "integer",
    FieldType.NUMBER: "number",
    FieldType.DATE: "date",
    FieldType.BOOLEAN: "boolean",
}
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)

_BSN = "[0-9]{9}"
_PC4 = "[1-9][0-9]{3}"
_PC6 = f"{_PC4}[A-Z]{{2}}"
_AREA = "(GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8})"
_PERIOD = "[0-9]{4}(K[1-4](/[0-9]{4}K[1-4])?)?"


def schema(contract: Contract) -> dict[str, Any]:
    """Return the Table Schema of a contract: one field per column that a file holds, in any order.

    A field without a value is an empty cell, or one of the texts that the contract names for it.
    """
    fields = [_field(column, contract) for column in contract.columns if not column.derived]
    in_file = {column.name: column.header for column in contract.columns if not column.derived}
    key = [in_file[name] for name in contract.key if name in in_file]
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fieldsMatch": "superset",
        "fields": fields,
        "missingValues": [""],
        # Part of a key that follows from the delivery itself cannot be checked in the file.
        **({"primaryKey": key} if len(key) == len(contract.key) else {}),
    }


def dialect(contract: Contract) -> dict[str, Any]:
    """Return the Table Dialect: how a CSV of this contract is written."""
    return {
        "$schema": f"{PROFILES}/tabledialect.json",
        "header": True,
        "delimiter": contract.dialect.delimiter,
        "quoteChar": contract.dialect.quote,
        "doubleQuote": True,
        "lineTerminator": "\r\n",
    }


def package(contract: Contract, *, path: str, said: Mapping[str, str]) -> dict[str, Any]:
    """Return a data package to put beside a file: `path` is the file's name.

    `said` is what the sender says of it, under `praatplaat`, by the keys of `cover.LABELS`.
    """
    resource = {
        "name": contract.id,
        "type": "table",
        "title": contract.title,
        "description": contract.purpose,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": dialect(contract),
        "schema": schema(contract),
    }
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": contract.id,
        "title": contract.title,
        "version": contract.version,
        "praatplaat": dict(said),
        "resources": [resource],
    }


def _field(column: Column, contract: Contract) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": column.header,
        "type": _KINDS.get(column.type, "string"),
        **_format(column, contract),
        "title": column.label or column.header,
        "description": column.description,
        "constraints": _constraints(column),
        "missingValues": ["", *column.missing] if column.missing else [],
    }
    return {name: value for name, value in told.items() if value not in ("", [], {})}


def _format(column: Column, contract: Contract) -> dict[str, Any]:
    """Return how a value is written."""
    match column.type:
        case FieldType.DATE:
            return {"format": "%d-%m-%Y"}
        case FieldType.BOOLEAN:
            return {"trueValues": ["ja"], "falseValues": ["nee"]}
        case FieldType.NUMBER:
            return {"decimalChar": contract.dialect.decimal}
    return {}


def _constraints(column: Column) -> dict[str, Any]:
    """Return what a value must satisfy; a pattern holds for the whole of it (XML Schema)."""
    number: Callable[[Any], Any] = int if column.type is FieldType.INTEGER else float
    coded = number if column.type in _NUMBERS else str
    told: dict[str, Any] = {
        "required": column.required or None,
        "enum": [coded(code) for code in column.codes],
        "pattern": _pattern(column),
        "maxLength": column.max_length,
        "minimum": None if column.minimum is None else number(column.minimum),
        "maximum": None if column.maximum is None else number(column.maximum),
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _pattern(column: Column) -> str:
    if column.pattern:
        return column.pattern.removeprefix("^").removesuffix("$")
    patterns = {
        FieldType.PC6: f"{_PC6}|{_PC4}" if column.pc4 else _PC6,
        FieldType.AREA: _AREA,
        FieldType.PERIOD: _PERIOD,
        FieldType.PERSON: _BSN if column.bsn else "",
    }
    return patterns.get(column.type, "")
