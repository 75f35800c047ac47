"""The agreement as a whole: its term, its sheets and their budget; talks and questions."""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import Areas
from sources.strict_yaml import Fault

_FILE = "agreement.yaml"
_MOST_QUESTIONS = 3


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the frame around goals, indicators and partners."""
    yield from _frame(known)
    yield from _district_budget(known)
    yield from _conversations(known)
    yield from _questions(known)


def _frame(known: Known) -> Iterator[Fault]:
    general = known.agreement.general
    if general.end <= general.begin:
        what = f"De overeenkomst eindigt ({general.end}) voordat zij begint ({general.begin})"
        yield known.fault(_FILE, "end", what=what, to_do="Kies een latere dag.")
    kinds = {partner.kind for partner in known.agreement.partners.values()}
    needed = ("index", "district", *(["partner"] if "partner" in kinds else []))
    for sheet in needed:
        if sheet not in general.blocks:
            what = f"Voor de plaat `{sheet}` zijn geen blokken gekozen"
            to_do = f"Schrijf onder `blocks` een regel `{sheet}: […]`."
            yield known.fault(_FILE, "blocks", what=what, to_do=to_do)


def _district_budget(known: Known) -> Iterator[Fault]:
    budgets = known.agreement.general.budgets
    shown = [key for key, one in known.alive().items() if Areas.DISTRICT in one.levels]
    if len(shown) > budgets.district and not budgets.motivation:
        what = f"Op een wijkplaat staan {len(shown)} indicatoren, {budgets.district} is het meeste"
        to_do = "Schrap er een paar, of schrijf bij `budgets` een `motivation`."
        yield known.fault(_FILE, "budgets", what=what, to_do=to_do)


def _conversations(known: Known) -> Iterator[Fault]:
    partners = known.agreement.partners
    for key, talk in known.agreement.conversations.items():
        file = f"conversations/{key}.yaml"
        if talk.partner and talk.partner not in partners:
            name = talk.partner
            yield known.unknown(file, "partner", name=name, among=partners, kind="Partner")
        if talk.status == "gedaan" and not talk.done:
            what = "Deze afspraak is gedaan, maar er staat niet wat ervan kwam"
            yield known.fault(file, "status", what=what, to_do="Vul `done` in.")


def _questions(known: Known) -> Iterator[Fault]:
    questions, partners = known.agreement.questions, known.agreement.partners
    for name in questions.partners:
        if name not in partners:
            place = ("partners", name)
            yield known.unknown("questions.yaml", *place, name=name, among=partners, kind="Partner")
    asked = [("areas", *pair) for pair in questions.areas.items()]
    asked += [("partners", *pair) for pair in questions.partners.items()]
    for kind, name, texts in asked:
        if len(texts) > _MOST_QUESTIONS:
            what = f"Op een plaat passen {_MOST_QUESTIONS} vragen, hier staan er {len(texts)}"
            yield known.fault("questions.yaml", kind, name, what=what, to_do="Kies de beste.")
