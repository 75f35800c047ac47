"""How to read a praatplaat, what the marks mean, and where the figures can be had."""

from reports.block import Block, Omitted, Sheet, fill

MARKS = {
    "good": "favourable",
    "bad": "unfavourable",
    "plain": "neutral",
    "equal": "equal",
    "unknown": "unknown",
}

ABSENCES = (
    "reading.unpublished",
    "reading.not_delivered",
    "reading.in_development",
    "reading.provisional",
)

TEMPLATE = """
<ul class="marks">
{% for tone, key in marks.items() %}<li class="remark {{ tone }}">{{ m.shape(tone) }}
<span>{{ words("reading." ~ key) }}</span></li>
{% endfor %}
</ul>
<ul class="reading">
{% for line in first %}<li>{{ line }}</li>
{% endfor %}
{% for key in absences %}
<li>{{ words(key) }}</li>
{% endfor %}
</ul>
<h3>{{ words("reading.downloads") }}</h3>
<ul class="sheets"><li><a href="data/figures.csv" download="{{ saved }}.csv">figures.csv</a>
<span>{{ words("reading.csv") }}</span></li>
<li><a href="data/figures.json" download="{{ saved }}.json">figures.json</a>
<span>{{ words("reading.json") }}</span></li>
{% if not sheet.shelf.edition.confidential %}
<li><a href="data/dcat.jsonld">dcat.jsonld</a> <span>{{ words("reading.dcat") }}</span></li>
{% endif %}</ul>
<h3>{{ words("reading.sources") }}</h3>
<ul class="reading">{% for source in sources %}<li>{{ source }}</li>{% endfor %}</ul>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Explain the marks and words, and link to the downloads."""
    general, edition = sheet.shelf.agreement.general, sheet.shelf.edition
    body = fill(
        TEMPLATE,
        sheet,
        marks=MARKS,
        first=_first(sheet),
        absences=ABSENCES,
        sources=general.sources,
        # On somebody's own disk a file must still say whose it is, and of which edition.
        saved=f"praatplaat-{general.municipality.code}-{edition.id}",
    )
    return Block(sheet.words("reading.topic"), sheet.words("reading.title"), body, "right")


def _first(sheet: Sheet) -> list[str]:
    """Return what is held back, by the rules of this edition, and whose figures are exact."""
    edition = sheet.shelf.edition
    if not edition.confidential:
        return [sheet.words("reading.protected")]
    threshold = edition.agreement.general.internal.threshold
    told = [sheet.words("reading.protected.internal", threshold=threshold)]
    if edition.own_partner:
        name = sheet.shelf.partner_name(edition.own_partner)
        told.append(sheet.words("reading.mixed", name=name))
    return told
