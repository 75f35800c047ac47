"""The direction that a partner and the municipality agreed on: only in the partner's package."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
{% import "judged.html.j2" as j %}
<p>{{ j.way(direction) }} {{ words("direction.agreed", day=words.day(day)) }}</p>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show the direction and the day on which it was agreed; what is not agreed stays inside.

    The municipality reads it in `matrices`.
    """
    if not sheet.partner or sheet.shelf.edition.own_partner != sheet.id:
        return Omitted(sheet.words("direction.inside"))
    strategy = sheet.partner.strategy
    if not strategy or not strategy.direction or not strategy.agreed_on:
        return Omitted(sheet.words("direction.none"))
    body = fill(TEMPLATE, sheet, direction=strategy.direction, day=strategy.agreed_on)
    title = sheet.words(f"direction.title.{strategy.direction}")
    return Block(sheet.words("direction.topic"), title, body, "left")
