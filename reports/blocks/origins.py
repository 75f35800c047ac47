"""Where every figure comes from: its definition, version, sources, deliveries and standing."""

from dataclasses import dataclass

import polars as pl

from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.model import Indicator
from sources.contracts.derived import contracts_of

TEMPLATE = """
{% macro label(key) %}<b class="cell">{{ words("origins." ~ key) }}</b>{% endmacro %}
<div class="all"><div class="scroll" role="group" aria-labelledby="titel-origins" tabindex="0">
<table><caption>{{ words("origins.caption") }}</caption>
<thead><tr>{% for key in ("what", "counted", "sources", "deliveries", "standing") %}
<th scope="col">{{ words("origins." ~ key) }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}
<tr><th scope="row">{{ row.definition.name }}<span>{{ row.version }}</span></th>
<td>{{ label("counted") }}{{ row.definition.explanation }}</td>
<td>{{ label("sources") }}{{ row.definition.sources | join("; ") }}</td>
<td>{{ label("deliveries") }}{{ row.deliveries }}</td>
<td>{{ label("standing") }}{{ row.standing }}{% if row.covered %}
<span>{{ row.covered }}</span>{% endif %}</td></tr>
{% endfor %}
</tbody></table></div></div>
"""


@dataclass(frozen=True, slots=True)
class Origin:
    """One indicator, with all but its definition told in words."""

    definition: Indicator
    version: str
    deliveries: str
    standing: str
    covered: str


def render(sheet: Sheet) -> Block | Omitted:
    """List every indicator of the agreement by name, those without a figure too."""
    indicators = sheet.shelf.agreement.indicators
    if not indicators:
        return Omitted(sheet.words("origins.none"))
    named = sorted(indicators, key=lambda name: (indicators[name].name, name))
    body = fill(TEMPLATE, sheet, rows=[_origin(sheet, name) for name in named])
    title = sheet.words.one_or_more("origins.title", len(named))
    return Block(sheet.words("origins.topic"), title, body, "back")


def _origin(sheet: Sheet, name: str) -> Origin:
    definition, words = sheet.shelf.indicator(name), sheet.words
    since = words.day(definition.valid_from)
    standing, covered = _standing(sheet, name)
    return Origin(
        definition=definition,
        version=words("origins.version", version=definition.version, since=since),
        deliveries=words.listed(_deliveries(sheet, definition)),
        standing=standing,
        covered=covered,
    )


def _deliveries(sheet: Sheet, definition: Indicator) -> list[str]:
    """Return the titles of the contracts that the figure is counted from, its own first."""
    quantities = (definition.numerator, definition.denominator)
    named = [definition.delivery, *(one.delivery for one in quantities if one and one.delivery)]
    titles = {row["contract"]: row["title"] for row in sheet.shelf.deliveries}
    contracts = (contract for delivery in named for contract in contracts_of(delivery))
    return [titles.get(contract, contract) for contract in dict.fromkeys(contracts)]


def _standing(sheet: Sheet, name: str) -> tuple[str, str]:
    """Return the newest period with how settled it is, and how much of what was owed came."""
    words = sheet.words
    figures = sheet.shelf.edition.figures.filter(pl.col("indicator") == name)
    if figures.is_empty():
        state = sheet.shelf.indicator(name).status
        return words(f"origins.without.{state}"), ""
    ends = pl.col("period").str.split("/").list.last()
    newest = figures.sort(ends, "period", "partner").group_by(ends, maintain_order=True).first()
    period, settled, share = newest.select("period", "period_status", "coverage").row(-1)
    told = words("origins.settled", period=words.period(period), state=words(f"settled.{settled}"))
    if share is None or share >= 1:
        return told, ""
    return told, words("figure.covered", share=words.share(share))
