"""The financial part: granted and spent per purpose; no price per result."""

from collections.abc import Sequence

from markupsafe import Markup

from reports.block import Block, Omitted, Sheet, fill
from reports.charts import bars
from sources.agreement.model import Finance

TEMPLATE = """
<p class="legend"><span><i class="key granted"></i>{{ words("finance.granted") }}</span>
<span><i class="key spent"></i>{{ words("finance.spent") }}</span></p>
{% for purpose, lines, chart in purposes %}
<figure class="money">
<figcaption>{{ purpose }}</figcaption>
{{ chart }}
<table><caption class="unseen">{{ purpose }}, {{ sheet.name }}</caption>
<thead class="unseen"><tr><th scope="col">{{ words("finance.year") }}</th>
<th scope="col">{{ words("finance.granted") }}</th>
<th scope="col">{{ words("finance.spent") }}</th></tr></thead>
<tbody>{% for line in lines %}<tr><th scope="row">{{ line.year }}</th>
<td>{{ words("finance.granted") }} € {{ words.number(line.granted) }}</td>
<td>{{ words("finance.spent") }} {% if line.spent is none %}{{ words("finance.unknown") }}
{%- else %}€ {{ words.number(line.spent) }}{% endif %}</td></tr>
{% endfor %}</tbody></table>
</figure>
{% endfor %}
<p class="source">{{ words("finance.no_price") }}</p>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Draw per purpose what was granted and spent each year."""
    lines = sheet.agreed.finance if sheet.agreed else ()
    if not lines:
        return Omitted(sheet.words("finance.none"))
    body = fill(TEMPLATE, sheet, purposes=_purposes(sheet, lines))
    return Block(sheet.words("finance.topic"), _title(sheet, lines), body, "right")


def _purposes(sheet: Sheet, lines: Sequence[Finance]) -> list[tuple[str, list[Finance], Markup]]:
    named = dict.fromkeys(line.purpose for line in lines)
    grouped = {purpose: [line for line in lines if line.purpose == purpose] for purpose in named}
    high, language = max(max(one.granted, one.spent or 0) for one in lines), sheet.words.language
    return [
        (purpose, mine, bars.svg(mine, f"geld-{index}", high=high, language=language))
        for index, (purpose, mine) in enumerate(grouped.items())
    ]


def _title(sheet: Sheet, lines: Sequence[Finance]) -> str:
    closed = {line.year for line in lines} - {line.year for line in lines if line.spent is None}
    if not closed:
        return sheet.words("finance.title.open")
    year = max(closed)
    granted = sum(line.granted for line in lines if line.year == year)
    spent = sum(line.spent or 0 for line in lines if line.year == year)
    if not granted:
        return sheet.words("finance.title.open")
    return sheet.words("finance.title", year=year, share=sheet.words.share(spent / granted))
