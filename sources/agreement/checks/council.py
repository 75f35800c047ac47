"""What the council set and asks: frames over goals, questions with figures, three at most."""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import GoalLevel
from sources.strict_yaml import Fault

_FILE = "council.yaml"
_MOST = 3


def faults(known: Known) -> Iterator[Fault]:
    """Yield names that do not exist, and more than three principles or talks."""
    yield from _names(known)
    for part, dutch in (("principles", "uitgangspunten"), ("talks", "gespreksvragen")):
        count = len(getattr(known.agreement.council, part))
        if count > _MOST:
            what = f"Hier staan {count} {dutch}, {_MOST} is het meeste"
            yield known.fault(_FILE, part, what=what, to_do="Kies de beste.")


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield doelen without a frame, questions without a figure, and an agenda that is late."""
    council = known.agreement.council
    framed = {goal for frame in council.frames.values() for goal in frame.goals}
    for key, goal in known.agreement.goals.items():
        if council.frames and goal.level is GoalLevel.GOAL and key not in framed:
            what = "De raad stelde voor dit doel geen kader vast"
            to_do = f"Zet het in {_FILE} bij `frames`, of bespreek waarom niet."
            yield known.fault(f"goals/{key}.yaml", what=what, to_do=to_do)
    for number, question in enumerate(council.questions):
        if not any(name in known.alive() for name in question.indicators):
            what = f"Geen enkel cijfer geeft antwoord op: {question.question}"
            to_do = "Noem er een bij `indicators`, of zet de vraag op de ontwikkelagenda."
            yield known.fault(_FILE, "questions", number, what=what, to_do=to_do)
    for number, point in enumerate(council.development):
        if point.by < today:
            what = f"Dit ontwikkelpunt zou op {point.by} klaar zijn"
            to_do = "Schrijf op wat het werd, of spreek een nieuwe dag af."
            yield known.fault(_FILE, "development", number, "by", what=what, to_do=to_do)


def _names(known: Known) -> Iterator[Fault]:
    council, whole = known.agreement.council, known.agreement
    for key, frame in council.frames.items():
        place = ("frames", key, "goals")
        yield from known.strangers(_FILE, *place, names=frame.goals, among=whole.goals, kind="Doel")
    for number, question in enumerate(council.questions):
        where, names = ("questions", number, "indicators"), question.indicators
        among, kind = whole.indicators, "Indicator"
        yield from known.strangers(_FILE, *where, names=names, among=among, kind=kind)
    for number, point in enumerate(council.development):
        if point.indicator and point.indicator not in whole.indicators:
            name, spot = point.indicator, ("development", number, "indicator")
            yield known.unknown(_FILE, *spot, name=name, among=whole.indicators, kind="Indicator")
