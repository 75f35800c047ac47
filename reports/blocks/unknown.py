"""What we do not know: never left out, because a sheet that knows everything is not believed."""

from itertools import product

from reports.block import ARC_COLUMN, Block, Omitted, Sheet, fill, in_rainbow
from reports.figures import Figure
from sources.agreement.linking import off
from sources.agreement.model import Kind

TEMPLATE = """
<ul class="unknowns">
{% for line in lines %}<li>{{ line }}</li>
{% endfor %}
</ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Say what was not delivered, what is protected or provisional, and what nobody measures."""
    lines = [*_missing(sheet), *_held_back(sheet), *_unmeasured(sheet)]
    title = sheet.words.one_or_more("unknown.title", len(lines))
    if not lines:
        lines = [sheet.words("unknown.nothing")]
        title = sheet.words("unknown.title.nothing")
    body = fill(TEMPLATE, sheet, lines=lines)
    return Block(sheet.words("unknown.topic"), title, body, "foot")


def _missing(sheet: Sheet) -> list[str]:
    absent = sheet.shelf.absent(sheet.id if sheet.partner else None)
    if not absent:
        return []
    if sheet.partner:
        return [sheet.words.one_or_more("unknown.own_missing", len(absent))]
    named = sheet.shelf.agreement.partners
    who = [named[name].name if name in named else name for name in dict.fromkeys(absent)]
    return [sheet.words("unknown.missing", who=sheet.words.listed(who))]


def _held_back(sheet: Sheet) -> list[str]:
    named = sheet.indicators
    counted = [name for name, told in named.items() if told.kind is not Kind.STORY]
    newest = [figure for name in counted if (figure := sheet.latest(name))]
    lines = []
    shown = (*newest, *_arcs(sheet))
    held_back = [figure.definition for figure in shown if figure.status == "protected"]
    for key, at_source in (("protected", False), ("unpublished", True)):
        names = [told.name for told in held_back if told.protected_at_source is at_source]
        if names:
            told = sheet.words.listed(list(dict.fromkeys(names)))
            lines.append(sheet.words(f"unknown.{key}", names=told))
    absent = [f.definition.name for f in newest if f.status == "not_delivered"]
    if absent:
        lines.append(sheet.words("unknown.not_delivered", names=sheet.words.listed(absent)))
    if any(f.published and f.provisional for f in newest):
        lines.append(sheet.words("unknown.provisional"))
    return lines


def _arcs(sheet: Sheet) -> list[Figure]:
    """Return the figures of single arcs, which an area's rainbow shows."""
    arcs = [str(arc.id) for arc in sheet.shelf.agreement.rainbow.arcs]
    told = [name for name, one in sheet.indicators.items() if one.breakdown == ARC_COLUMN]
    places = product(told, () if sheet.partner else arcs)
    found = (sheet.shelf.latest(one, sheet.area.code, breakdown=arc) for one, arc in places)
    return [figure for figure in found if figure]


def _unmeasured(sheet: Sheet) -> list[str]:
    agreement = sheet.shelf.agreement
    coming = [i.name for i in agreement.indicators.values() if i.status == "in_development"]
    lines = [sheet.words("unknown.coming", names=sheet.words.listed(coming))] if coming else []
    if apart := [one.name for one in agreement.indicators.values() if off(agreement, one)]:
        lines.append(sheet.words("unknown.off", names=sheet.words.listed(apart)))
    lines += _nobody(sheet)
    if sheet.partner:
        return lines
    for name, goal in agreement.goals_in_order():
        if not sheet.shelf.of_kind({Kind.OUTCOME, Kind.EXPERIENCE}, goal=name):
            lines.append(sheet.words("unknown.goal", goal=goal.name))
    whole = sheet.shelf.agreement.general.municipality.code
    if sheet.kind == "district":
        wide = [
            told.name
            for name, told in sheet.indicators.items()
            if not in_rainbow(told)
            and sheet.latest(name) is None
            and sheet.shelf.latest(name, whole) is not None
        ]
        if wide:
            lines.append(sheet.words("unknown.wide", names=sheet.words.listed(wide)))
    return lines


def _nobody(sheet: Sheet) -> list[str]:
    """Say what matters for the goals of this sheet and is measured by nobody, on one line."""
    goals = sheet.shelf.agreement.goals_in_order()
    ours = [goal for name, goal in goals if not sheet.partner or name in sheet.partner.goals]
    told = [matter for goal in ours for matter in goal.unmeasured]
    return [" ".join((sheet.words("unknown.unmeasured"), *told))] if told else []
