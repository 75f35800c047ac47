"""Whom to ask about the figures, and what to do when someone can be recognised after all."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
<ul class="ask"><li>{{ contact }}</li><li>{{ words("ask.recognised") }}</li>
<li>{{ words("ask.withdrawn") }}</li></ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Name the agreement's contact."""
    contact = sheet.shelf.agreement.general.contact
    if not contact:
        return Omitted(sheet.words("ask.none"))
    body = fill(TEMPLATE, sheet, contact=contact)
    return Block(sheet.words("ask.topic"), sheet.words("ask.title"), body, "right")
