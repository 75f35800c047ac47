"""By which input instrument each goal is heard, and where we are blind."""

from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.heard import heard
from sources.agreement.model import InputInstrument

TEMPLATE = """
<table class="grid blind"><caption class="unseen">{{ words("blind.topic") }}</caption>
<thead><tr><th scope="col">{{ words("blind.instrument") }}</th>
{% for _, goal in goals %}<th scope="col">{{ goal.name }}</th>{% endfor %}</tr></thead>
<tbody>
{% for name, instrument in instruments.items() %}
<tr><th scope="row">{{ instrument.name }}</th>
{% for key, goal in goals %}
{% set known = (key, name) in matrix %}
<td class="{{ "something" if known else "nothing" }}"><b class="cell">{{ goal.name }}</b>
{{ words("blind.heard" if known else "blind.silent") }}</td>
{% endfor %}</tr>
{% endfor %}
</tbody></table>
"""

CLOSED = "krachtenveld"
"""What fills this instrument is for inside only: whether it was filled is told to nobody else."""


def render(sheet: Sheet) -> Block | Omitted:
    """Set goals against input instruments: whether something was heard, never how much."""
    instruments = _instruments(sheet)
    goals = sheet.shelf.agreement.goals_in_order()
    if not instruments or not goals:
        return Omitted(sheet.words("blind.none"))
    matrix = heard(sheet.shelf.agreement)
    silent = {
        goal.name: sum((key, name) not in matrix for name in instruments) for key, goal in goals
    }
    body = fill(TEMPLATE, sheet, goals=goals, instruments=instruments, matrix=matrix)
    return Block(sheet.words("blind.topic"), _title(sheet, silent), body, "back")


def _instruments(sheet: Sheet) -> dict[str, InputInstrument]:
    every = sheet.shelf.agreement.instruments.input.items()
    inside = sheet.shelf.edition.confidential
    return {name: one for name, one in every if inside or one.fills != CLOSED}


def _title(sheet: Sheet, silent: dict[str, int]) -> str:
    """Name the goals with most blind spots; none where all are alike."""
    most = max(silent.values())
    if not most:
        return sheet.words("blind.title.all")
    named = [name for name, count in silent.items() if count == most]
    if len(named) == len(silent) > 1:
        return sheet.words("blind.title.alike")
    return sheet.words("blind.title", goals=sheet.words.listed([f"‘{name}’" for name in named]))
