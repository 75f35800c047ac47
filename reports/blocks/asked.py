"""The questions of the council, in its own words, and the figures that answer them."""

from dataclasses import dataclass

from reports.aims import Aim, aim
from reports.block import Block, Omitted, Sheet, fill
from sources.agreement.model import CouncilQuestion

TEMPLATE = """
{% for one in answers %}
<section class="rows" aria-labelledby="vraag-{{ loop.index }}">
<header><h3 id="vraag-{{ loop.index }}">{{ one.question }}</h3>
{% if one.others %}
<p class="also quiet">{{ words("asked.others", names=one.others) }}</p>{% endif %}
</header>
{% for aim in one.aims %}{{ m.progress(aim, sheet, 4) }}
{% else %}
<p class="missing">{{ words("asked.unanswered") }}</p>
{% endfor %}
</section>
{% endfor %}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with the figures that this sheet tells, and the names of those in files."""

    question: str
    aims: list[Aim]
    others: str


def render(sheet: Sheet) -> Block | Omitted:
    """Put the chosen figures below each question; name what else is counted and stands in files."""
    questions = sheet.shelf.agreement.council.questions
    if not questions:
        return Omitted(sheet.words("asked.none"))
    answers = [_answer(sheet, one, number) for number, one in enumerate(questions)]
    figures = tuple(aim.figure for one in answers for aim in one.aims)
    body = fill(TEMPLATE, sheet, answers=answers)
    return Block(sheet.words("asked.topic"), _title(sheet, answers), body, "main", figures)


def _answer(sheet: Sheet, asked: CouncilQuestion, number: int) -> Answer:
    told = [name for name in sheet.indicators if name in asked.indicators]
    found = (aim(sheet, name, f"vraag-{number}-{name}") for name in told)
    others = [
        sheet.shelf.indicator(name).name
        for name in asked.indicators
        if name not in told and sheet.latest(name) is not None
    ]
    return Answer(asked.question, [one for one in found if one], sheet.words.listed(others))


def _title(sheet: Sheet, answers: list[Answer]) -> str:
    """Give the answer to the first question that has one: its first figure, and how that stands."""
    answered = ((one.question, aim.figure) for one in answers for aim in one.aims)
    found = next((told for told in answered if told[1].published), None)
    if found is None:
        return sheet.words("asked.title.unanswered")
    question, figure = found
    told = sheet.words(
        "asked.title",
        question=question,
        name=figure.definition.name.rstrip("?"),
        value=f"{figure.headline} {figure.unit}".strip(),
    )
    if figure.progress is None:
        return told
    stands = sheet.words(f"asked.since.{figure.progress.stands}")
    return f"{told} {stands}"
