"""Draagkracht beside draaglast: what carries people and what they carry, never taken together."""

from dataclasses import dataclass

from reports.block import Block, Omitted, Sheet, fill
from reports.evidence import weighed
from reports.figures import Figure
from transforms.comparison import Comparison

TEMPLATE = """
<div class="both">
{% for side in sides %}
<div class="side {{ side.name }}">
<h3 class="label">{{ words("capacity." ~ side.name) }}</h3>
<div class="borne">
{% for figure in side.figures %}
<div><p class="number {{ figure.status }}" data-figure="{{ figure.key }}">
<strong>{{ figure.headline }}</strong></p>
<p class="indicator">{{ figure.definition.name }}</p>
<p class="ground" data-figure="{{ figure.key }}">{% if figure.published and not figure.is_share %}
<span>{{ figure.unit }}</span> {% endif %}<span>{{ figure.when }}</span>
{%- if figure.source == "estimate" %} <span>{{ words("figure.estimate") }}</span>{% endif %}
{%- if sheet.whole(figure) %} <span>{{ sheet.whole(figure) }}</span>{% endif %}</p>
{{ m.remark(figure, sheet) }}</div>
{% endfor %}
</div></div>
{% endfor %}
</div>
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sides, with the figures that this sheet tells of it."""

    name: str
    figures: tuple[Figure, ...]

    @property
    def stands(self) -> str:
        """How its figures compare with the whole municipality: a key of the catalogue."""
        remarks = (figure.remark for figure in self.figures if figure.published)
        said = {remark.word for remark in remarks if remark}
        differs = said & {Comparison.MORE, Comparison.LESS}
        if len(differs) == 1:
            return differs.pop().name.lower()
        if differs:
            return "mixed"
        return "equal" if said == {Comparison.ABOUT_EQUAL} else "unknown"


def render(sheet: Sheet) -> Block | Omitted:
    """Show both sides with the figures that this sheet tells; with one side empty, neither."""
    if not sheet.shelf.inhabited(sheet.area.code):
        return Omitted(sheet.words("point.nobody"))
    sides = [Side(name, figures) for name, figures in weighed(sheet).items()]
    if not all(side.figures for side in sides):
        return Omitted(sheet.words("capacity.none"))
    figures = tuple(figure for side in sides for figure in side.figures)
    body = fill(TEMPLATE, sheet, sides=sides)
    return Block(sheet.words("capacity.topic"), _title(sheet, sides), body, "main", figures)


def _title(sheet: Sheet, sides: list[Side]) -> str:
    """Say how both sides compare with the municipality, where that can be said of any of it."""
    if not any(figure.remark for side in sides for figure in side.figures):
        return sheet.words("capacity.title.bare")
    stand = {side.name: sheet.words(f"capacity.stands.{side.stands}") for side in sides}
    if len(set(stand.values())) == 1:
        return sheet.words("capacity.title.alike", both=stand["strength"])
    return sheet.words("capacity.title", **stand)
