"""The fixed openings of a doelstelling and a maatschappelijk resultaat.

Source: the resultaatovereenkomst of Rijssen-Holten ("we willen dat meer…", "over … jaar willen we
dat…"); an agreement that opens otherwise tends to name an activity instead of a result.
"""

import re
from collections.abc import Iterator

from sources.agreement.known import Known
from sources.strict_yaml import Fault

_AIM = re.compile(r"We willen dat (meer|minder) \w")
_WORDS = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6}
_RESULT = re.compile(rf"Over (?P<years>\d+|{'|'.join(_WORDS)}) jaar willen we dat \w")


def aim(known: Known, file: str, *place: str | int, text: str) -> Iterator[Fault]:
    """Yield a fault where a doelstelling does not open as it must."""
    if not _AIM.match(text):
        what = "Deze doelstelling zegt niet wat er meer of minder moet worden"
        to_do = "Begin met `We willen dat meer …` of `We willen dat minder …`."
        yield known.fault(file, *place, what=what, to_do=to_do)


def result(
    known: Known, file: str, *place: str | int, text: str, horizon: int | None
) -> Iterator[Fault]:
    """Yield a fault where a maatschappelijk resultaat has no term, or another than its horizon."""
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
