"""What was agreed in any talk and still stands, what was done, and whether figures changed."""

from reports.block import Block, Omitted, Sheet, fill
from reports.changed import changed
from reports.harvest import APPOINTMENT

MOST = 3

TEMPLATE = """
<div class="agreed">{{ m.appointments(agreed, words) }}</div>
{% if rest %}<p class="source">{{ rest }}</p>{% endif %}
{% if since %}<p class="source">{{ since }}</p>{% endif %}
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show the appointments of the whole municipality: those that stand first, the newest first."""
    every = [one for one in sheet.heard if one.kind == APPOINTMENT]
    if not every:
        return Omitted(sheet.words("agreed.none"))
    agreed = sorted(every, key=lambda one: not one.open)[:MOST]
    body = fill(TEMPLATE, sheet, agreed=agreed, rest=_rest(sheet, len(every)), since=_since(sheet))
    standing = sum(one.open for one in every)
    title = sheet.words.one_or_more("agreed.title", standing)
    if not standing:
        title = sheet.words("agreed.title.done")
    return Block(sheet.words("agreed.topic"), title, body, "foot")


def _rest(sheet: Sheet, count: int) -> str:
    """Say how many are shown where that is not all, and which sheet has more of them."""
    if count <= MOST:
        return ""
    key = "agreed.rest" if sheet.shelf.has("auditorium") else "agreed.rest.untold"
    return sheet.words(key, shown=MOST, count=count)


def _since(sheet: Sheet) -> str:
    """Say whether figures changed, where an edition came before; inside that is not compared."""
    edition = sheet.shelf.edition
    if edition.confidential or edition.previous is None:
        return ""
    key = "agreed.changed" if changed(sheet) else "agreed.unchanged"
    return sheet.words(key, id=edition.previous)
