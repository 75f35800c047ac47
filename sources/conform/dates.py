"""Dates: as agreed, as other programs write them, and as Excel counts them."""

from sources.conform.cells import Cell, Order, Sent, Way, full
from sources.contracts.model import Column

_FIRST_DAY, _LAST_DAY = "DATE '1850-01-01'", "DATE '2150-01-01'"
_UNKNOWN_DAYS = "(DATE '1899-12-30', DATE '1900-01-01', DATE '9999-12-31')"
_EXCEL_BEGINS = "DATE '1899-12-30'"

_TIME = r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?[AaPp][Mm])?"
_DAY = "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9]{8}"
_FULL, _SHORT = "[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}", "[0-9]{1,2}-[0-9]{1,2}-[0-9]{2}"
# 26 is 2026 and 85 is 1985; 45 is a year of birth or the end of a contract.
_SURE = "[0-9]{1,2}-[0-9]{1,2}-([0-2][0-9]|[7-9][0-9])"
_MONTH = (
    "(jan(uari|uary)?|feb(ruari|ruary)?|mrt|maart|mar(ch)?|apr(il)?|mei|may|jun[ie]?|jul[iy]?"
    "|aug(ustus|ust)?|sept?(ember)?|o[kc]t(ober)?|nov(ember)?|dec(ember)?)[.]?"
)
_NAMED = f"[0-9]{{1,2}}[-/. ]{_MONTH}[-/. ]([0-9]{{4}}|[0-9]{{2}})"
_NUMBERS = (
    *(("jan", 1), ("feb", 2), ("mrt", 3), ("maa", 3), ("mar", 3), ("apr", 4), ("mei", 5)),
    *(("may", 5), ("jun", 6), ("jul", 7), ("aug", 8), ("sep", 9), ("okt", 10), ("oct", 10)),
    *(("nov", 11), ("dec", 12)),
)
_SERIAL = "[1-9][0-9]{3,4}([.,][0-9]+)?"


def date(column: Column, n: int, way: Way, *, sent: Sent) -> Cell:
    """Return how a date is read, in a column that is written in this way.

    Of what has happened (`Column.past`) a day after that of the delivery is no reading.
    """
    c, p = f"c{n}", f"p{n}"
    day = _day(c)
    serial, timed, short = full(c, _SERIAL), full(c, f"({_DAY}){_TIME}"), full(_dashed(day), _SHORT)
    other = f"regexp_matches({day}, '[/.]')"
    american = _american(day, way)
    two_centuries = f"{short} AND NOT {full(_dashed(day), _SURE)}"
    slashed = f"contains({day}, '/') AND NOT {_year_first(day)}" if not way.slashes else "false"
    last = f"DATE '{sent.received_on}'" if column.past and sent.received_on else _LAST_DAY
    future = f"{p} > {last}" if last != _LAST_DAY else "false"
    failure = f"""CASE WHEN {future} THEN 'V443' WHEN {serial} THEN 'V433'
        WHEN {two_centuries} THEN 'V442' WHEN {slashed} THEN 'V431'
        WHEN {day} <> '' THEN 'V403' ELSE 'V402' END"""
    notes = (
        (serial, "V432"),
        (short, "V423"),
        (timed, "V424"),
        (f"({other} OR {_is_named(c)}) AND NOT ({american})", "V429"),
        (american, "V430"),
    )
    agreed = f"try_strptime(x{n}, ['%d-%m-%Y', '%Y-%m-%d'])::DATE"
    return Cell(_within(agreed, last), _within(p, last), failure, notes, _parsed(c, way))


def unknown(column_parsed: str) -> str:
    """Return whether a day is one by which old systems say that they do not know."""
    return f"{column_parsed} IN {_UNKNOWN_DAYS}"


def evidence(x: str, sign: str, *, first: Order) -> str:
    """Return whether a date with this sign can only have its day, or its month, first."""
    parts = f"'^([0-9]{{1,2}})[{sign}]([0-9]{{1,2}})[{sign}](?:[0-9]{{4}}|[0-9]{{2}})(?:[ T].*)?$'"
    one, two = (f"try_cast(regexp_extract({x}, {parts}, {n}) AS INTEGER)" for n in (1, 2))
    day, month = (one, two) if first is Order.DAY_FIRST else (two, one)
    return f"{day} BETWEEN 13 AND 31 AND {month} BETWEEN 1 AND 12"


def is_serial(c: str) -> str:
    """Return whether a text may be a day number of Excel, such as 46054."""
    return full(c, _SERIAL)


def _within(day: str, last: str) -> str:
    known = f"{day} BETWEEN {_FIRST_DAY} AND {last} AND {day} NOT IN {_UNKNOWN_DAYS}"
    return f"CASE WHEN {known} THEN {day} END"


def _day(c: str) -> str:
    """Return the day in a text without the time, a month in letters as its number; else empty."""
    day = f"regexp_extract({c}, '^({_DAY})({_TIME})?$', 1)"
    month = " ".join(f"WHEN '{name}' THEN {number}" for name, number in _NUMBERS)
    parts = (
        f"regexp_extract({c}, '^[0-9]+')",
        f"CASE regexp_extract(lower({c}), '[a-z]{{3}}') {month} END",
        f"regexp_extract({c}, '[0-9]+$')",
    )
    return f"CASE WHEN {_is_named(c)} THEN concat_ws('-', {', '.join(parts)}) ELSE {day} END"


def _is_named(c: str) -> str:
    """Return whether a day is written with its month in letters: 14 aug 2026, 14-AUG-2026."""
    return full(f"lower({c})", _NAMED)


def _dashed(day: str) -> str:
    return f"translate({day}, '/.', '--')"


def _year_first(day: str) -> str:
    return full(_dashed(day), "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


def _american(day: str, way: Way) -> str:
    """Return whether a day was read with its month first."""
    signs = (("-", way.dashes), ("/", way.slashes))
    turned = [f"contains({day}, '{sign}')" for sign, order in signs if order is Order.MONTH_FIRST]
    return f"({' OR '.join(turned)}) AND NOT {_year_first(day)}" if turned else "false"


def _parsed(c: str, way: Way) -> str:
    day = _day(c)
    dashed = _dashed(day)
    return f"""CASE
        WHEN {day} = '' THEN {_from_serial(c, way)}
        WHEN {full(dashed, "[0-9]{8}")} THEN try_strptime({dashed}, '%Y%m%d')::DATE
        WHEN {_year_first(day)} THEN try_strptime({dashed}, '%Y-%m-%d')::DATE
        WHEN contains({day}, '/') THEN {_ordered(dashed, way.slashes)}
        WHEN contains({day}, '-') THEN {_ordered(dashed, way.dashes)}
        ELSE {_ordered(dashed, Order.DAY_FIRST)} END"""


def _ordered(dashed: str, order: Order | None) -> str:
    if order is None:  # 05/05/2026 is one day, whichever comes first
        one, two = (f"try_cast(split_part({dashed}, '-', {n}) AS INTEGER)" for n in (1, 2))
        return f"CASE WHEN {one} = {two} THEN {_ordered(dashed, Order.DAY_FIRST)} END"
    return f"""CASE WHEN {full(dashed, _FULL)} THEN try_strptime({dashed}, '{order}-%Y')::DATE
        WHEN {full(dashed, _SURE)} THEN try_strptime({dashed}, '{order}-%y')::DATE END"""


def _from_serial(c: str, way: Way) -> str:
    if way.serials is None:
        return "NULL"
    first, last = way.serials
    number = f"floor(try_cast(replace({c}, ',', '.') AS DOUBLE))::INTEGER"
    found = f"{_EXCEL_BEGINS} + {number}"
    between = f"{found} BETWEEN DATE '{first}' AND DATE '{last}'"
    return f"CASE WHEN {full(c, _SERIAL)} AND {between} THEN {found} END"
