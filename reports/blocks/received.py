"""Which deliveries counted: of whom, which version, received when, and whether all was usable.

Not how many rows: a row is often a person or an event that is counted, and the exact number of them
would give away what rounding hides. How many came in all is told in round numbers.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reports.block import Block, Omitted, Sheet, fill
from reports.deliveries import told
from reports.shelf import NOT_DELIVERED
from reports.words.catalogue import Words
from sources.verdict import Outcome

ENOUGH_ROWS, STEP = 5_000, 1_000
"""Rows below which nothing is told of how many came, and the step in which it is told."""

USABLE = {Outcome.ACCEPTED: "all", Outcome.ACCEPTED_WITH_REFUSALS: "some"}

TEMPLATE = """
{% macro label(key) %}<b class="cell">{{ words("received." ~ key) }}</b>{% endmacro %}
{% if all %}<p class="lead">{{ all }}</p>{% endif %}
<div class="all"><div class="scroll" role="group" aria-labelledby="titel-received" tabindex="0">
<table><caption>{{ words("received.caption") }}</caption>
<thead><tr>{% for key in ("what", "who", "newest", "used", "earlier") %}
<th scope="col">{{ words("received." ~ key) }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}
<tr><th scope="row">{{ row.title }}</th>
<td>{{ label("who") }}{{ row.partner }}</td>
<td>{{ label("newest") }}{{ row.newest.period }}<span>{{ row.newest.told }}</span></td>
<td>{{ label("used") }}{{ row.newest.outcome }}</td>
<td>{% if row.earlier %}{{ label("earlier") }}{% for one in row.apart %}
{{ one.period }}<span>{{ one.told }}, {{ one.outcome }}</span>{% endfor %}
<details><summary>{{ words.one_or_more("received.all", row.earlier | length) }}</summary>
<ul>{% for one in row.earlier %}<li>{{ one.period }}: {{ one.told }}</li>{% endfor %}</ul></details>
{% endif %}</td></tr>
{% endfor %}
</tbody></table></div></div>
"""


@dataclass(frozen=True, slots=True)
class Came:
    """One delivery in words; `plain` is the first version, in time, and usable as a whole."""

    period: str
    told: str
    outcome: str
    used: bool
    plain: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One contract of one partner: its newest delivery, and those before, newest first."""

    title: str
    partner: str
    newest: Came
    earlier: list[Came]

    @property
    def apart(self) -> list[Came]:
        """The earlier ones that need a word: late, a later version, missing, or not all usable."""
        return [one for one in self.earlier if not one.plain]


def render(sheet: Sheet) -> Block | Omitted:
    """List what was owed or came, by contract and partner."""
    rows = sheet.shelf.deliveries
    if not rows:
        return Omitted(sheet.words("deliveries.none"))
    body = fill(TEMPLATE, sheet, rows=_rows(sheet), all=_altogether(sheet.words, rows))
    title = told(sheet, rows)
    return Block(sheet.words("received.topic"), title, body, "back")


def _rows(sheet: Sheet) -> list[Row]:
    named = [
        (r["title"], sheet.shelf.partner_name(r["partner"]), r) for r in sheet.shelf.deliveries
    ]
    named.sort(key=lambda one: (one[0], one[1], one[2]["period"]))
    rows = []
    for (title, partner), group in groupby(named, key=lambda one: one[:2]):
        newest, *earlier = [_came(sheet.words, row) for *_, row in group][::-1]
        rows.append(Row(title, partner, newest, earlier))
    return rows


def _came(words: Words, row: dict[str, Any]) -> Came:
    """Tell of one delivery by its outcome: one without any row is told as every other."""
    period, outcome = words.period(row["period"]), row["outcome"]
    if outcome == NOT_DELIVERED:
        missing = words("outcome.niet geleverd")
        return Came(period, missing, missing, used=False, plain=False)
    version = words("received.version", number=row["number"], day=words.day(row["received_on"]))
    late = f", {words('deliveries.late')}" if row["late"] else ""
    usable = words(f"received.used.{USABLE[outcome]}") if outcome in USABLE else ""
    return Came(
        period=period,
        told=version + late,
        outcome=usable or words(f"outcome.{outcome}"),
        used=outcome in USABLE,
        plain=outcome == Outcome.ACCEPTED and row["number"] == 1 and not late,
    )


def _altogether(words: Words, rows: list[dict[str, Any]]) -> str:
    """Return in round numbers how much came, and how much was usable; '' where it is little."""
    refused = sum(row["refused_rows"] or 0 for row in rows)
    came = refused + sum(row["accepted_rows"] or 0 for row in rows)
    if came < ENOUGH_ROWS:
        return ""
    round_number = words.number(round(came / STEP) * STEP)
    if not refused:
        return words("received.altogether.all", count=round_number)
    hundredths = refused * 100 // came
    key = "received.altogether.some" if hundredths else "received.altogether.few"
    return words(key, count=round_number, refused=hundredths)
