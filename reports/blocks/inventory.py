"""What this partner delivered for the edition, and what not."""

from reports.block import Block, Omitted, Sheet, Zone, fill
from reports.deliveries import told

TEMPLATE = """
<ul class="deliveries">
{% for row in rows %}
<li><b>{{ row.title }}</b>: {{ m.outcome(row, sheet) }}</li>
{% endfor %}
</ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """List the partner's deliveries of this period; in public they are not what it is about."""
    rows = sheet.shelf.owed(sheet.id)
    if not rows:
        return Omitted(sheet.words("deliveries.none"))
    body = fill(TEMPLATE, sheet, rows=rows)
    zone: Zone = "left" if sheet.shelf.edition.confidential else "back"
    return Block(sheet.words("deliveries.topic"), told(sheet, rows), body, zone)
