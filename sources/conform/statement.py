"""The two statements that make `typed`: the fast one over all rows, the slow one over the rest."""

from collections.abc import Mapping
from functools import partial

from sources.conform import codes, dates, numbers, words
from sources.conform.cells import (
    NOT_APPLICABLE,
    UNKNOWN,
    Cell,
    Order,
    Sent,
    Way,
    among,
    clean,
    full,
    literal,
)
from sources.contracts.model import Column, Contract, FieldType
from sources.privacy import Trace
from sources.readers.reading import quoted
from sources.verdict import Level

_MASK = Trace.NUMBER.removeprefix("[nummer")  # how every mask ends

REASONS = 'STRUCT(code VARCHAR, "column" VARCHAR)[]'


def cell(contract: Contract, n: int, way: Way, *, sent: Sent) -> Cell:
    """Return how the cells of column n of a contract are read."""
    column = contract.columns[n]
    decimal = contract.dialect.decimal
    if column.codes and column.type is FieldType.TEXT:
        return codes.code(column, n)
    identifier = column.name in contract.key or bool(column.pattern or column.pad)
    readings = {
        FieldType.TEXT: partial(words.text, column, n, identifier=identifier),
        FieldType.INTEGER: partial(numbers.integer, n, decimal=decimal),
        FieldType.NUMBER: partial(numbers.number, column, n, decimal=decimal),
        FieldType.DATE: partial(dates.date, column, n, way, sent=sent),
        FieldType.BOOLEAN: partial(words.boolean, n, way),
        FieldType.PERSON: partial(words.person, n),
        FieldType.PC6: partial(words.pc6, column, n),
        FieldType.AREA: partial(words.area, n),
        FieldType.PERIOD: partial(words.period, n),
    }
    return readings[column.type]()


def all_fast(contract: Contract, *, sent: Sent) -> str:
    """Return the SELECT of every row by its fast readings; `_altered` marks rows that need more."""
    columns = contract.columns
    values = ", ".join(f"f{n} AS {quoted(column.name)}" for n, column in enumerate(columns))
    odd = " OR ".join(wanting(contract, n, sent=sent) for n in range(len(columns)))
    return f"""SELECT _row, {values}, NULL::{REASONS} AS _reasons,
            coalesce({odd}, false) AS _altered
        FROM ({read_fast(contract, "SELECT _row, {raw} FROM text", {}, sent=sent)})"""


def read_fast(contract: Contract, source: str, ways: Mapping[int, Way], *, sent: Sent) -> str:
    """Return the SELECT that adds the fast reading `f` of each column to its text `x`.

    Of a column that is written in its own way the fast reading would be another one.
    """
    columns = list(enumerate(contract.columns))
    raw = ", ".join(f"{quoted(column.name)} AS x{n}" for n, column in columns)
    fast = ", ".join(
        f"{_fast(contract, n, ways.get(n, Way()), sent=sent)} AS f{n}" for n, _ in columns
    )
    return f"SELECT *, {fast} FROM ({source.format(raw=raw)})"


def _fast(contract: Contract, n: int, way: Way, *, sent: Sent) -> str:
    column = contract.columns[n]
    if way.dashes is Order.MONTH_FIRST or way.crosses:
        return f"NULL::{column.type.stored}"
    found = cell(contract, n, way, sent=sent).fast
    listed = tuple(text for text in column.missing if text not in column.codes)
    if listed and column.type is not FieldType.TEXT:
        return f"CASE WHEN {among(f'x{n}', listed)} THEN NULL ELSE {found} END"
    return found


def wanting(contract: Contract, n: int, *, sent: Sent) -> str:
    """Return whether the fast reading of a cell is not all there is to say of it."""
    column = contract.columns[n]
    unread = f"f{n} IS NULL" if column.required else f"(f{n} IS NULL AND x{n} IS NOT NULL)"
    limits = (broken for broken, _ in _limits(contract, n, "f", sent=sent))
    return " OR ".join((unread, *limits))


def slow(contract: Contract, failing: Mapping[int, Way], *, sent: Sent) -> str:
    """Return the SELECT of the rows in `odd`, in which the columns `failing` need another look."""
    columns = contract.columns
    numbers = range(len(columns))
    cells = {n: cell(contract, n, way, sent=sent) for n, way in failing.items()}
    cleaned = "".join(f", {clean(f'x{n}')} AS c{n}" for n in failing)
    parsed = "".join(f", {cells[n].parsed} AS p{n}" for n in failing)
    value = ", ".join(
        f"{_value(columns[n], cells[n], n) if n in cells else f'f{n}'} AS v{n}" for n in numbers
    )
    typed = ", ".join(f"v{n} AS {quoted(column.name)}" for n, column in enumerate(columns))
    told = ", ".join(
        f"{{'code': {reason}, 'column': {literal(columns[n].name)}}}"
        for n in numbers
        for reason in _reasons(contract, n, cells.get(n), sent=sent)
    )
    altered = " OR ".join(_altered(columns[n], n) for n in failing) or "false"
    return f"""SELECT _row, {typed}, CASE WHEN len(told) > 0 THEN told END AS _reasons,
            coalesce({altered}, false) AS _altered
        FROM (SELECT *, list_filter([{told}], lambda r: r.code IS NOT NULL) AS told
            FROM (SELECT *, {value}
                FROM (SELECT *{parsed} FROM (SELECT *{cleaned} FROM odd))))"""


def _value(column: Column, found: Cell, n: int) -> str:
    listed = among(f"c{n}", _listed(column))
    general = among(f"lower(c{n})", tuple(_general(column)))
    return f"""CASE WHEN f{n} IS NOT NULL THEN f{n}
        WHEN {listed} OR {general} THEN NULL ELSE {found.slow} END"""


def _listed(column: Column) -> tuple[str, ...]:
    """Return the texts by which the contract says that this column is empty."""
    return tuple(text for text in column.missing if text not in column.codes)


def _general(column: Column) -> list[str]:
    """Return the general words for missing, less those that the contract has a code for."""
    said = {text.casefold() for pair in column.codes.items() for text in pair}
    return [text for text in (*NOT_APPLICABLE, *UNKNOWN) if text not in said]


def _reasons(contract: Contract, n: int, found: Cell | None, *, sent: Sent) -> list[str]:
    """Return the codes of what there is to say of a cell, each in SQL and null where it is not."""
    column = contract.columns[n]
    empty = "'V401'" if column.required else "NULL"
    limits = " ".join(
        f"WHEN {broken} THEN '{code}'" for broken, code in _limits(contract, n, "v", sent=sent)
    )
    unread = f"WHEN v{n} IS NULL THEN {_unread(column, found, n, empty)}" if found else ""
    main = f"""CASE WHEN x{n} IS NULL AND v{n} IS NULL THEN {empty}
        {unread} {limits} END"""
    notes = found.notes if found else ()
    read = f"f{n} IS NULL AND v{n} IS NOT NULL"
    return [main, *(f"CASE WHEN {read} AND ({held}) THEN '{code}' END" for held, code in notes)]


def _unread(column: Column, found: Cell, n: int, empty: str) -> str:
    """Return the code for a text without a value: why there is none, or how it says so itself."""
    lower = f"lower(c{n})"
    listed = _listed(column)
    words = {*_general(column), *(text.casefold() for text in listed)}
    kinds = [
        (among(lower, tuple(text for text in NOT_APPLICABLE if text in words)), "V415"),
        (among(lower, tuple(text for text in UNKNOWN if text in words)), "V416"),
        (among(f"c{n}", tuple(text for text in listed if any(map(str.isdigit, text)))), "V428"),
    ]
    if column.type is FieldType.DATE:
        kinds.append((dates.unknown(f"p{n}"), "V426"))
    said = " ".join(
        f"WHEN {is_it} THEN {empty if column.required else literal(code)}" for is_it, code in kinds
    )
    return f"""CASE WHEN c{n} = '' THEN {empty} {said}
        WHEN {among(f"c{n}", listed)} THEN {empty}
        WHEN starts_with(c{n}, '#') THEN 'V420' ELSE {found.failure} END"""


def _limits(contract: Contract, n: int, kind: str, *, sent: Sent) -> list[tuple[str, str]]:
    """Return what the contract does not allow of a value that could be read, with its code."""
    column, value = contract.columns[n], f"{kind}{n}"
    tests = []
    if column.minimum is not None:
        tests.append((f"{value} < {column.minimum:.15g}", "V410"))
    if column.maximum is not None:
        tests.append((f"{value} > {column.maximum:.15g}", "V411"))
    if column.max_length is not None:
        masked = f" AND NOT contains({value}, '{_MASK}')" if kind == "v" else ""
        tests.append((f"length({value}) > {column.max_length}{masked}", "V412"))
    if column.pattern:
        differs = f"NOT regexp_matches({value}, {literal(column.pattern)})"
        tests += [(f"{differs} AND {full(value, codes.MANGLED)}", "V435"), (differs, "V425")]
    if column.codes and column.type is not FieldType.TEXT:
        tests.append((f"NOT {among(f'{value}::VARCHAR', tuple(column.codes))}", "V413"))
    if column.validity and (column.valid_on or sent.period):
        names = [each.name for each in contract.columns]
        day = f"{kind}{names.index(column.valid_on)}" if column.valid_on else ""
        code = "V436" if column.expired is Level.WARNING else "V437"
        tests.append((codes.outside(column, value, day, period=sent.period), code))
    return tests


def _altered(column: Column, n: int) -> str:
    differs = ""
    if column.type is FieldType.TEXT:
        differs = f" AND (v{n} <> x{n} OR contains(v{n}, '{_MASK}'))"
    return f"(f{n} IS NULL AND v{n} IS NOT NULL{differs})"
