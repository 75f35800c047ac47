"""The published figures as files: the same frozen numbers as on the sheets."""

import csv
import io
import json

from reports.edition import Edition
from transforms.observations import FIGURES, KEY, PUBLISHED

COLUMNS = tuple(FIGURES)
_ORDER = ["area_code" if name == "area" else name for name in KEY]


def figures_csv(edition: Edition) -> bytes:
    """Return `data/figures.csv`: UTF-8, semicolons, decimal commas, columns of `FIGURES`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in edition.figures.select(COLUMNS).sort(_ORDER).iter_rows():
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode()


def figures_json(edition: Edition) -> bytes:
    """Return `data/figures.json`: the same rows as objects, with coverage and conversion.

    Decimals are as JSON writes them.
    """
    rows = edition.figures.select(list(PUBLISHED)).sort(_ORDER).to_dicts()
    return (json.dumps(rows, ensure_ascii=False, indent=0) + "\n").encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(value).removesuffix(".0").replace(".", ",")
    return str(value)
