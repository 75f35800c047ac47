"""At most three questions for the council to decide on, and what it starts from."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
<ol class="questions">
{% for question in council.talks %}<li>{{ question }}</li>
{% endfor %}
</ol>
{% if council.principles %}
<h3>{{ words("dilemmas.principles") }}</h3>
<ul class="principles">{% for one in council.principles %}<li>{{ one }}</li>{% endfor %}</ul>
{% endif %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Ask what people wrote down for the council; the agreement holds three at most."""
    council = sheet.shelf.agreement.council
    if not council.talks:
        return Omitted(sheet.words("dilemmas.none"))
    title = sheet.words.one_or_more("dilemmas.title", len(council.talks))
    body = fill(TEMPLATE, sheet, council=council)
    return Block(sheet.words("dilemmas.topic"), title, body, "foot")
