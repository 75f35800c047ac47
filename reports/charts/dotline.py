"""Baseline, now, target and horizon on one line: square, dot with its range, diamond, triangle."""

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
from reports.words.catalogue import Words

WIDTH, HEIGHT = 340, 18
_NOW, _RANGE = "#5B2A6B", "#C9B6D1"
SHAPES = ("baseline", "now", "target", "horizon")


def svg(
    marks: dict[str, float | None],
    limits: tuple[float | None, float | None],
    name: str,
    *,
    share: bool,
    words: Words,
) -> Markup:
    """Draw the marks that are known (of `SHAPES`) and the limits of `now`."""
    known = [(kind, marks.get(kind)) for kind in SHAPES]
    points = [{"kind": kind, "value": value} for kind, value in known if value is not None]
    low, high = limits
    span = [] if low is None or high is None else [{"lower": low, "upper": high}]
    top = 1.0 if share else _top([v for _, v in known if v is not None] + [high or 0.0])
    signals = {"high": top}
    return _kind(words.language).svg(name, data={"points": points, "span": span}, signals=signals)


@lru_cache
def _kind(language: str) -> Compiled:
    scale = alt.Scale(domain=[0, alt.ExprRef("high")], nice=False)
    axis = alt.Axis(
        labels=False,
        tickCount=4,
        grid=False,
        domainColor=QUIET,
        tickColor=QUIET,
        title=None,
    )
    x = alt.X("value:Q", scale=scale, axis=axis)
    points = alt.Chart(alt.Data(name="points", values=[{"kind": "now", "value": 0.5}]))
    span = alt.Chart(alt.Data(name="span", values=[{"lower": 0.4, "upper": 0.6}]))
    rule = span.mark_rule(strokeWidth=9, color=_RANGE, strokeCap="round").encode(
        x=alt.X("lower:Q", scale=scale, axis=axis), x2="upper:Q"
    )
    marks = points.mark_point(opacity=1, strokeWidth=2.2).encode(
        x=x,
        size=alt.condition("datum.kind == 'now'", alt.value(150), alt.value(110)),
        shape=alt.Shape("kind:N", legend=None).scale(
            domain=list(SHAPES), range=["square", "circle", "diamond", "triangle-right"]
        ),
        fill=alt.condition("datum.kind == 'now'", alt.value(_NOW), alt.value(PAPER)),
        stroke=alt.condition("datum.kind == 'now'", alt.value(_NOW), alt.value(INK)),
    )
    chart = alt.layer(rule, marks).add_params(alt.param("high", value=1.0))
    styled = (
        chart.properties(width=WIDTH, height=HEIGHT, background="transparent", padding=4)
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(tickSize=4)
    )
    return Compiled.of(styled, language=language)


def _top(values: list[float]) -> float:
    """Return the end of an axis from zero: a tenth beyond the furthest mark."""
    return max(values) * 1.1 or 1.0
