"""Where it is going: one or two figures over time, with their band and their numbers."""

from dataclasses import dataclass

from markupsafe import Markup

from reports.block import Block, Omitted, Sheet, fill
from reports.charts import trend
from reports.figures import Figure
from sources.agreement.model import Kind
from transforms.comparison import Comparison

MOST = 1

TEMPLATE = """
{% for course in courses %}
<figure class="course">
<figcaption>{{ course.told }}</figcaption>
{{ course.chart }}
<p class="ground">{% if course.banded %}<span>{{ words("trend.band") }}</span>{% endif %}
{% if course.provisional %}
<span>{{ words("trend.hollow") }}</span>{% endif %}</p>
<details><summary>{{ words("trend.table") }}</summary>
<table><caption>{{ course.name }}, {{ sheet.name }}</caption>
<thead><tr><th scope="col">{{ words("table.period") }}</th>
<th scope="col">{{ words("table.value") }}</th><th scope="col">{{ words("table.between") }}</th>
</tr></thead>
<tbody>{% for figure in course.series %}
<tr><th scope="row">{{ figure.when }}</th><td>{{ figure.told }}</td><td>{{ figure.between }}</td>
</tr>
{% endfor %}</tbody></table></details>
</figure>
{% endfor %}
"""


@dataclass(frozen=True, slots=True)
class Course:
    """One figure over time; `told` is its finding."""

    name: str
    told: str
    chart: Markup
    series: list[Figure]

    @property
    def banded(self) -> bool:
        """Whether a band is drawn: some ways to count have no limits."""
        return any(figure.lower is not None for figure in self.series)

    @property
    def provisional(self) -> bool:
        """Whether a hollow point is drawn."""
        return any(figure.provisional and figure.published for figure in self.series)


def render(sheet: Sheet) -> Block | Omitted:
    """Show the course of the outcome or output with most published periods."""
    candidates = [sheet.series(name) for name in sheet.shelf.agreement.indicators]
    drawable = [series for series in candidates if trend.drawable(series)]
    if not drawable:
        return Omitted(sheet.words("trend.none"))
    drawable.sort(key=_weight)
    courses = [_course(sheet, series) for series in drawable[:MOST]]
    figures = tuple(course.series[-1] for course in courses)
    body = fill(TEMPLATE, sheet, courses=courses)
    return Block(sheet.words("trend.topic"), _title(sheet, drawable[0]), body, "left", figures)


def _weight(series: list[Figure]) -> tuple[int, int]:
    """Longest first; then what people notice of it before what was done."""
    order = [Kind.OUTCOME, Kind.EXPERIENCE, Kind.OUTPUT, Kind.CONTEXT]
    kind = series[0].definition.kind
    rank = order.index(kind) if kind in order else len(order)
    return -sum(figure.published for figure in series), rank


def _course(sheet: Sheet, series: list[Figure]) -> Course:
    known = [figure for figure in series if figure.published]
    told = sheet.words(
        "trend.told",
        area=sheet.name,
        first=known[0].headline,
        last=f"{known[-1].headline} {known[-1].unit}".strip(),
    )
    name = f"verloop-{series[0].indicator}"
    return Course(series[0].definition.name, told, trend.svg(series, name), series)


def _title(sheet: Sheet, series: list[Figure]) -> str:
    """Say how the newest settled figure compares with a year before; a word, never an arrow."""
    settled = [figure for figure in series if figure.published and not figure.provisional]
    word = settled[-1].year_ago if settled else None
    key = f"trend.title.{Comparison(word or Comparison.NOT_YET).name.lower()}"
    return sheet.words(key, name=series[0].definition.name)
