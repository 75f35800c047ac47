"""Baseline, now and target of one indicator, in one mark with its three numbers in words."""

from dataclasses import dataclass

from markupsafe import Markup

from reports.block import Sheet
from reports.charts import dotline
from reports.figures import Figure
from sources.agreement.model import Baseline, Direction, Indicator, Target


@dataclass(frozen=True, slots=True)
class Aim:
    """One line of a resultaatblad: the figure, where it came from and where it should go.

    `baseline` and `target` are told in words; both are empty where nothing was agreed.
    """

    figure: Figure
    baseline: str
    target: str
    chart: Markup


def aim(sheet: Sheet, indicator: str, name: str) -> Aim | None:
    """Return the newest figure with its baseline and target; None where there never was a figure.

    `name` tells the charts of one page apart.
    """
    figure = sheet.nearest(indicator)
    if figure is None:
        return None
    definition = figure.definition
    start = _baseline(sheet, indicator, figure)
    target = _target(sheet, definition)
    marks = {
        "baseline": start,
        "now": figure.value if figure.published else None,
        "target": target.value if target else None,
    }
    chart = Markup("")
    if sum(value is not None for value in marks.values()) > 1:
        limits = (figure.lower, figure.upper) if figure.published else (None, None)
        chart = dotline.svg(marks, limits, name, share=figure.is_share, words=sheet.words)
    told = _baseline_told(sheet, definition.baseline, figure, start)
    return Aim(figure, told, _target_told(sheet, definition, figure, target), chart)


def agreed(sheet: Sheet, figure: Figure) -> str:
    """Return baseline and target of a figure on one line; empty where nothing was agreed."""
    start = _baseline(sheet, figure.indicator, figure)
    told = _baseline_told(sheet, figure.definition.baseline, figure, start)
    target = _target_told(sheet, figure.definition, figure, _target(sheet, figure.definition))
    return " · ".join(part for part in (told, target) if part)


def _baseline(sheet: Sheet, indicator: str, figure: Figure) -> float | None:
    agreed = figure.definition.baseline
    if agreed is None or agreed.value is not None:
        return agreed.value if agreed else None
    then = sheet.shelf.at(indicator, figure.area_code, agreed.period, partner=figure.partner)
    return then.value if then and then.published else None


def _baseline_told(
    sheet: Sheet, agreed: Baseline | None, figure: Figure, value: float | None
) -> str:
    if agreed is None:
        return ""
    period = sheet.words.period(agreed.period)
    if value is None:
        return sheet.words("aim.baseline.unknown", period=period)
    return sheet.words("aim.baseline", period=period, value=figure.written(value))


def _target(sheet: Sheet, definition: Indicator) -> Target | None:
    """Return the target that comes next: this area's own before the municipality's."""
    year = sheet.shelf.edition.known_at.year
    mine = [t for t in definition.targets if t.area in {None, sheet.area.code}]
    mine.sort(key=lambda t: (t.year < year, abs(t.year - year), t.area is None))
    return mine[0] if mine else None


def _target_told(sheet: Sheet, definition: Indicator, figure: Figure, target: Target | None) -> str:
    if target is None:
        return ""
    sense = {Direction.HIGHER: "higher", Direction.LOWER: "lower"}.get(definition.direction, "none")
    value = figure.written(target.value)
    return sheet.words(f"aim.target.{sense}", year=target.year, value=value)
