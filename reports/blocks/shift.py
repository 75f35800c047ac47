"""The shift between arcs, with the money beside it: a year ago and now. No price per result."""

from dataclasses import dataclass

from markupsafe import Markup

from reports.block import ARC_COLUMN, Block, Omitted, Sheet, fill
from reports.charts import shift
from reports.figures import Figure
from sources.agreement.model import Arc, Counts, Indicator
from transforms.periods import YEAR, parse

TEMPLATE = """
{% macro moved(one) %}
{% if one %}
{{ one.chart }}
<p class="moved">{% if one.then %}
<span data-figure="{{ one.then.key }}">{{ one.then.headline }}</span>
<span aria-hidden="true">→</span> <span class="unseen">{{ words("shift.to") }}</span> {% endif %}
<b data-figure="{{ one.now.key }}">{{ one.now.headline }}</b></p>
{% else %}<p class="missing">{{ words("rainbow.uncounted") }}</p>{% endif %}
{% endmacro %}
<table class="shift">
<caption class="unseen">{{ words("shift.topic") }}, {{ sheet.municipality }}</caption>
<thead><tr><th scope="col">{{ words("shift.arc") }}
{% if compared %}<span>{{ m.mark("then") }} {{ words("shift.then") }}</span>{% endif %}

<span>{{ m.mark("now") }} {{ words("shift.now") }}</span></th>
{% for column in columns %}<th scope="col">{{ column.name }}
<span>{{ column.unit }}, {{ column.when }}</span></th>{% endfor %}</tr></thead>
<tbody>
{% for arc, moves in lines %}
<tr><th scope="row"><i class="chip arc-{{ loop.revindex0 }}"></i>{{ arc.name }}</th>
{% for one in moves %}<td>{{ moved(one) }}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table>
<p class="source">{{ words("rainbow.twice") }} {{ words("shift.mind") }}</p>
"""


@dataclass(frozen=True, slots=True)
class Move:
    """A figure of one arc now and, where it was published, four quarters earlier."""

    now: Figure
    then: Figure | None
    chart: Markup


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator that is told per arc: its moves by arc."""

    name: str
    unit: str
    when: str
    moves: dict[int, Move]
    whole: Figure | None


def render(sheet: Sheet) -> Block | Omitted:
    """Show per arc how many people have help, and beside it the money; heaviest help on top."""
    arcs = sorted(sheet.shelf.agreement.rainbow.arcs, key=lambda arc: -arc.id)
    told = {name: one for name, one in sheet.indicators.items() if one.breakdown == ARC_COLUMN}
    ordered = sorted(told, key=lambda name: _is_money(told[name]))
    columns = [one for name in ordered if (one := _column(sheet, name, arcs))]
    if not columns:
        return Omitted(sheet.words("shift.none"))
    lines = [(arc, [column.moves.get(arc.id) for column in columns]) for arc in arcs]
    moves = [move.now for column in columns for move in column.moves.values()]
    wholes = [column.whole for column in columns if column.whole]
    compared = any(move.then for column in columns for move in column.moves.values())
    body = fill(TEMPLATE, sheet, columns=columns, lines=lines, compared=compared)
    money = [move.now for move in columns[-1].moves.values() if _is_money(move.now.definition)]
    title = _title(sheet, arcs, money)
    return Block(sheet.words("shift.topic"), title, body, "right", (*wholes, *moves))


def _is_money(told: Indicator) -> bool:
    return told.numerator.counts is Counts.MONEY


def _column(sheet: Sheet, name: str, arcs: list[Arc]) -> Column | None:
    shelf, town = sheet.shelf, sheet.area.code
    newest = {arc.id: shelf.latest(name, town, breakdown=str(arc.id)) for arc in arcs}
    known = {arc: figure for arc, figure in newest.items() if figure is not None}
    if not known:
        return None
    pairs = {arc: (figure, _year_ago(sheet, figure)) for arc, figure in known.items()}
    drawn = [one.value or 0.0 for pair in pairs.values() for one in pair if one and one.published]
    high = max(drawn, default=0.0) * 1.08 or 1.0
    moves = {
        arc: Move(now, then, _chart(sheet, now, then, high)) for arc, (now, then) in pairs.items()
    }
    first = next(iter(known.values()))
    told = first.definition
    whole = shelf.latest(name, town)
    return Column(told.name, told.unit, first.when, moves, whole)


def _year_ago(sheet: Sheet, figure: Figure) -> Figure | None:
    """Return the same figure four quarters earlier, by the same definition; None if not shown."""
    period = str(parse(figure.period).shifted(-YEAR))
    place = figure.indicator, figure.area_code, period
    then = sheet.shelf.at(*place, breakdown=figure.breakdown)
    alike = then is not None and then.published and then.version == figure.version
    return then if alike and figure.published else None


def _chart(sheet: Sheet, now: Figure, then: Figure | None, high: float) -> Markup:
    if now.value is None or not now.published:
        return Markup("")
    name = f"boog-{now.indicator}-{now.breakdown}"
    value = then.value if then else None
    return shift.svg(value, now.value, high, name, language=sheet.words.language)


def _title(sheet: Sheet, arcs: list[Arc], money: list[Figure]) -> str:
    """Say which arc costs most, where every arc that has a figure shows it."""
    values = {one.breakdown: one.value for one in money if one.value is not None}
    if not values or not all(one.published for one in money):
        return sheet.words("shift.title.unknown")
    most = max(values.values())
    names = [arc.name for arc in arcs if values.get(str(arc.id)) == most]
    return sheet.words("shift.title", arc=sheet.words.listed(names))
