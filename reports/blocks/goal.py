"""The picture of the future that the work serves, and what was agreed last time."""

from reports.block import Block, Omitted, Sheet, fill
from reports.harvest import APPOINTMENT

MOST = 2

TEMPLATE = """
<div class="picture">
<p class="vision">{{ goal.picture or goal.statement }}</p>
{% if goal.picture and goal.statement | trim('.') != goal.name %}
<p class="statement">{{ goal.statement }}</p>{% endif %}
{% if question %}<p class="statement">{{ question }}</p>{% endif %}
</div>
{% if sheet.kind != "index" %}
<div class="agreed">
<h3>{{ words("goal.agreed") }}</h3>
{% if agreed %}
{{ m.appointments(agreed, words) }}
{% else %}<p class="quiet">{{ words("goal.nothing_agreed") }}</p>{% endif %}
</div>
{% endif %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show the hoofddoel's picture, what is asked of it, and the newest talks over this sheet."""
    _, goal = sheet.shelf.agreement.main_goal()
    question = sheet.shelf.agreement.general.question
    agreed = [one for one in sheet.heard if one.kind == APPOINTMENT]
    body = fill(TEMPLATE, sheet, goal=goal, question=question, agreed=agreed[:MOST])
    title = sheet.words("goal.title", goal=goal.name)
    return Block(sheet.words("goal.topic"), title, body, "head")
