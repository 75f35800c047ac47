"""The resultaatbladen: goal, social result, indicators, and the partner's own words beside them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
{% endfor %}</div>
{% else %}<p class="missing">{{ words("results.uncounted") }}</p>{% endif %}
<div class="explained">
<p class="label">{{ words("results.explained", name=sheet.name) }}</p>
{% if one.explanation %}<blockquote><p>{{ one.explanation }}</p></blockquote>
{% else %}<p class="missing">{{ words("results.unexplained") }}</p>{% endif %}
{% if one.story %}<p class="label">{{ words("results.told") }}</p>
<blockquote><p>{{ one.story.change or one.story.title }}</p></blockquote>
<p class="ground"><span>{{ one.story.role }}</span>
<span>{{ sheet.shelf.story_area(one.story) }}</span></p>
{% elif one.told %}<p class="quiet">{{ words("results.untold") }}</p>{% endif %}
{% for line in one.open %}<p class="quiet">{{ line }}</p>
{%- endfor %}
</div>
</div>
</section>
{% endfor %}
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One resultaatblad as shown; `open` is what has no figure or target: questions."""

    sheet: ResultSheet
    aims: list[Aim]
    explanation: str
    told: bool
    story: Story | None
    open: list[str]


def render(sheet: Sheet) -> Block | Omitted:
    """Show each resultaatblad of the partner's agreement, with its explanation beside it."""
    pages = sheet.agreed.result_sheets if sheet.agreed else ()
    if not pages:
        return Omitted(sheet.words("results.none"))
    results = _once([_result(sheet, page, index) for index, page in enumerate(pages)])
    figures = tuple(one.figure for result in results for one in result.aims)
    title = sheet.words.one_or_more("results.title", len(results), name=sheet.name)
    body = fill(TEMPLATE, sheet, results=results)
    return Block(sheet.words("results.topic"), title, body, "main", figures)


def _once(results: list[Result]) -> list[Result]:
    """Tell a reply beside the first of its results only; the others have their own explanation."""
    told: set[str] = set()
    for place, one in enumerate(results):
        if one.explanation in told:
            results[place] = replace(one, explanation=one.sheet.explanation)
        told.add(one.explanation)
    return results


def _result(sheet: Sheet, page: ResultSheet, index: int) -> Result:
    known = sheet.shelf.agreement.indicators
    counted = [name for name in page.indicators if known[name].kind is not Kind.STORY]
    reply = _newest(sheet, page, replies=True)
    promised = [page.promises[name] for name in page.indicators if name in page.promises]
    found = {name: aim(sheet, name, f"blad-{index}-{name}") for name in counted}
    return Result(
        sheet=page,
        aims=[one for one in found.values() if one],
        explanation=reply.text if reply else page.explanation,
        told="verhaal" in page.evidence,
        story=_newest(sheet, page, replies=False) if "verhaal" in page.evidence else None,
        open=[*_waiting(sheet, found), *(one.question for one in promised if one.question)],
    )


def _waiting(sheet: Sheet, found: dict[str, Aim | None]) -> Iterator[str]:
    """Yield a line for each indicator without a figure: its question on the agenda, if there is."""
    agenda = sheet.agreed.development if sheet.agreed else ()
    asked = {point.indicator: point.question for point in agenda}
    for name in [name for name, one in found.items() if one is None]:
        known = sheet.shelf.agreement.indicators[name].name
        yield asked.get(name) or sheet.words("results.waiting", name=known)


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
