"""The doelenboom: from one main goal to results, and per goal how much people say they know."""

from dataclasses import dataclass

from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.model import EvidenceLevel, Frame, Goal, GoalLevel

TEMPLATE = """
{% macro level(known) %}
<svg class="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
{%- for step in steps %}
<path{% if loop.index <= filled[known] %} class="filled"{% endif %} d="{{ step }}"/>
{%- endfor -%}
</svg> <b>{{ words("tree.level." ~ known) }}</b>
{% endmacro %}
<div class="tree">
<div class="root"><p class="vision">{{ main.picture or main.statement }}</p>
{% if together %}<p class="ground">{{ judged(together) }}</p>{% endif %}</div>
<ol class="branches">
{% for branch in branches %}
<li>
<h3>{{ branch.goal.name }}</h3>
<p class="level level-{{ branch.level }}">{{ level(branch.level) }}</p>
<div class="reason">{% if branch.goal.knowledge %}<p>{{ branch.goal.knowledge.reason }}</p>
{% if not together %}<p class="ground">{{ judged(branch.goal.knowledge) }}</p>{% endif %}{% endif %}
</div>
<ul class="leaves">{% for result in branch.results %}<li>{{ result.name }}</li>{% endfor %}</ul>
<p class="ground">{% for frame in branch.frames %}<span>{{ words("tree.frame", name=frame.name,
 when=frame.decided_on.year) }}</span>{% endfor %}</p>
</li>
{% endfor %}
</ol>
</div>
"""

STEPS = ("M1.2 10h3v4.8h-3z", "M6.5 6h3v8.8h-3z", "M11.8 1.2h3v13.6h-3z")
FILLED = {"solid": 3, "thin": 1, "none": 0, "unjudged": 0}
"""How many of the steps are filled, by how much people say they know."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One doel with its maatschappelijke resultaten and the frames of the council over it."""

    goal: Goal
    results: list[Goal]
    frames: list[Frame]

    @property
    def level(self) -> str:
        """How much people say they know of it; never worked out from figures."""
        return self.goal.knowledge.level if self.goal.knowledge else "unjudged"


def render(sheet: Sheet) -> Block | Omitted:
    """Draw the main goal, the doelen under it with their level of evidence, and their results."""
    branches = [_branch(sheet, name, goal) for name, goal in sheet.shelf.agreement.goals_in_order()]
    if not branches:
        return Omitted(sheet.words("goals.none"))
    _, main = sheet.shelf.agreement.main_goal()

    def judged(known: EvidenceLevel) -> str:
        day = sheet.words.day(known.date)
        return sheet.words("tree.judged", who=known.judged_by, day=day)

    together = _together(branches)
    steps = {"steps": STEPS, "filled": FILLED}
    told = {"main": main, "branches": branches, "together": together, "judged": judged}
    body = fill(TEMPLATE, sheet, **told, **steps)
    topic = sheet.words("tree.topic", goal=main.name)
    return Block(topic, _title(sheet, branches), body, "head")


def _branch(sheet: Sheet, name: str, goal: Goal) -> Branch:
    known, day = sheet.shelf.agreement, sheet.shelf.edition.known_at
    below = [g for g in known.goals.values() if g.parent == name and g.level is GoalLevel.RESULT]
    frames = [f for f in known.council.frames.values() if name in f.goals and f.decided_on <= day]
    return Branch(goal, sorted(below, key=lambda one: one.order), frames)


def _together(branches: list[Branch]) -> EvidenceLevel | None:
    """Return any of the judgements where all are of one day and of the same people."""
    said = [branch.goal.knowledge for branch in branches if branch.goal.knowledge]
    alike = len({(one.judged_by, one.date) for one in said}) == 1
    return said[0] if alike else None


def _title(sheet: Sheet, branches: list[Branch]) -> str:
    levels = [branch.level for branch in branches]
    if set(levels) == {"unjudged"}:
        return sheet.words("tree.title.unjudged")
    counted = {"count": levels.count("solid"), "all": len(levels)}
    return sheet.words("tree.title" if "solid" in levels else "tree.title.none", **counted)
