"""The general part of the agreement, in short: its kind, its term, and what it is about."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
<p>{{ agreement.general }}</p>
{% for last in agreement.history[-1:] %}
<p class="source">{{ words("general.agreed", day=words.day(last.date),
 parties=words.listed(last.parties | list)) }}</p>
{% endfor %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show the general part of the agreement in force, and with whom it was agreed."""
    agreement = sheet.agreed
    if agreement is None:
        return Omitted(sheet.words("general.none"))
    kind = sheet.words(f"agreement.{agreement.kind}")
    key = "general.title.until" if agreement.end else "general.title.open"
    if agreement.kind == "geen":
        key = "general.title.free"
    until = sheet.words.month(agreement.end) if agreement.end else ""
    title = sheet.words(key, kind=kind, begin=sheet.words.month(agreement.begin), until=until)
    return Block(
        sheet.words("general.topic"), title, fill(TEMPLATE, sheet, agreement=agreement), "left"
    )
