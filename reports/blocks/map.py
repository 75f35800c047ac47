"""The map of wijken: on a wijk's sheet that one marked, on the index each one a link."""

from reports.block import Block, Omitted, Sheet, Zone, fill
from reports.mapped import shapes

NEIGHBOURHOOD = "neighbourhood"

TEMPLATE = """
<figure class="map">
<svg viewBox="{{ view }}" role="{{ role }}" aria-labelledby="kaart-naam"
{%- if many %} class="many"{% endif %}>
<title id="kaart-naam">{{ caption }}</title>
{% if rest %}<path class="district" d="{{ rest }}"/>{% endif %}
{% for shape in apart %}
{% if sheet.kind == "index" %}
<a href="wijk/{{ shape.area.code }}/index.html" aria-label="{{ shape.area.name }}">
{%- endif %}
<path class="district{{ ' here' if shape.area.code == sheet.id else '' }}" d="{{ shape.path }}"/>
{% if sheet.kind == "index" %}</a>{% endif %}
{% endfor %}
{% for path in neighbourhoods %}
<path class="neighbourhood" d="{{ path }}"/>
{% endfor %}
{% for shape in here %}
<path class="outline" d="{{ shape.path }}"/>
{% endfor %}
{% if sheet.kind == "index" %}
{% for shape in apart %}
<text x="{{ shape.middle[0] | round | int }}" y="{{ shape.middle[1] | round | int }}"
 text-anchor="middle" dominant-baseline="central" aria-hidden="true">{{ shape.number }}</text>
{% endfor %}
{% endif %}
</svg>
<figcaption>{{ caption }} {% if year %}
<span class="quiet">{{ words("map.year", year=year) }}</span>{% endif %}</figcaption>
</figure>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Draw all wijken with a known outline, and buurten as thin lines."""
    shelf = sheet.shelf
    every = shelf.map.shapes
    if not every:
        return Omitted(sheet.words("map.none"))
    own = sheet.kind == "district"
    buurten = shelf.children(sheet.area.code, NEIGHBOURHOOD) if own else []
    here = [one for one in every if own and one.area.code == sheet.id]
    # Of many wijken that lead nowhere one line is enough; this wijk is drawn over it.
    together = shelf.map.crowded and own
    body = fill(
        TEMPLATE,
        sheet,
        view=shelf.map.view,
        many=shelf.map.crowded,
        # An image has no parts to a screen reader; a map of links has.
        role="group" if sheet.kind == "index" else "img",
        rest=shelf.map.others(sheet.id) if together else "",
        apart=here if together else every,
        here=here,
        neighbourhoods=[shape.path for shape in shapes(buurten)],
        caption=_caption(sheet, len(every), len(buurten)),
        year=every[0].area.outline_year,
    )
    zone: Zone = "main" if sheet.kind == "index" else "left"
    return Block(sheet.words("map.topic"), _title(sheet, len(every)), body, zone)


def _title(sheet: Sheet, districts: int) -> str:
    if sheet.kind == "index":
        return sheet.words.one_or_more(
            "map.title.index", districts, municipality=sheet.municipality
        )
    return sheet.words("map.title", area=sheet.name)


def _caption(sheet: Sheet, districts: int, buurten: int) -> str:
    if sheet.kind == "index":
        return sheet.words("map.caption.index")
    if not buurten:
        return sheet.words("map.caption.none", area=sheet.name)
    return sheet.words.one_or_more("map.caption", buurten, area=sheet.name)
