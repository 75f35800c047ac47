"""The council's two questions: is help quick, and is nothing done twice?"""

from reports.aims import Aim, aim
from reports.block import Block, Omitted, Sheet, fill
from reports.evidence import TIMED, leading, timed
from sources.agreement.model import Kind

TEMPLATE = """
{% for one in aims %}
{{ m.aim(one, sheet, 3, one.figure.indicator in above) }}
{% endfor %}
<p class="unmeasured"><b>{{ words("council.double") }}</b> {{ double }}</p>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show every indicator with a legal term, and the experience that must stand beside it.

    Of a figure that stands in a tile already, only what the tile does not say.
    """
    found = (aim(sheet, name, f"raad-{name}") for name in timed(sheet)[:TIMED])
    aims = [one for one in found if one]
    if not aims:
        return Omitted(sheet.words("council.none"))
    body = fill(TEMPLATE, sheet, aims=aims, above=leading(sheet), double=_double(sheet))
    figures = tuple(one.figure for one in aims)
    return Block(sheet.words("council.topic"), _title(sheet, aims), body, "right", figures)


def _double(sheet: Sheet) -> str:
    """Say whether anybody counts what may be done twice: a signal for the whole municipality."""
    measured = any(told.kind is Kind.SIGNAL for told in sheet.shelf.agreement.indicators.values())
    return sheet.words("council.double.elsewhere" if measured else "council.double.unknown")


def _title(sheet: Sheet, aims: list[Aim]) -> str:
    first = aims[0].figure
    if not first.published:
        return sheet.words("council.title.unknown")
    name = f"{first.definition.name[0].lower()}{first.definition.name[1:]}"
    if not first.is_share:
        return sheet.words("council.title.number", value=first.headline, name=name)
    return sheet.words("council.title.share", value=first.headline, name=name)
