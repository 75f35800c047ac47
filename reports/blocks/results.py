"""The resultaatbladen: goal, social result, indicators, and the partner's own words beside them."""

from dataclasses import dataclass

from reports.aims import Aim, aim
from reports.block import Block, Omitted, Sheet, fill
from reports.shelf import REPLY, Story
from sources.agreement.model import Kind, ResultSheet

TEMPLATE = """
{% for one in results %}
<section class="result" aria-labelledby="resultaat-{{ loop.index }}">
<header><p class="label">{{ words("results.aim") }}</p>
<h3 id="resultaat-{{ loop.index }}">{{ one.sheet.aim }}</h3>
<p class="promise">{{ one.sheet.result }}</p>
<p class="ground"><span>{{ words("results.for", who=one.sheet.target_group) }}</span></p></header>
<div class="proof">
{% if one.aims %}<div class="aims">
{% for measured in one.aims %}{{ m.aim(measured, sheet, 4) }}
{% endfor %}</div>{% endif %}
<div class="explained">
<p class="label">{{ words("results.explained", name=sheet.name) }}</p>
{% if one.explanation %}<blockquote><p>{{ one.explanation }}</p></blockquote>
{% else %}<p class="missing">{{ words("results.unexplained") }}</p>{% endif %}
{% if one.story %}<p class="label">{{ words("results.told") }}</p>
<blockquote><p>{{ one.story.change or one.story.title }}</p></blockquote>
<p class="ground"><span>{{ one.story.role }}</span>
<span>{{ sheet.shelf.story_area(one.story) }}</span></p>
{% elif one.told %}<p class="quiet">{{ words("results.untold") }}</p>{% endif %}
{% for name in one.waiting %}<p class="quiet">{{ words("results.waiting", name=name) }}</p>
{%- endfor %}
</div>
</div>
</section>
{% endfor %}
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One resultaatblad as shown; `waiting` are indicators without any figure yet."""

    sheet: ResultSheet
    aims: list[Aim]
    explanation: str
    told: bool
    story: Story | None
    waiting: list[str]


def render(sheet: Sheet) -> Block | Omitted:
    """Show each resultaatblad of the partner's agreement, with its explanation beside it."""
    pages = [
        page
        for agreed in sheet.shelf.agreement.agreements.values()
        if agreed.partner == sheet.id
        for page in agreed.result_sheets
    ]
    if not pages:
        return Omitted(sheet.words("results.none"))
    results = [_result(sheet, page, index) for index, page in enumerate(pages)]
    figures = tuple(one.figure for result in results for one in result.aims)
    title = sheet.words.one_or_more("results.title", len(results), name=sheet.name)
    body = fill(TEMPLATE, sheet, results=results)
    return Block(sheet.words("results.topic"), title, body, "main", figures)


def _result(sheet: Sheet, page: ResultSheet, index: int) -> Result:
    known = sheet.shelf.agreement.indicators
    counted = [name for name in page.indicators if known[name].kind is not Kind.STORY]
    reply = _newest(sheet, page, replies=True)
    found = {name: aim(sheet, name, f"blad-{index}-{name}") for name in counted}
    return Result(
        sheet=page,
        aims=[one for one in found.values() if one],
        explanation=reply.text if reply else page.explanation,
        told="verhaal" in page.evidence,
        story=_newest(sheet, page, replies=False) if "verhaal" in page.evidence else None,
        waiting=[known[name].name for name, one in found.items() if one is None],
    )


def _newest(sheet: Sheet, page: ResultSheet, *, replies: bool) -> Story | None:
    """Return the newest story about this goal, or the newest reply of the partner itself."""
    goals = sheet.shelf.agreement.goals
    below = {page.goal} | {name for name, goal in goals.items() if goal.parent == page.goal}
    mine = [
        story
        for story in sheet.shelf.stories
        if story.partner == sheet.id and story.theme in below and (story.kind == REPLY) is replies
    ]
    return max(mine, key=lambda s: (s.date is not None, s.date, s.id), default=None)
