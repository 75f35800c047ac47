"""The ontwikkelagenda: what cannot be measured yet, who works on it, and by when."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
<ul class="development">
{% for point in points %}<li><p><strong>{{ point.question }}</strong></p>
<p class="ground"><span>{{ point.who }}</span>
<span>{{ words("development.by", when=words.month(point.by)) }}</span></p></li>
{% endfor %}
</ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """List the points of this partner's development agenda, as questions."""
    points = sheet.agreed.development if sheet.agreed else ()
    if not points:
        return Omitted(sheet.words("development.none"))
    title = sheet.words.one_or_more("development.title", len(points))
    body = fill(TEMPLATE, sheet, points=points)
    return Block(sheet.words("development.topic"), title, body, "right")
