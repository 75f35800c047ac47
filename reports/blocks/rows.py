"""Per goal one row a figure: nulmeting, now, streefwaarde and horizon in one mark."""

from dataclasses import dataclass

from reports.aims import Aim, aim
from reports.block import ARC_COLUMN, Block, Omitted, Sheet, fill
from reports.figures import Figure

TEMPLATE = """
{% for one in goals %}
<section class="rows" aria-labelledby="rij-{{ loop.index }}">
<h3 id="rij-{{ loop.index }}">{{ one.name }}</h3>
{% for aim in one.aims %}{{ m.progress(aim, sheet, 4) }}
{% endfor %}
</section>
{% endfor %}
{% if elsewhere %}<p class="missing">{{ words("rows.elsewhere", goals=elsewhere | join("; ")) }}</p>
{% endif %}
{% if nowhere %}<p class="missing">{{ words("rows.nowhere", goals=nowhere | join("; ")) }}</p>
{% endif %}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A doel with its figures here; `told` and `counted`: whether this sheet, or anybody, does."""

    name: str
    aims: list[Aim]
    told: bool
    counted: bool


def render(sheet: Sheet) -> Block | Omitted:
    """Show the figures of each goal that answer no question of the council and have no picture."""
    rows = [_row(sheet, key, one.name) for key, one in sheet.shelf.agreement.goals_in_order()]
    shown = [one for one in rows if one.aims]
    if not shown:
        return Omitted(sheet.words("rows.none"))
    silent = [one for one in rows if not one.told]
    body = fill(
        TEMPLATE,
        sheet,
        goals=shown,
        elsewhere=[one.name for one in silent if one.counted],
        nowhere=[one.name for one in silent if not one.counted],
    )
    figures = tuple(aim.figure for one in shown for aim in one.aims)
    return Block(sheet.words("rows.topic"), _title(sheet, figures), body, "main", figures)


def _row(sheet: Sheet, key: str, name: str) -> Row:
    known = sheet.shelf.agreement
    asked = {one for question in known.council.questions for one in question.indicators}
    under = [one for one in known.indicators if known.goal_of(one) == key]
    told = [one for one in sheet.indicators if one in under]
    mine = [
        one for one in told if one not in asked and known.indicators[one].breakdown != ARC_COLUMN
    ]
    found = (aim(sheet, one, f"rij-{one}") for one in mine)
    return Row(name, [one for one in found if one], bool(told), bool(under))


def _title(sheet: Sheet, figures: tuple[Figure, ...]) -> str:
    tones = {figure.progress.tone for figure in figures if figure.progress}
    if {"good", "bad"} <= tones:
        return sheet.words("rows.title.both")
    for tone in ("good", "bad", "plain", "equal"):
        if tone in tones:
            return sheet.words(f"rows.title.{tone}")
    return sheet.words("rows.title.unknown")
