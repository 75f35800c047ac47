"""`calendar.yaml`: what is measured when, how long the result takes, and which campaigns ran.

Source: *Voortschrijdend inzicht - over meten en weten*: measuring has a planning, so that nobody
takes a figure of four years for one of this quarter.
"""

from typing import Annotated, Literal

from pydantic import Field

from sources.agreement.model.words import AreaCode, Day, Identifier, Part


class Measurement(Part):
    """What one delivery tells, how often, and how many weeks after its period it is there.

    `first` is the first day of the first period. `partner` where partners deliver it each in their
    own rhythm; left out it holds for all. `note` is told where its figures are old.
    """

    delivery: Identifier
    partner: Identifier | None = None
    every: Literal["quarter", "half_year", "year", "two_years", "four_years"]
    first: Day
    weeks: int = Field(ge=0)
    note: str = ""


class Campaign(Part):
    """A campaign (sociale marketing): a mark on timelines, no proof of what it did."""

    name: str
    begin: Day
    end: Day | None = None
    goals: tuple[Identifier, ...] = ()
    areas: tuple[AreaCode, ...] = ()


class Reminders(Part):
    """How many days before and after the day that a delivery is due its partner is written to."""

    before: tuple[Annotated[int, Field(ge=1)], ...] = (14, 3)
    after: tuple[Annotated[int, Field(ge=1)], ...] = (1, 7, 14)


class Calendar(Part):
    """`calendar.yaml`: the meetkalender, the campaigns, and when partners are reminded.

    `old_after`: from how many months on a figure is old, so that somebody must say why it stands.
    """

    old_after: int = Field(default=24, ge=1)
    measurements: tuple[Measurement, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    reminders: Reminders = Reminders()
