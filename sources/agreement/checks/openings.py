"""The three levels of wording: doelstelling, maatschappelijk resultaat, and what an indicator asks.

Source: the resultaatovereenkomst of Rijssen-Holten ("we willen dat meer…", "over … jaar willen we
dat…", "waaraan zien we dat we succesvol zijn?"); an agreement that opens otherwise tends to name an
activity instead of a result.
"""

import re
from collections.abc import Iterator

from sources.agreement.known import Known
from sources.agreement.model import GoalLevel
from sources.strict_yaml import Fault

_AIM = re.compile(r"We willen dat (meer|minder) \w")
_WORDS = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6}
_RESULT = re.compile(rf"Over (?P<years>\d+|{'|'.join(_WORDS)}) jaar willen we dat \w")


def faults(known: Known) -> Iterator[Fault]:
    """Yield what does not open as it must, in the doelenboom, on resultaatbladen, of indicators."""
    for key, goal in known.agreement.goals.items():
        where, text = (f"goals/{key}.yaml", "statement"), goal.statement
        if goal.level is GoalLevel.GOAL:
            yield from _aim(known, *where, text=text)
        elif goal.level is GoalLevel.RESULT:
            yield from _result(known, *where, text=text, horizon=goal.horizon)
    for key, agreed in known.agreement.agreements.items():
        for number, sheet in enumerate(agreed.result_sheets):
            place = (f"agreements/{key}.yaml", "result_sheets", number)
            yield from _aim(known, *place, "aim", text=sheet.aim)
            yield from _result(known, *place, "result", text=sheet.result, horizon=sheet.horizon)
    for key, one in known.agreement.indicators.items():
        if one.question and not one.question.endswith("?"):
            what = "Waaraan zien wij dat het lukt? Deze indicator stelt geen vraag"
            to_do = "Schrijf de vraag zoals een inwoner haar stelt, met een vraagteken."
            yield known.fault(f"indicators/{key}.yaml", "question", what=what, to_do=to_do)


def _aim(known: Known, file: str, *place: str | int, text: str) -> Iterator[Fault]:
    if not _AIM.match(text):
        what = "Deze doelstelling zegt niet wat er meer of minder moet worden"
        to_do = "Begin met `We willen dat meer …` of `We willen dat minder …`."
        yield known.fault(file, *place, what=what, to_do=to_do)


def _result(
    known: Known, file: str, *place: str | int, text: str, horizon: int | None
) -> Iterator[Fault]:
    """A maatschappelijk resultaat says its term, and the same as its horizon."""
    match = _RESULT.match(text)
    if match is None:
        what = "Dit maatschappelijk resultaat zegt niet wanneer het er moet zijn"
        yield known.fault(file, *place, what=what, to_do="Begin met `Over … jaar willen we dat …`.")
        return
    begin = known.agreement.general.begin.year
    until = begin + int(_WORDS.get(match["years"], match["years"]))
    if horizon not in (until - 1, until):
        what = f"`Over {match['years']} jaar` past niet bij `horizon: {horizon or ''}`"
        to_do = f"De overeenkomst begint in {begin}: kies {until - 1} of {until}."
        yield known.fault(file, *place[:-1], "horizon", what=what, to_do=to_do)
