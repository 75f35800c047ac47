"""The counts of all indicators in SQL: what a good data engineer would run on the same store.

`derived.sql` holds the derived tables; then each reading is one SELECT of what its rows add, with
the agreement's own conditions, and one statement adds them all up over periods and places. Waits
are left out: `WAITS`.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl

from flows.settings import Town
from sources.agreement.model import Areas, Indicator, Quantity, Term, Way
from sources.contracts.model import Contract, Snapshot
from transforms.periods import parse
from transforms.readings import MAIN, Reading, readings

WAITS = ("I26", "I30")
"""Of these the amounts matter one by one, and no count tells them."""

_DERIVED = Path(__file__).with_name("derived.sql").read_text(encoding="utf-8")
_ADDED = Path(__file__).with_name("added.sql").read_text(encoding="utf-8")
_COUNTING = """CREATE TEMP TABLE counting AS
    SELECT id, partner, period FROM accepted.deliveries_that_count($at)"""


def counts(town: Town, quarter: str, *, known_at: datetime) -> pl.DataFrame:
    """Return indicator, breakdown, period, area, partner, numerator and denominator."""
    last = parse(quarter).last
    day = min(parse(quarter).end, known_at.date())
    with duckdb.connect(town.settings.store, read_only=True) as con:
        tables = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'accepted'"
        came = set(con.execute(tables).fetchall())
        con.execute(_COUNTING, {"at": known_at.astimezone(UTC).replace(tzinfo=None)})
        for contract in town.contracts.values():
            if (contract.id,) in came:
                con.execute(_rows(contract))
        year = town.agreement.general.area_year
        known = {"reference": day, "q0": last - 7, "q1": last, "area_year": year}
        for name, value in known.items():
            con.execute(f"SET VARIABLE {name} = {_literal(value)}")
        con.execute(_agreed(town))
        con.execute(_DERIVED)
        con.execute(_facts([r for r in readings(town.agreement) if r.id not in WAITS], day))
        found: pl.DataFrame = con.sql(_ADDED).pl()
        return found


def _rows(contract: Contract) -> str:
    """Return a table of the rows that count: of one key that of the latest period, in a state."""
    key = ", ".join(f"r.{name}" for name in contract.key)
    latest = f"QUALIFY row_number() OVER (PARTITION BY d.partner, {key} ORDER BY d.period DESC) = 1"
    return f"""CREATE TEMP TABLE {contract.id} AS
        SELECT r.*, d.partner AS _partner, d.period AS _period
        FROM accepted.{contract.id} AS r JOIN counting AS d ON r._delivery = d.id
        {latest if contract.snapshot is Snapshot.STATE else ""}"""


def _agreed(town: Town) -> str:
    """Return the tables of what the agreement says: arcs by code, and levels by indicator."""
    arcs = [(m.contract, m.value, m.since, m.arc) for m in town.agreement.rainbow.mapping]
    levels = [
        (id_, level.value, grain.value)
        for id_, one in town.agreement.indicators.items()
        for level, grain in one.levels.items()
    ]
    return f"""
        CREATE TEMP TABLE arcs (contract VARCHAR, code VARCHAR, since DATE, arc BIGINT);
        INSERT INTO arcs VALUES {_values(arcs)};
        CREATE TEMP TABLE levels (indicator VARCHAR, level VARCHAR, grain VARCHAR);
        INSERT INTO levels VALUES {_values(levels)};"""


def _facts(asked: list[Reading], day: date) -> str:
    selects = [one for reading in asked for one in _of_reading(reading, day)]
    return "CREATE TEMP TABLE facts AS " + " UNION ALL ".join(selects)


def _of_reading(reading: Reading, day: date) -> Iterator[str]:
    """Return what the rows of a reading add, as a whole and per class."""
    indicator = reading.indicator
    breakdowns = [_literal(reading.variant)]
    if indicator.breakdown and reading.variant == MAIN:
        breakdowns.append(f"{indicator.breakdown}::VARCHAR")
    partner = indicator.partner_column or "_partner"
    has_partner = Areas.PARTNER in indicator.levels
    rolling = reading.table is not None and reading.table.rolling
    for breakdown in breakdowns:
        yield f"""SELECT {_literal(reading.id)} AS indicator, {breakdown} AS breakdown,
            {_quarter(indicator)} AS quarter, {rolling} AS rolling,
            {indicator.area_column or "NULL"}::VARCHAR AS place,
            {partner if has_partner else "NULL"}::VARCHAR AS partner,
            {_numbers(reading)}
            FROM {_with_term(indicator.delivery, reading.term, day)}
            WHERE {" AND ".join(f"({one})" for one in ("true", *reading.filters, *_who(reading)))}
            AND {breakdown} IS NOT NULL"""


def _numbers(reading: Reading) -> str:
    """Return person, day, and what one row adds above and below."""
    above, below = reading.numerator, None if reading.elsewhere else reading.denominator
    within = _where(below)
    counted = f"{within} AND {_where(above)}"
    if above.distinct is not None:
        day = reading.indicator.date or _quarter(reading.indicator)
        return f"{above.distinct} AS person, {day} AS day, 1 AS x, NULL AS n"
    told = [f"{one.sum_of} IS NOT NULL" for one in (above, below) if one and one.sum_of]
    tells = " AND ".join(told) if reading.indicator.way in (Way.SHARE, Way.RATE) else ""
    x, n = _amount(above, counted), _amount(below, within) if below else "NULL"
    return f"""NULL AS person, NULL AS day, CASE WHEN {tells or "true"} THEN {x} END AS x,
        CASE WHEN {tells or "true"} THEN {n} END AS n"""


def _who(reading: Reading) -> Iterator[str]:
    """Return which rows hold a person who counts; every row where rows are counted."""
    if reading.numerator.distinct is not None:
        yield f"{reading.numerator.distinct} IS NOT NULL"
        yield _where(reading.numerator)


def _where(quantity: Quantity | None) -> str:
    return f"coalesce({quantity.where}, false)" if quantity and quantity.where else "true"


def _amount(quantity: Quantity, counted: str) -> str:
    if quantity.sum_of is None:
        return f"({counted})::INTEGER"
    return f"CASE WHEN {counted} THEN {quantity.sum_of}::DECIMAL(20, 4) END"


def _quarter(indicator: Indicator) -> str:
    if indicator.date:
        return f"quarter_of({indicator.date})"
    period = indicator.period_column or "_period"
    return f"left(right({period}, 6), 4)::INTEGER * 4 + right({period}, 1)::INTEGER - 1"


def _with_term(delivery: str, term: Term | None, day: date) -> str:
    """Return the rows of a delivery, with `due` and `in_time` where a term is asked."""
    if term is None:
        return delivery
    due = f"{term.start} + {term.days}"
    if term.suspension:
        agreed = term.suspension_agreed or "true"
        due += f" + CASE WHEN {agreed} THEN coalesce({term.suspension}, 0)::INTEGER ELSE 0 END"
    if term.extended_until:
        due = f"coalesce({term.extended_until}, {due})"
    judged = f"CASE WHEN {term.end} IS NOT NULL THEN {term.end} <= due"
    judged += f" WHEN due <= {_literal(day)} THEN false END"
    return f"(SELECT *, {judged} AS in_time FROM (SELECT *, {due} AS due FROM {delivery}))"


def _values(rows: Sequence[tuple[object, ...]]) -> str:
    return ", ".join(f"({', '.join(map(_literal, row))})" for row in rows)


def _literal(value: object) -> str:
    if isinstance(value, date):
        return f"DATE '{value}'"
    return f"'{value}'" if isinstance(value, str) else str(value)
