"""The rules by which people are protected, each with an invented example in numbers.

The rules are those of the public edition (statistics and disclosure, 4.2), filled in with what the
agreement sets. The examples are invented; they keep the rules for every setting.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.block import Block, Omitted, Sheet, fill
from reports.words.catalogue import Words
from sources.agreement.model import Counts, Indicator, Way
from sources.agreement.model import Edition as Rules

TEMPLATE = """
<ol class="rules">
{% for card in cards %}
<li class="side"><div><h3>{{ card.title }}</h3>
<p>{{ card.why }}</p></div>
<table><caption>{{ words("rules.example") }}</caption>
<thead><tr><th scope="col"><span class="unseen">{{ words("rules.what") }}</span></th>
<th scope="col">{{ words("rules.counted") }}</th>
<th scope="col">{{ words("rules.shown") }}</th></tr></thead>
<tbody>
{% for what, counted, shown in card.lines %}
<tr><th scope="row">{{ what }}</th><td>{{ counted }}</td><td>{{ shown }}</td></tr>
{% endfor %}
</tbody></table></li>
{% endfor %}
</ol>
"""


Lines = tuple[tuple[str, str, str], ...]
"""Of each line of an example: what, as counted, and as shown."""


@dataclass(frozen=True, slots=True)
class Card:
    """One rule: its title, why it is there, and an example."""

    title: str
    why: str
    lines: Lines


def render(sheet: Sheet) -> Block | Omitted:
    """Show a card for every rule that this agreement's figures come under."""
    general = sheet.shelf.agreement.general
    indicators = list(sheet.shelf.agreement.indicators.values())
    body = fill(TEMPLATE, sheet, cards=list(_cards(sheet.words, general.public, indicators)))
    return Block(sheet.words("rules.topic"), sheet.words("rules.title"), body, "main")


def _cards(words: Words, rules: Rules, indicators: list[Indicator]) -> Iterator[Card]:
    told = {(one.way, one.numerator.counts is Counts.ANSWERS) for one in indicators}
    yield _rounded(words, rules)
    yield _few(words, rules)
    if (Way.SHARE, False) in told:
        yield _share(words, rules)
    if (Way.SHARE, True) in told:
        yield _survey(words, rules)
    if (Way.RATE, False) in told:
        yield _rate(words, rules)
    if (Way.WAIT, False) in told:
        yield _wait(words, rules)
    yield _kept(words, rules)


def _rounded(words: Words, rules: Rules) -> Card:
    """Three parts of which one goes the far way, so that the total fits: 21 + 22 + 21 = 64."""
    base = rules.base
    near, far = round(base / 5), round(base * 2 / 5)
    exact = (4 * base + near, 4 * base + far, 4 * base + near)
    shown = (4 * base, 5 * base, 4 * base)
    places = words("rules.places").split(", ")
    pairs = [*zip(exact, shown, strict=True), (sum(exact), sum(shown))]
    lines = (
        (place, words.number(counted), words.number(told))
        for place, (counted, told) in zip(places, pairs, strict=True)
    )
    why = words("rules.round.why", counted=exact[1], shown=shown[1])
    return Card(words("rules.round", base=base), why, tuple(lines))


def _few(words: Words, rules: Rules) -> Card:
    """Zero and a few look the same; just above the threshold there is a number."""
    least = -(-rules.threshold // rules.base) * rules.base
    small = words("rules.less", count=rules.threshold)
    lines = (
        (words("rules.few.none"), "0", small),
        (words("rules.few.some"), words.number(min(rules.base, rules.threshold) // 2 + 1), small),
        (words("rules.few.more"), words.number(least + 1), words.number(least)),
    )
    return Card(words("rules.few", count=rules.threshold), words("rules.few.why"), lines)


def _share(words: Words, rules: Rules) -> Card:
    least = rules.share_denominator
    part, total = _large(least, rules)
    shown = f"{_among(words, part, total)} · {words.share(part / total)}"
    lines = _groups(words, least, (part, total), shown)
    return Card(words("rules.share", count=least), words("rules.share.why"), lines)


def _survey(words: Words, rules: Rules) -> Card:
    least, step = rules.survey_answers, rules.survey_step
    part, total = _large(least, rules)
    points = round(part / total * 100 / step) * step
    answers = words("figure.answers", total=words.number(total))
    lines = _groups(words, least, (part, total), f"{answers} · {words.share(points / 100)}")
    why = words("rules.survey.why", step=step)
    return Card(words("rules.survey", count=least), why, lines)


def _large(least: int, rules: Rules) -> tuple[int, int]:
    """Return a rounded part and total, of about twice the least that may be told."""
    total = -(-2 * least // rules.base) * rules.base
    return round(total * 0.6 / rules.base) * rules.base, total


def _groups(words: Words, least: int, large: tuple[int, int], shown: str) -> Lines:
    """Return a group that is too small, and one that is told; each a little off what is shown."""
    small, (part, total) = round(least * 0.8), large
    return (
        (
            words("rules.group.small"),
            _among(words, small * 3 // 5, small),
            words("rules.held_back"),
        ),
        (words("rules.group.large"), _among(words, part + 1, total - 1), shown),
    )


def _rate(words: Words, rules: Rules) -> Card:
    """A rounded count over the inhabitants of a small area, whole; the exact one beside it."""
    shown, inhabitants = 7 * rules.base, 2400
    exact = words.number((shown - 1) / inhabitants * 1000, 1)
    whole = words.number(shown / inhabitants * 1000, 0)
    lines = (
        (words("rules.rate.count"), words.number(shown - 1), words.number(shown)),
        (words("rules.rate.inhabitants"), words.number(inhabitants), words.number(inhabitants)),
        (words("rules.rate.per"), exact, whole),
    )
    return Card(words("rules.rate"), words("rules.rate.why"), lines)


def _wait(words: Words, rules: Rules) -> Card:
    """Within how many whole weeks half of a group was helped; a day more is a week more."""
    least, days = rules.share_denominator, 38
    small, large = (words("rules.wait.group", count=n) for n in (round(least * 0.8), 2 * least))
    told = words.one_or_more("wait.days", days)
    weeks = words.one_or_more("wait.weeks", -(-days // 7))
    lines = ((small, told, words("rules.held_back")), (large, told, weeks))
    return Card(words("rules.wait"), words("rules.wait.why", count=least), lines)


def _kept(words: Words, rules: Rules) -> Card:
    """One more than half the base would go up by ordinary rounding; it stays where it was."""
    shown = 5 * rules.base
    lines = tuple(
        (words(f"rules.kept.{edition}"), words.number(shown + more), words.number(shown))
        for edition, more in (("before", rules.base // 2), ("now", rules.base // 2 + 1))
    )
    return Card(words("rules.kept"), words("rules.kept.why"), lines)


def _among(words: Words, part: int, total: int) -> str:
    """Return the counts of a share: 60 van de 100."""
    return words("figure.of", count=words.number(part), total=words.number(total))
