"""The picture of the future that the work serves, and what was agreed last time."""

from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.model import Appointment, Conversation

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
<ul>
{% for talk, one in agreed %}
<li><p><strong>{{ one.agreed }}</strong>
<span class="quiet">{{ one.who }}, {{ words.month(talk.date) }}</span></p>
<p class="became">{{ m.status(one.status, words) }}
{%- if one.done %}: {{ one.done }}{% endif %}</p></li>
{% endfor %}
</ul>
{% else %}<p class="quiet">{{ words("goal.nothing_agreed") }}</p>{% endif %}
</div>
{% endif %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show the hoofddoel's picture, what is asked of it, and the newest talks over this sheet."""
    _, goal = sheet.shelf.agreement.main_goal()
    question = sheet.shelf.agreement.general.question
    body = fill(TEMPLATE, sheet, goal=goal, question=question, agreed=_agreed(sheet))
    title = sheet.words("goal.title", goal=goal.name)
    return Block(sheet.words("goal.topic"), title, body, "head")


def _agreed(sheet: Sheet) -> list[tuple[Conversation, Appointment]]:
    mine = [talk for talk in sheet.shelf.agreement.conversations.values() if _of(sheet, talk)]
    newest = sorted(mine, key=lambda talk: talk.date, reverse=True)
    return [(talk, one) for talk in newest for one in talk.appointments][:MOST]


def _of(sheet: Sheet, talk: Conversation) -> bool:
    if talk.date > sheet.shelf.edition.known_at:
        return False
    if sheet.partner:
        return talk.partner == sheet.id
    return talk.area == sheet.area.code
