"""The map of wijken: on a wijk's sheet that one marked, on the index each one a link."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from reports.block import Block, Omitted, Sheet, Zone, fill
from reports.outlines import Box, box, short
from reports.shelf import Area

DISTRICT, NEIGHBOURHOOD = "district", "neighbourhood"
CROWDED = 20
STEPS = (1, 2, 3, 5, 8, 12)
MOST_BYTES = 40_000
"""What the outlines of all other wijken may take of a sheet, of which 250 kB is the most."""

TEMPLATE = """
<figure class="map">
<svg viewBox="{{ view }}" role="{{ role }}" aria-labelledby="kaart-naam"
{%- if districts | length > crowded %} class="many"{% endif %}>
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
{% for shape in districts if shape.area.code == sheet.id %}
<path class="outline" d="{{ shape.path }}"/>
{% endfor %}
{% if sheet.kind == "index" %}
{% for shape in districts %}
<text x="{{ shape.middle[0] | round | int }}" y="{{ shape.middle[1] | round | int }}"
 text-anchor="middle" dominant-baseline="central" aria-hidden="true">{{ shape.number }}</text>
{% endfor %}
{% endif %}
</svg>
<figcaption>{{ caption }} {% if year %}
<span class="quiet">{{ words("map.year", year=year) }}</span>{% endif %}</figcaption>
</figure>
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """An area with its outline in whole units, its number, and where that is written."""

    area: Area
    number: int
    path: str
    middle: tuple[float, float]


def render(sheet: Sheet) -> Block | Omitted:
    """Draw all wijken with a known outline, and buurten as thin lines."""
    shelf = sheet.shelf
    districts = _shapes(tuple(shelf.districts()))
    if not districts:
        return Omitted(sheet.words("map.none"))
    within = sheet.area.code if sheet.kind == "district" else shelf.municipality
    buurten = tuple(shelf.children(within, NEIGHBOURHOOD)) if sheet.kind == "district" else ()
    # Of many wijken that lead nowhere one line is enough; this wijk is drawn over it.
    crowded = len(districts) > CROWDED and sheet.kind == "district"
    body = fill(
        TEMPLATE,
        sheet,
        view=_view(districts),
        crowded=CROWDED,
        # An image has no parts to a screen reader; a map of links has.
        role="group" if sheet.kind == "index" else "img",
        districts=districts,
        apart=[one for one in districts if not crowded or one.area.code == sheet.id],
        rest=_together(districts, sheet.id) if crowded else "",
        neighbourhoods=[shape.path for shape in _shapes(buurten)],
        caption=_caption(sheet, len(districts), len(buurten)),
        year=districts[0].area.outline_year,
    )
    zone: Zone = "main" if sheet.kind == "index" else "left"
    return Block(sheet.words("map.topic"), _title(sheet, len(districts)), body, zone)


@lru_cache(maxsize=512)
def _shapes(areas: tuple[Area, ...]) -> tuple[Shape, ...]:
    return tuple(
        Shape(area, number, short(area.outline), box(area.outline).middle)
        for number, area in enumerate(areas, start=1)
        if area.outline
    )


def _together(shapes: tuple[Shape, ...], but: str) -> Markup:
    """Return all outlines but one as one path of numbers and letters."""
    every = zip(shapes, _coarse(shapes), strict=True)
    return Markup("".join(path for shape, path in every if shape.area.code != but))  # noqa: S704


@lru_cache(maxsize=8)
def _coarse(shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """Return the outlines, the coarser the more there are: a unit is 0.05 mm."""
    for step in STEPS:
        paths = tuple(short(shape.path, step) for shape in shapes)
        if sum(map(len, paths)) <= MOST_BYTES:
            break
    return paths


@lru_cache(maxsize=8)
def _view(shapes: tuple[Shape, ...]) -> str:
    around: Box | None = None
    for shape in shapes:
        one = box(shape.path)
        around = one if around is None else around.around(one)
    if around is None:
        return "0 0 1000 1000"
    width, height = around.right - around.left, around.bottom - around.top
    return f"{around.left - 6:.0f} {around.top - 6:.0f} {width + 12:.0f} {height + 12:.0f}"


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
