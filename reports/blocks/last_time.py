"""What was agreed last time and what came of it; what was strong, and what could be better."""

from reports.block import Block, Omitted, Sheet, Zone, fill
from reports.harvest import APPOINTMENT, IMPROVEMENT, STRENGTH, Heard

MOST_AGREED, OF_PARTNER = 8, 2
MOST_SAID = 3
MANY = 4
"""With more figures than this in the middle of a sheet, it stands beside them and not above."""

TEMPLATE = """
<div class="last-time">
<div class="kept">
<ul class="appointments">
{% for one in agreed %}
<li><p class="what"><b>{{ one.text }}</b></p>
<p class="ground"><span>{{ one.who }}</span>
{%- if one.by %} <span>{{ words("last_time.by", day=words.day(one.by)) }}</span>{% endif %}
{%- for name in about(one) %} <span>{{ name }}</span>{% endfor %}</p>
<p class="became">{{ m.status(one.status, words, one.late) }}
{%- if one.done %}: {{ one.done }}{% endif %}</p>
</li>
{% endfor %}
</ul>
{% if more %}<p class="source">{{ words.one_or_more("last_time.more", more) }}</p>{% endif %}
</div>
{% for key, said in points.items() if said %}
<div class="said {{ key }}">
<h3>{{ words("last_time." ~ key) }}</h3>
<ul>{% for one in said %}<li>{{ one.text }}
<span class="quiet">{{ words.month(one.day) }}</span></li>{% endfor %}</ul>
</div>
{% endfor %}
</div>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show what still has to be done first, then what was done; the newest talks first.

    Of a partner what was agreed with it: what was said in a room was said of no one.
    """
    agreed = [one for one in sheet.heard if one.kind == APPOINTMENT]
    every = sorted(agreed, key=lambda one: not one.open)
    said = [one for one in sheet.heard if one.kind != APPOINTMENT and not sheet.partner]
    most = OF_PARTNER if sheet.partner else MOST_AGREED
    if not every and not said:
        return Omitted(sheet.words("last_time.none"))
    points = {
        "strong": [one for one in said if one.kind == STRENGTH][:MOST_SAID],
        "better": [one for one in said if one.kind == IMPROVEMENT][:MOST_SAID],
    }
    body = fill(
        TEMPLATE,
        sheet,
        agreed=every[:most],
        more=len(every[most:]),
        points=points,
        about=lambda one: _about(sheet, one),
    )
    return Block(sheet.words("last_time.topic"), _title(sheet, every), body, _zone(sheet))


def _zone(sheet: Sheet) -> Zone:
    results = sheet.agreed.result_sheets if sheet.agreed else ()
    return "right" if sum(len(one.indicators) for one in results) > MANY else "head"


def _about(sheet: Sheet, one: Heard) -> list[str]:
    """Return the names of the goals that it is about, of a partner none, and of its wijk."""
    known, areas = sheet.shelf.agreement.goals, sheet.shelf.areas
    goals = [] if sheet.partner else [known[name].name for name in one.goals if name in known]
    own = one.area in areas and one.area != sheet.shelf.municipality
    return [*goals, *([areas[one.area].name] if own else [])]


def _title(sheet: Sheet, every: list[Heard]) -> str:
    done = sum(not one.open for one in every)
    if not every:
        return sheet.words("last_time.title.said")
    if done == len(every):
        return sheet.words("last_time.title.all")
    if not done:
        return sheet.words.one_or_more("last_time.title.open", len(every))
    return sheet.words.one_or_more("last_time.title.some", done, all=sheet.words.number(len(every)))
