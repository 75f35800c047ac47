"""The words in which every part of an agreement is written: identifiers, days, closed lists."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError


def _iso_day(value: object) -> object:
    """Refuse what pydantic would read as seconds since 1970: `2025` is a year, not a day."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("not_a_day", "not a day such as 2026-01-31")
    return value


AREA_CODE = r"^(GM\d{4}|WK\d{6}|BU\d{8})$"
IDENTIFIER = r"^[A-Za-z][A-Za-z0-9_]*$"
PERIOD_ID = r"^\d{4}(K[1-4])?(/\d{4}K[1-4])?$"
MAIL_ADDRESS = r"^([A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)?$"

AreaCode = Annotated[str, Field(pattern=AREA_CODE)]
Identifier = Annotated[str, Field(pattern=IDENTIFIER)]
PeriodId = Annotated[str, Field(pattern=PERIOD_ID)]
MailAddress = Annotated[str, Field(pattern=MAIL_ADDRESS)]
"""An address, or nothing."""

Day = Annotated[date, BeforeValidator(_iso_day)]
Progress = Literal["nog niet", "loopt", "gedaan", "anders afgesproken"]
WorkingWay = Literal[
    "luisteren en kijken",
    "initiatieven helpen",
    "contracteren",
    "zien en leren",
    "sturen op risico",
]
"""The five werkwijzen of *Maatwerk in regie*, in their order."""


class Part(BaseModel):
    """What every part of an agreement is: closed (no unknown keys) and frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
    )


class Counts(StrEnum):
    """What a numerator or denominator counts (statistics and disclosure, 4.1).

    `public` is a published constant, such as CBS's population: never rounded, known to all.
    """

    PERSONS = "persons"
    HOUSEHOLDS = "households"
    EVENTS = "events"
    ANSWERS = "answers"
    MONEY = "money"
    PUBLIC = "public"


class Dimension(StrEnum):
    """A dimension over which counts may add up."""

    AREA = "area"
    PARTNER = "partner"
    BREAKDOWN = "breakdown"


class Areas(StrEnum):
    """The levels at which a figure exists."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"  # wijk
    NEIGHBOURHOOD = "neighbourhood"  # buurt
    GROUPING = "grouping"  # the municipality's own grouping of wijken or buurten
    PARTNER = "partner"


class Grain(StrEnum):
    """The period of a figure: a quarter, rolling four quarters (K4), or a calendar year."""

    QUARTER = "quarter"
    FOUR_QUARTERS = "four_quarters"
    YEAR = "year"


class Kind(StrEnum):
    """The kind of evidence: numbers (output, outcome, context), experience, story, signal."""

    OUTPUT = "output"
    OUTCOME = "outcome"
    EXPERIENCE = "experience"
    STORY = "story"
    CONTEXT = "context"
    SIGNAL = "signal"


class Direction(StrEnum):
    """Which way is better; `none` where there is no better side."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class Way(StrEnum):
    """The way to count; the value is the module in `transforms.measures`."""

    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    MEAN = "mean"
    MEDIAN = "median"
    DISTRIBUTION = "distribution"
    WAIT = "wait"
    GIVEN = "given"
