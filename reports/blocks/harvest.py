"""The harvest of a talk: strong points, points to improve and afspraken, written by who was there.

On paper lines to fill in. Where somebody delivers the harvest also a form, that saves a file and
sends nothing; what it saves returns on the next edition.
"""

from markupsafe import Markup

from reports.block import Block, Sheet, environment
from reports.forms.harvest import PROGRAMS, form

LINES = 6


def render(sheet: Sheet) -> Block:
    """Give lines to write on, and the form where somebody delivers what is written."""
    filled = form(sheet)
    template = environment().get_template("harvest.html.j2")
    body = template.render(sheet=sheet, words=sheet.words, lines=LINES, form=filled)
    return Block(
        sheet.words("harvest.topic"),
        sheet.words("harvest.title"),
        Markup(body),  # noqa: S704
        "foot",
        scripts=PROGRAMS if filled else (),
    )
