"""The figure itself, how settled it is, and what it is compared with."""

from collections.abc import Iterator

from reports.explained.explanation import Explanation, Start
from reports.figures import Figure
from reports.words.catalogue import Words
from sources.agreement.linking import off
from sources.agreement.model import Baseline, Way
from transforms.comparison import Comparison
from transforms.conversion import BREAKS_ABOVE
from transforms.periods import parse


def figure(told: Explanation, speak: Words) -> Iterator[str]:
    """Tell the figure with its margin, standing, borders, and what it was before."""
    one = told.figure
    if one is None or not one.published:
        yield from _absent(told, speak)
        return
    yield from _itself(told, one, speak)
    if one.between:
        yield speak("explain.figure.between", between=one.between)
    for part, other in told.beside.items():
        yield speak(f"explain.part.{part}", value=_part(other, part))
    yield speak(f"explain.settled.{one.period_status}")
    if one.covered:
        yield speak("explain.covered", share=speak.share(one.coverage or 0))
    yield from _borders(told, one, speak)
    yield from _before(told, one, speak)


def _itself(told: Explanation, one: Figure, speak: Words) -> Iterator[str]:
    if told.indicator.way is not Way.WAIT:
        yield speak("explain.figure.is", value=written(one, one.value), unit=told.indicator.unit)
    elif one.breakdown in ("", *told.indicator.variants):
        yield speak("explain.figure.wait", value=one.headline, unit=one.unit)
    else:
        yield speak(f"explain.part.{one.breakdown}", value=_part(one, one.breakdown))


def _absent(told: Explanation, speak: Words) -> Iterator[str]:
    """Tell why there is no figure."""
    status = told.figure.status if told.figure else told.indicator.status
    if status == "published":
        yield speak("explain.figure.nothing")
        return
    known = f"status.{status}"
    why = known if known in speak.sentences else f"origins.without.{status}"
    yield speak("explain.figure.absent", status=speak(why))
    if off(told.agreement, told.indicator):
        yield speak("explain.figure.off")


def written(one: Figure, value: float | None) -> str:
    """Return a value as a figure is written; of a distribution the whole is a count."""
    if value is None or one.definition.way is not Way.DISTRIBUTION:
        return one.written(value)
    whole = one.breakdown in ("", *one.definition.variants)
    return one.words.number(value) if whole else one.words.share(value)


def _part(one: Figure, part: str) -> str:
    """Return what stands beside a wait: days, a share within the norm, or how many still wait."""
    if one.value is None:
        return one.words("explain.figure.nothing")
    if part == "norm":
        return one.words.share(one.value)
    return one.words.number(one.value) if part == "open" else one.written(one.value)


def _borders(told: Explanation, one: Figure, speak: Words) -> Iterator[str]:
    yield speak("explain.across", year=one.area_year)
    if not one.converted:
        return
    if told.indicator.protected_at_source:
        yield speak("explain.across.former")
    else:
        yield speak("explain.across.some", share=speak.share(one.converted))
    if one.converted > BREAKS_ABOVE:
        yield speak("explain.across.too_much")


def _before(told: Explanation, one: Figure, speak: Words) -> Iterator[str]:
    """Tell what the figure was in the first edition, and in the one that was asked for."""
    first = told.first
    if first is None:
        yield speak("explain.first.none")
    else:
        before = (first.numerator, first.denominator, first.value)
        now = (one.numerator, one.denominator, one.value)
        day = speak.day(first.day)
        was = {"edition": first.edition, "day": day, "value": _counted(one, *before)}
        yield speak("explain.first.was", **was)
        other = speak("explain.first.other", value=_counted(one, *now))
        yield speak("explain.first.now") if before == now else other
        if first.late:
            yield speak.one_or_more("explain.late", first.late)
    if told.was is not None:
        yield speak("explain.changed")
        yield speak("explain.changed.was", value=written(one, told.was))


def _counted(one: Figure, above: float | None, below: float | None, value: float | None) -> str:
    """Return a value with the counts that it came of, where it has them: 82 %, 560 van de 683."""
    number = one.words.number
    if above is None or below is None:
        return written(one, value)
    counts = one.words("figure.of", count=number(above), total=number(below))
    return f"{written(one, value)}, {counts}"


def compared(told: Explanation, speak: Words) -> Iterator[str]:
    """Tell nulmeting and streefwaarden with who agreed on them, and how the figure stands."""
    one = told.figure
    if one is None or one.breakdown:
        return
    yield from _agreed(told, one, speak)
    name = told.agreement.general.municipality.name
    for against, (value, word) in told.compared.items():
        values = {"against": speak(f"against.{against}", municipality=name)}
        values["value"] = one.written(value)
        if word is None:
            yield speak("explain.against", **values)
        else:
            remark = speak(f"remark.{Comparison(word).name.lower()}", other=values["against"])
            yield speak("explain.against.word", **values, word=remark)


def _agreed(told: Explanation, one: Figure, speak: Words) -> Iterator[str]:
    day, agreement = parse(one.period).end, told.agreement
    base = agreement.baseline_of(told.name, partner=one.partner, day=day)
    if base:
        yield _baseline(base, one, speak)
        if base.value is None:
            yield _to_freeze(told.start, speak)
        if base.note:
            yield base.note
    where = {"area": one.area_code, "partner": one.partner}
    targets = agreement.targets_of(told.name, **where, day=day)
    for target in targets:
        key = "explain.target.area" if target.area else "explain.target"
        yield speak(key, year=target.year, value=one.written(target.value))
    if base or targets:
        own = agreement.promised(told.name, one.partner, day)
        by_partner = speak("explain.by.partner", partner=told.partner)
        yield by_partner if own else speak("explain.by.agreement")


def _baseline(base: Baseline, one: Figure, speak: Words) -> str:
    values = {"period": speak.period(base.period), "year": base.area_year}
    if base.value is None or (one.partner and base is one.definition.baseline):
        return speak("explain.baseline.measured", **values)
    return speak("explain.baseline", **values, value=one.written(base.value))


def _to_freeze(start: Start | None, speak: Words) -> str:
    """Tell what a baseline that is only a period can be frozen as, or why it cannot be yet."""
    if start is None or start.status == "not_delivered":
        return speak("explain.freeze.none")
    if start.status != "published":
        return speak("explain.freeze.protected")
    if start.period_status != "definitief":
        return speak("explain.freeze.later")
    if start.concept:
        return speak("explain.freeze.concept", edition=start.edition)
    count = "" if start.denominator is None else f", `denominator: {start.denominator:g}`"
    written = f"`value: {start.value:.6g}`{count}"
    return speak("explain.freeze", written=written, edition=start.edition)
