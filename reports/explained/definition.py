"""What a figure counts, and what to mind when reading it."""

from collections.abc import Iterator

from reports.explained.explanation import Explanation
from reports.words.catalogue import Words
from sources.agreement.model import Counts, Term


def lines(told: Explanation, speak: Words) -> Iterator[str]:
    """Tell question, goal, counting in words, norm, version and sources."""
    one = told.indicator
    goal = told.agreement.goals.get(one.goal)
    yield speak("explain.question", question=one.question)
    if goal:
        yield speak("explain.goal", name=goal.name, statement=goal.statement)
    yield one.explanation
    multiplier = speak.number(one.multiplier)
    yield speak(f"explain.way.{one.way}", multiplier=multiplier)
    if one.term:
        yield from _term(one.term, speak)
    if one.standard:
        yield speak("explain.standard", standard=one.standard)
    since = speak.day(one.valid_from)
    if one.valid_to:
        until = speak.day(one.valid_to)
        yield speak("explain.version.until", version=one.version, since=since, until=until)
    else:
        yield speak("explain.version", version=one.version, since=since)
    yield speak("explain.sources", sources="; ".join(one.sources))


def _term(term: Term, speak: Words) -> Iterator[str]:
    yield speak("explain.term", days=term.days, start=term.start, end=term.end)
    if term.suspension and term.suspension_agreed:
        agreed = term.suspension_agreed
        yield speak("explain.term.suspended.agreed", column=term.suspension, agreed=agreed)
    elif term.suspension:
        yield speak("explain.term.suspended", column=term.suspension)
    if term.extended_until:
        yield speak("explain.term.extended", column=term.extended_until)


def care(told: Explanation, speak: Words) -> Iterator[str]:
    """Tell the margin, what belongs with it, how it can be gamed, and whose it is."""
    one = told.indicator
    money = one.way == "rate" and one.numerator.counts is Counts.MONEY
    yield speak("explain.limits.money" if money else f"explain.limits.{one.way}")
    yield speak("explain.gamed", incentive=one.incentive)
    if one.counter_indicators:
        yield speak("explain.counter", names=_named(told, one.counter_indicators, speak))
    elif one.motivation:
        yield one.motivation
    if one.pairs:
        yield speak("explain.pairs", names=_named(told, one.pairs, speak))
    for gap in one.breaks:
        yield speak("explain.break", period=speak.period(gap.period), reason=gap.reason)
    yield speak("explain.owner", owner=one.owner)
    yield speak(f"explain.privacy.{one.privacy}")
    yield speak("explain.expires", day=speak.day(one.expires))


def _named(told: Explanation, names: tuple[str, ...], speak: Words) -> str:
    """Return indicators with their names, as one enumeration."""
    known = told.agreement.indicators
    return speak.listed([f"{known[name].name} ({name})" for name in names])
