"""Baseline, now and target of one indicator, in one mark with its three numbers in words."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reports.block import Sheet
from reports.charts import dotline
from reports.figures import Figure
from sources.agreement.model import Baseline, Direction, Target
from transforms.periods import parse


@dataclass(frozen=True, slots=True)
class Aim:
    """One line of a resultaatblad: the figure, where it came from and where it should go.

    `baseline`, `target` and `horizon` (the last target, where it is another one) are told in words;
    they are empty where nothing was agreed; `unagreed` then says so of a partner. `end` is the far
    end of the chart's axis, as written.
    """

    figure: Figure
    baseline: str
    target: str
    chart: Markup
    horizon: str = ""
    end: str = ""
    unagreed: str = ""


def aim(sheet: Sheet, indicator: str, name: str) -> Aim | None:
    """Return the newest figure with its baseline and target; None where there never was a figure.

    The council also sees the target at the horizon. `name` tells the charts of one page apart.
    """
    figure = sheet.nearest(indicator)
    if figure is None:
        return None
    start, target = _baseline(sheet, figure), next_target(sheet, figure)
    horizon = _horizon(sheet, figure) if sheet.kind == "council" else None
    horizon = horizon if horizon != target else None
    marks = {
        "baseline": start,
        "now": figure.value if figure.published else None,
        "target": target.value if target else None,
        "horizon": horizon.value if horizon else None,
    }
    known = {kind: value for kind, value in marks.items() if value is not None}
    chart, end = _drawn(figure, known, name) if len(known) > 1 else (Markup(""), "")
    return Aim(
        figure=figure,
        baseline=_start_told(sheet, figure, start),
        target=_target_told(sheet, figure, target),
        chart=chart,
        horizon=_target_told(sheet, figure, horizon) if horizon else "",
        end=end,
        unagreed=_unagreed(sheet, figure, target),
    )


def _drawn(figure: Figure, marks: dict[str, float], name: str) -> tuple[Markup, str]:
    """Return the marks on one axis, and in words where that ends: at all, or at the furthest."""
    limits = (figure.lower, figure.upper) if figure.published else (None, None)
    furthest = max(value for value in (*marks.values(), *limits) if value is not None)
    end = 1.0 if figure.is_share else furthest or 1.0
    chart = dotline.svg(marks, limits, name, end=end, language=figure.words.language)
    return chart, figure.written(end)


def agreed(sheet: Sheet, figure: Figure) -> str:
    """Return baseline and target of a figure on one line; empty where nothing was agreed.

    What was agreed is about the indicator itself, never about a class or variant of it.
    """
    if figure.breakdown:
        return ""
    start = _start_told(sheet, figure, _baseline(sheet, figure))
    target = next_target(sheet, figure)
    told = (start, _target_told(sheet, figure, target), _unagreed(sheet, figure, target))
    return " · ".join(part for part in told if part)


def _own_baseline(sheet: Sheet, figure: Figure) -> bool:
    """Whether the baseline that was agreed is of the same place as the figure."""
    if figure.partner:
        return _agreed_baseline(sheet, figure) is not figure.definition.baseline
    return figure.area_code == sheet.shelf.municipality


def _agreed_baseline(sheet: Sheet, figure: Figure) -> Baseline | None:
    """Return the nulmeting that was agreed: of the partner itself before that of the indicator."""
    known, day = sheet.shelf.agreement, parse(figure.period).end
    return known.baseline_of(figure.indicator, partner=figure.partner, day=day)


def _baseline(sheet: Sheet, figure: Figure) -> float | None:
    """Return what was agreed of this place, or it measured itself, or may stand beside it."""
    agreed = _agreed_baseline(sheet, figure)
    if agreed is None:
        return None
    if agreed.value is not None and _own_baseline(sheet, figure):
        return agreed.value
    measured = _measured(sheet, figure, agreed)
    beside = figure.definition.comparable and not figure.partner
    return agreed.value if measured is None and beside else measured


def _measured(sheet: Sheet, figure: Figure, agreed: Baseline) -> float | None:
    """Return the figure of the same place in the baseline's period, where the edition tells it."""
    place = figure.area_code, agreed.period
    then = sheet.shelf.at(figure.indicator, *place, partner=figure.partner)
    return then.value if then and then.published and not then.foreign else None


def _start_told(sheet: Sheet, figure: Figure, value: float | None) -> str:
    agreed = _agreed_baseline(sheet, figure)
    if agreed is None:
        return ""
    period = sheet.words.period(agreed.period)
    if value is None:
        # Of another place there may be a number: then it is not unknown, and does not belong here.
        unknown = agreed.value is None or _own_baseline(sheet, figure)
        return sheet.words("aim.baseline.unknown", period=period) if unknown else ""
    own = _own_baseline(sheet, figure) or _measured(sheet, figure, agreed) is not None
    key = "aim.baseline" if own else "aim.baseline.whole"
    return sheet.words(key, period=period, value=figure.written(value))


def next_target(sheet: Sheet, figure: Figure) -> Target | None:
    """Return the target that a figure is held against; None where none holds for it."""
    return sheet.shelf.agreement.target_of(figure.indicator, **_place(figure))


def _horizon(sheet: Sheet, figure: Figure) -> Target | None:
    """Return the target that lies furthest ahead."""
    fitting = sheet.shelf.agreement.targets_of(figure.indicator, **_place(figure))
    return max(fitting, key=lambda t: (t.year, t.area is not None), default=None)


def _place(figure: Figure) -> dict[str, Any]:
    day = parse(figure.period).end
    return {"area": figure.area_code, "partner": figure.partner, "day": day}


def _target_told(sheet: Sheet, figure: Figure, target: Target | None) -> str:
    if target is None:
        return ""
    sides = {Direction.HIGHER: "higher", Direction.LOWER: "lower"}
    side = sides.get(figure.definition.direction, "none")
    key = f"aim.target.{whose(sheet, figure, target)}.{side}"
    return sheet.words(key, year=target.year, value=figure.written(target.value))


def _unagreed(sheet: Sheet, figure: Figure, target: Target | None) -> str:
    """Say of a partner's figure that no target was agreed, unless a question stands there."""
    asked = sheet.shelf.agreement.asked_instead(figure.indicator, **_place(figure))
    if target or asked or not figure.partner:
        return ""
    return sheet.words("aim.target.unagreed")


def whose(sheet: Sheet, figure: Figure, target: Target) -> str:
    """Return whose target it is: own (of this partner or area), whole (of all), or all itself."""
    if figure.partner or target.area is not None:
        return "own"
    return "all" if figure.area_code == sheet.shelf.municipality else "whole"
