"""Money granted and money spent, one bar within the other; never a price per result."""

from collections.abc import Sequence
from functools import lru_cache

import altair as alt
from markupsafe import Markup

from reports.charts.compiled import FONT, INK, QUIET, RULE, Compiled
from sources.agreement.model import Finance

WIDTH, ROW = 300, 24
_GRANTED, _SPENT = "#D9CCE0", "#5B2A6B"


def svg(lines: Sequence[Finance], name: str, *, high: int, language: str) -> Markup:
    """Draw per year what was granted (wide, pale) and what was spent of it (narrow, dark).

    `high` ends the scale, in euros: the same for all charts that stand below each other.
    """
    rows = [
        {"line": str(index), "granted": line.granted, "spent": line.spent}
        for index, line in enumerate(lines)
    ]
    signals = {
        "names": {str(index): str(line.year) for index, line in enumerate(lines)},
        "height": ROW * len(rows),
        "high": high or 1,
    }
    return _kind(language).svg(name, data={"lines": rows}, signals=signals)


@lru_cache
def _kind(language: str) -> Compiled:
    data = alt.Data(name="lines", values=[{"line": "0", "granted": 2, "spent": 1}])
    y = alt.Y("line:N", sort=None, title=None).axis(
        labelExpr="names[datum.value]", domain=False, ticks=False, labelColor=INK
    )
    money = alt.Axis(labels=False, ticks=False, grid=False)
    scale = alt.Scale(domain=[0, alt.ExprRef("high")], nice=False)
    parts = alt.Chart()
    granted = parts.mark_bar(size=17, color=_GRANTED).encode(
        x=alt.X("granted:Q", title=None, axis=money, scale=scale), y=y
    )
    spent = parts.mark_bar(size=7, color=_SPENT).encode(
        x=alt.X("spent:Q", title=None, scale=scale), y=y
    )
    chart = alt.layer(granted, spent, data=data).add_params(
        alt.param("high", value=2), alt.param("names", value={"0": "2026"})
    )
    styled = (
        chart.properties(width=WIDTH, height=alt.Step(ROW), background="transparent", padding=2)
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=13, labelColor=QUIET, domainColor=RULE, tickColor=RULE)
    )
    return Compiled.of(styled, language=language)
