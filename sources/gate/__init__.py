"""The gate: contract and rows → Verdict. What it says decides what happens to a delivery.

Great Expectations counts, with the contract's own predicates, how many rows break each rule; the
same predicates then name the rows. Where the two counts differ, or where a rule cannot run, that
is our failure and raises: it is never told as bad data.
"""

from typing import TYPE_CHECKING

from sources.contracts.expectations import CONFLICT, Check, checks, suite
from sources.contracts.generic import COLUMNS
from sources.contracts.model import Contract
from sources.gate.plausibility import Previous, Profile, doubts, profile
from sources.gate.sieve import add, find, find_doubles, listed, sift, start
from sources.readers import Reading
from sources.readers.reading import quoted
from sources.verdict import Finding, Level, Outcome, Records, Verdict

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Previous", "Profile", "judge", "profile"]

KEY_REFUSED_ABOVE = 0.01  # share of rows refused for their key above which a file is refused


def judge(
    contract: Contract,
    con: "DuckDBPyConnection",
    reading: Reading,
    previous: Previous | None = None,
) -> Verdict:
    """Judge the table `typed` of a delivery by its contract.

    Leaves the view `accepted` (`_row` and the contract's columns; what may enter the store if the
    verdict is accepted), and the tables `quarantine` (`_row`, `codes`) and `findings`. `con` must
    hold `ref_<contract>` for each of the contract's references, and may hold it for those that it
    consults: of what never came the rules are left out.
    Raises `sources.gate.engine.Broken` where an expectation cannot run.
    """
    contract = _consulted(contract, con)
    stopping = [] if reading.refused else _stopping(contract, con, reading)
    start(con)
    if reading.refused or stopping:
        findings = (*reading.findings, *stopping)
        add(con, findings)
        return Verdict(Outcome.REFUSED, _nothing_accepted(reading.records), findings)
    find_doubles(contract, con)
    all_checks = checks(contract)
    counts = _count(contract, con)
    broken = [check for check in all_checks if counts[check.code]]
    find(contract, con, broken)
    _must_agree(con, broken, counts)
    refused, left_out = sift(contract, con)
    add(con, reading.findings)
    records = _account(con, reading.records, refused, left_out)
    return _verdict(contract, con, reading, records, previous)


def _count(contract: Contract, con: "DuckDBPyConnection") -> dict[str, int]:
    # Imported here: it takes seconds, and only a judged delivery needs it.
    from sources.gate import engine

    return engine.count(con, suite(contract))


def _must_agree(con: "DuckDBPyConnection", broken: list[Check], counts: dict[str, int]) -> None:
    query = "SELECT code, count(DISTINCT _row) FROM findings GROUP BY code"
    found = dict(con.execute(query).fetchall())
    expected = {check.code: counts[check.code] for check in broken}
    if found != expected:
        raise RuntimeError(f"counted by Great Expectations {expected}, found {found}")


def _stopping(contract: Contract, con: "DuckDBPyConnection", reading: Reading) -> list[Finding]:
    """Return why the rows of a file that could be read cannot be judged one by one."""
    return [*_absent_references(contract, con), *_spoiled(contract, con, reading)]


def _spoiled(contract: Contract, con: "DuckDBPyConnection", reading: Reading) -> list[Finding]:
    """Return one finding for each column of which a program spoiled most cells in one way."""
    findings = []
    for name, code, cells, filled in con.execute("FROM spoiled ORDER BY ALL").fetchall():
        header = contract.column(name).header
        message, mend = (text.format(header=header) for text in COLUMNS[code])
        told = f"{message} Dat is zo in {cells} van de {filled} gevulde cellen."
        findings.append(
            Finding(code, Level.REFUSE_FILE, told, mend, column=header, sheet=reading.sheet)
        )
    return findings


def _absent_references(contract: Contract, con: "DuckDBPyConnection") -> list[Finding]:
    return [
        Finding(
            "X501",
            Level.REFUSE_FILE,
            f"Wij hebben `{name}` nog niet. Daar moeten wij deze levering mee vergelijken.",
            f"U hoeft niets te verbeteren. Lever eerst `{name}`, of vraag de gemeente dat te doen.",
        )
        for name in contract.references
        if name != contract.id  # what it delivered before: nothing, the first time
        and _is_empty(con, name)
    ]


def _is_empty(con: "DuckDBPyConnection", reference: str) -> bool:
    query = f"SELECT count(*) FROM {quoted('ref_' + reference)}"
    return con.execute(query).fetchall() == [(0,)]


def _consulted(contract: Contract, con: "DuckDBPyConnection") -> Contract:
    """Return the contract without the rules about what it consults and never came."""
    if not contract.consults:
        return contract
    query = "SELECT table_name FROM duckdb_tables()"
    there = {name for (name,) in con.execute(query).fetchall()}
    absent = (n for n in contract.consults if f"ref_{n}" not in there or _is_empty(con, n))
    return contract.without(absent)


def _account(con: "DuckDBPyConnection", read: Records, refused: int, left_out: int) -> Records:
    altered = "(SELECT _row FROM typed WHERE _altered)"
    kept = f"{altered} ANTI JOIN quarantine USING (_row) ANTI JOIN left_out USING (_row)"
    (repaired,) = con.execute(f"SELECT count(*) FROM {kept}").fetchall()[0]
    records = Records(
        physical=read.physical,
        header=read.header,
        preamble=read.preamble,
        blank=read.blank,
        excluded=read.excluded + left_out,
        accepted=read.accepted - refused - left_out,
        quarantined=read.quarantined + refused,
        repaired=repaired,
    )
    if not records.balances():
        raise RuntimeError(f"records do not balance: {records}")
    return records


def _verdict(
    contract: Contract,
    con: "DuckDBPyConnection",
    reading: Reading,
    records: Records,
    previous: Previous | None,
) -> Verdict:
    too_many = _too_many(contract, con, records)
    if too_many:
        findings = (*too_many, *listed(contract, con, reading.sheet))
        return Verdict(Outcome.REFUSED, _nothing_accepted(records), findings)
    doubtful = doubts(contract, con, previous) if previous else []
    findings = (*doubtful, *listed(contract, con, reading.sheet))
    if doubtful:
        return Verdict(Outcome.ON_HOLD, records, findings)
    kept_all = records.quarantined == 0
    outcome = Outcome.ACCEPTED if kept_all else Outcome.ACCEPTED_WITH_REFUSALS
    return Verdict(outcome, records, findings)


def _too_many(contract: Contract, con: "DuckDBPyConnection", records: Records) -> list[Finding]:
    """Return why so many rows fell out that the file cannot be trusted; the limits are its own."""
    rows = records.accepted + records.quarantined
    by_key = _refused_for_key(contract, con) if records.quarantined else 0
    limits = (
        ("R310", records.quarantined, contract.refuse_above, "rijen vallen uit"),
        ("R311", by_key, KEY_REFUSED_ABOVE, "rijen vallen uit op hun sleutel"),
    )
    return [
        Finding(
            code,
            Level.REFUSE_FILE,
            f"{number} van de {rows} {what}. Dat is meer dan {limit:.0%}. Daarom nemen wij niets "
            "over.",
            "Verbeter de rijen hieronder en stuur het bestand opnieuw.",
        )
        for code, number, limit, what in limits
        if number > limit * rows
    ]


def _refused_for_key(contract: Contract, con: "DuckDBPyConnection") -> int:
    in_key = """left(code, 1) IN ('V', 'S') AND list_contains($key, "column")"""
    (number,) = con.execute(
        f"""SELECT count(DISTINCT _row) FROM findings
        WHERE level = '{Level.REFUSE_ROW.value}' AND (code = '{CONFLICT}' OR ({in_key}))""",
        {"key": list(contract.key)},
    ).fetchall()[0]
    return int(number)


def _nothing_accepted(records: Records) -> Records:
    """Return the account of a file of which no row is taken over."""
    return Records(
        physical=records.physical,
        header=records.header,
        preamble=records.preamble,
        blank=records.blank,
        excluded=records.excluded,
        quarantined=records.quarantined + records.accepted,
    )
