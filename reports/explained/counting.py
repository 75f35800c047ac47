"""From deliveries to numerator and denominator, in numbers that add up."""

from collections.abc import Iterator

from reports.explained.explanation import Delivery, Explanation
from reports.words.catalogue import Words
from sources.agreement.model import Way
from transforms.explain import Reason, Step
from transforms.readings import Reading

_WIDTH = 11


def origin(told: Explanation, speak: Words) -> Iterator[str]:
    """Tell the deliveries of each contract, and what was delivered in all."""
    for contract in dict.fromkeys(one.contract for one in told.deliveries):
        mine = [one for one in told.deliveries if one.contract == contract]
        yield speak("explain.contract", title=told.titles[contract], contract=contract)
        for one in mine:
            yield f"  {_delivery(told, one, speak)}"
        counted = [one for one in mine if one.counts]
        refused = sum(one.refused_rows for one in counted)
        accepted = sum(one.accepted_rows for one in counted)
        sums = {"delivered": refused + accepted, "refused": refused, "accepted": accepted}
        yield "  " + speak("explain.asked", **{k: speak.number(n) for k, n in sums.items()})


def _delivery(told: Explanation, one: Delivery, speak: Words) -> str:
    partner = told.agreement.partners.get(one.partner)
    who = {"partner": partner.name if partner else one.partner, "period": speak.period(one.period)}
    if one.received_on is None:
        return speak("explain.delivery.none", **who)
    day = speak.day(one.received_on)
    if not one.counts:
        outcome = speak(f"outcome.{one.outcome}")
        return speak("explain.delivery.refused", **who, day=day, outcome=outcome)
    delivered, refused = one.accepted_rows + one.refused_rows, one.refused_rows
    rows = {"delivered": speak.number(delivered), "refused": speak.number(refused)}
    line = speak("explain.delivery", **who, number=one.number, day=day, **rows)
    return " ".join([line, speak("explain.delivery.late")]) if one.late else line


def way(told: Explanation, speak: Words) -> Iterator[str]:
    """Tell step by step how many rows fell out and how many were left, to the figure itself."""
    if told.way is None:
        return
    yield _columns(speak("explain.way.gone"), speak("explain.way.left"), "")
    for one in told.looked:
        yield _line(None, one.accepted, speak("explain.way.rows", contract=one.contract), speak)
        if one.accepted != one.rows:
            yield _line(one.accepted - one.rows, one.rows, speak("explain.state"), speak)
        for made in told.made:
            if made.contract == one.contract:
                text = speak(f"explain.made.{made.name}")
                yield _line(made.before - made.left, made.left, text, speak)
    table = told.reading.table if told.reading else None
    if table:
        description = table.description
        yield speak("explain.derived", table=table.id, description=description)
        yield _line(None, told.way.rows, speak("explain.way.rows", contract=table.id), speak)
    for step in told.way.steps:
        if step.gone or step.reason in (Reason.FILTER, Reason.CONDITION):
            yield _line(step.gone, step.left, _why(step, speak), speak)
    yield from _ends(told, speak)


def _why(step: Step, speak: Words) -> str:
    return speak(f"explain.step.{step.reason}", condition=step.condition)


def _line(gone: int | None, left: int, text: str, speak: Words) -> str:
    return _columns(speak.number(-gone) if gone else "", speak.number(left), text)


def _columns(gone: str, left: str, text: str) -> str:
    return f"{gone:>{_WIDTH}}{left:>{_WIDTH + 4}}  {text}".rstrip()


def _ends(told: Explanation, speak: Words) -> Iterator[str]:
    """Tell what counts, and how numerator and denominator follow from it."""
    reading, ends, figure = told.reading, told.way, told.figure
    assert reading and ends and figure
    above = reading.numerator
    yield _columns("", speak.number(ends.left), speak(f"explain.left.{above.counts}"))
    if ends.divided:
        yield speak("explain.divided", count=speak.number(ends.divided))
    if told.indicator.way is Way.WAIT:
        yield speak("explain.numerator.ended")
    elif above.where and ends.denominator is not None:
        yield speak("explain.numerator.where", condition=above.where)
    if figure.numerator is not None:
        key = "explain.numerator.sum" if above.sum_of else "explain.numerator"
        counts = speak(f"explain.counts.{above.counts}")
        number = speak.number(figure.numerator)
        yield speak(key, number=number, counts=counts, column=above.sum_of)
    if figure.denominator is not None:
        yield _denominator(told, reading, figure.denominator, speak)
    yield speak("explain.check.same" if told.agrees else "explain.check.differs")


def _denominator(told: Explanation, reading: Reading, number: float, speak: Words) -> str:
    quantity = reading.denominator or reading.numerator
    values = {"number": speak.number(number), "counts": speak(f"explain.counts.{quantity.counts}")}
    if reading.elsewhere is None:
        return speak("explain.denominator", **values)
    title = told.titles[str(reading.elsewhere.delivery)]
    return speak("explain.denominator.elsewhere", **values, title=title)
