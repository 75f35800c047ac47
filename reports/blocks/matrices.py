"""Two matrices that people fill in: the partnerstrategie with its trail, and the regie.

For the municipality only: in no public file and in no partner's package. They are two and never
become one, and no value in them is computed.
"""

from reports.block import Block, Omitted, Sheet, fill
from reports.edition import MUNICIPALITY
from reports.judged import Square, arrow, path, spot
from sources.agreement.model import Governance, PartnerStrategy

TEMPLATE = """
{% import "judged.html.j2" as j %}
{% macro said(key, one) %}
<p>{{ words("matrices." ~ key) }}: <b>{{ words("matrices.level." ~ one.value) }}</b>.
{{ one.reason }}</p>
{% endmacro %}
<div class="judgements">
{% if strategy %}
<section class="weighed" aria-labelledby="partnerstrategie">
<h3 id="partnerstrategie">{{ words("matrices.strategy") }}</h3>
{{ j.square(trail, words("matrices.influence"), words("matrices.dependence")) }}
<div class="reasons">
{% if strategy.direction %}
<p class="heading">{{ j.way(strategy.direction) }}
<b>{{ words("direction." ~ strategy.direction) }}</b> {{ strategy.motivation }}
<span class="quiet">{{ agreed }}</span></p>
{% else %}<p class="missing">{{ words("matrices.no_direction") }}</p>{% endif %}
{% for one in strategy.actions %}
<p class="became">{{ m.status(one.status, words) }}: {{ one.action }}
<span class="quiet">{{ one.owner }},
 {{ words("development.by", when=words.month(one.by)) }}</span></p>
{% endfor %}
{% for placement in strategy.placements | reverse %}
<h4>{{ j.dot("now" if loop.first else "then") }} {{ words.month(placement.date) }}
<span class="quiet">{{ placement.judged_by }}</span></h4>
{{ said("influence", placement.influence) }}
{{ said("dependence", placement.dependence) }}
{% endfor %}
</div></section>
{% endif %}
{% if regie %}
<section class="weighed" aria-labelledby="regie">
<h3 id="regie">{{ words("matrices.regie") }}</h3>
{{ j.square(place, words("matrices.say"), words("matrices.interest")) }}
<div class="reasons">
<p class="heading"><b>{{ form.name }}.</b> {{ form.meaning }}</p>
<h4>{{ j.dot("now") }} {{ words.month(regie.influence.date) }}
<span class="quiet">{{ regie.influence.judged_by }}</span></h4>
{{ said("say", regie.influence) }}
{{ said("interest", regie.interest) }}
<h4>{{ j.dot("law") }} {{ words("matrices.extrinsic") }}</h4>
{{ said("say", regie.influence.extrinsic) }}
<h4>{{ j.dot("heart") }} {{ words("matrices.intrinsic") }}</h4>
{{ said("say", regie.influence.intrinsic) }}
</div></section>
{% endif %}
</div>
<p class="source">{{ words("matrices.people") }}</p>
"""


def render(sheet: Sheet) -> Block | Omitted:
    """Show both matrices of a partner with who judged, when and why; only to the municipality."""
    if sheet.shelf.edition.audience != MUNICIPALITY:
        return Omitted(sheet.words("matrices.inside"))
    strategy = sheet.partner.strategy if sheet.partner else None
    regie = sheet.partner.governance if sheet.partner else None
    if not (strategy or regie):
        return Omitted(sheet.words("matrices.none"))
    forms = sheet.shelf.agreement.instruments.forms
    body = fill(
        TEMPLATE,
        sheet,
        strategy=strategy,
        regie=regie,
        trail=_trail(strategy) if strategy else None,
        agreed=_agreed(sheet, strategy) if strategy else "",
        place=_place(regie) if regie else None,
        form=forms[regie.form] if regie else None,
    )
    return Block(sheet.words("matrices.topic"), _title(sheet, strategy), body, "back")


def _title(sheet: Sheet, strategy: PartnerStrategy | None) -> str:
    key = strategy.direction if strategy and strategy.direction else "none"
    return sheet.words(f"matrices.title.{key}", name=sheet.name)


def _agreed(sheet: Sheet, strategy: PartnerStrategy) -> str:
    """Say since when a direction is shared with the partner, or that it is not."""
    if strategy.agreed_on is None:
        return sheet.words("direction.own")
    return sheet.words("direction.agreed", day=sheet.words.day(strategy.agreed_on))


def _trail(strategy: PartnerStrategy) -> Square:
    """Draw where people placed the partner through time, and where it should go."""
    *before, now = strategy.placements
    kinds = [(one, "then") for one in before] + [(now, "now")]
    spots = tuple(
        spot(right=one.dependence.value, up=one.influence.value, kind=kind) for one, kind in kinds
    )
    way = arrow(spots[-1], strategy.direction) if strategy.direction else ""
    return Square(spots, path(spots), way)


def _place(regie: Governance) -> Square:
    """Draw the municipality's influence, as a whole and by either road, against the interest."""
    right, how = regie.interest.value, regie.influence
    return Square(
        (
            spot(right=right, up=how.extrinsic.value, kind="law", aside=-14),
            spot(right=right, up=how.intrinsic.value, kind="heart", aside=14),
            spot(right=right, up=how.value, kind="now"),
        )
    )
