"""What was found in each delivery."""

from collections.abc import Iterable
from datetime import datetime

import polars as pl

from sources.store.connection import Connection, insert, selected, stored
from sources.verdict import Finding, Level

_FINDINGS = {
    "delivery": pl.Int32,
    "position": pl.Int32,
    "code": pl.String,
    "level": pl.String,
    "message": pl.String,
    "how_to_mend": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "sheet": pl.String,
}


def save(con: Connection, delivery: int, findings: Iterable[Finding]) -> None:
    """Keep what was found in a delivery, in its order."""
    rows = [
        (delivery, n, f.code, f.level.value, f.message, f.how_to_mend, f.row, f.column, f.sheet)
        for n, f in enumerate(findings)
    ]
    insert(con, "received.findings", pl.DataFrame(rows, schema=_FINDINGS, orient="row").to_arrow())


def of(con: Connection, delivery: int) -> tuple[Finding, ...]:
    """Return what was found in a delivery, in its order."""
    rows = con.execute(
        'SELECT code, level, message, how_to_mend, "row", "column", sheet '
        "FROM received.findings WHERE delivery = $delivery ORDER BY position",
        {"delivery": delivery},
    ).fetchall()
    return tuple(Finding(code, Level(level), *rest) for code, level, *rest in rows)


_REFUSALS = f"""
WITH refused AS (
    SELECT delivery, code, 1 AS files, 0 AS "rows"
    FROM received.findings WHERE level = '{Level.REFUSE_FILE}' GROUP BY delivery, code
    UNION ALL
    SELECT delivery, code, 0, count(*)
    FROM (SELECT delivery, unnest(codes) AS code FROM received.quarantine) GROUP BY delivery, code
)
SELECT
    d.partner, d.contract, d.period, r.code,
    CAST(sum(r.files) AS BIGINT) AS files, CAST(sum(r."rows") AS BIGINT) AS "rows"
FROM refused AS r JOIN received.deliveries AS d ON d.id = r.delivery
WHERE d.received_at <= $known_at
GROUP BY d.partner, d.contract, d.period, r.code
ORDER BY r.code, d.partner, d.contract, d.period
"""


def refusals(con: Connection, known_at: datetime) -> pl.DataFrame:
    """Return for which codes files and rows were refused until a moment; see `Store.refusals`."""
    return selected(con, _REFUSALS, {"known_at": stored(known_at)})
