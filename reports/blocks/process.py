"""The procesbladen: how parties work together, and where that stands; never counted up."""

from datetime import date

from reports.block import Block, Omitted, Sheet, fill
from reports.harvest import OPEN
from sources.agreement.model import ProcessSheet

TEMPLATE = """
<ul class="process">
{% for page in pages %}
<li>
<p class="became">{{ m.status(page.status, words, late(page)) }}</p>
<p><strong>{{ page.agreement }}</strong></p>
<p class="ground"><span>{{ page.who }}</span> <span>{{ page.when }}</span></p>
{% if page.note %}<p>{{ page.note }}</p>{% endif %}</li>
{% endfor %}
</ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """List the process agreements of this partner."""
    pages = sheet.agreed.process_sheets if sheet.agreed else ()
    if not pages:
        return Omitted(sheet.words("process.none"))
    done = sum(page.status == "gedaan" for page in pages)
    title = sheet.words.one_or_more("process.title", len(pages), done=sheet.words.number(done))
    day = sheet.shelf.edition.known_at
    body = fill(TEMPLATE, sheet, pages=pages, late=lambda page: _late(page, day))
    return Block(sheet.words("process.topic"), title, body, "main")


def _late(page: ProcessSheet, day: date) -> bool:
    """Whether on `day` it should have been done, and is not."""
    return page.status in OPEN and page.by is not None and page.by < day
