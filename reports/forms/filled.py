"""What the forms share that write a delivery without a server: what their programs must know."""

from collections.abc import Mapping
from typing import Any

from sources.contracts.model import Column, Contract, FieldType

PROGRAMS = ("form_text.js", "form_file.js", "form_page.js")
"""What every form can do: its texts and days, its file, and its page; files of `templates/`."""


def written(contract: Contract, municipality: str, partner: str) -> Mapping[str, Any]:
    """Return how a file is called and how it is written."""
    return {
        "municipality": municipality,
        "partner": partner,
        "code": contract.code,
        "delimiter": contract.dialect.delimiter,
        "quote": contract.dialect.quote,
    }


def asked(column: Column) -> Mapping[str, Any]:
    """Return what a program must know of a column to write it."""
    return {
        "name": column.name,
        "header": column.header,
        "required": column.required,
        "date": column.type is FieldType.DATE,
    }
