"""Baseline, now, target and horizon on one axis: bar, dot with its range, diamond, triangle.

Marks that would touch are put above each other; `now` always stands on the axis.
"""

from functools import lru_cache

import altair as alt
from markupsafe import Markup

from reports.charts.compiled import (
    FONT,
    INK,
    PAPER,
    QUIET,
    Compiled,
)

WIDTH, LANE = 340, 11
APART = 18
"""How many points lie between the middles of two marks that do not touch."""
_NOW, _RANGE = "#5B2A6B", "#C9B6D1"
_BAR = "M-0.25,-1.05H0.25V1.05H-0.25Z"
"""The line from which it started, in the units of Vega: a circle goes from -1 to 1."""
SHAPES = ("baseline", "now", "target", "horizon")


def svg(
    marks: dict[str, float],
    limits: tuple[float | None, float | None],
    name: str,
    *,
    end: float,
    language: str,
) -> Markup:
    """Draw the known marks (of `SHAPES`) and the limits of `now`; the axis ends at `end`."""
    lanes = _lanes(marks, end)
    points = [{"kind": kind, "value": at, "lane": lanes[kind]} for kind, at in marks.items()]
    low, high = limits
    span = [] if low is None or high is None else [{"lower": low, "upper": high, "lane": 0}]
    signals = {"high": end, "height": LANE * (max(lanes.values(), default=0) + 1)}
    return _kind(language).svg(name, data={"points": points, "span": span}, signals=signals)


def _lanes(marks: dict[str, float], end: float) -> dict[str, int]:
    """Give each mark the lowest lane where it touches no other; `now` comes first."""
    lanes: dict[str, int] = {}
    near = APART * end / WIDTH
    for kind in sorted(marks, key=lambda one: one != "now"):
        taken = {lanes[one] for one in lanes if abs(marks[one] - marks[kind]) < near}
        lanes[kind] = next(lane for lane in range(len(marks)) if lane not in taken)
    return lanes


@lru_cache
def _kind(language: str) -> Compiled:
    scale = alt.Scale(domain=[0, alt.ExprRef("high")], nice=False)
    axis = alt.Axis(
        labels=False,
        ticks=False,
        grid=False,
        domainColor=QUIET,
        title=None,
    )
    x = alt.X("value:Q", scale=scale, axis=axis)
    y = alt.Y("lane:O", sort="descending", axis=None)
    points = alt.Chart(alt.Data(name="points", values=[{"kind": "now", "value": 0.5, "lane": 0}]))
    span = alt.Chart(alt.Data(name="span", values=[{"lower": 0.4, "upper": 0.6, "lane": 0}]))
    rule = span.mark_rule(strokeWidth=9, color=_RANGE, strokeCap="round").encode(
        x=alt.X("lower:Q", scale=scale, axis=axis), x2="upper:Q", y=y
    )
    marks = points.mark_point(opacity=1, strokeWidth=2.2).encode(
        x=x,
        y=y,
        size=alt.condition("datum.kind == 'now'", alt.value(150), alt.value(110)),
        shape=alt.Shape("kind:N", legend=None).scale(
            domain=list(SHAPES), range=[_BAR, "circle", "diamond", "triangle-right"]
        ),
        fill=alt.Fill("kind:N", legend=None).scale(
            domain=list(SHAPES), range=[INK, _NOW, PAPER, PAPER]
        ),
        stroke=alt.condition("datum.kind == 'now'", alt.value(_NOW), alt.value(INK)),
    )
    chart = alt.layer(rule, marks).add_params(alt.param("high", value=1.0))
    styled = (
        chart.properties(width=WIDTH, height=alt.Step(LANE), background="transparent", padding=4)
        .configure(font=FONT)
        .configure_view(stroke=None)
    )
    return Compiled.of(styled, language=language)
