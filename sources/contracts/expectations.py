"""What a contract expects of its rows, as plain data: checks, and an expectation suite of them.

One predicate, two uses: Great Expectations counts with it, and the same text fills the quarantine.
Nothing here imports Great Expectations: the gate does, when a delivery is judged.
"""

import re
from dataclasses import dataclass
from typing import Any

from sources.contracts.generic import CELLS, possible
from sources.contracts.model import Contract, Rule
from sources.verdict import Level

Expectation = dict[str, Any]

DUPLICATE, CONFLICT = "R304", "R305"

_SEVERITY = {
    Level.REFUSE_FILE: "critical",
    Level.REFUSE_ROW: "critical",
    Level.WARNING: "warning",
    Level.NOTE: "info",
}


@dataclass(frozen=True, slots=True)
class Check:
    """A row check: `broken` is SQL over the table `typed`, true of a row that breaks it.

    `rule` is the contract's own rule; None for a code that every contract has.
    """

    code: str
    level: Level
    broken: str
    rule: Rule | None = None


def checks(contract: Contract) -> list[Check]:
    """Return every row check of a contract: of its cells, of its keys, and its own rules."""
    codes = sorted({code for column in contract.columns for code in possible(column)})
    cells = [
        Check(code, CELLS[code].level, f"_reasons IS NOT NULL AND {_has(code)}") for code in codes
    ]
    keys = [
        Check(DUPLICATE, Level.NOTE, "_row IN (SELECT _row FROM doubles WHERE same AND NOT first)"),
        Check(CONFLICT, Level.REFUSE_ROW, "_row IN (SELECT _row FROM doubles WHERE NOT same)"),
    ]
    own = [Check(rule.code, rule.level, rule.broken, rule) for rule in contract.rules]
    return [*cells, *keys, *own]


def _has(code: str) -> str:
    return f"list_contains(list_transform(_reasons, lambda r: r.code), '{code}')"


def suite(contract: Contract) -> list[Expectation]:
    """Return the suite of a contract as Great Expectations' own configuration.

    `meta` holds our code (and the column); severities `critical`, `warning` and `info` are UITVAL
    or AFKEUR, SIGNAAL and MELDING. The shape of `typed` is ours to keep, so what breaks there is
    our fault; row rules count the rows that break them.
    """
    names = ["_row", *(column.name for column in contract.columns), "_reasons", "_altered"]
    shape = [
        _expect("expect_table_columns_to_match_set", column_set=names, exact_match=True),
        _expect("expect_table_row_count_to_be_between", min_value=1),
        *(
            _expect(
                "expect_column_values_to_be_of_type",
                column=column.name,
                type_=column.type.stored,
            )
            for column in contract.columns
        ),
    ]
    return [*shape, *(_rows(check) for check in checks(contract))]


def _expect(kind: str, **kwargs: Any) -> Expectation:
    return {"type": kind, "kwargs": kwargs, "severity": "critical", "meta": {"code": "shape"}}


def _rows(check: Check) -> Expectation:
    # Only row numbers are asked for: a value never enters a result of Great Expectations.
    query = f"SELECT _row FROM {{batch}} WHERE {_carried(check.broken)}"
    return {
        "type": "unexpected_rows_expectation",
        "kwargs": {"unexpected_rows_query": query},
        "severity": _SEVERITY[check.level],
        "meta": {"code": check.code, "level": check.level.value, "broken": check.broken},
    }


def _carried(predicate: str) -> str:
    """Return the predicate so that it reaches DuckDB unchanged.

    Great Expectations fills in braces, and SQLAlchemy what follows a single colon.
    """
    braced = predicate.replace("{", "{{").replace("}", "}}")
    return re.sub(r"(?<![:\w\\]):(?=\w)", r"\\:", braced)
