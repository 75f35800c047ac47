"""What people tell in their own words; at least one story that rubs, where there is one."""

from reports.block import Block, Omitted, Sheet, Zone, fill
from reports.shelf import Story

KIND = "verhaal"
"""Panels and signals have a block of their own; a reply stands beside the figure it explains."""

MOST = 2
LINES = 8

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

ROOM = """
<p class="lead">{{ words("stories.none") }}</p>
<ul class="empty-lines" aria-hidden="true">{% for _ in range(lines) %}<li></li>{% endfor %}</ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show at most two stories of this area or partner, the newest first."""
    mine = [story for story in sheet.shelf.stories if _of(sheet, story)]
    if not mine:
        return _room(sheet) if _in_the_middle(sheet) else Omitted(sheet.words("stories.none"))
    mine.sort(key=lambda s: (s.date is not None, s.date, s.id), reverse=True)
    chosen = mine[:MOST]
    rubbing = [story for story in mine if story.rubs]
    if rubbing and not any(story.rubs for story in chosen):
        chosen[-1] = rubbing[0]
    body = fill(TEMPLATE, sheet, stories=chosen)
    title = sheet.words("stories.title", title=chosen[0].title)
    zone: Zone = "main" if _in_the_middle(sheet) else "back"
    return Block(sheet.words("stories.topic"), title, body, zone)


def _in_the_middle(sheet: Sheet) -> bool:
    """Whether stories are the main thing: of a partner that promised no results."""
    return sheet.partner is not None and not sheet.promises


def _room(sheet: Sheet) -> Block:
    """Leave room to write the first story in: an empty sheet asks nobody anything."""
    body = fill(ROOM, sheet, lines=LINES)
    return Block(sheet.words("stories.topic"), sheet.words("stories.room"), body, "main")


def _of(sheet: Sheet, story: Story) -> bool:
    mine = story.partner == sheet.id if sheet.partner else story.area == sheet.area.code
    return mine and story.kind == KIND
