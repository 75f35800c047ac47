"""What people tell in their own words; at least one story that rubs, where there is one."""

from reports.block import Block, Omitted, Sheet, Zone, fill
from reports.shelf import REPLY, Story

MOST = 3

TEMPLATE = """
<div class="stories">
{% for story in stories %}
<article class="story{{ ' rubs' if story.rubs else '' }}">
<h3>{{ story.title }}</h3>
<p>{{ story.text }}</p>
{% if story.change %}<p class="change"><b>{{ words("stories.change") }}</b> {{ story.change }}</p>
{%- endif %}
<p class="ground"><span>{{ words("stories.kind." ~ story.kind) }}</span>
<span>{{ story.role }}</span> <span>{{ sheet.shelf.story_area(story) }}</span>{% if story.date %}
<span>{{ words.period(story.quarter) }}</span>{% endif %}</p>
</article>
{% endfor %}
</div>
<p class="source">{{ words("stories.order") }}</p>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show at most three stories of this area or partner, the newest first."""
    mine = [story for story in sheet.shelf.stories if _of(sheet, story)]
    if not mine:
        return Omitted(sheet.words("stories.none"))
    mine.sort(key=lambda s: (s.date is not None, s.date, s.id), reverse=True)
    chosen = mine[:MOST]
    rubbing = [story for story in mine if story.rubs]
    if rubbing and not any(story.rubs for story in chosen):
        chosen[-1] = rubbing[0]
    body = fill(TEMPLATE, sheet, stories=chosen)
    title = sheet.words("stories.title", title=chosen[0].title)
    zone: Zone = "main" if sheet.partner and not _has_results(sheet) else "back"
    return Block(sheet.words("stories.topic"), title, body, zone)


def _of(sheet: Sheet, story: Story) -> bool:
    """A reply of a practitioner stands beside the figure that it explains, not here."""
    mine = story.partner == sheet.id if sheet.partner else story.area == sheet.area.code
    return mine and story.kind != REPLY


def _has_results(sheet: Sheet) -> bool:
    return bool(sheet.agreed and sheet.agreed.result_sheets)
