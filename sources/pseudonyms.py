"""At the door: a BSN or client number becomes a pseudonym, and the number itself is gone.

The pseudonym is HMAC-SHA-256 over `v1|municipality|purpose|number`, stored as `key_id:hex`. The law
is the purpose: pseudonyms of different laws cannot be linked. Half of the HMAC (128 bits) is kept:
that is as far beyond guessing, and two of ten million numbers meet with a chance of 1 to 10^25.
It is computed inside DuckDB: a million numbers in under a second, in no Python object and no log.

Where the agreement records the legal basis for linking laws (`sources.agreement.linking`), these
laws have one purpose together, and the pseudonym is stored as `key_id-mark:hex`. Whoever adds,
changes or ends that basis later makes other pseudonyms of the same people, as after `key rotate`:
what was received before belongs to another set of people, and is made again by receiving the raw
files into an empty home. `flows.steps.observe` refuses to count the two together.
"""

from typing import TYPE_CHECKING

from sources.agreement.linking import mark, purpose
from sources.agreement.model import Linking, Municipality
from sources.conform.cells import EXPONENT, NOT_APPLICABLE, UNKNOWN, among, clean, full
from sources.contracts.model import Column, Contract, FieldType
from sources.keys import Keys
from sources.readers.reading import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK = "!"  # separates a pseudonym from the code of what was found, in `text`

_BLOCK = 64  # bytes in a block of SHA-256
_TEST_NUMBERS = "'999900006' AND '999999990'"
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def replace(
    contract: Contract,
    con: "DuckDBPyConnection",
    keys: Keys,
    *,
    municipality: Municipality,
    linking: Linking | None = None,
) -> None:
    """Replace every person column under the view `text` by pseudonyms; the numbers stay nowhere.

    A cell becomes `key_id:hex`; `key_id:hex!V418` where a lost zero was put back; `!V417` where
    the BSN fails the 11-proef, `!V419` where it is a test number and the municipality is real,
    `!V427` where Excel made a power of ten of it, and `!V420` where Excel wrote an error
    (`#WAARDE!`). An empty cell, or one that says `onbekend`,
    becomes null. `sources.conform` reads the codes.
    """
    people = [column for column in contract.columns if column.type is FieldType.PERSON]
    if not people:
        return
    assert contract.law, f"{contract.id}: person columns need a law"
    label = f"v1|{municipality.code}|{purpose(linking, contract.law)}|"
    marked = f"-{told}" if (told := mark(linking, contract.law)) else ""
    secrets: dict[str, object] = {
        "outer": _pad(keys.pseudonym, 0x5C),
        "inner": _pad(keys.pseudonym, 0x36) + label.encode(),
        "key_id": f"{keys.id}{marked}:",
    }
    for column in people:
        _replace_column(column, con, secrets, municipality=municipality)


def _replace_column(
    column: Column,
    con: "DuckDBPyConnection",
    secrets: dict[str, object],
    *,
    municipality: Municipality,
) -> None:
    name = quoted(column.name)
    (comes_back,) = con.execute(
        f"SELECT 2 * approx_count_distinct({name}) < count({name}) FROM loaded"
    ).fetchall()[0]
    if not comes_back:
        cell = _cell(column, name, municipality)
        con.execute(f"UPDATE loaded SET {name} = {cell}", secrets).fetchall()
        return
    # Each number once: a client comes back in many rows, and hashing is what costs.
    con.execute(
        f"""CREATE OR REPLACE TABLE pseudonyms AS
        SELECT plain, {_cell(column, "plain", municipality)} AS pseudonym
        FROM (SELECT DISTINCT {name} AS plain FROM loaded)""",
        secrets,
    ).fetchall()
    con.execute(f"""UPDATE loaded SET {name} = pseudonym
        FROM pseudonyms WHERE {name} = plain""").fetchall()
    con.execute("DROP TABLE pseudonyms")


def _pad(key: bytes, byte: int) -> bytes:
    """Return the key as HMAC (RFC 2104) puts it before the inner or the outer message."""
    assert len(key) <= _BLOCK
    return bytes(each ^ byte for each in key.ljust(_BLOCK, b"\0"))


def _cell(column: Column, plain: str, municipality: Municipality) -> str:
    """Return the SQL of what comes in the place of a cell; `plain` is the cell in SQL."""
    said = clean(plain)
    words = (*column.missing, *NOT_APPLICABLE, *UNKNOWN)
    missing = among(f"lower({said})", ("", *(word.casefold() for word in words)))
    other = f"""WHEN {plain} IS NULL OR {missing} THEN NULL
        WHEN {full(said, EXPONENT)} THEN '{MARK}V427'
        WHEN starts_with({said}, '#') THEN '{MARK}V420'"""
    if not column.bsn:
        return f"CASE {other} ELSE {_pseudonym(said)} END"
    test = "false" if municipality.fictional else f"{plain} BETWEEN {_TEST_NUMBERS}"
    # Nearly every cell is nine good digits: for those no more is done than this.
    usual = f"{full(plain, '[0-9]{9}')} AND {_passes(plain)} AND NOT {test}"
    return f"""CASE WHEN {usual} THEN {_pseudonym(plain)} {other}
        ELSE {_unusual(said, municipality)} END"""


def _unusual(said: str, municipality: Municipality) -> str:
    """Return the SQL of a BSN with dots or spaces, with its zero lost, or of something else.

    Eight digits are nine of which Excel ate the zero, where those pass.
    """
    bare = rf"regexp_replace({said}, '[. \x{{a0}}]', '', 'g')"
    number = f"lpad({bare}, 9, '0')"
    test = "false" if municipality.fictional else f"{number} BETWEEN {_TEST_NUMBERS}"
    return f"""CASE
        WHEN NOT {full(bare, "[0-9]{8,9}")} OR NOT {_passes(number)} THEN '{MARK}V417'
        WHEN {test} THEN '{MARK}V419'
        WHEN strlen({bare}) = 9 THEN {_pseudonym(number)}
        ELSE {_pseudonym(number)} || '{MARK}V418' END"""


def _passes(number: str) -> str:
    """Return the 11-proef in SQL: nine digits, weighted 9 to 2 and -1, divide by eleven."""
    value = f"try_cast({number} AS INTEGER)"
    total = " + ".join(
        f"{weight} * ({value} // {10 ** (8 - place)} % 10)" for place, weight in enumerate(_WEIGHTS)
    )
    return f"coalesce({value} > 0 AND ({total}) % 11 = 0, false)"


def _pseudonym(number: str) -> str:
    inner = f"unhex(sha256($inner::BLOB || encode({number})))"
    return f"$key_id || left(sha256($outer::BLOB || {inner}), 32)"
