"""The agreement as a whole: its term, its sheets, and the questions that they ask."""

from collections.abc import Iterator

from sources.agreement.known import Known
from sources.strict_yaml import Fault

_FILE = "agreement.yaml"
_MOST_QUESTIONS = 3


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with the frame around goals, indicators and partners."""
    yield from _frame(known)
    yield from _questions(known)
    yield from _circles(known)


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


def _circles(known: Known) -> Iterator[Fault]:
    """The four steps of PDCA name blocks that stand on that sheet."""
    chosen = known.agreement.general.blocks
    for sheet, circles in known.agreement.questions.circles.items():
        shown = chosen.get(sheet)
        if shown is None:
            continue
        for step in ("plan", "do", "check", "act"):
            place = ("questions.yaml", "circles", sheet, step)
            names = getattr(circles, step)
            yield from known.strangers(*place, names=names, among=shown, kind="Blok")
