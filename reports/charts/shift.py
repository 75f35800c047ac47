"""Then and now on one line: a cross, a dot that leaves its ends free, and the way between them."""

from functools import lru_cache

import altair as alt
from markupsafe import Markup

from reports.charts.compiled import FONT, INK, QUIET, RULE, Compiled

WIDTH, HEIGHT = 150, 16
_NOW = "#5B2A6B"
_CROSS = "M-1,-1L1,1M-1,1L1,-1"


def svg(then: float | None, now: float, high: float, name: str, *, language: str) -> Markup:
    """Draw two values on a line from zero to `high`, the same for all charts beside each other."""
    known = [("then", then)] if then is not None else []
    points = [{"kind": kind, "value": value} for kind, value in [*known, ("now", now)]]
    way = [] if then is None else [{"then": then, "now": now}]
    return _kind(language).svg(name, data={"points": points, "way": way}, signals={"high": high})


@lru_cache
def _kind(language: str) -> Compiled:
    scale = alt.Scale(domain=[0, alt.ExprRef("high")], nice=False)
    axis = alt.Axis(labels=False, ticks=False, grid=False, domainColor=RULE, title=None)
    points = alt.Chart(alt.Data(name="points", values=[{"kind": "now", "value": 0.5}]))
    way = alt.Chart(alt.Data(name="way", values=[{"then": 0.4, "now": 0.5}]))
    line = way.mark_rule(strokeWidth=2.5, color=QUIET).encode(
        x=alt.X("then:Q", scale=scale, axis=axis), x2="now:Q"
    )
    now = "datum.kind == 'now'"
    dots = points.mark_point(opacity=1, strokeWidth=2).encode(
        x=alt.X("value:Q", scale=scale, axis=axis),
        size=alt.condition(now, alt.value(46), alt.value(120)),
        shape=alt.Shape("kind:N", legend=None).scale(
            domain=["then", "now"], range=[_CROSS, "circle"]
        ),
        fill=alt.condition(now, alt.value(_NOW), alt.value("transparent")),
        stroke=alt.condition(now, alt.value(_NOW), alt.value(INK)),
    )
    chart = alt.layer(line, dots).add_params(alt.param("high", value=1.0))
    styled = (
        chart.properties(width=WIDTH, height=HEIGHT, background="transparent", padding=3)
        .configure(font=FONT)
        .configure_view(stroke=None)
    )
    return Compiled.of(styled, language=language)
