"""Does a delivery resemble the one before? Where it does not, it waits for a yes (IN WACHT).

Limits: rule 59 of the protocol. Rows 30 % down or 50 % up; a column of which 20 points more is
missing, or of which everything vanished; most values other than in an accepted delivery of the
same period, without a correction being announced.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.contracts.model import Contract, FieldType
from sources.readers.reading import quoted
from sources.verdict import Finding, Level

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FEWER, MORE, MISSING_RISE, MOST = -0.30, 0.50, 0.20, 0.50
ENOUGH = 10  # a difference of fewer rows than this is chance in a small delivery

_AMOUNTS = (FieldType.INTEGER, FieldType.NUMBER)

_ASK = (
    "Klopt het bestand? Zeg dat tegen de gemeente, dan nemen wij het over. "
    "Klopt het niet? Stuur het goede bestand."
)


@dataclass(frozen=True, slots=True)
class Profile:
    """How many rows a delivery has, and of each column which share (0-1) is missing."""

    rows: int
    missing: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Previous:
    """The accepted delivery of this partner and contract to compare with, and its profile.

    `period` is its period. With `same_period` the new delivery would replace it, and the staging
    connection holds its accepted rows as `previous_rows`. `announced` says that the sender
    announced a correction (a higher number).
    """

    period: str
    profile: Profile
    same_period: bool = False
    announced: bool = False


def profile(contract: Contract, con: "DuckDBPyConnection", table: str = "accepted") -> Profile:
    """Return the profile of a table or view with the contract's columns."""
    counts = ", ".join(f"count({quoted(column.name)})" for column in contract.columns)
    rows, *filled = con.execute(f"SELECT count(*), {counts} FROM {table}").fetchall()[0]
    missing = {
        column.name: 1 - number / rows if rows else 1.0
        for column, number in zip(contract.columns, filled, strict=True)
    }
    return Profile(rows, missing)


def doubts(contract: Contract, con: "DuckDBPyConnection", previous: Previous) -> list[Finding]:
    """Return what in the view `accepted` does not resemble the previous delivery."""
    now = profile(contract, con)
    findings = [*_volume(now, previous), *_missing(contract, now, previous)]
    if previous.same_period and not previous.announced:
        findings.extend(_values(contract, con, previous))
    return findings


def _doubt(code: str, message: str, column: str | None = None) -> Finding:
    return Finding(code, Level.WARNING, message, _ASK, column=column)


def _volume(now: Profile, previous: Previous) -> list[Finding]:
    before = previous.profile.rows
    difference = now.rows - before
    share = round(difference / max(before, 1), 9)
    if abs(difference) < ENOUGH or FEWER < share < MORE:
        return []
    way = "meer" if difference > 0 else "minder"
    message = (
        f"Deze levering heeft {now.rows} rijen. Dat is {abs(share):.0%} {way} dan de levering "
        f"over {previous.period}: die had er {before}."
    )
    return [_doubt("P601", message)]


def _missing(contract: Contract, now: Profile, previous: Previous) -> list[Finding]:
    findings = []
    for column in contract.columns:
        before, after = previous.profile.missing.get(column.name, 1.0), now.missing[column.name]
        rise = round(after - before, 9)  # 0.8 - 0.6 is just below 0.2
        if rise * now.rows < ENOUGH:
            continue
        was = f"In de levering over {previous.period} was {1 - before:.0%} gevuld."
        if after == 1:
            message = f"`{column.header}` is nu overal leeg. {was}"
            findings.append(_doubt("P603", message, column.header))
        elif rise >= MISSING_RISE:
            message = f"`{column.header}` is nu voor {after:.0%} leeg. {was}"
            findings.append(_doubt("P602", message, column.header))
    return findings


def _values(contract: Contract, con: "DuckDBPyConnection", previous: Previous) -> list[Finding]:
    compared, differing = _compare(contract, con)
    if compared < ENOUGH or differing <= MOST * compared:
        return []
    message = (
        f"Deze levering lijkt over een andere periode te gaan: van de {compared} waarden die wij "
        f"al hadden over {previous.period} is {differing / compared:.0%} nu anders."
        f"{_example(contract, con)}"
    )
    return [_doubt("P604", message)]


def _compare(contract: Contract, con: "DuckDBPyConnection") -> tuple[int, int]:
    """Return how many filled values of `previous_rows` can be compared, and how many differ."""
    others = [quoted(c.name) for c in contract.columns if c.name not in contract.key]
    if not others:
        return 0, 0
    keys = ", ".join(map(quoted, contract.key))
    filled = " + ".join(
        f"(old.{name} IS NOT NULL OR new.{name} IS NOT NULL)::BIGINT" for name in others
    )
    differ = " + ".join(f"(old.{name} IS DISTINCT FROM new.{name})::BIGINT" for name in others)
    compared, differing = con.execute(
        f"""SELECT coalesce(sum({filled}), 0)::BIGINT, coalesce(sum({differ}), 0)::BIGINT
        FROM previous_rows AS old LEFT JOIN accepted AS new USING ({keys})"""
    ).fetchall()[0]
    return compared, differing


def _example(contract: Contract, con: "DuckDBPyConnection") -> str:
    """Return the largest number that changed, then and now; nothing of a file about people."""
    amounts = [c for c in contract.columns if c.type in _AMOUNTS and c.name not in contract.key]
    people = contract.law is not None or any(column.personal for column in contract.columns)
    if people or not amounts:
        return ""
    amount, keys = quoted(amounts[0].name), ", ".join(map(quoted, contract.key))
    found = con.execute(
        f"""SELECT old.{amount}, new.{amount}
        FROM previous_rows AS old JOIN accepted AS new USING ({keys})
        WHERE old.{amount} <> new.{amount} ORDER BY old.{amount} DESC, {keys} LIMIT 1"""
    ).fetchall()
    if not found:
        return ""
    then, now = (f"{number:,.0f}".replace(",", ".") for number in found[0])
    return f" Bijvoorbeeld `{amounts[0].header}`: eerst {then}, nu {now}."
