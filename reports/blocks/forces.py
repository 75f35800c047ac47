"""The krachtenveld: who matters for the goals, how near they stand, and what they think of it.

For the municipality only: in no public file and in no partner's package.
"""

from dataclasses import dataclass
from itertools import groupby
from math import cos, pi, sin

from reports.block import Block, Omitted, Sheet, fill
from reports.edition import MUNICIPALITY
from sources.agreement.model import Actor

RINGS = ("meebeslissen", "meedoen", "meedenken", "meeweten")
"""From the middle outward."""

STEP, MIDDLE = 34, 150
"""How wide a ring is, and where the middle of the drawing lies."""

TEMPLATE = """
<div class="forces">
<svg class="rings" viewBox="0 0 {{ 2 * middle }} {{ 2 * middle }}" aria-hidden="true"
 focusable="false">
{% for ring in rings | reverse %}<circle class="ring" cx="{{ middle }}" cy="{{ middle }}"
 r="{{ step * loop.revindex }}"/>{% endfor %}
{% for one in placed %}<g class="attitude-{{ one.actor.attitude.value }}">
<circle cx="{{ one.x }}" cy="{{ one.y }}" r="12"/>
<text x="{{ one.x }}" y="{{ one.y + 5 }}" text-anchor="middle">{{ one.letter }}</text></g>
{% endfor %}
</svg>
<div class="scroll"><table><caption>{{ words("forces.caption") }}</caption>
<thead><tr>{% for key in ("who", "ring", "role", "attitude", "goals") %}
<th scope="col">{{ words("forces." ~ key) }}</th>{% endfor %}</tr></thead>
<tbody>
{% for one in placed %}
<tr><th scope="row"><b class="letter attitude-{{ one.actor.attitude.value }}">{{ one.letter }}</b>
{{ one.actor.name }}</th>
<td>{{ one.actor.ring }}</td><td>{{ one.actor.role }}</td>
<td><b>{{ words("forces.level." ~ one.actor.attitude.value) }}</b>. {{ one.actor.attitude.reason }}
<span class="quiet">{{ one.actor.attitude.judged_by }},
 {{ words.month(one.actor.attitude.date) }}</span></td>
<td>{{ one.goals }}</td></tr>
{% endfor %}
</tbody></table></div>
</div>
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """An actor with its letter, its place in the drawing, and the goals it matters for."""

    actor: Actor
    letter: str
    x: float
    y: float
    goals: str


def render(sheet: Sheet) -> Block | Omitted:
    """Draw every actor in its ring, and tell of each what it thinks and why; only to insiders."""
    if sheet.shelf.edition.audience != MUNICIPALITY:
        return Omitted(sheet.words("forces.inside"))
    actors = sheet.shelf.agreement.forces.actors.values()
    if not actors:
        return Omitted(sheet.words("forces.none"))
    placed = _placed(sheet, sorted(actors, key=lambda one: (RINGS.index(one.ring), one.name)))
    doubtful = sum(one.attitude.value < 3 for one in actors)
    body = fill(TEMPLATE, sheet, placed=placed, rings=RINGS, step=STEP, middle=MIDDLE)
    key = "none" if not doubtful else "some"
    return Block(sheet.words("forces.topic"), sheet.words(f"forces.title.{key}"), body, "back")


def _placed(sheet: Sheet, actors: list[Actor]) -> list[Placed]:
    """Spread the actors of each ring evenly around the middle, the rings turned a little."""
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ" * (1 + len(actors) // 26))
    return [
        _at(sheet, actor, next(letters), turn=place / len(ring) + number / len(RINGS) / 2)
        for number, (_, group) in enumerate(groupby(actors, key=lambda one: one.ring))
        for ring in [list(group)]
        for place, actor in enumerate(ring)
    ]


def _at(sheet: Sheet, actor: Actor, letter: str, *, turn: float) -> Placed:
    far = STEP * (RINGS.index(actor.ring) + 0.5)
    goals = sheet.shelf.agreement.goals
    return Placed(
        actor=actor,
        letter=letter,
        x=round(MIDDLE + far * sin(2 * pi * turn), 1),
        y=round(MIDDLE - far * cos(2 * pi * turn), 1),
        goals=sheet.words.listed([goals[name].name for name in actor.goals if name in goals]),
    )
