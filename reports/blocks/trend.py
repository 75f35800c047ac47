"""Where it is going: figures over time, with their band and their numbers.

As many as the agreement asks for; where one is missing, the sheet says why.
"""

from dataclasses import dataclass

from markupsafe import Markup

from reports.block import Block, Omitted, Sheet, fill
from reports.breaks import breaks
from reports.charts import trend
from reports.figures import Figure
from sources.agreement.model import Campaign, Kind
from sources.contracts.derived import contracts_of
from transforms.comparison import Comparison
from transforms.periods import YEAR, parse

TEMPLATE = """
<div class="courses">
{% for course in courses %}
<figure class="course">
{% if several %}<h3 class="indicator">{{ course.found }}</h3>{% endif %}
<figcaption>{{ course.told }}</figcaption>
{{ course.chart }}
<p class="ground">{% if course.banded %}<span>{{ words("trend.band") }}</span>{% endif %}
{% if course.provisional %}
<span>{{ words("trend.hollow") }}</span>{% endif %}</p>
{% for reason in course.breaks %}<p class="ground"><span>{{ reason }}</span></p>
{% endfor %}
{% for told in course.campaigns %}<p class="ground campaign">{{ told }}</p>
{% endfor %}
<details><summary>{{ words("trend.table") }}</summary>
<table><caption>{{ course.name }}, {{ sheet.name }}</caption>
<thead><tr><th scope="col">{{ words("table.period") }}</th>
<th scope="col">{{ words("table.value") }}</th><th scope="col">{{ words("table.between") }}</th>
</tr></thead>
<tbody>{% for figure in course.series %}
<tr><th scope="row">{{ figure.when }}</th><td data-figure="{{ figure.key }}">{{ figure.told }}</td>
<td data-figure="{{ figure.key }}">{{ figure.between }}</td></tr>
{% endfor %}</tbody></table></details>
</figure>
{% endfor %}
{% for reason in absent %}<p class="missing">{{ reason }}</p>
{% endfor %}
</div>
"""


@dataclass(frozen=True, slots=True)
class Course:
    """One figure over time; `found` says whether it changed, `told` from what to what.

    `breaks` say where it is not one series; then `told` is about the last part of it. `campaigns`
    say what ran when: a mark, and no proof of what it did.
    """

    name: str
    found: str
    told: str
    chart: Markup
    series: list[Figure]
    breaks: tuple[str, ...]
    campaigns: tuple[str, ...]

    @property
    def banded(self) -> bool:
        """Whether a band is drawn: some ways to count have no limits."""
        return any(figure.lower is not None for figure in self.series)

    @property
    def provisional(self) -> bool:
        """Whether a hollow point is drawn."""
        return any(figure.provisional and figure.published for figure in self.series)


def render(sheet: Sheet) -> Block | Omitted:
    """Show the figures with most published periods, and say of others why they are not there."""
    asked = sheet.shelf.agreement.general.trends
    every = {name: sheet.series(name) for name in sheet.indicators}
    drawable = sorted((s for s in every.values() if trend.drawable(s)), key=_weight)[:asked]
    lacking = [
        name for name in every if _elsewhere(sheet, name) and not trend.drawable(every[name])
    ]
    absent = [_absence(sheet, name, every[name]) for name in lacking[: asked - len(drawable)]]
    several = asked > 1
    if not drawable and not (several and absent):
        return Omitted(" ".join(absent) or sheet.words("trend.none"))
    courses = [_course(sheet, series) for series in drawable]
    figures = tuple(course.series[-1] for course in courses)
    body = fill(TEMPLATE, sheet, courses=courses, absent=absent, several=several)
    title = _title(sheet, courses) if several else courses[0].found
    return Block(sheet.words("trend.topic"), title, body, "main" if several else "left", figures)


def _title(sheet: Sheet, courses: list[Course]) -> str:
    if not courses:
        return sheet.words("trend.title.none")
    return sheet.words.one_or_more("trend.title", len(courses))


def _weight(series: list[Figure]) -> tuple[int, int]:
    """Longest first; then what people notice of it before what was done."""
    order = [Kind.OUTCOME, Kind.EXPERIENCE, Kind.OUTPUT, Kind.CONTEXT]
    kind = series[0].definition.kind
    rank = order.index(kind) if kind in order else len(order)
    return -sum(figure.published for figure in series), rank


def _elsewhere(sheet: Sheet, indicator: str) -> bool:
    """Whether a figure is drawn over time for another area of this kind."""
    return sheet.shelf.longest(indicator, sheet.area.level) >= trend.FEWEST


def _absence(sheet: Sheet, indicator: str, series: list[Figure]) -> str:
    """Say why a figure is not drawn: held back, not delivered, or too few periods of it."""
    definition = sheet.shelf.indicator(indicator)
    held_back = [figure for figure in series if figure.status == "protected"]
    reason = "few"
    if held_back:
        reason = "unpublished" if definition.protected_at_source else "protected"
    elif all(figure.status == "not_delivered" for figure in series):
        refused = any(map(sheet.shelf.refused, contracts_of(definition.delivery)))
        reason = "refused" if refused else "not_delivered"
    return sheet.words(f"trend.absent.{reason}", name=definition.name)


def _course(sheet: Sheet, series: list[Figure]) -> Course:
    broken = breaks(series)
    begins = [number for number, figure in enumerate(series) if figure.period in broken]
    known = [figure for figure in series if figure.published]
    last = [figure for figure in series[max(begins, default=0) :] if figure.published] or known
    told = sheet.words(
        "trend.told",
        area=sheet.name,
        first=last[0].headline,
        last=f"{last[-1].headline} {last[-1].unit}".strip(),
    )
    name = series[0].definition.name
    ran = _campaigns(sheet, series)
    chart = trend.svg(
        series,
        f"verloop-{series[0].indicator}",
        labelled=[figure.period for figure in _year(series)],
        marked=[period for period, _ in ran],
    )
    return Course(
        name=name,
        found=_found(sheet, series),
        told=told,
        chart=chart,
        series=series,
        breaks=tuple(broken.values()),
        campaigns=tuple(
            sheet.words("trend.campaign", period=sheet.words.period(period), name=one.name)
            for period, one in ran
        ),
    )


def _campaigns(sheet: Sheet, series: list[Figure]) -> list[tuple[str, Campaign]]:
    """Return the campaigns on a figure's goal in this place, with the first period of each.

    One without goals or areas is for all of them; one for some wijken is on no other sheet.
    """
    goal = sheet.shelf.agreement.goal_of(series[0].indicator)
    ours = [
        one
        for one in sheet.shelf.agreement.calendar.campaigns
        if goal in (one.goals or (goal,)) and sheet.area.code in (one.areas or (sheet.area.code,))
    ]
    began = (next((f.period for f in series if _within(one, f.period)), "") for one in ours)
    return [(period, one) for period, one in zip(began, ours, strict=True) if period]


def _within(campaign: Campaign, period: str) -> bool:
    asked = parse(period)
    return asked.begin <= campaign.begin <= asked.end


def _year(series: list[Figure]) -> list[Figure]:
    """Return the newest settled figure after that of a year before; none where not compared."""
    settled = {one.period: one for one in series if one.published and not one.provisional}
    now = next(reversed(settled.values()), None)
    then = settled.get(str(parse(now.period).shifted(-YEAR))) if now else None
    return [then, now] if now and then and now.year_ago else []


def _found(sheet: Sheet, series: list[Figure]) -> str:
    """Say from what to what it went in a year; a word, never an arrow."""
    name = series[0].definition.name.rstrip("?")
    if not (compared := _year(series)):
        return sheet.words("trend.found.unknown", name=name)
    then, now = compared
    key = f"trend.found.{Comparison(now.year_ago or Comparison.NOT_YET).name.lower()}"
    return sheet.words(key, name=name, now=now.headline, then=then.headline)
