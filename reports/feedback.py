"""The answer to a partner: what became of a delivery, what was wrong, and how to mend it.

It can be passed on: it names rows, columns and rules, never a value from the file.
"""

import base64
import csv
import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from reports.block import environment
from reports.words.catalogue import words
from sources.contracts.model import Contract
from sources.verdict import Finding, Level, Outcome, Records, Verdict

COLUMNS = ("delivery", "row", "sheet", "column", "code", "level", "message", "how_to_mend")

_HERE = Path(__file__).parent
_ROWS = 12  # how many row numbers a group names
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")  # OWASP ASVS 5, 1.2.10

_SAID = {
    Outcome.ACCEPTED: (
        "Uw levering is goed",
        "Alle {accepted} rijen zijn overgenomen. U hoeft niets te doen.",
    ),
    Outcome.ACCEPTED_WITH_REFUSALS: (
        "Uw levering is overgenomen, op {quarantined} van de {rows} rijen na",
        "Verbeter de rijen hieronder en stuur het hele bestand opnieuw. "
        "Eindig de naam dan op _v{next}. Kan dat niet? Dan rekenen wij zonder deze rijen.",
    ),
    Outcome.ON_HOLD: (
        "Uw levering wacht op een antwoord",
        "Er valt iets op. Wij gebruiken de cijfers pas als u zegt dat het klopt, "
        "of als u een beter bestand stuurt.",
    ),
    Outcome.REFUSED: (
        "Uw levering is niet overgenomen",
        "Er is niets veranderd: wat wij al van u hadden, geldt nog. "
        "Verbeter het bestand en stuur het opnieuw.",
    ),
    Outcome.ALREADY_RECEIVED: ("Dit bestand kregen wij al", "Er is niets veranderd."),
}
_LEVELS = {
    Level.REFUSE_FILE: "Hierdoor kunnen wij het bestand niet gebruiken",
    Level.REFUSE_ROW: "Deze rijen zijn niet overgenomen",
    Level.WARNING: "Kijk hier nog eens naar",
    Level.NOTE: "Ter informatie",
}
_PARTS = {
    "header": "Regel met kolomnamen",
    "preamble": "Regels boven de kolomnamen",
    "blank": "Lege regels",
    "excluded": "Niet geteld: dubbel of van een ander",
    "accepted": "Overgenomen rijen",
    "quarantined": "Niet overgenomen rijen",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a partner gets to read: which delivery it is about, and what became of it.

    `partner` is its name; `number` counts the deliveries of the period; `file_name` is what the
    partner called its file.
    """

    partner: str
    contract: Contract
    period: str
    number: int
    file_name: str
    received_on: date
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Group:
    """One thing that was found, with every row in which it was."""

    finding: Finding
    times: str
    where: str


def render(answer: Answer) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of `terugkoppeling.html`, `bevindingen.csv` and `.json`."""
    yield "terugkoppeling.html", page(answer)
    yield "bevindingen.csv", table(answer)
    yield "bevindingen.json", data(answer)


def page(answer: Answer) -> bytes:
    """Return the answer as one page that opens from disk and prints on A4."""
    style, verdict = _style(), answer.verdict
    title, advice = (text.format(**_numbers(answer)) for text in _said(verdict))
    html = (
        environment()
        .get_template("feedback.html.j2")
        .render(
            style=style,
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            answer=answer,
            period=words("nl").period(answer.period),
            received=words("nl").day(answer.received_on),
            outcome=verdict.outcome,
            title=title,
            advice=advice,
            records=_account(verdict.records),
            repaired=words("nl").number(verdict.records.repaired),
            physical=words("nl").number(verdict.records.physical),
            levels=_levels(verdict),
            marked=_marked,
        )
    )
    return html.encode()


def table(answer: Answer) -> bytes:
    """Return every finding as CSV: UTF-8 with BOM and semicolons, so that Excel opens it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(answer):
        writer.writerow([_safe(value) for value in row.values()])
    return out.getvalue().encode("utf-8-sig")


def data(answer: Answer) -> bytes:
    """Return outcome, record account and findings as JSON."""
    told = {
        "delivery": _name(answer),
        "outcome": answer.verdict.outcome.value,
        "records": asdict(answer.verdict.records),
        "findings": list(_rows(answer)),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _rows(answer: Answer) -> Iterator[dict[str, str | int | None]]:
    for found in answer.verdict.findings:
        values = (
            *(_name(answer), found.row, found.sheet, found.column, found.code),
            *(found.level.value, found.message, found.how_to_mend),
        )
        yield dict(zip(COLUMNS, values, strict=True))


def _name(answer: Answer) -> str:
    return f"{answer.contract.id} {answer.period} v{answer.number}"


def _safe(value: str | int | None) -> str | int:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _said(verdict: Verdict) -> tuple[str, str]:
    if verdict.outcome is Outcome.REFUSED and any(f.code == "S901" for f in verdict.findings):
        title, advice = _SAID[Outcome.REFUSED]
        return title, f"In het bestand staan gegevens die wij niet mogen hebben. {advice}"
    return _SAID[verdict.outcome]


def _numbers(answer: Answer) -> dict[str, str]:
    records = answer.verdict.records
    counts = {
        "accepted": records.accepted,
        "quarantined": records.quarantined,
        "rows": records.accepted + records.quarantined,
        "next": answer.number + 1,
    }
    return {name: words("nl").number(count) for name, count in counts.items()}


def _account(records: Records) -> list[tuple[str, str]]:
    """Return each part of the record account that is not nothing; they add up to the whole."""
    return [
        (label, words("nl").number(getattr(records, part)))
        for part, label in _PARTS.items()
        if getattr(records, part)
    ]


def _levels(verdict: Verdict) -> list[tuple[Level, str, list[Group]]]:
    """Return what was found, from heavy to light; equal findings as one, the most often first."""
    kinds: dict[Finding, list[Finding]] = {}
    for found in verdict.findings:
        kind = Finding(
            found.code, found.level, found.message, found.how_to_mend, None, found.column
        )
        kinds.setdefault(kind, []).append(found)
    order = sorted(kinds, key=lambda kind: (-len(kinds[kind]), kind.code, kind.column or ""))
    shown = []
    for level, heading in _LEVELS.items():
        groups = [_group(kind, kinds[kind]) for kind in order if kind.level is level]
        if groups:
            shown.append((level, heading, groups))
    return shown


def _marked(text: str) -> Markup:
    """Return a text in which what stands between backticks is a name from the partner's file."""
    parts = enumerate(text.split("`"))
    return Markup().join(
        Markup("<code>{}</code>").format(part) if place % 2 else part for place, part in parts
    )


def _group(kind: Finding, found: list[Finding]) -> Group:
    rows = sorted(each.row for each in found if each.row is not None)
    if not rows:
        return Group(kind, "", "hele bestand")
    named = ", ".join(str(row) for row in rows[:_ROWS]) + (" …" if len(rows) > _ROWS else "")
    where = f"{'rij' if len(rows) == 1 else 'rijen'} {named}"
    if found[0].sheet:
        where += f" op blad {found[0].sheet}"
    return Group(kind, f"{words('nl').number(len(found))} keer", where)


@lru_cache
def _style() -> Markup:
    """Return the style of the answer: the theme's tokens and its own few rules."""
    files = (_HERE / "theme" / "tokens.css", _HERE / "templates" / "feedback.css")
    return Markup("".join(file.read_text() for file in files))  # noqa: S704
