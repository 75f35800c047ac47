"""Who the partner is: what it does, in which roles, and how it and the municipality are related."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
<p class="lead">{{ partner.description }}</p>
<dl class="facts plain">
<div><dt>{{ words("partner.relation") }}</dt>
<dd>{{ words("relation." ~ partner.relation) }}</dd></div>
{% if partner.roles %}<div><dt>{{ words("partner.roles") }}</dt>
<dd>{{ words.listed(roles) }}</dd></div>{% endif %}
<div><dt>{{ words("partner.where") }}</dt><dd>{{ where }}</dd></div>
</dl>
{% if goals %}
<h3>{{ words("partner.goals") }}</h3>
<p class="statement">{{ main }}</p>
<ul class="partners">
{% for name, part in goals %}<li><b>{{ name }}</b> <span>{{ words("part." ~ part) }}</span></li>
{%- endfor %}
</ul>
{% endif %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Introduce the partner; the matrices are not for a public sheet."""
    partner = sheet.partner
    if partner is None:
        return Omitted(sheet.words("partner.none"))
    known = sheet.shelf.agreement.goals
    goals = [(known[name].name, part) for name, part in partner.goals.items() if name in known]
    areas = [sheet.shelf.areas[code].name for code in partner.areas if code in sheet.shelf.areas]
    where = sheet.words.listed(areas) or sheet.words("partner.everywhere", area=sheet.municipality)
    told = {"where": where, "roles": [sheet.words(f"role.{role}") for role in partner.roles]}
    _, main = sheet.shelf.agreement.main_goal()
    body = fill(TEMPLATE, sheet, partner=partner, goals=goals, main=main.name, **told)
    title = sheet.words.one_or_more("partner.title", len(goals), name=sheet.name)
    if not goals:
        title = sheet.words("partner.title.none", name=sheet.name)
    return Block(sheet.words("partner.topic"), title, body, "left")
