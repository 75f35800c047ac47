"""The general part of the agreement, in short: its kind, its term, and what it is about."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
<p>{{ agreement.general }}</p>
{% if agreement.agreed_on %}<p class="source">{{ agreement.agreed_on }}</p>{% endif %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show the general part of the partner's newest agreement."""
    mine = [a for a in sheet.shelf.agreement.agreements.values() if a.partner == sheet.id]
    if not mine:
        return Omitted(sheet.words("general.none"))
    agreement = max(mine, key=lambda one: (one.begin, one.version))
    kind = sheet.words(f"agreement.{agreement.kind}")
    key = "general.title.until" if agreement.end else "general.title.open"
    if agreement.kind == "geen":
        key = "general.title.free"
    until = sheet.words.month(agreement.end) if agreement.end else ""
    title = sheet.words(key, kind=kind, begin=sheet.words.month(agreement.begin), until=until)
    return Block(
        sheet.words("general.topic"), title, fill(TEMPLATE, sheet, agreement=agreement), "left"
    )
