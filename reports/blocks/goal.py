"""The picture of the future that the work serves, and what was agreed last time."""

from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.model import Conversation

MOST = 2

TEMPLATE = """
<div class="picture">
<p class="vision">{{ goal.picture or goal.statement }}</p>
{% if goal.picture and goal.statement | trim('.') != goal.name %}
<p class="statement">{{ goal.statement }}</p>{% endif %}
</div>
{% if sheet.kind != "index" %}
<div class="agreed">
<h3>{{ words("goal.agreed") }}</h3>
{% if agreed %}
<ul>
{% for talk in agreed %}
<li><p><strong>{{ talk.agreed }}</strong>
<span class="quiet">{{ talk.who }}, {{ words.month(talk.date) }}</span></p>
<p class="became">{{ m.status(talk.status, words) }}
{%- if talk.done %}: {{ talk.done }}{% endif %}</p></li>
{% endfor %}
</ul>
{% else %}<p class="quiet">{{ words("goal.nothing_agreed") }}</p>{% endif %}
</div>
{% endif %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show the hoofddoel's picture and the newest conversations over this sheet."""
    _, goal = sheet.shelf.agreement.main_goal()
    body = fill(TEMPLATE, sheet, goal=goal, agreed=_agreed(sheet))
    title = sheet.words("goal.title", goal=goal.name)
    return Block(sheet.words("goal.topic"), title, body, "head")


def _agreed(sheet: Sheet) -> list[Conversation]:
    mine = [talk for talk in sheet.shelf.agreement.conversations.values() if _of(sheet, talk)]
    return sorted(mine, key=lambda talk: talk.date, reverse=True)[:MOST]


def _of(sheet: Sheet, talk: Conversation) -> bool:
    if talk.date > sheet.shelf.edition.known_at:
        return False
    if sheet.partner:
        return talk.partner == sheet.id
    return talk.area == sheet.area.code
