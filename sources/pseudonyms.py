"""At the door: a BSN or client number becomes a pseudonym, and the number itself is gone.

The pseudonym is HMAC-SHA-256 over `v1|municipality|law|number`, stored as `key_id:hex`. The law is
the purpose: pseudonyms of different laws cannot be linked. Half of the HMAC (128 bits) is kept:
that is as far beyond guessing, and two of ten million numbers meet with a chance of 1 to 10^25.
It is computed inside DuckDB: a million numbers in under a second, in no Python object and no log.
"""

from typing import TYPE_CHECKING

from sources.agreement.model import Municipality
from sources.conform.cells import NOT_APPLICABLE, UNKNOWN, among, clean
from sources.contracts.model import Column, Contract, FieldType
from sources.keys import Keys
from sources.readers.reading import quoted

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK = "!"  # separates a pseudonym from the code of what was found, in `text`

_BLOCK = 64  # bytes in a block of SHA-256
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_SAID = clean("plain")
_BARE = f"replace(replace({_SAID}, '.', ''), ' ', '')"


def replace(
    contract: Contract, con: "DuckDBPyConnection", keys: Keys, *, municipality: Municipality
) -> None:
    """Replace every person column under the view `text` by pseudonyms; the numbers stay nowhere.

    A cell becomes `key_id:hex`; `key_id:hex!V418` where a lost zero was put back; `!V417` where
    the BSN fails the 11-proef, and `!V419` where it is a test number and the municipality is real.
    An empty cell, or one that says `onbekend`, becomes null. `sources.conform` reads the codes.
    """
    people = [column for column in contract.columns if column.type is FieldType.PERSON]
    assert not people or contract.law, f"{contract.id}: person columns need a law"
    label = f"v1|{municipality.code}|{contract.law}|"
    secrets = {
        "outer": _pad(keys.pseudonym, 0x5C),
        "inner": _pad(keys.pseudonym, 0x36) + label.encode(),
        "key_id": keys.id + ":",
    }
    for column in people:
        name = quoted(column.name)
        number = _nine_digits() if column.bsn else _SAID
        # Each number once: a client comes back in many rows, and hashing is what costs.
        con.execute(
            f"""CREATE OR REPLACE TABLE pseudonyms AS
            SELECT plain, {_cell(column, municipality)} AS pseudonym
            FROM (SELECT plain, {number} AS number
                FROM (SELECT DISTINCT {name} AS plain FROM loaded))""",
            secrets,
        ).fetchall()
        con.execute(f"""UPDATE loaded SET {name} = pseudonym
            FROM pseudonyms WHERE {name} = plain""").fetchall()
        con.execute("DROP TABLE pseudonyms")


def _pad(key: bytes, byte: int) -> bytes:
    """Return the key as HMAC (RFC 2104) puts it before the inner or the outer message."""
    assert len(key) <= _BLOCK
    return bytes(each ^ byte for each in key.ljust(_BLOCK, b"\0"))


def _cell(column: Column, municipality: Municipality) -> str:
    """Return the SQL of a pseudonym over `plain`, the cell, and `number`, null where it is none."""
    missing = among(_SAID, ("", *column.missing, *NOT_APPLICABLE, *UNKNOWN))
    if not column.bsn:
        return f"CASE WHEN plain IS NULL OR {missing} THEN NULL ELSE {_pseudonym()} END"
    test = "false" if municipality.fictional else "number BETWEEN '999900006' AND '999999990'"
    return f"""CASE WHEN plain IS NULL THEN NULL
        WHEN number IS NULL THEN CASE WHEN {missing} THEN NULL ELSE '{MARK}V417' END
        WHEN NOT ({_passes()}) THEN '{MARK}V417'
        WHEN {test} THEN '{MARK}V419'
        WHEN plain = number OR strlen({_BARE}) = 9 THEN {_pseudonym()}
        ELSE {_pseudonym()} || '{MARK}V418' END"""


def _nine_digits() -> str:
    """Return the nine digits of a BSN in SQL; eight are nine of which Excel ate the zero."""
    return f"""CASE WHEN regexp_full_match(plain, '[0-9]{{9}}') THEN plain
        WHEN regexp_full_match({_BARE}, '[0-9]{{8,9}}') THEN lpad({_BARE}, 9, '0') END"""


def _passes() -> str:
    """Return the 11-proef in SQL: nine digits, weighted 9 to 2 and -1, divide by eleven."""
    total = " + ".join(
        f"{weight} * (number::BIGINT // {10 ** (8 - place)} % 10)"
        for place, weight in enumerate(_WEIGHTS)
    )
    return f"number <> '000000000' AND ({total}) % 11 = 0"


def _pseudonym() -> str:
    inner = "unhex(sha256($inner::BLOB || encode(number)))"
    return f"$key_id || left(sha256($outer::BLOB || {inner}), 32)"
