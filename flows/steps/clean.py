"""Messy files as clean CSV, by nothing but their column names; what was altered goes in a report.

No agreement, no contract, no store: the reader's own work, for one file or a list of them.
"""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.settings import Tell
from sources.errors import UsageError
from sources.readers import cleaned
from sources.readers.cleaned import Cleaned
from sources.store import Connection, staging
from sources.verdict import Level, Outcome

_NOT_THERE = "{} is er niet. Kijk of de naam klopt."


@dataclass(frozen=True, slots=True)
class Job:
    """A file to clean, where the clean one goes, and where the report goes (None: nowhere)."""

    file: Path
    out: Path
    report: Path | None


def columns(text: str) -> list[str]:
    """Return the names in a list with commas; a name with a comma stands between quotes."""
    names = [name.strip() for name in next(csv.reader([text], skipinitialspace=True), [])]
    if not any(names):
        raise UsageError("Zeg met --columns welke kolommen het bestand heeft: --columns a,b,c.")
    return names


def jobs(listed: Path, *, out: Path, report: Path | None) -> list[Job]:
    """Return the jobs of a list: per line a file, and perhaps after a tab where it goes.

    Without that, `out` and `report` are the folders. Raises UsageError where two would write the
    same file.
    """
    lines = listed.read_text(encoding="utf-8").splitlines()
    found = [_job(line.split("\t"), out, report) for line in lines if line.strip()]
    for place in ("out", "report"):
        written = [getattr(job, place) for job in found if getattr(job, place) is not None]
        if len(set(written)) < len(written):
            raise UsageError(
                f"{listed}: twee bestanden krijgen dezelfde naam. Zet er namen achter."
            )
    return found


def _job(parts: Sequence[str], out: Path, report: Path | None) -> Job:
    file = Path(parts[0])
    target = Path(parts[1]) if len(parts) > 1 and parts[1] else out / f"{file.stem}.csv"
    return Job(file, target, report / f"{target.stem}.json" if report else None)


def clean(
    every: Sequence[Job], names: Sequence[str], *, tell: Tell
) -> Iterator[tuple[Job, Cleaned]]:
    """Clean one file after another; one that is refused does not stop the next.

    Raises UsageError before anything is written, where a file is not there.
    """
    for job in every:
        if not job.file.is_file():
            raise UsageError(_NOT_THERE.format(job.file))
    with staging(*_reachable(every)) as con:
        for job in every:
            done = _one(job, names, con)
            tell(told(job, done))
            yield job, done


def _reachable(every: Iterable[Job]) -> list[Path]:
    folders = {Path(tempfile.gettempdir())}
    for job in every:
        job.out.parent.mkdir(parents=True, exist_ok=True)
        if job.report:
            job.report.parent.mkdir(parents=True, exist_ok=True)
        folders |= {job.out.parent.resolve(), job.file.parent.resolve()}
    return sorted(folders)


def _one(job: Job, names: Sequence[str], con: Connection) -> Cleaned:
    """Clean a file; the outcome takes its place at once, so that half a file never stands there."""
    with tempfile.TemporaryDirectory(prefix=".praatplaat-", dir=job.out.parent) as folder:
        draft = Path(folder).resolve() / "schoon.csv"
        done = cleaned.clean(names, job.file.resolve(), draft, con)
        if not done.refused:
            os.replace(draft, job.out)  # noqa: PTH105
    if job.report:
        job.report.write_text(as_json(job, done), encoding="utf-8")
    return done


def outcome(done: Cleaned) -> Outcome:
    """Return what became of a file."""
    if done.refused:
        return Outcome.REFUSED
    left_out = bool(done.records.quarantined)
    return Outcome.ACCEPTED_WITH_REFUSALS if left_out else Outcome.ACCEPTED


def as_json(job: Job, done: Cleaned) -> str:
    """Return the report: how the file was written, its record account, and every finding."""
    findings = [{**asdict(finding), "level": finding.level.value} for finding in done.findings]
    report = {
        "file": job.file.name,
        "outcome": outcome(done).value,
        "dialect": done.dialect,
        "records": asdict(done.records),
        "findings": findings,
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def told(job: Job, done: Cleaned) -> str:
    """Return what became of a file, in one line for a person."""
    records = done.records
    if done.refused:
        why = next(each for each in done.findings if each.level is Level.REFUSE_FILE)
        return f"{job.file.name}: {outcome(done)}. {why.code} {why.message} {why.how_to_mend}"
    rows = f"{records.accepted} rijen, {records.quarantined} weggelaten"
    return f"{job.file.name}: {outcome(done)}. {rows}. Staat in {job.out}."
