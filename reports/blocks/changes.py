"""Everything that changed since the previous edition, as one list: by what happened, by name."""

from dataclasses import dataclass
from typing import Any

from reports.block import ARC_COLUMN, Block, Omitted, Sheet, fill
from sources.agreement.model import Indicator
from transforms.changes import Reason

TEMPLATE = """
{% for group in groups %}
<section class="changed" aria-labelledby="veranderd-{{ group.reason }}">
<h3 id="veranderd-{{ group.reason }}">{{ words("changed." ~ group.reason) }}</h3>
{% if group.reason == "real" %}<p class="source">{{ words("changes.real") }}</p>{% endif %}
<ul class="where">
{% for name, places in group.named %}<li><b>{{ name }}</b> {{ words.listed(places) }}</li>
{% endfor %}
</ul>
<details{% if group.reason == "real" %} open{% endif %}>
<summary>{{ words("changes.open") }}</summary>
<div class="scroll"><table>
<caption>{{ words("changes.caption", reason=words("changed." ~ group.reason)) }}</caption>
<thead><tr>{% for key in ("what", "area", "period", "was", "now") %}
<th scope="col">{{ words("changes." ~ key) }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in group.rows %}
<tr><th scope="row">{{ row.name }}</th><td>{{ row.place }}</td><td>{{ row.period }}</td>
<td>{{ row.was }}</td>
<td{% if row.key %} data-figure="{{ row.key }}"{% endif %}>{{ row.now }}</td></tr>
{% endfor %}
</tbody></table></div></details>
</section>
{% endfor %}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One change in words: the figure, where and when, and how it reads in both editions.

    `key` is that of the figure as it is now; '' where its area is gone.
    """

    name: str
    place: str
    period: str
    was: str
    now: str
    key: str


@dataclass(frozen=True, slots=True)
class Group:
    """All changes of one reason; `named` tells per figure where."""

    reason: str
    rows: tuple[Row, ...]

    @property
    def named(self) -> list[tuple[str, list[str]]]:
        """Each figure once, with the places in which it changed."""
        names = dict.fromkeys(row.name for row in self.rows)
        return [
            (name, list(dict.fromkeys(r.place for r in self.rows if r.name == name)))
            for name in names
        ]


def render(sheet: Sheet) -> Block | Omitted:
    """List every change by its reason, what happened in the world first."""
    edition, words = sheet.shelf.edition, sheet.words
    if edition.previous is None:
        return Omitted(words("changes.first"))
    rows = edition.changes.to_dicts()
    if not rows:
        return Omitted(words("changes.none", id=edition.previous))
    made = ((r.value, [_row(sheet, row) for row in rows if row["reason"] == r]) for r in Reason)
    groups = [
        Group(reason, tuple(sorted(found, key=lambda one: (one.name, one.place, one.period))))
        for reason, found in made
        if found
    ]
    key = "real" if groups[0].reason == Reason.REAL else "same"
    body = fill(TEMPLATE, sheet, groups=groups)
    return Block(words("changes.topic"), words(f"changes.title.{key}"), body, "back")


def _row(sheet: Sheet, row: dict[str, Any]) -> Row:
    words, shelf = sheet.words, sheet.shelf
    definition = shelf.indicator(row["indicator"])
    part = _part(sheet, definition, row["breakdown"])
    place = {"partner": row["partner"], "breakdown": row["breakdown"]}
    figure = shelf.at(row["indicator"], row["area"], row["period"], **place)
    area = shelf.areas[row["area"]].name if row["area"] in shelf.areas else row["area"]
    return Row(
        name=f"{definition.name} ({part})" if part else definition.name,
        place=shelf.partner_name(row["partner"]) if row["partner"] else area,
        period=words.period(row["period"]),
        was=row["was"] or words("changed.nothing"),
        now=row["now"] or words("changed.nothing"),
        key=figure.key if figure else "",
    )


def _part(sheet: Sheet, definition: Indicator, breakdown: str) -> str:
    """Return which part of an indicator a figure tells, in words: a code tells nobody anything."""
    if not breakdown:
        return ""
    named = {key: one.name for key, one in definition.variants.items()}
    if definition.breakdown == ARC_COLUMN:
        named |= {str(arc.id): arc.name for arc in sheet.shelf.agreement.rainbow.arcs}
    return named.get(breakdown, sheet.words("changes.part"))
