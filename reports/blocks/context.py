"""Who lives here: public figures, grey, because nobody's work is judged by them."""

from reports.block import Block, Omitted, Sheet, fill

MOST = 5

TEMPLATE = """
{% if facts %}
<dl class="facts">
{% for fact in facts %}
<div>
<dd>{{ words.number(fact.value) }}{{ "" if fact.unit in ("", "aantal") else " " ~ fact.unit }}</dd>
<dt>{{ fact.label }}</dt></div>
{% endfor %}
</dl>
{% endif %}
<p class="source">{{ source }}</p>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show at most five public figures of the area; the first one makes the title."""
    facts = sheet.shelf.facts(sheet.area.code)[: MOST + 1]
    if not facts:
        return Omitted(sheet.words("context.none"))
    source = sheet.words("context.source", year=max(fact.year for fact in facts))
    first, rest = facts[0], facts[1:] or facts
    title = sheet.words(
        "context.title",
        area=sheet.name,
        count=sheet.words.number(first.value),
        label=first.label.lower(),
    )
    if not sheet.shelf.inhabited(sheet.area.code):
        title, rest = sheet.words("context.nobody", area=sheet.name), []
    body = fill(TEMPLATE, sheet, facts=rest, source=source)
    return Block(sheet.words("context.topic"), title, body, "left")
