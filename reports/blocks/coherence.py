"""Sturen op samenhang: per goal the chain from toegang to money, each link with one signal."""

from dataclasses import dataclass

import polars as pl

from reports.block import Block, Omitted, Sheet, fill
from reports.figures import Figure
from reports.shelf import REPLY
from sources.agreement.model import Chain, Signal

LINKS = ("access", "plan", "arrangement", "help", "funding")

TEMPLATE = """
{% macro link(one) %}
{% if one.figure %}{{ one.text }}
<b data-figure="{{ one.figure.key }}">{{ one.figure.headline }}</b>
{% elif one.quote %}<blockquote><p>{{ one.quote }}</p></blockquote>
{% elif one.text %}{{ one.text }}
{% else %}<span class="nothing">{{ m.shape("unknown") }} {{ words("coherence.nothing") }}</span>
{% endif %}
{% endmacro %}
<table class="grid"><caption class="unseen">{{ words("coherence.topic") }}</caption>
<thead><tr><th scope="col">{{ words("coherence.goal") }}</th>
{% for name in names %}<th scope="col">{{ words("coherence." ~ name) }}</th>{% endfor %}</tr>
</thead>
<tbody>
{% for goal, known in lines %}
<tr><th scope="row">{{ goal.name }}</th>
{% for one in known %}<td><b class="cell">{{ words("coherence." ~ names[loop.index0]) }}</b>
{{ link(one) }}</td>
{% endfor %}</tr>
{% endfor %}
</tbody></table>
"""


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of one link: words, a figure that this sheet tells, or a story; or nothing."""

    text: str = ""
    figure: Figure | None = None
    quote: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a signal."""
        return bool(self.text or self.quote)


def render(sheet: Sheet) -> Block | Omitted:
    """Show the five links of each doel; a link without a signal says that nothing is known."""
    chains = sheet.shelf.agreement.coherence.chains
    lines = [
        (goal, _links(sheet, chains.get(name, Chain())))
        for name, goal in sheet.shelf.agreement.goals_in_order()
    ]
    if not chains or not lines:
        return Omitted(sheet.words("coherence.none"))
    figures = tuple(one.figure for _, links in lines for one in links if one.figure)
    body = fill(TEMPLATE, sheet, lines=lines, names=LINKS)
    title = _title(sheet, [links for _, links in lines])
    return Block(sheet.words("coherence.topic"), title, body, "back", figures)


def _links(sheet: Sheet, chain: Chain) -> list[Link]:
    return [_link(sheet, getattr(chain, name)) for name in LINKS]


def _link(sheet: Sheet, signal: Signal | None) -> Link:
    """A figure that nobody delivered yet, and a story that was withdrawn, are no signal."""
    if signal is None:
        return Link()
    if signal.story:
        return Link(quote=_newest_story(sheet, signal.story))
    if not signal.indicator:
        return Link(text=signal.text)
    figure = sheet.shelf.latest(signal.indicator, sheet.area.code)
    if figure is None or not figure.published:
        return Link()
    told = figure if signal.indicator in sheet.indicators else None
    return Link(text=figure.definition.name, figure=told)


def _newest_story(sheet: Sheet, goal: str) -> str:
    """Return what changed for the newest who told of a goal, wherever; empty where nobody did."""
    goals = sheet.shelf.agreement.goals
    below = [goal, *(name for name, one in goals.items() if one.parent == goal)]
    told = sheet.shelf.edition.stories.filter(
        pl.col("theme").is_in(below), pl.col("kind") != REPLY
    ).sort("date", "story_id", nulls_last=False)
    newest = told.tail(1).to_dicts()
    return (newest[0]["change"] or newest[0]["title"]) if newest else ""


def _title(sheet: Sheet, chains: list[list[Link]]) -> str:
    whole = sum(all(link.known for link in links) for links in chains)
    key = "coherence.title" if whole else "coherence.title.none"
    return sheet.words(key, count=whole, all=len(chains))
