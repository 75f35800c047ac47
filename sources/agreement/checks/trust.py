"""Vertrouwen en controle in balans, and inkoop op visie that became an afspraak.

Source: "vooraf helder afspraken vastleggen, na afloop samen evalueren"; and award criteria count
only when they return on a procesblad.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from sources.agreement.known import Known
from sources.agreement.model import PartnerAgreement, Trust
from sources.strict_yaml import Fault

_A_YEAR = timedelta(days=366)


def faults(known: Known) -> Iterator[Fault]:
    """Yield criteria that do not exist or were not promised, and answers before the question."""
    for key, one in known.agreement.agreements.items():
        yield from _criteria(known, key, one)
        if one.trust:
            yield from _answers(known, key, one.trust)


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield criteria that became no afspraak, and questions that wait for an answer for a year."""
    for key, one in known.agreement.agreements.items():
        kept = {name for sheet in one.process_sheets for name in sheet.criteria}
        for number, name in enumerate(one.criteria):
            if name not in kept:
                what = f"Op `{name}` is gekozen, en geen procesblad gaat erover"
                to_do = "Maak er een afspraak van, of bespreek wat u ervan ziet."
                yield known.fault(_file(key), "criteria", number, what=what, to_do=to_do)
        if one.trust and one.holds_on(today):
            yield from _unanswered(known, key, one.trust, today)


def _criteria(known: Known, key: str, one: PartnerAgreement) -> Iterator[Fault]:
    among, kind = known.agreement.instruments.criteria, "Criterium"
    names = one.criteria
    yield from known.strangers(_file(key), "criteria", names=names, among=among, kind=kind)
    for number, sheet in enumerate(one.process_sheets):
        for position, name in enumerate(sheet.criteria):
            if name not in one.criteria:
                what = f"Op `{name}` is in deze overeenkomst niet gekozen"
                to_do = "Noem het bij `criteria` van de overeenkomst, of haal het hier weg."
                place = ("process_sheets", number, "criteria", position)
                yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _answers(known: Known, key: str, trust: Trust) -> Iterator[Fault]:
    for number, question in enumerate(trust.questions):
        for position, answer in enumerate(question.answers):
            if answer.date < trust.agreed_on:
                what = f"Dit antwoord ({answer.date}) is ouder dan de vraag ({trust.agreed_on})"
                to_do = "Een vraag is vooraf afgesproken. Kijk de dagen na."
                place = ("trust", "questions", number, "answers", position, "date")
                yield known.fault(_file(key), *place, what=what, to_do=to_do)


def _unanswered(known: Known, key: str, trust: Trust, today: date) -> Iterator[Fault]:
    for number, question in enumerate(trust.questions):
        newest = max((one.date for one in question.answers), default=trust.agreed_on)
        if newest < today - _A_YEAR:
            what = "Deze vraag is een jaar lang niet samen beantwoord"
            to_do = "Bespreek haar bij de volgende evaluatie."
            yield known.fault(_file(key), "trust", "questions", number, what=what, to_do=to_do)


def _file(key: str) -> str:
    return f"agreements/{key}.yaml"
