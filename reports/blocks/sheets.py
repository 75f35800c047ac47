"""Every sheet of the edition, by name; no search and no ranking."""

from reports.block import Block, Omitted, Sheet, fill
from reports.indexed import Area

TEMPLATE = """
{% if sheet.shelf.has("council") or sheet.shelf.has("auditorium") %}
<h3>{{ words("sheets.whole") }}</h3>
<ul class="sheets">
{% if sheet.shelf.has("council") %}
<li><a href="raad/index.html">{{ words("sheets.council") }}</a></li>{% endif %}
{% if sheet.shelf.has("auditorium") %}
<li><a href="auditorium/index.html">{{ words("auditorium.name") }}</a>
<span>{{ words("sheets.auditorium") }}</span></li>{% endif %}
</ul>
{% endif %}
{% for name, members in groups %}
<h3>{{ name }}</h3>
<ol class="sheets">
{% for number, area in members %}<li value="{{ number }}">
<a href="wijk/{{ area.code }}/index.html">{{ area.name }}</a></li>
{% endfor %}
</ol>
{% endfor %}
{% if partners %}
<h3>{{ words("sheets.partners") }}</h3>
<ul class="sheets">
{% for id, partner in partners %}<li><a href="partner/{{ id }}/index.html">{{ partner.name }}</a>
<span>{{ words("relation." ~ partner.relation) }}</span></li>
{% endfor %}
</ul>
{% endif %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """List wijken as numbered on the map, and partners by name."""
    districts = sheet.shelf.districts()
    partners = sorted(sheet.shelf.partners().items(), key=lambda pair: pair[1].name)
    if not districts and not partners:
        return Omitted(sheet.words("sheets.none"))
    body = fill(TEMPLATE, sheet, groups=_grouped(sheet, districts), partners=partners)
    title = _title(sheet, len(districts), len(partners))
    return Block(sheet.words("sheets.topic"), title, body, "left")


def _grouped(sheet: Sheet, districts: list[Area]) -> list[tuple[str, list[tuple[int, Area]]]]:
    """Return the wijken, numbered as on the map: under the municipality's own groupings if it can.

    That is where one set of groupings holds every wijk.
    """
    numbered = {area.code: (number, area) for number, area in enumerate(districts, start=1)}
    own = sheet.shelf.agreement.areas.groupings.values()
    for kind in dict.fromkeys(one.kind for one in own):
        groups = [one for one in own if one.kind == kind]
        if {code for one in groups for code in one.areas} == numbered.keys():
            return [(one.name, [numbered[code] for code in one.areas]) for one in groups]
    return [(sheet.words("sheets.districts"), list(numbered.values()))] if districts else []


def _title(sheet: Sheet, districts: int, partners: int) -> str:
    own = sheet.shelf.edition.own_partner
    if own:
        return sheet.words("sheets.title.own", name=sheet.shelf.partner_name(own))
    return sheet.words(
        "sheets.title" if partners else "sheets.title.districts",
        districts=sheet.words.one_or_more("sheets.district", districts),
        partners=sheet.words.one_or_more("sheets.partner", partners),
    )
