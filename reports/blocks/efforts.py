"""Which efforts of whom serve which goal: an order that people gave, and no sum."""

from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.model import Effort

TEMPLATE = """
<div class="scroll" role="group" aria-labelledby="titel-efforts" tabindex="0">
<table class="efforts">
<caption>{{ words("efforts.legend") }}</caption>
<thead><tr><th scope="col">{{ words("efforts.what") }}</th>
{% for _, goal in goals %}<th scope="col">{{ goal.name }}</th>{% endfor %}</tr></thead>
<tbody>
{% for effort in efforts %}
<tr><th scope="row">{{ effort.name }}
<span>{{ words.listed(partners(effort)) }}</span>
<span>{{ words("efforts.judged", who=effort.judged_by, month=words.month(effort.date)) }}</span>
</th>
{% for id, goal in goals %}
<td>{% if id in effort.goals %}{% set one = effort.goals[id] %}
<b class="cell">{{ goal.name }}</b>
<span class="strength"><b aria-hidden="true">{{ signs[one.strength] }}</b>
<span>{{ words("efforts." ~ names[one.strength]) }}</span></span> {{ one.reason }}{% endif %}</td>
{% endfor %}</tr>
{% endfor %}
</tbody>
</table>
</div>
"""

SIGNS = {"-": "\N{EN DASH}", "+": "+", "++": "++"}
NAMES = {"-": "against", "+": "helps", "++": "helps_much"}


def render(sheet: Sheet) -> Block | Omitted:
    """Set every effort beside the goals, in the agreement's order; partners are not compared."""
    efforts = list(sheet.shelf.agreement.efforts.efforts.values())
    served = {name for one in efforts for name in one.goals}
    goals = [(name, goal) for name, goal in sheet.shelf.agreement.goals.items() if name in served]
    if not goals:
        return Omitted(sheet.words("efforts.none"))
    order = [name for name, _ in sheet.shelf.agreement.goals_in_order()]
    goals.sort(key=lambda pair: (pair[0] not in order, pair[1].order, pair[0]))
    body = fill(
        TEMPLATE,
        sheet,
        efforts=efforts,
        goals=goals,
        partners=lambda one: _partners(sheet, one),
        signs=SIGNS,
        names=NAMES,
    )
    title = sheet.words.one_or_more("efforts.title", len(goals))
    return Block(sheet.words("efforts.topic"), title, body, "foot")


def _partners(sheet: Sheet, effort: Effort) -> list[str]:
    return [sheet.shelf.partner_name(name) for name in effort.partners]
