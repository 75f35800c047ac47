"""Per goal what was counted, what was experienced and what was told, side by side, equally wide."""

from dataclasses import dataclass

from reports.block import Block, Omitted, Sheet, fill
from reports.evidence import COUNTED, LIVED, absence, each, newest, quote, rainbow_tells, told
from reports.figures import Figure
from reports.shelf import Story
from sources.agreement.model import Goal

PER_TILE = 2
WIDE = 4
"""With more goals than this, one that is only counted takes a line, and an unknown one is named."""

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
{%- if figure.published %}<span class="quiet">
{%- if figure.when != figures[0].when %}, {{ figure.when }}{% endif %}
{%- if sheet.whole(figure) %}, {{ sheet.whole(figure) }}{% endif %}</span>{% endif %}</p>
{% endif %}
{% else %}
<p class="missing">{{ missing }}</p>
{% endfor %}
{% endmacro %}
{% for tile in wide %}
<section class="goal" aria-labelledby="doel-{{ loop.index }}">
<h3 id="doel-{{ loop.index }}">{{ tile.goal.name }}</h3>
<div class="three{{ "" if tile.known else " bare" }}">
<div class="side counted"><p class="label">{{ words("goals.counted") }}</p>
{{ side(tile.counted, tile.uncounted, "person") }}</div>
<div class="side lived"><p class="label">{{ words("goals.lived") }}</p>
{{ side(tile.lived, tile.unlived, "bubble") }}</div>
<div class="side told"><p class="label">{{ words("goals.told") }}</p>
{% if tile.story %}
<blockquote><p>{{ tile.quote }}</p></blockquote>
<p class="ground"><span>{{ tile.story.role }}</span>
<span>{{ sheet.shelf.story_area(tile.story) }}</span>{% if tile.story.date %}
<span>{{ words.period(tile.story.quarter) }}</span>{% endif %}</p>
{% else %}<p class="missing">{{ words("goals.no_story") }}</p>{% endif %}
</div>
</div>
</section>
{% endfor %}
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
{% if brief %}<p class="missing">{{ words("goals.counted_only") }}</p>{% endif %}
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
    story: Story | None
    quote: str
    above: bool = False  # the rainbow tells its figure

    @property
    def known(self) -> bool:
        """Whether there is evidence of any kind."""
        return bool(self.counted or self.lived or self.story)

    @property
    def counted_only(self) -> bool:
        """Whether nobody told how it is experienced."""
        return not (self.lived or self.story)


def render(sheet: Sheet) -> Block | Omitted:
    """Show a tile per goal; a kind of evidence that is missing is named as missing."""
    tiles = [_tile(sheet, name, goal) for name, goal in sheet.shelf.agreement.goals_in_order()]
    if not tiles:
        return Omitted(sheet.words("goals.none"))
    figures = tuple(figure for tile in tiles for figure in (*tile.counted, *tile.lived))
    few = len(tiles) <= WIDE
    wide = [tile for tile in tiles if few or not tile.counted_only]
    brief = [tile for tile in tiles if tile not in wide and tile.known]
    untold = [tile for tile in tiles if tile not in wide and not tile.known]
    silent = [tile.goal.name for tile in untold if not tile.above]
    body = fill(TEMPLATE, sheet, wide=wide, brief=brief, silent=silent, each=each)
    return Block(sheet.words("goals.topic"), _title(sheet, tiles), body, "main", figures)


def _title(sheet: Sheet, tiles: list[Tile]) -> str:
    remarks = [f.remark.tone for tile in tiles for f in (*tile.counted, *tile.lived) if f.remark]
    better, worse = remarks.count("good"), remarks.count("bad")
    if better and worse:
        return sheet.words("goals.title.both", area=sheet.name)
    if better or worse:
        key = "goals.title.better" if better else "goals.title.worse"
        return sheet.words(key, area=sheet.name, municipality=sheet.municipality)
    if remarks.count("plain"):
        return sheet.words("goals.title.differs", municipality=sheet.municipality)
    if remarks.count("equal"):
        return sheet.words("goals.title.equal", municipality=sheet.municipality)
    return sheet.words("goals.title.unknown")


def _tile(sheet: Sheet, name: str, goal: Goal) -> Tile:
    story = told(sheet, name)
    return Tile(
        goal=goal,
        counted=newest(sheet, COUNTED, name)[:PER_TILE],
        uncounted=absence(sheet, COUNTED, name, nowhere="goals.no_count"),
        lived=newest(sheet, LIVED, name)[:PER_TILE],
        unlived=absence(sheet, LIVED, name, nowhere="goals.no_experience"),
        story=story,
        quote=quote(story),
        above=any(rainbow_tells(sheet, one) for one in sheet.shelf.of_kind(COUNTED, goal=name)),
    )
