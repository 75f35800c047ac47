"""Text columns and the small types: free text, yes and no, codes of areas, postcodes, periods."""

from sources.conform.cells import (
    EXPONENT,
    NOT_APPLICABLE,
    UNKNOWN,
    Cell,
    Way,
    full,
    literal,
    one_of,
)
from sources.contracts.model import Column
from sources.privacy import Trace

TRUE = ("j", "ja", "1", "true", "waar", "x")
FALSE = ("n", "nee", "0", "false", "onwaar")

PERSONAL = (
    r"@|[+]31|[0-9][0-9 .]{6,}[0-9]|\b0[0-9]{1,3}[-/)] ?[0-9]{2}"
    r"|[0-9]{3}-[0-9]{3}-[0-9]{3}|[0-9]{4}-[0-9]{2}-[0-9]{3}"
)
"""A text in which a number or an address of a person may stand (RE2), to be looked at closely."""

TRACES = {
    Trace.NUMBER: "S902",
    Trace.MAIL: "S903",
    Trace.PHONE: "S904",
    Trace.ACCOUNT: "S905",
    Trace.POSTCODE: "S907",
    Trace.DATE: "S908",
    Trace.NAME: "S909",
}

_AREA = r"(GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8})"
_PC6 = r"[1-9][0-9]{3}[A-Z]{2}"
_PC4 = r"[1-9][0-9]{3}"
_PERIOD = r"[0-9]{4}(K[1-4](/[0-9]{4}K[1-4])?)?"

_ERROR = "#[A-Z0-9/]+[!?]?"
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
# UTF-8 read as cp1252: é is Ã©, € is â‚¬. The first byte of a sign, then those that can follow it.
_FOLLOWING = "".join(
    bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)
)
_MOJIBAKE = rf"[ÂÃÄÅ][{_FOLLOWING}]|â[€\x{{201a}}„…][{_FOLLOWING}]"


def text(column: Column, n: int, *, identifier: bool) -> Cell:
    """Return how free text is read; an identifier is one that tells rows apart or has a form."""
    c = f"c{n}"
    error, mangled, control = full(c, _ERROR), full(c, EXPONENT), _holds(c, _CONTROL)
    number = f"contains({c}, '{Trace.NUMBER}')" if identifier else "false"
    # One regular expression finds whatever is not ordinary, for the price of one comparison or two.
    usual_words = one_of((*NOT_APPLICABLE, *UNKNOWN, *column.missing))
    # What is taken out of stories is so before: only the mask tells of it.
    odd = rf"^[ #=]|[^ -~]| $|[Ee][+]|{PERSONAL}|weggehaald\]|^(?i:{usual_words})$"
    whole, padded = f"nullif({c}, '')", "false"
    if column.pad > 1:
        short = f"[0-9]{{1,{column.pad - 1}}}"
        odd, padded = f"{odd}|^{short}$", full(c, short)
        whole = f"CASE WHEN {padded} THEN lpad({c}, {column.pad}, '0') ELSE {whole} END"
    return Cell(
        fast=f"CASE WHEN NOT {_holds(f'x{n}', odd)} THEN x{n} END",
        slow=f"CASE WHEN NOT ({error} OR {mangled} OR {control} OR {number}) THEN {whole} END",
        failure=f"""CASE WHEN {number} THEN 'S906' WHEN {control} THEN 'V441'
            WHEN {mangled} THEN 'V427' ELSE 'V420' END""",
        notes=(
            *((f"contains({c}, '{trace}')", code) for trace, code in TRACES.items()),
            (f"starts_with({c}, '=')", "V440"),
            (_holds(c, _MOJIBAKE), "V438"),
            (padded, "V418"),
        ),
    )


def _holds(x: str, pattern: str) -> str:
    return f"regexp_matches({x}, {literal(pattern)})"


def boolean(n: int, way: Way) -> Cell:
    """Return how yes and no are read; an x waits until its column is known."""
    fast = f"""CASE x{n} WHEN 'ja' THEN true WHEN 'nee' THEN false WHEN 'J' THEN true
        WHEN 'N' THEN false WHEN '1' THEN true WHEN '0' THEN false END"""
    yes, no = (full(f"lower(c{n})", one_of(said)) for said in (TRUE, FALSE))
    empty = f"WHEN x{n} IS NULL OR c{n} = '' THEN false" if way.crosses else ""
    return Cell(fast, f"CASE {empty} WHEN {yes} THEN true WHEN {no} THEN false END", "'V406'")


def person(n: int) -> Cell:
    """Return how a pseudonym is read: `sources.pseudonyms` wrote after `!` what it found."""
    fast = f"CASE WHEN NOT contains(x{n}, '!') THEN x{n} END"
    slow = f"nullif(split_part(x{n}, '!', 1), '')"
    return Cell(fast, slow, f"split_part(x{n}, '!', 2)", ((f"suffix(x{n}, '!V418')", "V418"),))


def pc6(column: Column, n: int) -> Cell:
    """Return how a postcode is read: four digits and two letters, or four where that is agreed."""
    cell = _shaped(n, f"upper(replace(c{n}, ' ', ''))", _PC6, "'V407'")
    if not column.pc4:
        return cell
    four = full(f"p{n}", _PC4)
    slow = f"CASE WHEN {four} THEN p{n} ELSE {cell.slow} END"
    return Cell(cell.fast, slow, cell.failure, ((four, "V434"),), cell.parsed)


def area(n: int) -> Cell:
    """Return how a CBS code of an area is read."""
    return _shaped(n, f"upper(c{n})", _AREA, "'V408'")


def period(n: int) -> Cell:
    """Return how a period is read: `2026K3`, and also `2026-Q3` or `K3 2026`."""
    year_first = rf"regexp_replace(upper(c{n}), '^([0-9]{{4}})[-/ ]?[KQ]([1-4])$', '\1K\2')"
    normal = rf"regexp_replace({year_first}, '^[KQ]([1-4])[-/ ]?([0-9]{{4}})$', '\2K\1')"
    return _shaped(n, normal, _PERIOD, "'V409'")


def _shaped(n: int, normal: str, pattern: str, failure: str) -> Cell:
    fast = f"CASE WHEN {full(f'x{n}', pattern)} THEN x{n} END"
    slow = f"CASE WHEN {full(f'p{n}', pattern)} THEN p{n} END"
    return Cell(fast, slow, failure, parsed=normal)
