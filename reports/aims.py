"""Baseline, now and target of one indicator, in one mark with its three numbers in words."""

from dataclasses import dataclass

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
    they are empty where nothing was agreed. `end` is the far end of the chart's axis, as written.
    """

    figure: Figure
    baseline: str
    target: str
    chart: Markup
    horizon: str = ""
    end: str = ""


def aim(sheet: Sheet, indicator: str, name: str) -> Aim | None:
    """Return the newest figure with its baseline and target; None where there never was a figure.

    The council also sees the target at the horizon. `name` tells the charts of one page apart.
    """
    figure = sheet.nearest(indicator)
    if figure is None:
        return None
    start, target = _baseline(sheet, figure), _target(sheet, figure)
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
        target=_target_told(figure, target),
        chart=chart,
        horizon=_target_told(figure, horizon),
        end=end,
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
    target = _target_told(figure, _target(sheet, figure))
    return " · ".join(part for part in (start, target) if part)


def _comparable(figure: Figure) -> bool:
    """A number that everybody reaches together says nothing of one partner, but a share does."""
    return figure.is_share or not figure.partner


def _own_baseline(sheet: Sheet, figure: Figure) -> bool:
    """Whether the baseline that was agreed is of the same place as the figure."""
    if figure.partner:
        return _agreed_baseline(sheet, figure) is not figure.definition.baseline
    return figure.area_code == sheet.shelf.municipality


def _agreed_baseline(sheet: Sheet, figure: Figure) -> Baseline | None:
    """Return the nulmeting that was agreed: of the partner itself before that of the indicator."""
    known, day = sheet.shelf.agreement, parse(figure.period).end
    agreed = known.baseline_of(figure.indicator, partner=figure.partner, day=day)
    own = agreed is not figure.definition.baseline
    return agreed if own or _comparable(figure) else None


def _baseline(sheet: Sheet, figure: Figure) -> float | None:
    """Return what was agreed of this place, or it measured itself, or was agreed of all."""
    agreed = _agreed_baseline(sheet, figure)
    if agreed is None:
        return None
    if agreed.value is not None and _own_baseline(sheet, figure):
        return agreed.value
    measured = _measured(sheet, figure, agreed)
    return agreed.value if measured is None else measured


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
        return sheet.words("aim.baseline.unknown", period=period)
    own = _own_baseline(sheet, figure) or _measured(sheet, figure, agreed) is not None
    key = "aim.baseline" if own else "aim.baseline.whole"
    return sheet.words(key, period=period, value=figure.written(value))


def _target(sheet: Sheet, figure: Figure) -> Target | None:
    """Return the target that comes next: the partner's or area's own before the municipality's."""
    year = sheet.shelf.edition.year
    fitting = _targets(sheet, figure)
    ordered = sorted(fitting, key=lambda t: (t.year < year, abs(t.year - year), t.area is None))
    return ordered[0] if ordered else None


def _horizon(sheet: Sheet, figure: Figure) -> Target | None:
    """Return the target that lies furthest ahead."""
    return max(_targets(sheet, figure), key=lambda t: (t.year, t.area is not None), default=None)


def _targets(sheet: Sheet, figure: Figure) -> tuple[Target, ...]:
    known, name, partner = sheet.shelf.agreement, figure.indicator, figure.partner
    day = parse(figure.period).end
    own = known.promised(name, partner, day)
    if not _comparable(figure) and not (own and own.targets):
        return ()
    return known.targets_of(name, area=figure.area_code, partner=partner, day=day)


def _target_told(figure: Figure, target: Target | None) -> str:
    """Tell a target; as its own where this partner or area agreed another than the municipality."""
    if target is None:
        return ""
    sides = {Direction.HIGHER: "higher", Direction.LOWER: "lower"}
    side = sides.get(figure.definition.direction, "none")
    own = target.area is not None or target not in figure.definition.targets
    key = f"aim.target.own.{side}" if own else f"aim.target.{side}"
    return figure.words(key, year=target.year, value=figure.written(target.value))
