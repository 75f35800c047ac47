"""From a cell's text to its type, as DuckDB SQL: one way of reading per type of the contract.

Each type has a `fast` reading, for what stands there as agreed, and a `slow` one, for everything
else: spaces around it, another listed way to write it. The slow one runs only where the fast one
gives null, so that a million ordinary cells cost what they must and no more. A text with two
readings has none: nothing is guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sources.contracts.model import Column, FieldType

SPACES = " \t\r\n\u00a0\u200b\ufeff"
NOT_APPLICABLE = ("n.v.t.", "N.v.t.", "N.V.T.", "nvt", "Nvt", "NVT", "#N/B", "#N/A")
UNKNOWN = ("onbekend", "Onbekend", "ONBEKEND", "-", "?", "niet bekend")
TRUE = ("J", "j", "ja", "Ja", "JA", "1", "true", "True", "TRUE", "waar", "Waar", "WAAR", "x", "X")
FALSE = (
    "N",
    "n",
    "nee",
    "Nee",
    "NEE",
    "0",
    "false",
    "False",
    "FALSE",
    "onwaar",
    "Onwaar",
    "ONWAAR",
)

_AREA = r"(GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8})"
_PC6 = r"[1-9][0-9]{3}[A-Z]{2}"
_PERIOD = r"[0-9]{4}(K[1-4](/[0-9]{4}K[1-4])?)?"
_FIRST_DAY, _LAST_DAY = "DATE '1850-01-01'", "DATE '2150-01-01'"
_UNKNOWN_DAY = "DATE '1900-01-01'"  # the first day of Excel and of many an old system


@dataclass(frozen=True, slots=True)
class Cell:
    """The readings of one column, in SQL over its text `x`: null where a text has none.

    `notes` pairs a condition on the text with the code of the MELDING for that reading.
    `failure` gives the code for a text that cannot be read.
    """

    fast: str
    slow: str
    failure: str
    notes: tuple[tuple[str, str], ...] = ()


def among(x: str, values: tuple[str, ...]) -> str:
    """Return whether a text is one of these, in SQL.

    Not `IN` or a list: DuckDB makes those a join, for every row, also where a CASE would skip it.
    """
    whens = " ".join(f"WHEN {literal(value)} THEN true" for value in values)
    return f"CASE {x} {whens} ELSE false END"


def literal(value: str) -> str:
    """Return a text as a SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def clean(x: str) -> str:
    """Return the text without the spaces around it, of every kind."""
    return f"trim({x}, '{SPACES}')"


def cell(column: Column, x: str, *, decimal: str) -> Cell:
    """Return how the cells of a column are read; `x` is its text in SQL."""
    if column.codes and column.type is FieldType.TEXT:
        return _code(column, x)
    readings: dict[FieldType, Callable[[str], Cell]] = {
        FieldType.TEXT: _text,
        FieldType.INTEGER: partial(_integer, decimal=decimal),
        FieldType.NUMBER: partial(_number, decimal=decimal),
        FieldType.DATE: _date,
        FieldType.BOOLEAN: _boolean,
        FieldType.PERSON: _person,
        FieldType.PC6: _pc6,
        FieldType.AREA: _area,
        FieldType.PERIOD: _period,
    }
    return readings[column.type](x)


def _text(x: str) -> Cell:
    # What sorts before '!' starts with a space or a tab; from chr(128) on it may start with an
    # invisible sign. Both go the slow way, and so does what Excel writes for an error.
    spaced = " OR ".join(f"suffix({x}, {sign})" for sign in ("' '", "chr(160)", "chr(8203)"))
    odd = f"{x} < '!' OR {x} >= chr(128) OR {spaced} OR starts_with({x}, '#')"
    error = f"regexp_full_match({clean(x)}, '#[A-Z0-9/]+[!?]?')"
    mangled = r"regexp_full_match(" + clean(x) + r", '[0-9][.,]?[0-9]*E[+][0-9]+')"
    slow = f"CASE WHEN {error} OR {mangled} THEN NULL ELSE {clean(x)} END"
    fast = f"CASE WHEN {odd} OR contains({x}, 'E+') THEN NULL ELSE {x} END"
    return Cell(fast, slow, f"CASE WHEN {mangled} THEN 'V427' ELSE 'V420' END")


def _code(column: Column, x: str) -> Cell:
    codes = {code.casefold(): code for code in column.codes}
    labels = {label.casefold(): code for code, label in column.codes.items()}
    lower = f"lower({clean(x)})"
    whens = " ".join(
        f"WHEN {literal(said)} THEN {literal(code)}" for said, code in (labels | codes).items()
    )
    by_label = tuple(said for said in labels if said not in codes)
    notes = ((among(lower, by_label), "V414"),) if by_label else ()
    fast = f"CASE WHEN {among(x, tuple(column.codes))} THEN {x} END"
    return Cell(fast, f"CASE {lower} {whens} END", "'V413'", notes)


def _integer(x: str, *, decimal: str) -> Cell:
    point, comma = (r"\.", ",") if decimal == "," else (",", r"\.")
    c = clean(x)
    fast = f"CASE WHEN try_cast({x} AS BIGINT)::VARCHAR = {x} THEN try_cast({x} AS BIGINT) END"
    slow = f"""CASE
        WHEN regexp_full_match({c}, '[+-]?[0-9]+') THEN try_cast({c} AS BIGINT)
        WHEN regexp_full_match({c}, '[+-]?[0-9]+{comma}0+')
            THEN try_cast(regexp_extract({c}, '^[+-]?[0-9]+') AS BIGINT)
        WHEN regexp_full_match({c}, '[+-]?[0-9]{{1,3}}({point}[0-9]{{3}})+({comma}0+)?')
            THEN try_cast(replace(regexp_replace({c}, '{comma}0+$', ''), '{point[-1]}', '')
                AS BIGINT) END"""
    return Cell(fast, slow, "'V404'")


def _number(x: str, *, decimal: str) -> Cell:
    other = "." if decimal == "," else ","
    d, o = (",", r"\.") if decimal == "," else (r"\.", ",")
    c = f"replace(replace({clean(x)}, '€', ''), ' ', '')"
    fast = f"""CASE WHEN regexp_full_match({x}, '-?[0-9]+({d}[0-9]+)?')
        THEN try_cast(replace({x}, '{decimal}', '.') AS DOUBLE) END"""
    dotted = f"replace(replace({c}, '{other}', ''), '{decimal}', '.')"
    grouped = f"[+-]?[0-9]{{1,3}}({o}[0-9]{{3}})+"
    # One group of three after the other sign can be thousands and can be decimals: no reading.
    slow = f"""CASE
        WHEN regexp_full_match({c}, '[+-]?[0-9]+({d}[0-9]+)?')
            OR regexp_full_match({c}, '{grouped}{d}[0-9]+')
            OR regexp_full_match({c}, '[+-]?[0-9]{{1,3}}({o}[0-9]{{3}}){{2,}}')
            THEN try_cast({dotted} AS DOUBLE)
        WHEN regexp_full_match({c}, '{grouped}') THEN NULL
        WHEN regexp_full_match({c}, '[+-]?[0-9]+{o}[0-9]+')
            THEN try_cast(replace({c}, '{other}', '.') AS DOUBLE) END"""
    failure = f"CASE WHEN regexp_full_match({c}, '{grouped}') THEN 'V421' ELSE 'V405' END"
    return Cell(fast, slow, failure, ((f"regexp_full_match({c}, '[+-]?[0-9]+{o}[0-9]+')", "V422"),))


def _date(x: str) -> Cell:
    c = clean(x)

    def within(value: str) -> str:
        known = f"{value} BETWEEN {_FIRST_DAY} AND {_LAST_DAY} AND {value} <> {_UNKNOWN_DAY}"
        return f"CASE WHEN {known} THEN {value} END"

    agreed = f"try_strptime({x}, ['%d-%m-%Y', '%Y-%m-%d'])::DATE"
    short = f"regexp_full_match({c}, '[0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{2}}')"
    plain = f"regexp_full_match({c}, '[0-9]{{8}}')"
    time = r"[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
    timed = f"regexp_full_match({c}, '[0-9-]{{8,10}}{time}')"
    shapes = r"[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{8}"
    day = f"regexp_extract({c}, '^[0-9-]+')"
    slow = f"""CASE
        WHEN {short} THEN try_strptime({c}, '%d-%m-%y')::DATE
        WHEN {plain} THEN {within(f"try_strptime({c}, '%Y%m%d')::DATE")}
        WHEN {timed} THEN {within(f"try_strptime({day}, ['%d-%m-%Y', '%Y-%m-%d'])::DATE")}
        ELSE {within(f"try_strptime({c}, ['%d-%m-%Y', '%Y-%m-%d'])::DATE")} END"""
    failure = f"CASE WHEN regexp_full_match({c}, '{shapes}') THEN 'V403' ELSE 'V402' END"
    return Cell(within(agreed), slow, failure, ((short, "V423"), (timed, "V424")))


def _boolean(x: str) -> Cell:
    def reading(text: str) -> str:
        yes, no = among(text, TRUE), among(text, FALSE)
        return f"CASE WHEN {yes} THEN true WHEN {no} THEN false END"

    return Cell(reading(x), reading(clean(x)), "'V406'")


def _person(x: str) -> Cell:
    # `sources.pseudonyms` wrote a pseudonym, and after `!` the code of what it found.
    fast = f"CASE WHEN NOT contains({x}, '!') THEN {x} END"
    slow = f"nullif(split_part({x}, '!', 1), '')"
    return Cell(fast, slow, f"split_part({x}, '!', 2)", ((f"suffix({x}, '!V418')", "V418"),))


def _shaped(x: str, normal: str, pattern: str, failure: str) -> Cell:
    fast = f"CASE WHEN regexp_full_match({x}, '{pattern}') THEN {x} END"
    slow = f"CASE WHEN regexp_full_match({normal}, '{pattern}') THEN {normal} END"
    return Cell(fast, slow, failure)


def _pc6(x: str) -> Cell:
    return _shaped(x, f"upper(replace({clean(x)}, ' ', ''))", _PC6, "'V407'")


def _area(x: str) -> Cell:
    return _shaped(x, f"upper({clean(x)})", _AREA, "'V408'")


def _period(x: str) -> Cell:
    upper = f"upper({clean(x)})"
    year_first = rf"regexp_replace({upper}, '^([0-9]{{4}})[-/ ]?[KQ]([1-4])$', '\1K\2')"
    normal = rf"regexp_replace({year_first}, '^[KQ]([1-4])[-/ ]?([0-9]{{4}})$', '\2K\1')"
    return _shaped(x, normal, _PERIOD, "'V409'")
