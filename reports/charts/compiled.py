"""Altair charts, built and compiled once per kind; each chart after that only swaps its data.

Building and validating a chart costs more than drawing it. So each kind is compiled to Vega once,
and its data sets and signals are replaced in a copy of that. Drawing numbers its gradients and
clips per process; they are renamed per chart, so that the same chart always has the same bytes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import vl_convert
from markupsafe import Markup

from reports.words.catalogue import Words

Locale = Literal["nl-NL", "en-GB"]
LOCALES: dict[str, Locale] = {"nl": "nl-NL", "en": "en-GB"}

FONT = "Atkinson Hyperlegible Next, Liberation Sans, sans-serif"
INK, QUIET, RULE, PAPER = "#2B2130", "#5F5566", "#D9D3DD", "#FFFFFF"

PLAIN: dict[str, object] = {"factor": 1, "suffix": ""}
WRITTEN = "format(datum.value * factor, ',.4~r') + suffix"
"""How an axis writes its numbers: the label expression that goes with `written`."""

_NUMBERED = re.compile(r"(gradient_|clip)(\d+)\b")
_SIZE = re.compile(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"')
_NOISE = re.compile(r' (?:aria-[a-z]+|role|class|pointer-events|xmlns(?::xlink)?|version)="[^"]*"')
_NOTHING = '<path d="" display="none"/>'
_DECIMALS = re.compile(r"(?<=\.\d\d)\d+(?=[^<>]*>)")  # inside a tag: 1.234 in a text is thousands


@dataclass(frozen=True, slots=True)
class Compiled:
    """A chart kind as Vega, of which data sets and signals are swapped."""

    vega: dict[str, Any]
    locale: Locale

    @classmethod
    def of(cls, chart: alt.TopLevelMixin, *, language: str) -> "Compiled":
        """Compile a chart of which the data sets and parameters are named."""
        vega = vl_convert.vegalite_to_vega(chart.to_dict())
        return cls(vega, LOCALES[language])

    def svg(
        self,
        name: str,
        *,
        data: Mapping[str, Sequence[Mapping[str, object]]],
        signals: Mapping[str, object],
    ) -> Markup:
        """Return the chart as one hidden, self-contained `<svg>`; its meaning is told in HTML."""
        return _tidied(self.drawing(data, signals), name)

    def drawing(
        self, data: Mapping[str, Sequence[Mapping[str, object]]], signals: Mapping[str, object]
    ) -> str:
        """Return the chart as Vega draws it."""
        swapped = dict(self.vega)
        swapped["data"] = [_swap(one, "values", data) for one in self.vega["data"]]
        swapped["signals"] = [_swap(one, "value", signals) for one in self.vega["signals"]]
        return vl_convert.vega_to_svg(swapped, format_locale=self.locale)


def _swap(part: dict[str, Any], key: str, values: Mapping[str, object]) -> dict[str, Any]:
    return {**part, key: values[part["name"]]} if part["name"] in values else part


def _tidied(svg: str, name: str) -> Markup:
    svg = _NOISE.sub("", svg).replace(_NOTHING, "")
    svg = _DECIMALS.sub("", svg)
    svg = _renumbered(svg, name)
    svg = svg.replace(f' font-family="{FONT}"', "")
    opening = r'<svg aria-hidden="true" focusable="false" class="chart" width="\2" height="\3"'
    return Markup(_SIZE.sub(opening, svg, count=1))  # noqa: S704


def _renumbered(svg: str, name: str) -> str:
    order: dict[str, int] = {}

    def named(match: re.Match[str]) -> str:
        number = order.setdefault(match.group(0), len(order))
        return f"{name}-{match.group(1).rstrip('_')}{number}"

    return _NUMBERED.sub(named, svg)


def written(words: Words, *, share: bool) -> dict[str, object]:
    """Return the signals by which `WRITTEN` writes a share as this language does, or a number."""
    return {"factor": 100, "suffix": words.percent.format("")} if share else PLAIN


def written_parameters() -> tuple[alt.Parameter, alt.Parameter]:
    """Return the parameters that `WRITTEN` needs."""
    return alt.param("factor", value=1), alt.param("suffix", value="")
