"""The self-check: the verdict that the municipality would give, without keeping anything."""

import json
import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from flows.settings import Town
from flows.steps.judge import WORKBENCH, judge, judge_alone
from sources.contracts.model import Contract
from sources.errors import UsageError
from sources.inbox import Parcel, checksum
from sources.keys import RANDOM_BYTES, Keys
from sources.store import Store, staging
from sources.verdict import Finding, Level, Verdict

# Nothing is kept, so that the pseudonyms need no secret.
_NO_SECRET = Keys(raw=bytes(64), pseudonym=bytes(RANDOM_BYTES - 64), id="k00000000")

_ORDER = tuple(Level)  # what refuses comes first
_ROWS = 5  # how many row numbers a line names

_PERIOD = re.compile(r"_(\d{4}(?:K[1-4])?)_v(\d+)\.")


def check(town: Town, file: Path, *, contract: str, at: datetime, period: str = "") -> Verdict:
    """Judge a file as `receive` would: the same reader, rules and thresholds.

    Without a store in the home, nothing is known of other deliveries: then the rules that look
    into those are left out.

    Raises:
        UsageError: the file is not there, or there is no such contract.
    """
    known = contract_named(town, contract)
    parcel = _parcel(file, known, period=period)
    path = town.settings.store
    with staging(file, WORKBENCH) as place:
        if not path.exists():
            return judge_alone(town, parcel, keys=_NO_SECRET, staged=place)
        with Store.open(path, holder="praatplaat check", read_only=True) as store:
            return judge(town, parcel, keys=_NO_SECRET, staged=place, store=store, at=at)


def as_json(verdict: Verdict) -> str:
    """Return the verdict for a program: outcome, records, findings."""
    findings = [{**asdict(finding), "level": finding.level.value} for finding in verdict.findings]
    told = {
        "outcome": verdict.outcome.value,
        "records": asdict(verdict.records),
        "findings": findings,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def as_text(verdict: Verdict) -> str:
    """Return the verdict for a person, one line per finding."""
    records = verdict.records
    lines = [
        f"{verdict.outcome}: {records.accepted} rijen goed, {records.quarantined} niet goed, "
        f"van {records.physical} regels in het bestand."
    ]
    grouped: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in sorted(verdict.findings, key=lambda found: _ORDER.index(found.level)):
        grouped.setdefault((finding.code, finding.column), []).append(finding)
    return "\n".join([*lines, *map(_line, grouped.values())])


def _line(found: list[Finding]) -> str:
    """Say once what was found in many rows."""
    first = found[0]
    rows = [str(finding.row) for finding in found if finding.row]
    where = f"{len(found)} keer, rij {', '.join(rows[:_ROWS])}" if rows else "bestand"
    where += ", …" if len(rows) > _ROWS else ""
    column = f", kolom {first.column}" if first.column else ""
    return f"{first.level} {first.code} ({where}{column}): {first.message} {first.how_to_mend}"


def contract_named(town: Town, name: str) -> Contract:
    """Return the contract with that id or code; UsageError where there is none."""
    for known in town.contracts.values():
        if name in (known.id, known.code):
            return known
    raise UsageError(
        f"Een levering `{name}` kennen wij niet. Kies uit: {', '.join(town.contracts)}."
    )


def _parcel(file: Path, contract: Contract, *, period: str) -> Parcel:
    """Return the parcel; without a period, what the file name says of it, if it says so."""
    named = _PERIOD.search(file.name)
    said, number = named.groups() if named else ("", "1")
    return Parcel(file, "", contract.id, period or said, int(number), checksum(file))
