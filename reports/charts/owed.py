"""Deliveries per period in one bar: in time, late, and not there yet; told apart by light and dark.

The three differ in lightness and the last is only an outline: no colour needs to be seen.
"""

from functools import lru_cache

import altair as alt
import polars as pl
from markupsafe import Markup

from reports.charts.compiled import FONT, INK, PAPER, QUIET, Compiled

WIDTH, ROW = 520, 28
_FILLS = {"in_time": "#5B2A6B", "late": "#C9B6D1", "missing": PAPER}


def svg(periods: pl.DataFrame, labels: dict[str, str], name: str, *, language: str) -> Markup:
    """Draw one bar per row of `periods`: `period`, and the counts of which it is made.

    `labels` are the periods in words.
    """
    rows = periods.unpivot([*_FILLS], index="period", variable_name="kind", value_name="count")
    order = pl.col("kind").replace_strict({kind: at for at, kind in enumerate(_FILLS)}).alias("at")
    data = rows.with_columns(order).to_dicts()
    signals = {"names": labels, "height": ROW * periods.height}
    return _kind(language).svg(name, data={"owed": data}, signals=signals)


@lru_cache
def _kind(language: str) -> Compiled:
    sample = [{"period": "2026K3", "kind": kind, "count": 1, "at": 0} for kind in _FILLS]
    names = alt.Axis(
        labelExpr="names[datum.value]", domain=False, ticks=False, labelColor=INK, labelFontSize=13
    )
    counts = alt.Axis(labels=False, ticks=False, grid=False, domainColor=QUIET)
    fills = alt.Scale(domain=[*_FILLS], range=[*_FILLS.values()])
    chart = (
        alt.Chart(alt.Data(name="owed", values=sample))
        .mark_bar(size=18, stroke=INK, strokeWidth=1)
        .encode(
            x=alt.X("sum(count):Q", title=None, axis=counts),
            y=alt.Y("period:N", sort=None, title=None, axis=names),
            fill=alt.Fill("kind:N", scale=fills, legend=None),
            order="at:Q",
        )
        .add_params(alt.param("names", value={"2026K3": "2026"}))
        .properties(width=WIDTH, height=alt.Step(ROW), background="transparent", padding=2)
        .configure(font=FONT)
        .configure_view(stroke=None)
    )
    return Compiled.of(chart, language=language)
