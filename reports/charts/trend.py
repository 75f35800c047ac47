"""A figure over time: a line with its band, provisional points hollow."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from math import ceil, floor

import altair as alt
from markupsafe import Markup

from reports.breaks import breaks
from reports.charts.compiled import (
    FONT,
    INK,
    PAPER,
    QUIET,
    RULE,
    WRITTEN,
    Compiled,
    written,
    written_parameters,
)
from reports.figures import Figure

WIDTH, HEIGHT = 232, 88
FEWEST = 3
_LINE, _BAND = "#5B2A6B", "#E6DCEB"


def svg(
    series: Sequence[Figure],
    name: str,
    *,
    labelled: Collection[str] = (),
    marked: Collection[str] = (),
) -> Markup:
    """Draw the published figures of a series; `name` tells charts on one page apart.

    `labelled` are the periods of which the number stands beside the point; without, the ends of the
    line. `marked` are those at which something began that is told beside it: a dashed stroke.

    Periods that are not published stay empty on the axis: a line never runs through a gap, and
    never from one series into another.
    """
    points = _points(series)
    shown = [p for p in points if p["value"] is not None]
    ends = {shown[0]["period"], shown[-1]["period"]} if shown else set()
    for point in points:
        point["label"] = point["told"] if point["period"] in (labelled or ends) else ""
        point["marked"] = point["period"] in marked
    low, high = _domain(series)
    names = {figure.period: _axis_name(figure, index) for index, figure in enumerate(series)}
    signals = {
        "low": low,
        "high": high,
        "names": names,
        **written(series[0].words, share=series[0].is_share),
    }
    return _kind(series[0].words.language).svg(name, data={"points": points}, signals=signals)


def drawable(series: Sequence[Figure]) -> bool:
    """Whether there are enough published points to speak of a course."""
    return sum(figure.published for figure in series) >= FEWEST


@lru_cache
def _kind(language: str) -> Compiled:
    data = alt.Data(name="points", values=[{"period": "2026K3", "value": 0.5}])
    x = alt.X("period:O", sort=None, title=None).axis(
        labelExpr="names[datum.value]", labelAngle=0, domainColor=RULE, tickColor=RULE
    )
    scale = alt.Scale(domain=[alt.ExprRef("low"), alt.ExprRef("high")], nice=False)
    y = alt.Y("value:Q", title=None, scale=scale).axis(
        labelExpr=WRITTEN, tickCount=3, domain=False, ticks=False
    )
    parts = alt.Chart()
    begun = (
        parts.mark_rule(color=QUIET, strokeWidth=1.5, strokeDash=[3, 3])
        .transform_filter("datum.marked")
        .encode(x=x)
    )
    band = parts.mark_area(color=_BAND).encode(
        x=x, y=alt.Y("lower:Q", title=None, scale=scale), y2="upper:Q"
    )
    line = parts.mark_line(color=_LINE, strokeWidth=2.5).encode(x=x, y=y)
    dots = parts.mark_point(size=56, opacity=1, strokeWidth=2, stroke=_LINE).encode(
        x=x,
        y=y,
        fill=alt.condition("datum.provisional", alt.value(PAPER), alt.value(_LINE)),
    )
    text = parts.mark_text(dy=-13, fontSize=14, fontWeight=700, color=INK).encode(
        x=x, y=y, text="label:N"
    )
    chart = alt.layer(band, begun, line, dots, text, data=data).add_params(
        alt.param("low", value=0.0),
        alt.param("high", value=1.0),
        alt.param("names", value={"2026K3": ["K3", "2026"]}),
        *written_parameters(),
    )
    styled = (
        chart.properties(width=WIDTH, height=HEIGHT, background="transparent", padding=2)
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=13, labelColor=QUIET, gridColor=RULE, labelPadding=6, tickSize=4
        )
        .configure_axisX(grid=False)
    )
    return Compiled.of(styled, language=language)


def _points(series: Sequence[Figure]) -> list[dict[str, object]]:
    """Return a point per figure; where the series breaks, a point without a value comes first."""
    broken = breaks(series)
    points = []
    for figure in series:
        if figure.period in broken:
            points.append(_point(figure, known=False))
        points.append(_point(figure, known=figure.published))
    return points


def _point(figure: Figure, *, known: bool) -> dict[str, object]:
    return {
        "period": figure.period,
        "value": figure.value if known else None,
        "lower": figure.lower if known else None,
        "upper": figure.upper if known else None,
        "provisional": figure.provisional,
        "told": figure.headline if known else "",
    }


def _axis_name(figure: Figure, index: int) -> list[str]:
    """Name the last quarter of a period; the year below every K1, and the first if it fits."""
    last = figure.period.split("/")[-1]
    if "K" not in last:  # of years only the first in full: eight of them must fit
        return [last if index == 0 else f"’{last[2:]}"]
    year, quarter = last.split("K")
    dated = quarter == "1" or (index == 0 and quarter != "4")
    return [f"K{quarter}", year] if dated else [f"K{quarter}"]


def _domain(series: Sequence[Figure]) -> tuple[float, float]:
    """Give the axis room above for a label, and never so little that noise looks like news."""
    known = [figure for figure in series if figure.published]
    values = [v for f in known for v in (f.value, f.lower, f.upper) if v is not None]
    if series[0].is_share:
        low = floor(max(min(values) - 0.1, 0.0) * 10) / 10
        return low, min(ceil((max(values) + 0.12) * 10) / 10, 1.1)
    return 0.0, max(values) * 1.25 or 1.0
