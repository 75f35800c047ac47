"""Risks that are taken knowingly: what, why, and what to watch. A signal asks for a gesprek."""

from reports.block import Block, Omitted, Sheet, fill
from reports.figures import Figure
from sources.agreement.model import Risk

TEMPLATE = """
<ul class="risks">
{% for risk, figure in risks %}
<li><h3>{{ risk.accepted }}</h3>
<p>{{ risk.why }} <b>{{ words("risks.signal") }}</b> {{ risk.signal }}
{% if figure %}<span class="quiet">{{ figure.definition.name }}:
<b data-figure="{{ figure.key }}">{{ figure.headline }}</b>.</span>{% endif %}</p>
{% for seen in sighted(risk) %}
<p class="seen">
{{ words("risks.talked" if seen.conversation else "risks.untalked", day=words.day(seen.date)) }}
{% if sheet.shelf.edition.confidential %}{{ seen.seen }}{% endif %}</p>
{% endfor %}
<p class="ground"><span>{{ risk.decided_by }}, {{ words.month(risk.decided_on) }}</span>
<span>{{ words("risks.review", when=words.month(risk.review_by)) }}</span></p></li>
{% endfor %}
</ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show the risks in view that were decided; what was seen is told inside only."""
    day = sheet.shelf.edition.known_at
    known = sheet.shelf.agreement.risks.risks.values()
    viewed = [one for one in known if one.in_view and one.decided_on <= day]
    if not viewed:
        return Omitted(sheet.words("risks.none"))
    risks = [(risk, _figure(sheet, risk)) for risk in viewed]

    def sighted(risk: Risk) -> list[object]:
        return [one for one in risk.sightings if one.date <= day]

    body = fill(TEMPLATE, sheet, risks=risks, sighted=sighted)
    figures = tuple(figure for _, figure in risks if figure)
    seen = any(sighted(risk) for risk in viewed)
    title = sheet.words("risks.title.seen" if seen else "risks.title")
    return Block(sheet.words("risks.topic"), title, body, "right", figures)


def _figure(sheet: Sheet, risk: Risk) -> Figure | None:
    """Return the figure in which the signal can be seen, where this sheet tells it."""
    return sheet.latest(risk.indicator) if risk.indicator in sheet.indicators else None
