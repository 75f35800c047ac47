"""The self-check: the verdict that the municipality would give, without keeping anything."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from flows.settings import ZONE, Town
from flows.steps.bench import workbench
from flows.steps.judge import judge
from reports.feedback import occurrences
from sources.contracts.model import Contract
from sources.errors import UsageError
from sources.inbox import Parcel, parcel
from sources.keys import RANDOM_BYTES, Keys
from sources.store import Store, staging
from sources.verdict import Finding, Level, Verdict

# Nothing is kept, so that the pseudonyms need no secret.
_NO_SECRET = Keys(raw=bytes(64), pseudonym=bytes(RANDOM_BYTES - 64), id="k00000000")

_ORDER = tuple(Level)  # what refuses comes first
_ROWS = 5  # how many row numbers a line names


def check(
    town: Town,
    file: Path,
    *,
    contract: str,
    at: datetime,
    partner: str = "",
    period: str = "",
    number: int = 0,
) -> Verdict:
    """Judge a file as `receive` would: the same reader, manifests, rules and thresholds.

    What is not given, the name of the file or the manifest beside it says. Without a store in the
    home, nothing is known of other deliveries: then the rules that look into those are left out.

    Raises:
        UsageError: the file is not there, or there is no such contract.
    """
    known = contract_named(town, contract)
    sent = parcel(file, partner=partner, contract=known.id, period=period, number=number)
    if not town.settings.store.exists():
        return _judged(town, sent, None, at=at)
    with Store.open(town.settings.store, holder="praatplaat check", read_only=True) as store:
        return _known(store, sent) or _judged(town, sent, store, at=at)


def _judged(town: Town, sent: Parcel, store: Store | None, *, at: datetime) -> Verdict:
    with workbench() as bench, staging(sent.path, bench) as place:
        return judge(town, sent, keys=_NO_SECRET, staged=place, store=store, at=at).verdict


def _known(store: Store, sent: Parcel) -> Verdict | None:
    """Return what became of this very file, if it came before: sending it again changes nothing."""
    delivery = store.received(sent)
    if delivery is None:
        return None
    day = f"{delivery.received_at.astimezone(ZONE):%d-%m-%Y}"
    message = f"Dit bestand kregen wij al op {day}. Opnieuw sturen verandert niets."
    again = Finding("B173", Level.NOTE, message, "U hoeft niets te doen.")
    return Verdict(delivery.outcome, delivery.records, (*store.findings(delivery.id), again))


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
    times = sum(map(occurrences, found))
    where = f"{times} keer, rij {', '.join(rows[:_ROWS])}" if rows else "bestand"
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
