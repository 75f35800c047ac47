"""Whether anyone can be found: we tried it ourselves, on everything that is public."""

from reports.block import Block, Omitted, Sheet, fill

TEMPLATE = """
<p class="vision">{{ words("attack.vision") }}</p>
<dl class="tally">
{% for count, label in tally %}<div><dt>{{ label }}</dt><dd>{{ count }}</dd></div>
{% endfor %}
</dl>
<div class="tried"><h3>{{ words("attack.how") }}</h3>
<ol class="steps">{% for step in steps %}<li>{{ step }}</li>{% endfor %}</ol></div>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Tell what was attacked, how, and what always stays unknown. A sheet of its own has none."""
    audited, words = sheet.audited, sheet.words
    if audited is None:
        return Omitted(words("attack.none"))
    possible = words.number(audited.width + 1)
    tally = [
        (words.number(audited.tables), words("attack.tables")),
        (words.number(audited.figures), words("attack.figures")),
        (words.number(0), words("attack.found")),
    ]
    steps = [
        words("attack.read"),
        *([words("attack.editions", count=audited.editions)] if audited.editions > 1 else []),
        words("attack.subtract"),
        words("attack.partner"),
        words("attack.possible", count=possible),
        words("attack.gate"),
    ]
    body = fill(TEMPLATE, sheet, tally=tally, steps=steps)
    return Block(words("attack.topic"), words("attack.title"), body, "head")
