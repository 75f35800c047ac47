"""What everybody delivered for the edition, and what not."""

from itertools import groupby
from typing import Any

from reports.block import Block, Omitted, Sheet, fill
from reports.deliveries import told

TEMPLATE = """
<table class="deliveries"><caption class="unseen">{{ words("deliveries.topic") }}</caption>
<thead><tr><th scope="col">{{ words("deliveries.who") }}</th>
<th scope="col">{{ words("deliveries.what") }}</th></tr></thead>
<tbody>
{% for partner, rows in partners %}
<tr><th scope="row">{{ sheet.shelf.partner_name(partner) }}</th><td>
{% for row in rows %}
<p><b>{{ row.title }}</b>: {{ m.outcome(row, sheet) }}</p>
{% endfor %}
</td></tr>
{% endfor %}
</tbody></table>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """List all deliveries of this period, by partner."""
    rows = sheet.shelf.owed()
    if not rows:
        return Omitted(sheet.words("deliveries.none"))
    body = fill(TEMPLATE, sheet, partners=_by_partner(rows))
    return Block(sheet.words("deliveries.topic"), told(sheet, rows), body, "main")


def _by_partner(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    ordered = sorted(rows, key=lambda row: (row["partner"], row["contract"]))
    return [(name, list(mine)) for name, mine in groupby(ordered, lambda row: row["partner"])]
