"""The procesbladen: how parties work together, and where that stands; never counted up."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
<ul class="process">
{% for page in pages %}
<li>
<p class="became">{{ m.status(page.status, words, page.agreement in late) }}</p>
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
    body = fill(TEMPLATE, sheet, pages=pages, late=sheet.shelf.overdue(sheet.id))
    return Block(sheet.words("process.topic"), title, body, "main")
