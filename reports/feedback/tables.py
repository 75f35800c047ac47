"""Every finding, one by one: for a spreadsheet and for a program."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from reports.feedback.answer import Answer
from reports.spreadsheet import csv_bytes

COLUMNS = ("delivery", "row", "sheet", "column", "code", "level", "message", "how_to_mend")


def findings_csv(answer: Answer) -> bytes:
    """Return `bevindingen.csv`: every finding with the columns of `COLUMNS`, in order."""
    return csv_bytes(COLUMNS, (tuple(row.values()) for row in _rows(answer)), bom=True)


def findings_json(answer: Answer) -> bytes:
    """Return `bevindingen.json`: outcome, record account and findings."""
    told = {
        "delivery": answer.name,
        "outcome": answer.verdict.outcome.value,
        "records": asdict(answer.verdict.records),
        "findings": list(_rows(answer)),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _rows(answer: Answer) -> Iterator[dict[str, str | int | None]]:
    for found in answer.verdict.findings:
        values = (
            *(answer.name, found.row, found.sheet, found.column, found.code),
            *(found.level.value, found.message, found.how_to_mend),
        )
        yield dict(zip(COLUMNS, values, strict=True))
