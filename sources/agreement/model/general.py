"""`agreement.yaml`, `areas.yaml`, `questions.yaml`: the frame of it all."""

from typing import Annotated, Literal

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
    """How many figures a sheet may hold; more is a fault unless `motivation` says why.

    `branches`: how many goals or indicators may hang under one goal before nobody oversees them.
    """

    district: int = 12
    council: int = 8
    partner: int = 10
    result_sheet: int = 3
    branches: int = 5
    motivation: str = ""


class Figures(Part):
    """Which indicators a kind of sheet tells, the most important first; empty is all it has.

    On the sheet of a partner its resultaatbladen decide.
    """

    district: tuple[Identifier, ...] = ()
    council: tuple[Identifier, ...] = ()


class Burden(Part):
    """The most that delivering may cost a partner, and what it costs as people estimate it.

    `most_minutes` is the budget per partner and quarter. `minutes` is what one file of a delivery
    takes, where that differs from what its contract says. `source` says whose estimate it is.
    """

    most_minutes: int = Field(ge=0)
    minutes: dict[Identifier, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    source: str


class Municipality(Part):
    """Who the agreement is of. `fictional` allows test BSNs and marks every sheet as an example."""

    code: AreaCode
    name: str
    fictional: bool = False


class Linking(Part):
    """The legal basis on which persons of several laws are linked, for monitoring only.

    `basis` names the ground, `purpose` what the link is for, `dpia_on` when the DPIA was settled,
    `advice` what the functionaris gegevensbescherming said of it.
    """

    laws: tuple[Literal["Jeugd", "P-wet", "Wmo"], ...] = Field(min_length=2)
    basis: str = Field(min_length=1)
    purpose: str = Field(min_length=1)
    dpia_on: Day
    advice: str = Field(min_length=1)


class General(Part):
    """`agreement.yaml`: municipality, term, language, area year, editions, block order, budgets.

    `blocks` names, per kind of sheet, the modules of `reports.blocks` in their order. A trend shows
    `trend_periods` periods; the sheet of a district shows `trends` figures over time: one beside
    the rest, or several side by side in its middle. `sources` says where figures come from.
    `contact` is whom a partner may ask about its deliveries: a team, with how to reach it.
    `licence` is under which anybody may use the public figures, by its SPDX name.
    What a partner says beside a figure is kept for `response_months`.
    `linking` is left out where laws may not be linked: then figures that need that are off.
    """

    municipality: Municipality
    begin: Day
    end: Day
    language: Literal["nl", "en"] = "nl"
    area_year: int
    public: Edition = Edition()
    internal: Internal = Internal()
    blocks: dict[Literal["district", "partner", "council", "auditorium", "index"], tuple[str, ...]]
    budgets: Budgets = Budgets()
    figures: Figures = Figures()
    burden: Burden | None = None
    trend_periods: int = 8
    trends: int = Field(default=1, ge=1, le=4)
    question: str = ""
    sources: tuple[str, ...] = ()
    contact: str = ""
    licence: Literal["", "CC0-1.0", "CC-BY-4.0"] = ""
    response_months: int = Field(default=24, ge=1)
    linking: Linking | None = None


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


class Circles(Part):
    """Two circles over one kind of sheet: PDCA names blocks, IMWR asks questions.

    Plan (what was agreed), do (what was done), check (what was seen), act (what changes); and
    inspireren, mobiliseren, waarderen, reflecteren. A circle: no order.
    """

    plan: tuple[Identifier, ...] = Field(min_length=1)
    do: tuple[Identifier, ...] = Field(min_length=1)
    check: tuple[Identifier, ...] = Field(min_length=1)
    act: tuple[Identifier, ...] = Field(min_length=1)
    inspire: str
    mobilise: str
    appreciate: str
    reflect: str


class Questions(Part):
    """`questions.yaml`: conversation questions written by people, per sheet; they come first.

    `circles` hold the PDCA and IMWR of each kind of sheet.
    """

    areas: dict[AreaCode, tuple[str, ...]] = Field(default_factory=dict)
    partners: dict[Identifier, tuple[str, ...]] = Field(default_factory=dict)
    circles: dict[Literal["district", "partner", "auditorium", "index"], Circles] = Field(
        default_factory=dict
    )
