"""Lines to write on: what is agreed at the table is printed back on the next edition."""

from reports.block import Block, Omitted, Sheet, fill

LINES = 3

TEMPLATE = """
<table class="lines">
<caption class="unseen">{{ words("appointments.topic") }}</caption>
<thead><tr><th scope="col">{{ words("appointments.what") }}</th>
<th scope="col">{{ words("appointments.who") }}</th>
<th scope="col">{{ words("appointments.when") }}</th></tr></thead>
<tbody>{% for _ in range(lines) %}<tr><td></td><td></td><td></td></tr>{% endfor %}</tbody>
</table>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Give three empty lines."""
    body = fill(TEMPLATE, sheet, lines=LINES)
    topic, title = sheet.words("appointments.topic"), sheet.words("appointments.title")
    return Block(topic, title, body, "foot")
