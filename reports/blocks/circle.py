"""Two circles over one sheet: what was agreed, done, seen and changed; and four human questions.

Source: PDCA beside IMWR (inspireren, mobiliseren, waarderen, reflecteren) of *Maatwerk in regie*.
INK says circle on purpose: there is no order, so none is drawn.
"""

from reports.block import Block, Omitted, Sheet, Zone, fill

TEMPLATE = """
<div class="circles">
<dl class="control">
{% for step in ("plan", "do", "check", "act") %}
<div><dt>{{ words("circle." ~ step) }}</dt>
<dd>{{ topics(step) }}</dd></div>
{% endfor %}
</dl>
<dl class="human">
{% for step in ("inspire", "mobilise", "appreciate", "reflect") %}
<div><dt>{{ words("circle." ~ step) }}</dt><dd>{{ circles[step] }}</dd></div>
{% endfor %}
</dl>
</div>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Say where on this sheet each step of PDCA is seen, and ask what was written to be asked."""
    circles = sheet.shelf.agreement.questions.circles
    if sheet.kind not in circles:
        return Omitted(sheet.words("circle.none"))
    own = circles[sheet.kind]

    def topics(step: str) -> str:
        named = [sheet.words(f"{block}.topic") for block in getattr(own, step)]
        return sheet.words("circle.see", blocks=sheet.words.listed(named))

    body = fill(TEMPLATE, sheet, circles=own.model_dump(), topics=topics)
    zone: Zone = "head" if sheet.kind == "auditorium" else "back"
    return Block(sheet.words("circle.topic"), sheet.words("circle.title"), body, zone)
