"""What protection cost this edition: how much is held back, and how far a number lies off.

Only of the edition as a whole. What is told is a promise that holds for every number, or an average
over so many that it bounds none of them: of a few cells even an average would.
"""

from collections import Counter
from dataclasses import dataclass

import polars as pl

from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.model import Counts, Indicator, Way

ENOUGH_CELLS = 1_000
"""Counted cells below which no average is told."""

STATES = ("published", "protected", "missing")

_STATE = {"published": "published", "protected": "protected"}

TEMPLATE = """
<div class="scroll"><table class="kinds"><caption>{{ words("loss.caption") }}</caption>
<thead><tr><th scope="col">{{ words("loss.kind") }}</th>
{% for state in states %}<th scope="col">{{ key(state) }}{{ words("loss." ~ state) }}</th>
{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}
<tr{% if loop.last %} class="sum"{% endif %}><th scope="row">{{ row.name }}
<svg class="part" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"
 focusable="false">{% for state, left, wide in row.bars %}<rect class="{{ state }}"
 x="{{ left }}" width="{{ wide }}" height="6"/>{% endfor %}</svg></th>
{% for count in row.counts %}<td>{{ words.number(count) }}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table></div>
<h3>{{ words("loss.near") }}</h3>
<ul class="reading">{% for line in lines %}<li>{{ line }}</li>{% endfor %}</ul>
"""

KEY = """
{% macro key(state) %}<svg class="part swatch" viewBox="0 0 10 10" aria-hidden="true"
 focusable="false"><rect class="{{ state }}" width="10" height="10"/></svg> {% endmacro %}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of figure: how many are shown, held back and missing."""

    name: str
    counts: tuple[int, ...]

    @property
    def bars(self) -> list[tuple[str, str, str]]:
        """State, left side and width of each part of a bar of 100 wide."""
        whole = sum(self.counts)
        ends = [100 * sum(self.counts[:n]) / whole for n in range(len(STATES) + 1)]
        sides = zip(STATES, ends, ends[1:], strict=False)
        return [(state, f"{low:.1f}", f"{high - low:.1f}") for state, low, high in sides]


def render(sheet: Sheet) -> Block | Omitted:
    """Count the figures by kind, and say how near to the truth a shown number is."""
    rows = _rows(sheet)
    if not rows:
        return Omitted(sheet.words("loss.none"))
    *_, (shown, *rest) = (row.counts for row in rows)
    share = sheet.words.share(shown / (shown + sum(rest)))
    body = fill(KEY + TEMPLATE, sheet, rows=rows, states=STATES, lines=_lines(sheet))
    title = sheet.words("loss.title", share=share)
    return Block(sheet.words("loss.topic"), title, body, "right")


def _rows(sheet: Sheet) -> list[Row]:
    """Return a row per kind that occurs, in the order of the words, and the sum of all."""
    counts: Counter[tuple[str, str]] = Counter()
    grouped = sheet.shelf.edition.figures.group_by("indicator", "status").len()
    for indicator, status, many in grouped.iter_rows():
        kind = _kind(sheet.shelf.indicator(indicator))
        counts[kind, _STATE.get(status, "missing")] += many
    kinds = [*dict.fromkeys(kind for kind, _ in sorted(counts))]
    rows = [
        Row(sheet.words(f"loss.kind.{kind}"), tuple(counts[kind, state] for state in STATES))
        for kind in kinds
    ]
    if not rows:
        return []
    whole = tuple(sum(row.counts[n] for row in rows) for n in range(len(STATES)))
    return [*rows, Row(sheet.words("loss.kind.all"), whole)]


def _kind(indicator: Indicator) -> str:
    if indicator.numerator.counts is Counts.MONEY:
        return "money"
    survey = indicator.way is Way.SHARE and indicator.numerator.counts is Counts.ANSWERS
    return "survey" if survey else indicator.way.value


def _lines(sheet: Sheet) -> list[str]:
    """Return how near a shown number is: a promise first, then what mostly holds."""
    words, tables = sheet.words, sheet.shelf.edition.protection
    base = sheet.shelf.agreement.general.public.base
    if tables.is_empty():
        return [words("loss.most", most=base - 1), words("loss.opposite")]
    most = _promise(tables["largest"].max(), base)
    lines = [words("loss.most", most=most), *_mostly(sheet, tables, base // 2)]
    apart = tables.filter(pl.col("fallback") != "").height
    lines.append(words("loss.opposite"))
    counted = {"count": words.number(apart), "tables": words.number(tables.height)}
    return [*lines, words("loss.apart", **counted) if apart else words("loss.together", **counted)]


def _promise(largest: object, base: int) -> int:
    """Return how far a number may lie off: one less than a whole number of steps of the base.

    The largest that was found would narrow down every number at once. Only where rounding had to
    go further than one step is more said than the rule itself.
    """
    found = largest if isinstance(largest, int | float) else 0
    steps = int(found) // base + 1
    return steps * base - 1


def _mostly(sheet: Sheet, tables: pl.DataFrame, near: int) -> list[str]:
    """Return the average in whole numbers, and how often a number lies no further than `near`.

    A number that does not go to the nearest multiple adds at least one to the average of ordinary
    rounding. So at most the difference of the averages, as a share, is further off than `near`.
    """
    cells = int(tables["cells"].sum())
    if cells < ENOUGH_CELLS:
        return []
    ordered = tables.sort("count", "period")
    mean, ordinary = (
        float((ordered[name] * ordered["cells"]).sum()) / cells for name in ("mean", "ordinary")
    )
    often = int((1 - (mean - ordinary)) * 10 + 1e-9)
    words = sheet.words
    lines = [words("loss.mean", mean=words.number(max(round(mean), 1), 0))]
    return [*lines, words("loss.often", often=often, near=near)] if often >= 5 else lines
