"""What gives people away in a story: everything with a form, postcodes, full dates, and names."""

import re
from collections.abc import Iterable

from sources.privacy.names import masked_names
from sources.privacy.traces import Trace, masked

# PC6: in capitals or in one piece; otherwise `in 2024 en` would be one too.
_POSTCODE = re.compile(
    r"(?<!\w)[1-9][0-9]{3}(?: ?[A-Z]{2}|[A-Za-z]{2}|(?<=postcode [0-9]{4}) [a-z]{2})(?!\w)"
)
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY, _YEAR = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:(?:19|20)[0-9]{2}|['’]?[0-9]{2})"
_SIGN = r" ?[-/.] ?"
_DATE = re.compile(
    rf"(?<![\w-])(?:{_DAY}{_SIGN}(?:0?[1-9]|1[0-2]){_SIGN}{_YEAR}"
    rf"|{_DAY}(?:e|ste|de)?[ -]{_MONTH}\.?[ -]{_YEAR}"
    rf"|(?:19|20)[0-9]{{2}}[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12][0-9]|3[01])"
    rf"|(?:(?<=geboren )|(?<=geboren op )|(?<=jarig op )){_DAY} {_MONTH})(?![\w-])",
    re.IGNORECASE,
)
_ABROAD = re.compile(r"(?<![\w+])(?:\+|00)[1-9][0-9]{0,2}(?:[ .-]?\(?[0-9]\)?){7,11}(?!\w)")


def without_people(text: str, *, known: Iterable[str] = ()) -> str:
    """Return a story with a `Trace` in the place of what gives a person away.

    `known` are names that are of no person: areas, partners, the municipality. What cannot be told
    by a rule (a rare illness, an event) is for the person who reads it before it is shown.
    """
    text = _ABROAD.sub(Trace.PHONE, masked(text))
    text = _POSTCODE.sub(Trace.POSTCODE, _DATE.sub(Trace.DATE, text))
    return masked_names(text, Trace.NAME, known)


def kinds(text: str) -> tuple[Trace, ...]:
    """Return what was taken out of a text."""
    return tuple(trace for trace in Trace if trace in text)
