"""The regenboog: what is known of the help in each arc, from the household outward."""

from dataclasses import dataclass

from reports.block import ARC_COLUMN, FLOW_COLUMN, Block, Omitted, Sheet, fill
from reports.figures import Figure
from sources.agreement.model import Arc, Counts, Indicator, Kind, Way

MOST = 1
WAYS = ("zwaarder", "gelijk", "lichter")
"""Where people went, as `transforms.derived.boogstromen` has it; up is heavier."""

TEMPLATE = """
<div class="rainbow{{ " flowing" if flow }}">
<svg class="bow" viewBox="0 0 {{ bands | length }} {{ bands | length }}"
 preserveAspectRatio="none" aria-hidden="true" focusable="false">
{% for band in bands %}
<path class="arc-{{ band.place }}" d="{{ band.path }}"/>
{% endfor %}
</svg>
<ol reversed>
{% for band in bands %}
<li class="arc-{{ band.place }}" value="{{ band.arc.id }}">
<p class="arc"><strong>{{ band.arc.name }}</strong>
<span>{{ band.arc.examples or band.arc.description }}</span></p>
<div class="known">
{% for figure, (count, what) in band.counted %}
<p data-figure="{{ figure.key }}">{% if count %}<b>{{ count }}</b> {% endif %}
<span>{{ what }}</span></p>
{% if not when and (loop.last or loop.nextitem[0].when != figure.when) %}
<p class="when">{{ figure.when }}</p>
{%- endif %}
{% else %}
<p><em>{{ words("rainbow.uncounted") }}</em></p>
{% endfor %}
</div>
</li>
{% endfor %}
</ol>
{% if flow %}
<div class="flow">
<h3 class="label">{{ words("rainbow.flow", area=sheet.whole(flow[0]) or sheet.name) }}</h3>
{% for figure in flow %}
<p data-figure="{{ figure.key }}">{{ turn(figure.breakdown) }} <b>{{ figure.headline }}</b>
{{ words("rainbow.flow." ~ figure.breakdown) }}</p>
{% endfor %}
<p class="ground" data-figure="{{ flow[0].key }}"><span>{{ flow[0].when }}</span></p>
</div>
{% endif %}
</div>
<p class="source">{% if when %}{{ words("rainbow.when", when=when) }} {% endif %}
{% if counted %}{{ words("rainbow.twice") }} {% endif %}{{ note }}</p>
"""

TURN = """
{% macro turn(way) %}<svg class="way" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path
 d="{{ {"lichter": "M8 1v13M2.6 8.6 8 14l5.4-5.4", "gelijk": "M1 5.5h14M1 10.5h14",
"zwaarder": "M8 15V2M2.6 7.4 8 2l5.4 5.4"}[way] }}"/></svg>{% endmacro %}
"""


@dataclass(frozen=True, slots=True)
class Band:
    """One arc as drawn: `place` counts from the household (0) outward."""

    arc: Arc
    place: int
    path: str
    counted: tuple[tuple[Figure, tuple[str, str]], ...]


def render(sheet: Sheet) -> Block | Omitted:
    """Draw the arcs, heaviest help on top, each with its own published figure where one exists."""
    rainbow = sheet.shelf.agreement.rainbow
    if not rainbow.arcs:
        return Omitted(sheet.words("rainbow.none"))
    ordered = sorted(rainbow.arcs, key=lambda arc: arc.id)
    bands = [_band(sheet, arc, place, len(ordered)) for place, arc in enumerate(ordered)]
    counted = [figure for band in bands for figure, _ in band.counted]
    flow, whole = _flow(sheet)
    periods = {figure.when for figure in counted}
    body = fill(
        TURN + TEMPLATE,
        sheet,
        bands=bands[::-1],
        counted=counted,
        when=periods.pop() if len(periods) == 1 else "",
        flow=flow,
        note=rainbow.note,
    )
    figures = (*counted, *flow, *whole)
    return Block(sheet.words("rainbow.topic"), _title(sheet, bands), body, "main", figures)


def _flow(sheet: Sheet) -> tuple[list[Figure], list[Figure]]:
    """Return who went where, and all of them together: of this place, or else of all."""
    told = [name for name, one in sheet.indicators.items() if one.breakdown == FLOW_COLUMN]
    places = dict.fromkeys((sheet.area.code, sheet.shelf.municipality))
    for name, place in ((name, place) for name in told for place in places):
        *ways, whole = (sheet.shelf.latest(name, place, breakdown=way) for way in (*WAYS, ""))
        if all(ways):
            return [figure for figure in ways if figure], [whole] if whole else []
    return [], []


def _title(sheet: Sheet, bands: list[Band]) -> str:
    counted = [b for b in bands if any(figure.published for figure, _ in b.counted)]
    if not counted:
        return sheet.words("rainbow.title.none")
    if len(counted) < len(bands):
        return sheet.words(
            "rainbow.title.some",
            known=sheet.words.number(len(counted)),
            all=sheet.words.number(len(bands)),
        )
    return sheet.words("rainbow.title.all")


def _band(sheet: Sheet, arc: Arc, place: int, count: int) -> Band:
    found = _counted(sheet, arc.id)[:MOST]
    path = _quarter_ring(place, count)
    return Band(arc, place, path, tuple((figure, _told(figure)) for figure in found))


def _quarter_ring(place: int, count: int) -> str:
    """Draw a quarter of a ring around the lower right corner, one unit wide."""
    inner, outer = place, place + 1
    start = f"M{count - outer} {count}A{outer} {outer} 0 0 1 {count} {count - outer}"
    if inner == 0:
        return f"{start}V{count}Z"
    return f"{start}V{count - inner}A{inner} {inner} 0 0 0 {count - inner} {count}Z"


def _counted(sheet: Sheet, arc: int) -> list[Figure]:
    """Find what was counted in an arc: classes of what is told per arc, or figures of this arc."""
    found = []
    for name, told in sheet.indicators.items():
        if told.breakdown == ARC_COLUMN:
            found.append(sheet.shelf.latest(name, sheet.area.code, breakdown=str(arc)))
        elif told.arcs == (arc,) and _counts_people(told):
            found.append(sheet.latest(name))
    return [figure for figure in found if figure is not None]


def _counts_people(told: Indicator) -> bool:
    counted = told.denominator if told.way is Way.SHARE and told.denominator else told.numerator
    people = {Counts.PERSONS, Counts.HOUSEHOLDS, Counts.EVENTS}
    return told.kind in {Kind.OUTPUT, Kind.OUTCOME, Kind.CONTEXT} and counted.counts in people


def _told(figure: Figure) -> tuple[str, str]:
    """Say how many were counted, and in which figure: of a share all that it is a share of."""
    name = figure.definition.name
    words = figure.words
    if figure.published and figure.breakdown and figure.numerator is not None:
        return words.number(figure.numerator), words("rainbow.people")
    if not figure.published:
        return "", words("rainbow.held_back", name=name, status=figure.headline)
    count = figure.denominator if figure.is_share else figure.numerator
    if count is None:
        return figure.headline, f"{figure.unit}, {figure.when}"
    key = "rainbow.share_of" if figure.is_share else "rainbow.count_of"
    return words.number(count), words(key, name=f"{name[0].lower()}{name[1:]}")
