"""Per goal what was counted, what was experienced and what was told, side by side, equally wide."""

from dataclasses import dataclass

from markupsafe import Markup

from reports.block import Block, Omitted, Sheet, fill
from reports.evidence import (
    COUNTED,
    LIVED,
    WIDE,
    absence,
    each,
    elsewhere,
    newest,
    quote,
    rainbow_tells,
    told,
)
from reports.figures import Figure
from reports.shelf import Story
from sources.agreement.model import Goal, Kind
from transforms.comparison import Comparison

PER_TILE = 2
KINDS = ("counted", "lived", "told")

TEMPLATE = """
{% macro side(figures, missing, name) %}
{% for figure in figures %}
{% if loop.first %}
<h4 class="indicator">{{ figure.definition.name }}</h4>
<div class="figure">{{ m.number(figure) }}
{% if figure.published and figure.is_share %}{{ m.ten(figure.value, name) }}
{% elif figure.published and each(figure) %}{{ m.row(figure.value, each(figure), name) }}
{%- endif %}</div>
{{ m.ground(figure, sheet.whole(figure)) }}
{% if figure.published and not figure.is_share and each(figure) %}
<p class="ground">{{ words("goals.each", count=words.number(each(figure))) }}</p>{% endif %}
{{ m.remark(figure, sheet) }}
{% else %}
<p class="also"><b data-figure="{{ figure.key }}">{{ figure.headline }}</b>
{{ figure.unit or figure.definition.name }}
{%- if figure.unit.startswith("per ") %}: {{ figure.definition.name }}{% endif %}
{%- if figure.published %}<span class="quiet">
{%- if figure.when != figures[0].when %}, {{ figure.when }}{% endif %}
{%- if sheet.whole(figure) %}, {{ sheet.whole(figure) }}{% endif %}</span>{% endif %}</p>
{% endif %}
{% else %}
<p class="missing">{{ missing }}</p>
{% endfor %}
{% endmacro %}
{% macro story(tile) %}
{% if tile.told %}
<blockquote><p>{{ tile.quote }}</p></blockquote>
<p class="ground"><span>{{ tile.told.role }}</span>
<span>{{ sheet.shelf.story_area(tile.told) }}</span>{% if tile.told.date %}
<span>{{ words.period(tile.told.quarter) }}</span>{% endif %}</p>
{% else %}<p class="missing">{{ words("goals.no_story") }}</p>{% endif %}
{% endmacro %}
<div class="tiles of-{{ kinds | length }}">
{% for tile in wide %}
<section class="goal" aria-labelledby="doel-{{ loop.index }}">
<h3 id="doel-{{ loop.index }}">{{ tile.goal.name }}</h3>
<div class="three">
{% for kind in kinds %}
<div class="side {{ kind }}"><p class="label">{{ words("goals." ~ kind) }}</p>
{% if kind == "told" %}{{ story(tile) }}
{% elif kind == "lived" %}{{ side(tile.lived, tile.unlived, "bubble") }}
{% else %}{{ side(tile.counted, tile.uncounted, "person") }}{% endif %}</div>
{% endfor %}
</div>
</section>
{% endfor %}
</div>
{% for tile in brief %}
<section class="goal brief" aria-labelledby="ook-{{ loop.index }}">
<h3 id="ook-{{ loop.index }}">{{ tile.goal.name }}</h3>
{% for figure in tile.counted %}
<p class="also"><b data-figure="{{ figure.key }}">{{ figure.headline }}</b>
{{ figure.definition.name }}
{%- if sheet.whole(figure) %} <span class="quiet">{{ sheet.whole(figure) }}</span>{% endif %}</p>
{% if loop.first %}{{ m.remark(figure, sheet) }}{% endif %}
{% endfor %}
</section>
{% endfor %}
{% if brief and not lacking %}<p class="missing">{{ words("goals.counted_only") }}</p>{% endif %}
{% if lacking %}
<dl class="lacking">
{% for kind, why in lacking %}<div><dt>{{ words("goals." ~ kind) }}</dt><dd>{{ why }}</dd></div>
{% endfor %}
</dl>
{% endif %}
{% if silent %}<p class="missing">{{ words("goals.silent", goals=silent | join("; ")) }}</p>
{% endif %}
"""


@dataclass(frozen=True, slots=True)
class Tile:
    """One goal with its three kinds of evidence, and why there are no numbers or experiences."""

    goal: Goal
    counted: list[Figure]
    uncounted: str
    lived: list[Figure]
    unlived: str
    told: Story | None
    quote: str
    above: bool = False  # the rainbow tells its figure

    @property
    def known(self) -> bool:
        """Whether there is evidence of any kind."""
        return bool(self.counted or self.lived or self.told)

    @property
    def counted_only(self) -> bool:
        """Whether nobody told how it is experienced."""
        return not (self.lived or self.told)


def render(sheet: Sheet) -> Block | Omitted:
    """Show a tile per goal; a kind of evidence that is missing is named as missing.

    Where a kind is missing of every goal it has no place in each tile: that is said once.
    """
    tiles = [_tile(sheet, name, goal) for name, goal in sheet.shelf.agreement.goals_in_order()]
    if not tiles:
        return Omitted(sheet.words("goals.none"))
    if not sheet.shelf.inhabited(sheet.area.code):
        return Block(sheet.words("goals.topic"), sheet.words("goals.nobody"), _empty(sheet), "main")
    figures = tuple(figure for tile in tiles for figure in (*tile.counted, *tile.lived))
    few = len(tiles) <= WIDE
    known = [tile for tile in tiles if tile.known]
    wide = [tile for tile in known if few or not tile.counted_only]
    kinds = [kind for kind in KINDS if any(getattr(tile, kind) for tile in known)]
    body = fill(
        TEMPLATE,
        sheet,
        wide=wide,
        kinds=kinds,
        brief=[tile for tile in known if tile not in wide],
        lacking=_lacking(sheet, tiles, kinds),
        silent=[tile.goal.name for tile in tiles if not tile.known and not tile.above],
        each=each,
    )
    return Block(sheet.words("goals.topic"), _title(sheet, tiles), body, "main", figures)


def _empty(sheet: Sheet) -> Markup:
    return fill('<p class="missing">{{ words("goals.nobody.ask") }}</p>', sheet)


def _lacking(sheet: Sheet, tiles: list[Tile], kinds: list[str]) -> list[tuple[str, str]]:
    """Return the kinds of evidence that no goal has, with why, and what to do about it."""
    elsewhere = sheet.words("goals.elsewhere")
    whys = {"counted": {t.uncounted for t in tiles}, "lived": {t.unlived for t in tiles}}
    return [
        (kind, elsewhere if elsewhere in whys.get(kind, ()) else sheet.words(f"goals.lack.{kind}"))
        for kind in KINDS
        if kind not in kinds
    ]


def _title(sheet: Sheet, tiles: list[Tile]) -> str:
    figures = (figure for tile in tiles for figure in (*tile.counted, *tile.lived))
    remarks = [figure.remark for figure in figures if figure.remark]
    tones = [remark.tone for remark in remarks]
    better, worse = tones.count("good"), tones.count("bad")
    if better and worse:
        return sheet.words("goals.title.both", area=sheet.name)
    if better or worse:
        key = "goals.title.better" if better else "goals.title.worse"
        return sheet.words(key, area=sheet.name, municipality=sheet.municipality)
    if plain := [remark.word for remark in remarks if remark.tone == "plain"]:
        return _differing(sheet, plain.count(Comparison.MORE), plain.count(Comparison.LESS))
    if "equal" in tones:
        return sheet.words("goals.title.equal", municipality=sheet.municipality)
    return sheet.words("goals.title.unknown")


def _differing(sheet: Sheet, higher: int, lower: int) -> str:
    """Say how many figures are higher and lower than everywhere: which is good, nobody agreed."""
    place = {"municipality": sheet.municipality}
    if higher and lower:
        return sheet.words.one_or_more("goals.title.differ", higher, lower=lower, **place)
    if higher:
        return sheet.words.one_or_more("goals.title.higher", higher, **place)
    return sheet.words.one_or_more("goals.title.lower", lower, **place)


def _tile(sheet: Sheet, name: str, goal: Goal) -> Tile:
    story = told(sheet, name)
    return Tile(
        goal=goal,
        counted=_few(sheet, COUNTED, name),
        uncounted=absence(sheet, COUNTED, name, nowhere="goals.no_count"),
        lived=_few(sheet, LIVED, name),
        unlived=absence(sheet, LIVED, name, nowhere="goals.no_experience"),
        told=story,
        quote=quote(story),
        above=any(rainbow_tells(sheet, one) for one in sheet.shelf.of_kind(COUNTED, goal=name)),
    )


def _few(sheet: Sheet, kinds: set[Kind], goal: str) -> list[Figure]:
    """Return the figures of a tile: the first, and one more that no other block tells."""
    found = newest(sheet, kinds, goal)
    told = elsewhere(sheet)
    return [*found[:1], *(one for one in found[1:] if one.indicator not in told)][:PER_TILE]
