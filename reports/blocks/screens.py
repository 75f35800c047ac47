"""Per goal one screen: the picture, one figure, one experience, one story, and three questions."""

from dataclasses import dataclass

from reports.aims import agreed
from reports.block import Block, Omitted, Sheet, fill
from reports.evidence import COUNTED, LIVED, absence, each, newest, quote, told
from reports.figures import Figure
from reports.shelf import Story
from sources.agreement.model import Goal, Kind

TEMPLATE = """
{% macro evidence(figure, missing, icon) %}
{% if figure %}
<h4 class="indicator">{{ figure.definition.name }}</h4>
<div class="figure">{{ m.number(figure) }}
{% if agreed(sheet, figure) %}<p class="ground">{{ agreed(sheet, figure) }}</p>{% endif %}
{{ m.ground(figure, "") }}
{% if figure.published and figure.is_share %}{{ m.ten(figure.value, icon) }}
{% elif figure.published and each(figure) %}{{ m.row(figure.value, each(figure), icon) }}
{% endif %}</div>
{% if figure.published and not figure.is_share and each(figure) %}
<p class="ground">{{ words("goals.each", count=words.number(each(figure))) }}</p>{% endif %}
{% else %}<p class="missing">{{ missing }}</p>{% endif %}
{% endmacro %}
{% for one in screens %}
<section class="screen" aria-labelledby="scherm-{{ one.id }}">
<header><div><h3 id="scherm-{{ one.id }}">{{ one.goal.name }}</h3>
{% if fictional %}<p class="fictional">{{ words("page.fictional") }}</p>{% endif %}</div>
<p class="vision">{{ one.goal.picture or one.goal.statement }}</p></header>
<div class="three">
<div class="side counted"><p class="label">{{ words("screens.counted") }}</p>
{{ evidence(one.counted, one.uncounted, "person") }}</div>
<div class="side lived"><p class="label">{{ words("screens.lived") }}</p>
{{ evidence(one.lived, one.unlived, "bubble") }}</div>
<div class="side told {{ one.length }}"><p class="label">{{ words("screens.told") }}</p>
{% if one.story %}
<article><h4 class="heading">{{ one.story.title }}</h4>
<p>{{ one.story.text }}</p>
<blockquote><p>{{ one.quote }}</p></blockquote></article>
<p class="ground"><span>{{ one.story.role }}</span>
<span>{{ sheet.shelf.story_area(one.story) }}</span>{% if one.story.date %}
<span>{{ words.period(one.story.quarter) }}</span>{% endif %}</p>
{% else %}<p class="missing">{{ words("goals.no_story") }}</p>{% endif %}
</div>
</div>
<ul class="cards">
{% for key in ("recognise", "practice", "matters") %}<li>{{ words("screens." ~ key) }}</li>
{% endfor %}
</ul>
</section>
{% endfor %}
"""

LONG, LONGEST = 360, 850
"""From so many characters a story is told smaller, and smaller still."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One goal as a room sees it, with the reason where a kind of evidence is missing."""

    id: str
    goal: Goal
    counted: Figure | None
    uncounted: str
    lived: Figure | None
    unlived: str
    story: Story | None
    quote: str

    @property
    def length(self) -> str:
        """How small a story must be told to fit one screen: a class, or nothing where it fits."""
        long = len(self.story.text) if self.story else 0
        return "longest" if long > LONGEST else "long" if long > LONG else ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What it shows in numbers."""
        return tuple(one for one in (self.counted, self.lived) if one)

    @property
    def whole(self) -> bool:
        """Whether there is something counted, something lived and something told."""
        return bool(self.story) and [one.published for one in self.figures] == [True, True]


def render(sheet: Sheet) -> Block | Omitted:
    """Show a screen per goal, in the agreement's order; of each kind of evidence one, no more."""
    goals = sheet.shelf.agreement.goals_in_order()
    if not goals:
        return Omitted(sheet.words("goals.none"))
    screens = [_screen(sheet, name, goal) for name, goal in goals]
    fictional = sheet.shelf.agreement.general.municipality.fictional
    body = fill(TEMPLATE, sheet, screens=screens, each=each, agreed=agreed, fictional=fictional)
    figures = tuple(figure for one in screens for figure in one.figures)
    whole = sum(one.whole for one in screens)
    title = sheet.words.one_or_more("screens.title", whole)
    if not whole:
        title = sheet.words("screens.title.none")
    return Block(sheet.words("screens.topic"), title, body, "main", figures)


def _screen(sheet: Sheet, name: str, goal: Goal) -> Screen:
    story = told(sheet, name)
    return Screen(
        id=name,
        goal=goal,
        counted=_one(sheet, COUNTED, name),
        uncounted=absence(sheet, COUNTED, name, nowhere="goals.no_count"),
        lived=_one(sheet, LIVED, name),
        unlived=absence(sheet, LIVED, name, nowhere="goals.no_experience"),
        story=story,
        quote=quote(story),
    )


def _one(sheet: Sheet, kinds: set[Kind], goal: str) -> Figure | None:
    """Return the one to show: with a number, and rather one that the wijken are told too."""
    chosen = sheet.shelf.agreement.general.figures.district
    found = newest(sheet, kinds, goal)
    found.sort(key=lambda one: (not one.published, one.indicator not in chosen))
    return next(iter(found), None)
