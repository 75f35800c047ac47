"""What a partner promises of an indicator, and what it cannot measure yet (ontwikkelagenda)."""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import Areas, DevelopmentPoint, PartnerAgreement, Promise, Way
from sources.strict_yaml import Fault


def faults(known: Known) -> Iterator[Fault]:
    """Yield promises that nobody can measure or keep, and points of the agenda that hang loose."""
    for key, one in known.agreement.agreements.items():
        yield from _promises(known, key, one)
        for number, point in enumerate(one.development):
            yield from _point(known, key, number, point)


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the points of the agenda whose day has passed, and those that have their answer."""
    indicators = known.agreement.indicators
    for key, one in known.agreement.agreements.items():
        for number, point in enumerate(one.development):
            place = ("development", number)
            if point.by < today:
                what = f"Dit ontwikkelpunt zou op {point.by} klaar zijn"
                to_do = "Schrijf op wat het werd, of spreek een nieuwe dag af."
                yield known.fault(_file(key), *place, "by", what=what, to_do=to_do)
            if point.indicator in indicators and indicators[point.indicator].status == "active":
                what = f"{point.indicator} telt al: dit ontwikkelpunt heeft zijn antwoord"
                to_do = "Haal het van de agenda, of stel een nieuwe vraag."
                yield known.fault(_file(key), *place, "indicator", what=what, to_do=to_do)


def _promises(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    promised: set[str] = set()
    for number, sheet in enumerate(one.result_sheets):
        for name, promise in sheet.promises.items():
            place = ("result_sheets", number, "promises", name)
            if name in promised:
                what = f"Over {name} belooft een blad hierboven ook iets"
                yield known.fault(_file(key), *place, what=what, to_do="Kies één blad.")
            promised.add(name)
            if name not in sheet.indicators:
                what = f"Dit blad belooft iets over {name}, en {name} staat er niet op"
                to_do = "Zet de indicator erop, of haal de belofte weg."
                yield known.fault(_file(key), *place, what=what, to_do=to_do)
            elif name in known.agreement.indicators:
                yield from _promise(known, key, place, promise)


def _promise(
    known: Known, key: str, place: tuple[str | int, ...], promise: Promise
) -> Iterator[Fault]:
    name = str(place[-1])
    indicator, own = known.agreement.indicators[name], promise.baseline
    if (own or promise.targets) and Areas.PARTNER not in indicator.levels:
        what = f"{name} is er niet per partner: deze belofte is niet te meten"
        to_do = "Geef de indicator niveau `partner`, of stel alleen een `question`."
        yield known.fault(_file(key), *place, what=what, to_do=to_do)
    if own and own.value is None:
        what = "De nulmeting van een partner staat vast, en hier staat geen waarde"
        yield known.fault(_file(key), *place, "baseline", what=what, to_do="Vul `value` in.")
    if promise.targets and not (own or indicator.baseline):
        what = "Er is een streefwaarde en geen nulmeting"
        yield known.fault(_file(key), *place, "targets", what=what, to_do="Vul `baseline` in.")
    if promise.targets and promise.question:
        what = "Er staat een streefwaarde en een gespreksvraag"
        to_do = "Kies: een vraag komt in de plaats van een streefwaarde."
        yield known.fault(_file(key), *place, "question", what=what, to_do=to_do)
    yield from _values(known, key, place, promise)


def _values(
    known: Known, key: str, place: tuple[str | int, ...], promise: Promise
) -> Iterator[Fault]:
    own = promise.baseline
    written = [((*place, "baseline", "value"), own.value)] if own and own.value is not None else []
    written += [((*place, "targets", n, "value"), t.value) for n, t in enumerate(promise.targets)]
    share = known.agreement.indicators[str(place[-1])].way is Way.SHARE
    for where, value in written:
        if share and not 0 <= value <= 1:
            what = f"Een aandeel ligt tussen 0 en 1, en hier staat {value:g}"
            to_do = "Schrijf 0.75 voor 75 procent."
            yield known.fault(_file(key), *where, what=what, to_do=to_do)
    one = known.agreement.agreements[key]
    for number, target in enumerate(promise.targets):
        if not _within(one, target.year):
            what = f"{target.year} valt buiten deze overeenkomst"
            where = (*place, "targets", number, "year")
            yield known.fault(_file(key), *where, what=what, to_do="Kies een jaar erbinnen.")


def _within(one: PartnerAgreement, year: int) -> bool:
    return one.begin.year <= year and (one.end is None or year <= one.end.year)


def _point(known: Known, key: str, number: int, point: DevelopmentPoint) -> Iterator[Fault]:
    place = ("development", number)
    sheets = [sheet.key for sheet in known.agreement.agreements[key].result_sheets]
    if point.result_sheet and point.result_sheet not in sheets:
        name, where = point.result_sheet, (*place, "result_sheet")
        yield known.unknown(_file(key), *where, name=name, among=sheets, kind="Resultaatblad")
    indicators = known.agreement.indicators
    if point.indicator and point.indicator not in indicators:
        name, where = point.indicator, (*place, "indicator")
        yield known.unknown(_file(key), *where, name=name, among=indicators, kind="Indicator")


def _file(key: str) -> str:
    return f"agreements/{key}.yaml"
