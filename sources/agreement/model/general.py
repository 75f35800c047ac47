"""`agreement.yaml`, `areas.yaml`, `questions.yaml`, `conversations/`: the frame of it all."""

from typing import Literal

from pydantic import Field

from sources.agreement.model.words import AreaCode, Day, Identifier, Part


class Edition(Part):
    """The rules of one disclosure edition (statistics and disclosure, 4.2)."""

    base: int = Field(default=5, ge=5)
    threshold: int = Field(default=10, ge=5)
    share_denominator: int = Field(default=50, ge=50)
    survey_answers: int = Field(default=30, ge=30)
    survey_step: int = Field(default=5, ge=5)


class Internal(Part):
    """The rules of the internal edition (statistics and disclosure, 4.2).

    Counts are exact from `threshold`. A share is told in percents from `percentage` on, below that
    as "8 van de 10". `survey_answers` and `observations` (of means and waits) are the fewest.
    """

    threshold: int = Field(default=3, ge=3)
    percentage: int = Field(default=20, ge=20)
    survey_answers: int = Field(default=10, ge=10)
    observations: int = Field(default=10, ge=10)


class Budgets(Part):
    """How many figures a sheet may hold; more is a fault unless `motivation` says why."""

    district: int = 12
    partner: int = 10
    result_sheet: int = 3
    motivation: str = ""


class Municipality(Part):
    """Who the agreement is of. `fictional` allows test BSNs and marks every sheet as an example."""

    code: AreaCode
    name: str
    fictional: bool = False


class General(Part):
    """`agreement.yaml`: municipality, term, language, area year, editions, block order, budgets.

    `blocks` names, per kind of sheet, the modules of `reports.blocks` in their order. A trend shows
    `trend_periods` periods; the sheet of a district shows `trends` figures over time: one beside
    the rest, or several side by side in its middle. `sources` says where figures come from.
    `contact` is whom a partner may ask about its deliveries: a team, with how to reach it.
    """

    municipality: Municipality
    begin: Day
    end: Day
    language: Literal["nl", "en"] = "nl"
    area_year: int
    public: Edition = Edition()
    internal: Internal = Internal()
    blocks: dict[Literal["district", "partner", "index"], tuple[str, ...]]
    budgets: Budgets = Budgets()
    trend_periods: int = 8
    trends: int = Field(default=1, ge=1, le=4)
    question: str = ""
    sources: tuple[str, ...] = ()
    contact: str = ""


class AreaGrouping(Part):
    """A municipality's own grouping of districts or neighbourhoods.

    `kind` is the set that it belongs to (kern, gebied, team): within a set no area is twice.
    """

    name: str
    kind: Identifier = "gebied"
    areas: tuple[AreaCode, ...]


class OwnAreas(Part):
    """`areas.yaml`: own groupings, and the names by which partners call an area."""

    groupings: dict[Identifier, AreaGrouping] = Field(default_factory=dict)
    aliases: dict[str, AreaCode] = Field(default_factory=dict)


class Questions(Part):
    """`questions.yaml`: conversation questions written by people, per sheet; they come first."""

    areas: dict[AreaCode, tuple[str, ...]] = Field(default_factory=dict)
    partners: dict[Identifier, tuple[str, ...]] = Field(default_factory=dict)


class Conversation(Part):
    """`conversations/<id>.yaml`: what was agreed over a sheet, and what became of it."""

    date: Day
    place: str
    area: AreaCode | None = None
    partner: Identifier | None = None
    agreed: str
    who: str
    done: str = ""
    status: Literal["nog niet", "loopt", "gedaan", "anders afgesproken"]
