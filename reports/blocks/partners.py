"""Who takes part here, with or without figures."""

from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.model import Partner

TEMPLATE = """
<ul class="partners">
{% for id, partner in partners.items() %}
<li><a href="{{ sheet.root }}partner/{{ id }}/index.html">{{ partner.name }}</a>
<span>{{ words("relation." ~ partner.relation) }}</span></li>
{% endfor %}
</ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Name the partners that work in this area, by name; initiatives stand among the others."""
    partners = {
        name: partner for name, partner in sheet.shelf.partners().items() if _here(sheet, partner)
    }
    if not partners:
        return Omitted(sheet.words("partners.none"))
    ordered = dict(sorted(partners.items(), key=lambda pair: pair[1].name))
    title = sheet.words.one_or_more("partners.title", len(partners), area=sheet.name)
    body = fill(TEMPLATE, sheet, partners=ordered)
    return Block(sheet.words("partners.topic"), title, body, "foot")


def _here(sheet: Sheet, partner: Partner) -> bool:
    if not partner.areas:
        return True
    inside = {area.code for area in sheet.shelf.children(sheet.area.code, "neighbourhood")}
    near = inside | {sheet.area.code, sheet.shelf.municipality}
    return any(code in near for code in partner.areas)
