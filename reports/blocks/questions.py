"""At most three questions to talk about."""

from reports.block import Block, Sheet, fill
from reports.talk import talk

TEMPLATE = """
<ol class="questions">
{% for question in talk.questions %}<li>{{ question }}</li>
{% endfor %}
</ol>
{{ m.points(talk, words) }}
"""


def render(sheet: Sheet) -> Block:
    """Ask what people wrote down to ask, then what the figures make one ask."""
    found = talk(sheet)
    title = sheet.words.one_or_more("questions.title", len(found.questions))
    return Block(sheet.words("questions.topic"), title, fill(TEMPLATE, sheet, talk=found), "right")
